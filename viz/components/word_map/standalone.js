// The map as a page of its own: the words are inside the page, and no network is needed.

import { unpacked } from "./payload.js";
import { Scene } from "./scene.js";
import { deposit } from "./payload_store.js";

/** A payload from its block in the page: base64 of a gzip file. */
function inside(block) {
  const letters = atob(block.textContent);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = letters.charCodeAt(at);
  return unpacked(new Blob([bytes]).stream());
}

function show() {
  const place = document.getElementById("map");
  const scene = new Scene(place.attachShadow({ mode: "open" }));
  let data = JSON.parse(document.getElementById("scene").textContent);
  const update = (changes = {}) => {
    data = { ...data, ...changes };
    scene.update({ data, setStateValue() {}, setTriggerValue() {} });
  };
  update();
  // The theme is read anew when the computer turns to light or dark.
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => update());
  const field = document.querySelector("input");
  const answer = document.querySelector("output");
  document.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const word = field.value.trim();
    const { words } = scene.model;
    const found = words ? [word, word.toLowerCase()].map((text) => words.indexOf(text)) : [];
    const index = found.find((place) => place >= 0);
    if (index !== undefined) update({ picked: index, focus: [index] });
    answer.textContent = word && index === undefined
      ? `“${word}” is not among these ${words?.length.toLocaleString("en") ?? ""} words.` : "";
  });
  for (const block of document.querySelectorAll("script.payload")) inside(block).then(deposit);
}

show();
