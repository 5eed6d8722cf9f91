// The map as a standalone page, which contains the words and needs no network.

import { bytesFromBase64 } from "../shared/base64.js";
import { counted } from "./counted.js";
import { indexOfWord } from "./find_word.js";
import { unpacked } from "./payload.js";
import { Scene } from "./scene.js";
import { deposit } from "./payload_store.js";

/** The payload in a script element of the page: a gzip file in base64. */
function payloadIn(block) {
  return unpacked(new Blob([bytesFromBase64(block.textContent)]).stream());
}

function show() {
  const host = document.getElementById("map");
  const scene = new Scene(host.attachShadow({ mode: "open" }));
  let data = JSON.parse(document.getElementById("scene").textContent);
  const update = (changes = {}) => {
    data = { ...data, ...changes };
    scene.update({ data, setStateValue() {}, setTriggerValue() {} });
  };
  update();
  // Read the theme again when the system switches between light and dark.
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => update());
  const field = document.querySelector("input");
  const answer = document.querySelector("output");
  document.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const word = field.value.trim();
    const words = scene.model.words ?? [];
    const index = indexOfWord(words, word);
    if (index >= 0) update({ picked: index, focus: [index] });
    answer.textContent = word && index < 0
      ? `“${word}” is not among these ${counted(words.length, data.unit)}.` : "";
  });
  for (const block of document.querySelectorAll("script.payload")) payloadIn(block).then(deposit);
}

show();
