// The camera of the word map.

import assert from "node:assert/strict";
import { test } from "node:test";

import { boundsOf, boxAround, Camera } from "../../viz/components/word_map/camera.js";
import { close } from "./close.mjs";

function cameraAt(view = {}) {
  return Object.assign(new Camera(), { width: 800, height: 500, scale: 50, fitScale: 50, ...view });
}

const VIEWS = {
  "in two dimensions": { target: [3, -2, 0] },
  "turned in three": { target: [1, 2, 3], yaw: 0.7, pitch: -0.4 },
  "looking down": { target: [0, 0, 1], yaw: -2, pitch: 1.5, scale: 200 },
};

test("two dimensions are scaled and y points up", () => {
  const camera = cameraAt({ target: [1, 1, 0] });
  close(camera.project([1, 1, 0]), [400, 250, 1]);
  close(camera.project([3, 1, 0]), [500, 250, 1]);
  close(camera.project([1, 2, 0]), [400, 200, 1]);
});

for (const [name, view] of Object.entries(VIEWS)) {
  test(`projecting undoes unprojecting: ${name}`, () => {
    const camera = cameraAt(view);
    close(camera.project(camera.target), [400, 250, 1]);
    for (const spot of [[0, 0], [800, 500], [123.4, 321]]) {
      close(camera.project(camera.unproject(...spot)), [...spot, 1]);
    }
  });

  test(`panning moves the picture by as many pixels: ${name}`, () => {
    const camera = cameraAt(view);
    const point = camera.unproject(300, 200);
    camera.pan(40, -30);
    close(camera.project(point), [340, 170, 1]);
  });

  test(`zooming keeps what is under the pointer: ${name}`, () => {
    const camera = cameraAt(view);
    const point = camera.unproject(600, 100);
    camera.zoomAt(1.7, 600, 100);
    close(camera.scale, (view.scale ?? 50) * 1.7);
    close(camera.project(point).slice(0, 2), [600, 100]);
  });

  test(`zooming to a point keeps it and its distance: ${name}`, () => {
    const camera = cameraAt(view);
    const point = [0.7, -1.2, 0.4];
    const before = camera.project(point);
    camera.zoomTo(1.7, point);
    close(camera.scale, (view.scale ?? 50) * 1.7);
    close(camera.project(point), before);
  });

  test(`a view can be restored: ${name}`, () => {
    const camera = cameraAt(view);
    const before = camera.view();
    camera.orbit(90, 20);
    camera.pan(70, 10);
    camera.zoomAt(3, 10, 10);
    camera.interpolate(before, before, 1);
    assert.deepEqual(camera.view(), before);
  });
}

test("what is nearer is larger, what is behind the eye is not seen", () => {
  const camera = cameraAt({ target: [0, 0, 0] });
  const [far, near] = [-1, 1].map((z) => camera.project([1, 0, z])[0] - 400);
  assert.ok(near > 50 && far < 50);
  assert.equal(camera.project([0, 0, 1e6]), null);
  assert.equal(camera.project([NaN, 0, 0]), null);
});

test("zoom and tilt have limits", () => {
  const camera = cameraAt();
  camera.zoomAt(1e9, 0, 0);
  assert.equal(camera.scale, 50 * 3000);
  camera.zoomAt(1e-12, 0, 0);
  assert.equal(camera.scale, 50 * 0.4);
  camera.orbit(0, 1e5);
  assert.ok(camera.pitch < Math.PI / 2);
});

test("halfway between two views the scale is their geometric mean", () => {
  const camera = cameraAt();
  const [from, to] = [cameraAt({ scale: 10, yaw: 0 }), cameraAt({ scale: 1000, yaw: 1 })];
  camera.interpolate(from.view(), to.view(), 0.5);
  close([camera.scale, camera.yaw], [100, 0.5]);
});

for (const dimensions of [2, 3]) {
  test(`a fitted box is inside the picture: ${dimensions}D`, () => {
    const camera = cameraAt();
    const box = { low: [-3, 10, dimensions === 3 ? -2 : 0], high: [5, 12, dimensions === 3 ? 2 : 0] };
    camera.interpolate(camera.fit(box, dimensions), camera.fit(box, dimensions), 1);
    for (const corner of [box.low, box.high, [box.low[0], box.high[1], box.low[2]]]) {
      const [x, y] = camera.project(corner);
      assert.ok(x > 0 && x < 800 && y > 0 && y < 500);
    }
  });
}

test("words in the corners of a space are inside the picture", () => {
  const camera = cameraAt({ width: 1100, height: 430 });
  const corners = [-0.85, 0.85].flatMap((x) =>
    [-0.85, 0.85].flatMap((y) => [-0.85, 0.85].map((z) => [x, y, z])));
  const box = { low: [-1, -1, -1], high: [1, 1, 1] };
  const isOutside = (view) => {
    camera.interpolate(view, view, 1);
    return corners.map((corner) => camera.project(corner))
      .some(([x, y]) => x < 16 || x > 1084 || y < 16 || y > 414);
  };
  const fitted = camera.fit(box, 3);
  assert.ok(isOutside(fitted));
  const held = camera.holding(fitted, [...corners, [NaN, 0, 0]]);
  assert.ok(!isOutside(held));
  assert.ok(held.scale > 0.5 * fitted.scale);
  assert.equal(camera.zoom, 1);
  const inside = [[0.1, 0, 0]];
  assert.deepEqual(camera.holding(fitted, inside), fitted);
});

test("bounds leave out words without a position and the outermost words of many", () => {
  const positions = new Float32Array(3 * 5000);
  for (let i = 0; i < 5000; i++) positions.set([i / 5000, 0, 0], 3 * i);
  positions.set([1000, 0, 0], 0);
  positions.set([NaN, NaN, NaN], 3);
  const { low, high, lowHalf, highHalf } = boundsOf(positions);
  assert.ok(low[0] >= 0 && high[0] <= 1);
  close([lowHalf[0], highHalf[0]], [0.25, 0.75], 0.01);
});

test("of few words, none is out of bounds", () => {
  const positions = new Float32Array(3 * 900);
  positions.set([1000, 0, 0], 0);
  assert.equal(boundsOf(positions).high[0], 1000);
});

test("a box around nothing is at the origin", () => {
  assert.deepEqual(boxAround([[NaN, 0, 0]]), { low: [0, 0, 0], high: [0, 0, 0] });
  assert.deepEqual(boxAround([[1, 5, 0], [3, -1, 2]]), { low: [1, -1, 0], high: [3, 5, 2] });
});

for (const [dimensions, [width, height]] of [[2, [800, 500]], [2, [330, 400]], [3, [800, 500]]]) {
  test(`a box that the view moves to fills half of the picture: ${dimensions}D, ${width}`, () => {
    const camera = cameraAt({ width, height });
    const home = camera.fit({ low: [-9, -9, 0], high: [9, 9, 0] }, dimensions);
    const box = { low: [2, 1, 0], high: [2.008, 1.005, 0] };
    const view = camera.viewOf(box, dimensions, home);
    camera.interpolate(view, view, 1);
    const [one, other] = [camera.project(box.low), camera.project(box.high)];
    const [right, up] = [Math.abs(one[0] - other[0]), Math.abs(one[1] - other[1])];
    const share = dimensions === 2
      ? Math.max(right / width, up / height) : Math.hypot(right, up) / Math.min(width, height);
    assert.ok(share > 0.6 && share < 0.9, String(share));
  });
}
