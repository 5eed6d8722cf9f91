// The payloads of a page: one store for all its maps, filled from the server.

import { fetchServerFile } from "../shared/server_file.js";
import { decodePayload, readPayload, unpacked } from "./payload.js";

/** The store. scene_element.js may have created the object without its parts, so add them here. */
export function store() {
  const page = (globalThis[Symbol.for("word_map")] ??= {});
  page.payloads ??= new Map(); // id -> decoded payload
  page.needs ??= new Map(); // scene -> the ids it needs
  page.loading ??= new Set(); // the ids that are being loaded
  page.failed ??= new Set(); // the ids that could not be loaded
  page.notes ??= new Map(); // id of a layout -> sentences about it, from notes_element.js
  page.listeners ??= new Set(); // called after a payload has loaded or failed
  page.scenes ??= new Map(); // host element -> what tests can read about its scene
  return page;
}

/** Decode and store a payload. */
export function deposit(bytes) {
  const page = store();
  const payload = readPayload(bytes);
  if (page.payloads.has(payload.id)) return;
  page.payloads.set(payload.id, decodePayload(payload));
  for (const listener of [...page.listeners]) listener();
  dropSoon(); // it may no longer be needed
}

/** Set the payloads that a scene needs; `addresses` is an object from ids to addresses. Missing
 * payloads are loaded, those that no scene needs are dropped. */
export function need(scene, addresses) {
  const page = store();
  page.needs.set(scene, Object.keys(addresses));
  for (const [id, address] of Object.entries(addresses)) {
    if (page.payloads.has(id) || page.loading.has(id) || !address) continue;
    page.loading.add(id);
    page.failed.delete(id);
    load(id, address).finally(() => page.loading.delete(id));
  }
  dropSoon();
}

export function release(scene) {
  store().needs.delete(scene);
  dropSoon();
}

async function load(id, address) {
  const isWanted = () => needed().has(id);
  try {
    const bytes = await fetchServerFile(address, (answer) => unpacked(answer.body), { isWanted });
    if (bytes) deposit(bytes);
  } catch {
    store().failed.add(id);
    for (const listener of [...store().listeners]) listener();
  }
}

function needed() {
  return new Set([...store().needs.values()].flat());
}

// Wait before dropping: in a rerun, an old map may release a layout just before a new one needs it.
function dropSoon() {
  clearTimeout(store().dropping);
  store().dropping = setTimeout(() => {
    const kept = needed();
    for (const id of store().payloads.keys()) {
      if (!kept.has(id)) store().payloads.delete(id);
    }
  }, 1000);
}
