// Where payloads are kept: one store for the whole page, filled from the server's addresses.

import { decodePayload, readPayload, unpacked } from "./payload.js";

const PAUSES = [0, 200, 500, 1000, 2000, 4000, 8000]; // ms before each attempt to fetch

/** The store. The stub may have made the bare object first, so each part is filled in here. */
export function store() {
  const page = (globalThis[Symbol.for("word_map")] ??= {});
  page.payloads ??= new Map(); // id -> decoded payload
  page.needs ??= new Map(); // who -> the ids they need
  page.coming ??= new Set(); // the ids that are on their way
  page.lost ??= new Set(); // the ids that did not come
  page.listeners ??= new Set(); // called when a payload arrives, or will not
  page.scenes ??= new Map(); // host element -> what can be read about its scene
  return page;
}

/** Keep a payload that arrived. */
export function deposit(bytes) {
  const page = store();
  const payload = readPayload(bytes);
  if (page.payloads.has(payload.id)) return;
  page.payloads.set(payload.id, decodePayload(payload));
  for (const listener of [...page.listeners]) listener();
  dropSoon(); // it may have come too late to be of use
}

/** Say which payloads somebody needs from now on: an object with the address of each id. Those that
 * are not here are fetched; what nobody needs is dropped. */
export function need(who, addresses) {
  const page = store();
  page.needs.set(who, Object.keys(addresses));
  for (const [id, address] of Object.entries(addresses)) {
    if (page.payloads.has(id) || page.coming.has(id) || !address) continue;
    page.coming.add(id);
    page.lost.delete(id);
    bring(id, address).finally(() => page.coming.delete(id));
  }
  dropSoon();
}

export function release(who) {
  store().needs.delete(who);
  dropSoon();
}

/** Fetch a payload. Between two runs of a page the server may have let go of it for a moment. */
async function bring(id, address) {
  for (const pause of PAUSES) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (!needed().has(id)) return;
    try {
      const answer = await fetch(serverPath() + address);
      if (answer.ok) return deposit(await unpacked(answer.body));
    } catch {
      // The connection is gone for now.
    }
  }
  store().lost.add(id);
  for (const listener of [...store().listeners]) listener();
}

/** Where Streamlit's addresses begin: a proxy may have put the whole app below a path. */
function serverPath() {
  const script = document.querySelector("script[src*='/static/js/']");
  return script ? script.src.slice(0, script.src.indexOf("/static/js/")) : "";
}

function needed() {
  return new Set([...store().needs.values()].flat());
}

// Not at once: in one rerun an old map lets go of a layout shortly before a new one asks for it.
function dropSoon() {
  clearTimeout(store().dropping);
  store().dropping = setTimeout(() => {
    const kept = needed();
    for (const id of store().payloads.keys()) {
      if (!kept.has(id)) store().payloads.delete(id);
    }
  }, 1000);
}
