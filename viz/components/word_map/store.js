// Where carriers leave payloads and scenes find them: one store for the whole page.

import { decodePayload, readPayload } from "./payload.js";

/** The store. The stub may have made the bare object first, so each part is filled in here. */
export function store() {
  const page = (globalThis[Symbol.for("word_map")] ??= {});
  page.payloads ??= new Map(); // id -> decoded payload
  page.needs ??= new Map(); // who -> the ids they need
  page.listeners ??= new Set(); // called when a payload arrives
  page.scenes ??= new Map(); // host element -> what can be read about its scene
  return page;
}

/** Leave a payload. A rerun of the page brings the same bytes again: those are not decoded. */
export function deposit(carrier, bytes) {
  const page = store();
  const payload = readPayload(bytes);
  need(carrier, [payload.id]);
  if (page.payloads.has(payload.id)) return;
  page.payloads.set(payload.id, decodePayload(payload));
  for (const listener of [...page.listeners]) listener();
}

/** Say which payloads somebody needs from now on; what nobody needs is dropped. */
export function need(who, ids) {
  store().needs.set(who, ids);
  dropSoon();
}

export function release(who) {
  store().needs.delete(who);
  dropSoon();
}

// Not at once: in one rerun a carrier lets go of a layout shortly before the scene does.
function dropSoon() {
  clearTimeout(store().dropping);
  store().dropping = setTimeout(() => {
    const needed = new Set([...store().needs.values()].flat());
    for (const id of store().payloads.keys()) {
      if (!needed.has(id)) store().payloads.delete(id);
    }
  }, 1000);
}
