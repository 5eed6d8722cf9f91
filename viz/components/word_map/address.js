// The view of a map in the address of its page: a link and Back restore it.
//
// The browser writes it after each gesture, without a run of the page and without an entry in the
// history. The page keeps all other values there and leaves this one out when it writes them.

const DIGITS = 6;

/** A view as text: the target, in 3D yaw and pitch, and the zoom against the view of all words. */
export function viewText({ target, yaw, pitch, scale }, dimensions, home) {
  const numbers = dimensions === 3 ? [...target, yaw, pitch] : target.slice(0, 2);
  return [...numbers, scale / home.scale].map((value) => Number(value.toPrecision(DIGITS))).join();
}

/** The view that a text stands for, or null if it is none for so many dimensions. */
export function viewFrom(text, dimensions, home) {
  const numbers = (text ?? "").split(",").map((part) => (part.trim() ? Number(part) : NaN));
  const expected = dimensions === 3 ? 6 : 3;
  if (numbers.length !== expected || !numbers.every(Number.isFinite)) return null;
  const zoom = numbers.at(-1);
  if (zoom < 0.01 || zoom > 1e5 || numbers.some((value) => Math.abs(value) > 1e6)) return null;
  const [x, y, z, yaw, pitch] = dimensions === 3 ? numbers : [...numbers.slice(0, 2), 0, 0, 0];
  return { ...home, target: [x, y, z], yaw, pitch, scale: home.scale * zoom };
}

/** A query with another value of a key, or without it if the text is null; the rest is unchanged. */
export function queryWith(query, key, text) {
  const rest = query.replace(/^\?/, "").split("&").filter((part) => part.split("=")[0] !== key);
  const parts = text === null ? rest : [...rest, `${key}=${text}`];
  const joined = parts.filter(Boolean).join("&");
  return joined && `?${joined}`;
}

/** The value of one key in the address of the page where the map was made. */
export class AddressValue {
  /** `changed` is called when Back or Forward led to another address of the page. */
  constructor(key, changed) {
    this.key = key;
    this.path = location.pathname;
    this.text = this.read(); // as it should be in the address
    this.stop = new AbortController();
    const { signal } = this.stop;
    addEventListener("popstate", () => {
      if (!this.isHere()) return;
      this.text = this.read();
      changed();
    }, { signal });
    // The page has written its own values. Older browsers lack this: there, the next gesture adds it.
    globalThis.navigation?.addEventListener("currententrychange", ({ navigationType }) => {
      if (navigationType === "push") this.write(this.text);
    }, { signal });
  }

  isHere() {
    return location.pathname === this.path;
  }

  read() {
    return new URLSearchParams(location.search).get(this.key);
  }

  write(text) {
    this.text = text;
    const query = queryWith(location.search, this.key, text);
    if (!this.isHere() || query === location.search) return;
    history.replaceState(history.state, "", `${location.pathname}${query}${location.hash}`);
  }

  destroy() {
    this.stop.abort();
  }
}
