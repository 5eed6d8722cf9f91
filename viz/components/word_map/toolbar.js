// The signs on the buttons, as strokes on a field of 24 by 24.

const STROKES = {
  move: "M12 3v18 M3 12h18 M9 6l3-3 3 3 M9 18l3 3 3-3 M6 9l-3 3 3 3 M18 9l3 3-3 3",
  box: "M4 8V4h4 M11 4h3 M17 4h3v4 M20 11v3 M20 17v3h-4 M13 20h-3 M7 20H4v-4 M4 13v-2",
  lasso: "M8 16C3 13 3 6 11 5s12 5 7 9-9 1-9 3 4 3 2 5",
  closer: "M12 5v14 M5 12h14",
  further: "M5 12h14",
  home: "M4 11l8-7 8 7 M6 10v10h12V10",
  large: "M9 4H4v5 M15 4h5v5 M9 20H4v-5 M15 20h5v-5",
  save: "M12 4v11 M7 10.5l5 5 5-5 M4 16v4h16v-4",
  table: "M4 5h16v14H4z M4 10h16 M4 14.5h16 M10 10v9",
};

/** One sign as an SVG element, in the colour of the text around it. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(space, "svg");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("aria-hidden", "true");
  const stroke = document.createElementNS(space, "path");
  stroke.setAttribute("d", STROKES[name]);
  picture.append(stroke);
  return picture;
}
