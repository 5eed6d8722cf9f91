// The tools above the map.

import { element, svg } from "../shared/dom.js";

// Each tool's name, tooltip, icon (an SVG path in a box of 24 by 24) and text; null is a divider.
const TOOLS = [
  ["move", "Move the map",
    "M12 3v18 M3 12h18 M9 6l3-3 3 3 M9 18l3 3 3-3 M6 9l-3 3 3 3 M18 9l3 3-3 3"],
  ["box", "Select points with a box (or drag with Shift)",
    "M4 8V4h4 M11 4h3 M17 4h3v4 M20 11v3 M20 17v3h-4 M13 20h-3 M7 20H4v-4 M4 13v-2"],
  ["lasso", "Select points with a lasso",
    "M8 16C3 13 3 6 11 5s12 5 7 9-9 1-9 3 4 3 2 5"],
  null,
  ["zoomIn", "Zoom in (+)", "M12 5v14 M5 12h14"],
  ["zoomOut", "Zoom out (−)", "M5 12h14"],
  ["home", "Reset the view (0)", "M4 11l8-7 8 7 M6 10v10h12V10"],
  ["fullScreen", "Fill the screen", "M9 4H4v5 M15 4h5v5 M9 20H4v-5 M15 20h5v-5"],
  ["save", "Save the picture", "M12 4v11 M7 10.5l5 5 5-5 M4 16v4h16v-4"],
  ["table", "Show as table", "M4 5h16v14H4z M4 10h16 M4 14.5h16 M10 10v9"],
  ["tour", "Tour of the largest regions", "M7 4.5v15l12-7.5z", "Tour"],
];

// What dragging does in 3D, where nothing else is different.
const TURN = ["Turn the map (drag with the right button to move it)",
  "M4 12a8 8 0 0 1 14-5.3L20 9 M20 4v5h-5 M20 12a8 8 0 0 1-14 5.3L4 15 M4 20v-5h5"];

/** Name the button for dragging by what it does. */
export function nameMove(button, dimensions) {
  const [title, icon] = dimensions === 3 ? TURN : TOOLS[0].slice(1);
  if (button.title === title) return;
  button.title = title;
  button.setAttribute("aria-label", title);
  button.querySelector("path").setAttribute("d", icon);
}

/** The toolbar and its `buttons` by name; `use(name)` is called when a button is pressed. */
export function toolbar(use) {
  const bar = element("div", { class: "tools", role: "toolbar", "aria-label": "Map tools" });
  const buttons = {};
  for (const tool of TOOLS) {
    if (!tool) {
      bar.append(element("hr"));
      continue;
    }
    const [name, title, icon, text] = tool;
    buttons[name] = element("button", { type: "button", title, "aria-label": title },
      svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: icon })));
    if (text) buttons[name].append(element("span", {}, text));
    buttons[name].onclick = () => use(name);
    bar.append(buttons[name]);
  }
  return { bar, buttons };
}
