// The size and opacity of points: faint when there are many, larger when few or zoomed in.

/** Four bytes for each word: its palette index, whether it is selected, whether it is missing from
 * the layout, and an unused one. */
export function pointStyles(positions, paletteIndices, selected) {
  const count = positions.length / 3;
  const styles = new Uint8Array(4 * count);
  for (let i = 0, at = 0; i < count; i++, at += 4) {
    styles[at] = paletteIndices ? paletteIndices[i] : 255;
    styles[at + 1] = selected ? selected[i] : 0;
    styles[at + 2] = Number.isNaN(positions[3 * i]) ? 1 : 0;
  }
  return styles;
}

/** The diameter in pixels and the opacity of plain points. `density` is the number of points per
 * square pixel in the middle of the cloud; the opacity keeps overlapping points there from becoming
 * a solid area. */
export function pointLook(count, zoom, density, dimmed) {
  const crowd = Math.log10(Math.max(count, 10)); // 1 for ten words, 5.6 for 400,000
  const size = Math.min(Math.max(1.3, 11.5 - 1.85 * crowd) * Math.max(1, zoom) ** 0.3, 13);
  const overlap = Math.max(density * size * size, 0.01);
  const tone = dimmed ? 0.42 : 0.85;
  const blended = 1 - (1 - tone) ** (1 / overlap);
  return { size, alpha: Math.max(dimmed ? 0.05 : 0.09, Math.min(blended, dimmed ? 0.24 : 0.8)) };
}

/** The number of points per square pixel in the middle of the cloud. */
export function densityOf({ lowHalf, highHalf }, count, scale) {
  const sides = highHalf.map((value, axis) => (value - lowHalf[axis]) * scale);
  const [longest, second] = sides.sort((one, other) => other - one);
  return (0.3 * count) / Math.max(longest * second, 1);
}
