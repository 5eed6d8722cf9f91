// Decode the payloads of payload.py: gzip files that contain the length of the header, the header
// as JSON, and the body.

import { bytesFromBase64 } from "../shared/base64.js";

const utf8 = new TextDecoder();

/** The decompressed bytes of a payload, from the stream of a gzip file. */
export async function unpacked(stream) {
  const plain = new Response(stream.pipeThrough(new DecompressionStream("gzip")));
  return new Uint8Array(await plain.arrayBuffer());
}

/** The header of a payload, with its undecoded `body`. */
export function readPayload(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
  const header = JSON.parse(utf8.decode(bytes.subarray(4, 4 + length)));
  return { ...header, body: bytes.subarray(4 + length) };
}

/** The header with the decoded body: `list`, `positions`, `paletteIndices`, `values`,
 * `labels`. */
export function decodePayload({ body, ...header }) {
  // Copy the body: typed arrays need aligned bytes, and the memory of the message can be freed.
  const copy = body.slice();
  if (header.kind === "words") return { ...header, list: new WordList(copy, header.count) };
  if (header.kind === "groups") return { ...header, paletteIndices: unrolled(copy, header) };
  if (header.kind === "regions") return { ...header, ...colored(new Uint16Array(copy.buffer), header) };
  const numbers = new Float32Array(copy.buffer);
  if (header.kind === "layout") return { ...header, ...spread(numbers, header) };
  return { ...header, values: numbers, paletteIndices: paletteIndicesOn(header, numbers) };
}

/** The palette index of each word. A body with runs has all lengths first, then all indices. */
function unrolled(body, { count, runs }) {
  if (runs === 0) return body;
  const lengths = new Uint32Array(body.buffer, 0, runs);
  const paletteIndices = new Uint8Array(count);
  for (let run = 0, at = 0; run < runs; at += lengths[run++]) {
    paletteIndices.fill(body[4 * runs + run], at, at + lengths[run]);
  }
  return paletteIndices;
}

/** The finest region of each word, and its palette index. */
function colored(labels, { levels }) {
  const { colors } = levels.at(-1);
  return { labels, paletteIndices: Uint8Array.from(labels, (region) => colors[region]) };
}

/** Palette indices of values: from 0 at `low` to 254 at `high`, and 255 for NaN. */
function paletteIndicesOn({ low, high, logarithmic, by_order }, values) {
  if (by_order) return paletteIndicesByOrder(values);
  const along = logarithmic ? Math.log : (value) => value;
  const [first, last] = [along(low), along(high)];
  const length = last - first || 1;
  const index = (value) => Math.floor(((along(value) - first) / length) * 254);
  return Uint8Array.from(values, (value) =>
    Number.isFinite(value) ? Math.max(0, Math.min(254, index(value))) : 255);
}

/** Palette indices of values: each has equally many words. */
function paletteIndicesByOrder(values) {
  const sorted = values.filter(Number.isFinite).sort();
  const ends = Float32Array.from({ length: 255 }, (_, index) =>
    sorted[Math.ceil(((index + 1) * sorted.length) / 255) - 1]);
  return Uint8Array.from(values, (value) => {
    if (!Number.isFinite(value)) return 255;
    let [low, high] = [0, 254]; // the first index whose end is not below the value
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  });
}

/** Words, decoded on demand: to decode all 400,000 would take longer than everything else. */
export class WordList {
  constructor(body, count) {
    const lengths = new Uint16Array(body.buffer, 0, count);
    this.text = body.subarray(2 * count);
    this.starts = new Uint32Array(count + 1);
    for (let i = 0; i < count; i++) this.starts[i + 1] = this.starts[i] + lengths[i];
    this.length = count;
  }

  /** The index of a word, or -1. */
  indexOf(word) {
    const { text, starts } = this;
    const letters = new TextEncoder().encode(word);
    for (let index = 0; index < this.length; index++) {
      const start = starts[index];
      if (starts[index + 1] - start !== letters.length) continue;
      if (letters.every((letter, at) => text[start + at] === letter)) return index;
    }
    return -1;
  }

  at(index) {
    return utf8.decode(this.text.subarray(this.starts[index], this.starts[index + 1]));
  }
}

/** Three coordinates for every word (in two dimensions z is 0); NaN for words without a position. */
function spread(values, { count, dimensions }) {
  const positions = new Float32Array(3 * count);
  let shown = 0;
  for (let i = 0; i < count; i++) {
    const x = values[i * dimensions];
    const y = values[i * dimensions + 1];
    const z = dimensions === 3 ? values[i * dimensions + 2] : 0;
    const known = Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(z);
    positions[3 * i] = known ? x : NaN;
    positions[3 * i + 1] = known ? y : NaN;
    positions[3 * i + 2] = known ? z : NaN;
    if (known) shown += 1;
  }
  return { positions, shown };
}

const CONTROLS = new Map([["\n", "⏎"], ["\r", "⏎"], ["\t", "⇥"]]);

/** A word for display: symbols replace control characters and blank words; long words are cut. */
export function readable(word, maxLength = 28) {
  const letters = [...word.slice(0, 4 * maxLength)];
  const seen = letters.map((letter) => CONTROLS.get(letter) ?? (letter < " " ? "�" : letter));
  const text = seen.slice(0, maxLength).join("");
  const more = letters.length > maxLength || word.length > 4 * maxLength;
  return (text.trim() === "" ? text.replace(/\s/g, "␣") || "∅" : text) + (more ? "…" : "");
}

/** Encode ascending indices: their differences as LEB128 (seven bits per byte, low bits first), in
 * base64. */
export function packIndices(indices) {
  let packed = "";
  let last = 0;
  for (const index of indices) {
    let step = index - last;
    last = index;
    while (step > 127) {
      packed += String.fromCharCode((step & 127) | 128);
      step >>>= 7;
    }
    packed += String.fromCharCode(step);
  }
  return btoa(packed);
}

/** The ascending indices that `packIndices` encoded. */
export function unpackIndices(text) {
  const indices = [];
  let [index, step, shift] = [0, 0, 0];
  for (const byte of bytesFromBase64(text)) {
    step += (byte & 127) * 2 ** shift;
    shift += 7;
    if (byte > 127) continue;
    index += step;
    indices.push(index);
    [step, shift] = [0, 0];
  }
  return indices;
}
