// Three sliders and a bar chart: one bar for each of the likeliest tokens, one for all others.

import { element } from "../shared/dom.js";
import { fetchServerFile } from "../shared/server_file.js";
import { entropy, probabilities } from "./softmax.js";

const USUAL_TOP_K = [1, 2, 3, 5, 10, 20, 50, 100, 1000];
const FAILED = "The numbers could not be loaded. Reload the page to try again.";
const STEPS = 20; // steps of a slider per unit; a link may set values between the steps

export default function ({ data, parentElement, setTriggerValue }) {
  let root = parentElement.querySelector(".softmax");
  if (!root) {
    root = element("div", { class: "softmax", role: "group" });
    root.panel = new Panel(root);
    parentElement.append(root);
  }
  root.panel.update(data, setTriggerValue);
}

class Panel {
  constructor(root) {
    this.root = root;
    this.sorted = null; // the logits in descending order
    this.rows = []; // a bar for each named token and one for the others
    this.topKs = []; // the values of the top-k slider; 0 keeps all tokens
    this.temperature = slider("Temperature", "Below 1: more certain. Above 1: more even");
    this.topK = slider("Top-k", "How many of the likeliest tokens are kept");
    this.topP = slider("Top-p", "The likeliest tokens that reach this share together are kept");
    this.entropy = element("span");
    this.kept = element("span");
    this.bars = element("div", { class: "bars" });
    this.note = element("p", { class: "note", role: "status" });
    this.note.hidden = true;
    root.append(
      element("div", { class: "controls" },
        this.temperature.field, this.topK.field, this.topP.field,
        element("output", { class: "entropy" }, this.entropy, this.kept)),
      this.note, this.bars,
    );
    for (const { input } of [this.temperature, this.topK, this.topP]) this.listen(input);
    this.bars.onclick = (event) => {
      if (event.detail > 1) return; // the second click of a double click
      const token = event.target.closest("button")?.dataset.token;
      if (token !== undefined) this.send("picked", Number(token));
    };
  }

  /** Show new data from the page; `send(name, value)` reports the visitor's actions. */
  update(data, send) {
    const { root } = this;
    this.send = send;
    this.count = data.count;
    root.setAttribute("aria-label", data.alt);
    if (this.revision !== data.revision) {
      this.revision = data.revision;
      this.setSliders(data.settings, data.max_temperature);
    }
    if (this.address === data.address) return;
    this.address = data.address;
    delete root.dataset.ready;
    if (data.address) this.load(data);
  }

  async load({ address, tokens }) {
    const isWanted = () => this.address === address && this.root.isConnected;
    let bytes = null;
    try {
      bytes = await fetchServerFile(address, (response) => response.arrayBuffer(), { isWanted });
    } catch {
      if (isWanted()) this.showNote(FAILED);
    }
    if (!bytes || !isWanted()) return; // failed, or replaced by a newer request
    this.showNote("");
    this.sorted = new Float64Array(new Float32Array(bytes)).sort().reverse();
    this.rows = [...tokens.map(([token, name]) => bar(name, token)), bar("", null)];
    this.bars.replaceChildren(...this.rows.map((row) => row.node));
    this.draw();
    this.root.dataset.ready = address;
  }

  showNote(text) {
    this.note.textContent = text;
    this.note.hidden = !text;
  }

  setSliders(settings, maxTemperature) {
    setRange(this.temperature.input, 0, maxTemperature, "any");
    this.temperature.input.value = settings.temperature;
    this.topKs = [...new Set([...USUAL_TOP_K, settings.top_k])].filter((k) => k && k < this.count);
    this.topKs.sort((one, other) => one - other).push(0);
    setRange(this.topK.input, 0, this.topKs.length - 1, 1);
    this.topK.input.value = this.topKs.indexOf(settings.top_k);
    setRange(this.topP.input, 0.01, 1, "any");
    this.topP.input.value = settings.top_p;
    this.draw();
  }

  settings() {
    return {
      temperature: Number(this.temperature.input.value),
      top_k: this.topKs[Number(this.topK.input.value)] ?? 0,
      top_p: Number(this.topP.input.value),
    };
  }

  draw() {
    const settings = this.settings();
    const { temperature, top_k: topK, top_p: topP } = settings;
    this.temperature.write(temperature === 0 ? "0, always the likeliest" : temperature.toFixed(2));
    this.topK.write(topK ? topK.toLocaleString("en") : "all");
    this.topP.write(topP === 1 ? "1, all" : topP.toFixed(2));
    if (!this.sorted) return;
    const { shares, kept } = probabilities(this.sorted, settings);
    const bits = entropy(shares, kept);
    const named = this.rows.length - 1;
    let others = 1;
    for (let i = 0; i < named; i++) {
      others -= shares[i];
      this.rows[i].write(shares[i]);
    }
    this.rows[named].write(kept <= named ? 0 : Math.max(others, 0));
    this.rows[named].name.textContent = `${(this.count - named).toLocaleString("en")} others`;
    this.entropy.textContent = `Entropy ${bits.toFixed(2)} bits`;
    this.kept.textContent = `${kept.toLocaleString("en")} ${kept === 1 ? "token" : "tokens"} kept`;
    this.root.dataset.entropy = bits;
    this.root.dataset.kept = kept;
  }

  listen(input) {
    const isTopK = input === this.topK.input;
    input.oninput = () => {
      if (!isTopK) input.value = Math.round(STEPS * input.value) / STEPS || input.min;
      this.draw();
    };
    input.onchange = () => this.send("settings", this.settings());
    if (!isTopK) input.onkeydown = (event) => stepByKey(event, input);
  }
}

/** On an arrow key, move a slider to its next step, even if its value is between two steps. */
function stepByKey(event, input) {
  const direction = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
  if (!direction) return;
  event.preventDefault();
  const next = Number(input.value) * STEPS + direction;
  input.value = (direction < 0 ? Math.ceil(next - 1e-9) : Math.floor(next + 1e-9)) / STEPS;
  input.dispatchEvent(new Event("input"));
  input.dispatchEvent(new Event("change"));
}

function slider(label, title) {
  const value = element("b", { class: "value" });
  const input = element("input", { type: "range", "aria-label": label, title });
  const field = element("label", { class: "field" },
    element("span", { class: "words" }, element("span", {}, label), value), input);
  const write = (text) => {
    value.textContent = text;
    input.setAttribute("aria-valuetext", text);
  };
  return { field, input, write };
}

/** A labelled bar; it is a button unless `token` is null. */
function bar(label, token) {
  const name = element("bdi", { class: "name" }, label);
  const fill = element("span", { class: "fill" });
  const value = element("span", { class: "share" });
  const button = { type: "button", "data-token": token, title: `Append ${label}` };
  const node = element(token === null ? "div" : "button",
    { class: "row", ...(token === null ? {} : button) },
    name, element("span", { class: "track" }, fill), value);
  const write = (share) => {
    node.dataset.probability = share;
    fill.style.transform = `scaleX(${share})`;
    value.textContent = share === 0 ? "0" : share < 0.0005 ? "< 0.001" : share.toFixed(3);
    node.classList.toggle("out", share === 0);
  };
  return { node, name, write };
}

function setRange(input, min, max, step) {
  Object.assign(input, { min, max, step });
}
