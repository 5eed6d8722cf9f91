// Payloads as Python packs them (payload.py): the header's length, the header as JSON, the body.

const utf8 = new TextDecoder();

/** The header of a payload, with its undecoded `body`. */
export function readPayload(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
  const header = JSON.parse(utf8.decode(bytes.subarray(4, 4 + length)));
  return { ...header, body: bytes.subarray(4 + length) };
}

/** The header with what is in the body: `list`, `positions` or `places`. */
export function decodePayload({ body, ...header }) {
  // A copy starts at an even address, as typed arrays need, and lets go of the message around it.
  const copy = body.slice();
  if (header.kind === "words") return { ...header, list: new WordList(copy, header.count) };
  if (header.kind === "colors") return { ...header, places: copy };
  return { ...header, ...spread(new Float32Array(copy.buffer), header) };
}

/** Words, decoded when they are asked for: 400,000 strings would take longer than all the rest. */
export class WordList {
  constructor(body, count) {
    const lengths = new Uint16Array(body.buffer, 0, count);
    this.text = body.subarray(2 * count);
    this.starts = new Uint32Array(count + 1);
    for (let i = 0; i < count; i++) this.starts[i + 1] = this.starts[i] + lengths[i];
    this.length = count;
  }

  at(index) {
    return utf8.decode(this.text.subarray(this.starts[index], this.starts[index + 1]));
  }
}

/** Three coordinates for every word (in two dimensions z is 0); NaN for words without a place. */
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

/** A word as people can see it: signs for control characters and blanks, an end to its length. */
export function readable(word, longest = 28) {
  const letters = [...word.slice(0, 4 * longest)];
  const seen = letters.map((letter) => CONTROLS.get(letter) ?? (letter < " " ? "�" : letter));
  const text = seen.slice(0, longest).join("");
  const more = letters.length > longest || word.length > 4 * longest;
  return (text.trim() === "" ? text.replace(/\s/g, "␣") || "∅" : text) + (more ? "…" : "");
}

/** Ascending indices in few characters: base64 of the steps, seven bits a byte, low bits first. */
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
