// Draw points without a graphics card, by blending pixels into an image. The picture is the same as
// with WebGL; for 400,000 words it is faster than WebGL on the CPU. The loop runs for every frame
// and must be fast: values that depend only on the distance come from tables, red and blue are
// blended in one multiplication, and no memory is allocated.

const PER_UNIT = 256; // table entries per unit of nearness (1 / w)
const LEVELS = 1024; // table entries; a nearness of 4 or more uses the last one
const FINER = 3; // pixels of the shading in a cell of its image, along each side
const OPACITY_STEPS = 32;
const CHOSEN = 256; // the index of the selected words' colour, after those of the palette

export class CanvasPoints {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
    // Tables by nearness, first for plain words, then for selected ones: the opacity (0 to 256)
    // and the index of the disc in `stamps` (0 for a single pixel).
    this.shares = new Int32Array(2 * LEVELS);
    this.discs = new Uint8Array(2 * LEVELS);
    this.stamps = [];
    this.redBlue = new Int32Array(257);
    this.green = new Int32Array(257);
  }

  setPositions(from, to) {
    this.from = from;
    this.to = to;
    this.drawn = null;
  }

  setStyles(styles) {
    this.styles = styles;
    this.drawn = null;
  }

  setPalette(colors) {
    for (let color = 0; color < 256; color++) this.setColor(color, colors.subarray(4 * color));
    this.drawn = null;
  }

  setColor(color, [red, green, blue]) {
    this.redBlue[color] = (blue << 16) | red;
    this.green[color] = green;
  }

  draw(picture) {
    const { camera, mix, background, ratio, shading, ...look } = picture;
    const { canvas } = this;
    const [width, height] = [Math.round(camera.width * ratio), Math.round(camera.height * ratio)];
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      this.image = this.context.createImageData(width, height);
    }
    const wanted = JSON.stringify([camera.view(), width, height, { ...picture, shading: [
      shading?.key, shading?.alpha] }]);
    if (wanted !== this.drawn) {
      const pixels = new Int32Array(this.image.data.buffer);
      if (shading) this.shade(pixels, width, height, ratio, shading, background);
      else pixels.fill(rgba(background));
      this.prepare(look, ratio);
      this.blend(pixels, width, height, this.positionsAt(mix), camera.rows(), ratio);
      this.drawn = wanted;
    }
    this.context.putImageData(this.image, 0, 0);
  }

  /** Fill the pixels with the background and the shading. `drawImage` and `getImageData` would take
   * as long as all points. */
  shade(pixels, width, height, ratio, shading, background) {
    const { ground, columns, rows } = this.groundOf(shading, background);
    const plain = rgba(background);
    const across = Int32Array.from({ length: width }, (_, x) =>
      Math.floor(((x / ratio - shading.left) / shading.width) * columns));
    let first = across.findIndex((column) => column >= 0);
    let end = across.findIndex((column) => column >= columns);
    if (first < 0) first = width;
    if (end < 0) end = width;
    for (let y = 0, at = 0; y < height; y++, at += width) {
      const row = Math.floor(((y / ratio - shading.top) / shading.height) * rows);
      if (row < 0 || row >= rows) {
        pixels.fill(plain, at, at + width);
        continue;
      }
      pixels.fill(plain, at, at + first);
      for (let x = first; x < end; x++) pixels[at + x] = ground[row * columns + across[x]];
      pixels.fill(plain, at + end, at + width);
    }
  }

  /** The shading at a finer resolution, on the background, as one number for each pixel. */
  groundOf({ canvas, key, alpha }, background) {
    const [columns, rows] = [FINER * canvas.width, FINER * canvas.height];
    if (this.fineKey !== key) {
      this.fineKey = key;
      const fine = new OffscreenCanvas(columns, rows).getContext("2d", { willReadFrequently: true });
      fine.drawImage(canvas, 0, 0, columns, rows);
      this.fine = fine.getImageData(0, 0, columns, rows).data;
      this.groundKey = null;
    }
    const step = Math.ceil(alpha * OPACITY_STEPS); // so that not every step of a zoom is blended
    if (this.groundKey !== `${step} ${background}`) {
      this.groundKey = `${step} ${background}`;
      if (this.ground?.length !== columns * rows) this.ground = new Int32Array(columns * rows);
      const { fine, ground } = this;
      const [red, green, blue] = background;
      for (let cell = 0, at = 0; cell < ground.length; cell++, at += 4) {
        const share = (fine[at + 3] * step) / (255 * OPACITY_STEPS);
        ground[cell] = (255 << 24) | ((blue + (fine[at + 2] - blue) * share) << 16)
          | ((green + (fine[at + 1] - green) * share) << 8) | (red + (fine[at] - red) * share);
      }
    }
    return { ground: this.ground, columns, rows };
  }

  /** The positions interpolated between the two layouts. */
  positionsAt(mix) {
    const { from, to } = this;
    if (mix === 1 || from === to) return to;
    this.between = this.between?.length === to.length ? this.between : new Float32Array(to.length);
    const { between } = this;
    for (let at = 0; at < to.length; at++) between[at] = from[at] + (to[at] - from[at]) * mix;
    return between;
  }

  /** Fill the tables for this size and opacity. */
  prepare({ size, alpha, chosenAlpha, chosen, depth }, ratio) {
    this.recolors = Boolean(chosen);
    if (chosen) this.setColor(CHOSEN, chosen);
    for (let level = 0; level < 2 * LEVELS; level++) {
      const selected = level >= LEVELS;
      const nearness = depth ? (level % LEVELS) / PER_UNIT : 1;
      const haze = Math.max(0.35, Math.min(1.2, nearness * nearness));
      const opacity = Math.min(1, (selected ? chosenAlpha : alpha) * haze);
      const across = size * ratio * nearness * (selected ? 1.3 : 1);
      const disc = across < 1.75 ? 0 : Math.min(32, Math.round(across * 2));
      const cover = disc ? 1 : Math.min(1, across * across * 0.6);
      this.shares[level] = Math.round(256 * opacity * cover);
      this.discs[level] = disc;
      if (disc) this.stamps[disc] ??= stamp(disc / 2);
    }
  }

  blend(pixels, width, height, positions, r, ratio) {
    const { styles, shares, discs, stamps, redBlue, green, recolors } = this;
    const [ax, bx, cx, dx, ay, by, cy, dy] = r.subarray(0, 8).map((value) => value * ratio);
    const [aw, bw, cw, dw] = r.subarray(8);
    const [middle, centre] = [width / 2, height / 2];
    for (let at = 0, style = 0; at < positions.length; at += 3, style += 4) {
      const x = positions[at];
      const y = positions[at + 1];
      const z = positions[at + 2];
      const w = aw * x + bw * y + cw * z + dw;
      if (!(w > 0.05)) continue; // false for NaN: words without a position are skipped
      const nearness = 1 / w;
      const left = middle + (ax * x + bx * y + cx * z + dx) * nearness;
      const top = centre - (ay * x + by * y + cy * z + dy) * nearness;
      if (!(left >= 0 && top >= 0 && left < width && top < height)) continue;
      let level = (nearness * PER_UNIT) | 0;
      if (level >= LEVELS) level = LEVELS - 1;
      let color = styles[style];
      if (styles[style + 1] === 1) {
        level += LEVELS;
        if (recolors) color = CHOSEN;
      }
      const share = shares[level];
      const spot = (top | 0) * width + (left | 0);
      if (discs[level] === 0) {
        const under = pixels[spot];
        const rest = 256 - share;
        const two = Math.imul(under & 0xff00ff, rest) + Math.imul(redBlue[color], share);
        const one = Math.imul((under >>> 8) & 255, rest) + Math.imul(green[color], share);
        pixels[spot] = 0xff000000 | ((two >>> 8) & 0xff00ff) | (one & 0xff00);
        continue;
      }
      const covered = stamps[discs[level]];
      for (let k = 0; k < covered.length; k += 3) {
        const column = (left | 0) + covered[k];
        const row = (top | 0) + covered[k + 1];
        if (column < 0 || row < 0 || column >= width || row >= height) continue;
        const here = row * width + column;
        const part = (share * covered[k + 2]) >> 8;
        const under = pixels[here];
        const two = Math.imul(under & 0xff00ff, 256 - part) + Math.imul(redBlue[color], part);
        const one = Math.imul((under >>> 8) & 255, 256 - part) + Math.imul(green[color], part);
        pixels[here] = 0xff000000 | ((two >>> 8) & 0xff00ff) | (one & 0xff00);
      }
    }
  }

  finish() {}

  destroy() {}
}

function rgba([red, green, blue]) {
  return (255 << 24) | (blue << 16) | (green << 8) | red;
}

/** The pixels of a disc of this diameter, as triples: right, down, coverage (0 to 256). */
function stamp(across) {
  const reach = Math.floor(across / 2);
  const covered = [];
  for (let down = -reach; down <= reach; down++) {
    for (let right = -reach; right <= reach; right++) {
      const cover = Math.min(1, Math.max(0, across / 2 + 0.5 - Math.hypot(right, down)));
      if (cover > 0.05) covered.push(right, down, Math.round(256 * cover));
    }
  }
  return Int16Array.from(covered);
}
