// The labels and names on a poster: as on the screen, but more and smaller ones, for paper.

import { MAX_ALL_LABELLED } from "./label_candidates.js";
import { Overlay } from "./overlay.js";
import { namesInView } from "./region_names.js";

const ROOM_OF_LABEL = 22; // area of the picture for each plain label, in squares of the font size
const MAX_ALIKE = 24; // plain words whose labels are all large
const DIMMED = 0.4; // of the labels, while other words are highlighted

export class PosterOverlay extends Overlay {
  /** `names` are the sizes of the names, as ON_SCREEN in region_names.js; `count` words are shown. */
  constructor(canvas, names, count) {
    super(canvas);
    this.nameSizes = names;
    this.careful = true; // on paper, nothing tells what is under a label
    if (count <= MAX_ALIKE) this.maxLarge = count;
  }

  budget({ width, height }, theme, dimmed) {
    const { all } = this.candidates;
    if (all <= MAX_ALL_LABELLED) return all;
    const room = (width * height) / (ROOM_OF_LABEL * theme.size ** 2);
    return Math.round(room * (dimmed ? DIMMED : 1));
  }

  regionNames({ regions, emphasized }, camera) {
    return regions ? namesInView(regions, camera, emphasized, this.nameSizes) : [];
  }
}
