// The animation between two layouts.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Camera } from "../../viz/components/word_map/camera.js";
import { Flight } from "../../viz/components/word_map/transition.js";
import { close } from "./close.mjs";

const [FROM, TO] = [0, 10].map((x) => (
  { target: [x, 0, 0], yaw: 0, pitch: 0, scale: 1, fitScale: 1 }
));

function flight({ lessMotion = false } = {}) {
  globalThis.matchMedia = () => ({ matches: lessMotion });
  return new Flight(FROM, TO, true);
}

test("it takes 600 ms from its first frame on", () => {
  const [flying, camera] = [flight(), new Camera()];
  assert.equal(flying.step(5000, camera), false);
  close([camera.target[0], flying.mix], [0, 0]);
  assert.equal(flying.step(5300, camera), false);
  close([camera.target[0], flying.mix], [5, 0.5]);
  assert.equal(flying.step(5599, camera), false);
  assert.equal(flying.step(5600, camera), true);
  close([camera.target[0], flying.mix], [10, 1]);
});

test("a frame that comes late ends it", () => {
  const [flying, camera] = [flight(), new Camera()];
  flying.step(0, camera);
  assert.equal(flying.step(9000, camera), true);
});

test("it starts and ends slowly", () => {
  const [flying, camera] = [flight(), new Camera()];
  const at = [0, 60, 120, 180, 240, 300].map((now) => {
    flying.step(now, camera);
    return flying.mix;
  });
  const steps = at.slice(1).map((mix, index) => mix - at[index]);
  for (let i = 1; i < steps.length; i++) assert.ok(steps[i] > steps[i - 1]);
});

test("with less motion it is over at once", () => {
  assert.equal(flight({ lessMotion: true }).step(0, new Camera()), true);
});

test("on a long way the camera moves away and comes closer again", () => {
  globalThis.matchMedia = () => ({ matches: false });
  const flying = new Flight(FROM, TO, false, { duration: 1000, lift: 0.25 });
  const camera = new Camera();
  const scales = [0, 500, 1000].map((now) => {
    flying.step(now, camera);
    return camera.scale;
  });
  close(scales, [1, 0.25, 1]);
  assert.equal(flying.mix, 1);
});
