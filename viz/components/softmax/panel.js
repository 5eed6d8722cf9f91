// Three sliders, a bar for each of the likeliest tokens and one for all the others.
import { entropy, probabilities } from "./softmax.js";

const USUAL = [1, 2, 3, 5, 10, 20, 50, 100, 1000];

export default function ({ data, parentElement, setTriggerValue }) {
  let root = parentElement.querySelector(".softmax");
  if (!root) {
    root = make("div", "softmax");
    root.setAttribute("role", "group");
    root.panel = panel(root);
    parentElement.append(root);
  }
  const { panel: shown } = root;
  root.setAttribute("aria-label", data.alt);
  shown.tell = (settings) => setTriggerValue("settings", settings);
  shown.pick = (number) => setTriggerValue("picked", number);
  shown.count = data.count;
  if (root.revision !== data.revision) {
    root.revision = data.revision;
    shown.place(data.settings, data.hottest);
  }
  if (root.address === data.address) return;
  root.address = data.address;
  delete root.dataset.ready;
  if (data.address) load(root, data);
}

async function load(root, data) {
  const answer = await fetch(data.address);
  if (!answer.ok) return;
  const logits = new Float32Array(await answer.arrayBuffer());
  if (root.address !== data.address) return; // newer ones were asked for meanwhile
  root.panel.sorted = Float64Array.from(logits).sort().reverse();
  root.panel.name(data.tokens);
  root.panel.draw();
  root.dataset.ready = data.address;
}

function panel(root) {
  const temperature = slider("Temperature", "T");
  const topK = slider("Top-k", "likeliest tokens that stay");
  const topP = slider("Top-p", "share that stays");
  const entropyShown = make("output", "entropy");
  const doubt = make("span");
  const staying = make("span");
  entropyShown.append(doubt, staying);
  const controls = make("div", "controls");
  controls.append(temperature.field, topK.field, topP.field, entropyShown);
  const bars = make("div", "bars");
  root.append(controls, bars);
  const shown = { sorted: null, rows: [], stops: [] };

  const settings = () => ({
    temperature: Number(temperature.input.value),
    top_k: shown.stops[Number(topK.input.value)] ?? 0,
    top_p: Number(topP.input.value),
  });
  const write = () => {
    const { temperature: heat, top_k, top_p } = settings();
    temperature.say(heat === 0 ? "0, always the likeliest" : heat.toFixed(2));
    topK.say(top_k ? top_k.toLocaleString("en") : "all");
    topP.say(top_p === 1 ? "1, all" : top_p.toFixed(2));
  };
  shown.place = (given, hottest) => {
    limit(temperature.input, 0, hottest, 0.05);
    temperature.input.step = "any";
    temperature.input.value = given.temperature;
    shown.stops = [...new Set([...USUAL, given.top_k])].filter((k) => k && k < shown.count);
    shown.stops.sort((one, other) => one - other).push(0);
    limit(topK.input, 0, shown.stops.length - 1, 1);
    topK.input.value = shown.stops.indexOf(given.top_k);
    limit(topP.input, 0.01, 1, "any");
    topP.input.value = given.top_p;
    shown.draw();
  };
  shown.name = (tokens) => {
    shown.rows = [...tokens.map(([number, name]) => bar(name, number)), bar("", null)];
    bars.replaceChildren(...shown.rows.map((row) => row.element));
  };
  shown.draw = () => {
    write();
    if (!shown.sorted) return;
    const { shares, kept } = probabilities(shown.sorted, settings());
    const bits = entropy(shares, kept);
    const named = shown.rows.length - 1;
    let others = 1;
    for (let at = 0; at < named; at++) {
      others -= shares[at];
      shown.rows[at].set(shares[at]);
    }
    shown.rows[named].set(kept <= named ? 0 : Math.max(others, 0));
    const rest = (shown.count - named).toLocaleString("en");
    shown.rows[named].name.textContent = `${rest} others`;
    doubt.textContent = `Entropy ${bits.toFixed(2)} bits`;
    staying.textContent =
      `${kept.toLocaleString("en")} ${kept === 1 ? "token stays" : "tokens stay"}`;
    root.dataset.entropy = bits;
    root.dataset.kept = kept;
  };
  for (const { input } of [temperature, topK, topP]) {
    input.oninput = () => {
      if (input !== topK.input) input.value = Math.round(20 * input.value) / 20 || input.min;
      shown.draw();
    };
    input.onchange = () => shown.tell(settings());
    input.onkeydown = (event) => step(event, input, topK.input);
  }
  bars.onclick = (event) => {
    const number = event.target.closest("button")?.dataset.token;
    if (number !== undefined) shown.pick(Number(number));
  };
  return shown;
}

/** Steps of 0.05 for keys, while a link may set any value in between. */
function step(event, input, whole) {
  const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
  if (!by || input === whole) return;
  event.preventDefault();
  const places = Number(input.value) * 20 + by;
  input.value = (by < 0 ? Math.ceil(places - 1e-9) : Math.floor(places + 1e-9)) / 20;
  input.dispatchEvent(new Event("input"));
  input.dispatchEvent(new Event("change"));
}

function slider(label, unit) {
  const field = make("label", "field");
  const words = make("span", "words");
  const value = make("b", "value");
  const input = make("input");
  input.type = "range";
  input.ariaLabel = label;
  input.title = unit;
  words.append(make("span", "", label), value);
  field.append(words, input);
  const say = (text) => {
    value.textContent = text;
    input.setAttribute("aria-valuetext", text);
  };
  return { field, input, say };
}

function bar(label, number) {
  const element = make(number === null ? "div" : "button", "row");
  if (number !== null) {
    element.type = "button";
    element.dataset.token = number;
    element.title = `Append ${label}`;
  }
  const name = make("bdi", "name", label);
  const track = make("span", "track");
  const fill = make("span", "fill");
  const value = make("span", "share");
  track.append(fill);
  element.append(name, track, value);
  const set = (share) => {
    element.dataset.probability = share;
    fill.style.transform = `scaleX(${share})`;
    value.textContent = share === 0 ? "0" : share < 0.0005 ? "< 0.001" : share.toFixed(3);
    element.classList.toggle("out", share === 0);
  };
  return { element, name, set };
}

function limit(input, min, max, step) {
  Object.assign(input, { min, max, step });
}

function make(tag, className = "", text = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.textContent = text;
  return element;
}
