// Words that continue what is being typed, in the browser's own list below a field.

import { fetchServerFile } from "../shared/server_file.js";
import { continued } from "./continued.js";

const fields = new Map(); // key of a field: address of the words; empty for none
const loaded = new Map(); // address: promise of the words

let list = null;

export default function ({ data }) {
  for (const field of data.fields) fields.set(field, data.address);
  const used = [...fields.values()];
  for (const address of loaded.keys()) if (!used.includes(address)) loaded.delete(address);
  if (list) return;
  list = document.createElement("datalist");
  list.id = "word-completion";
  document.body.append(list);
  for (const event of ["focusin", "input"]) document.addEventListener(event, offer);
}

async function offer({ target }) {
  const address = addressFor(target);
  if (address === undefined) return;
  const words = address ? await wordsAt(address) : [];
  if (document.activeElement !== target) return;
  const isAtEnd = target.selectionStart === target.value.length;
  const lines = isAtEnd ? continued(target.value, words) : [];
  list.replaceChildren(...lines.map((line) => new Option(line, line)));
  if (lines.length) target.setAttribute("list", list.id);
  else target.removeAttribute("list"); // it is a plain field again, also to a screen reader
  target.setAttribute("autocomplete", "off"); // not what was typed here on other days
}

/** The address of the words for a field; undefined if it is another element. */
function addressFor(target) {
  if (!(target instanceof HTMLInputElement) || target.type !== "text") return undefined;
  const names = target.closest("[class*=st-key-]")?.classList ?? [];
  const name = [...names].find((each) => each.startsWith("st-key-"));
  return name && fields.get(name.slice("st-key-".length));
}

function wordsAt(address) {
  if (!loaded.has(address)) loaded.set(address, load(address));
  return loaded.get(address);
}

async function load(address) {
  try {
    return await fetchServerFile(address, async ({ body }) => {
      const plain = new Response(body.pipeThrough(new DecompressionStream("gzip")));
      return (await plain.text()).split("\n");
    });
  } catch {
    loaded.delete(address); // until the next letter
    return [];
  }
}
