// The view of a map as text in an address.

import assert from "node:assert/strict";
import { test } from "node:test";

import { queryWith, viewFrom, viewText } from "../../viz/components/word_map/address.js";
import { close } from "./close.mjs";

const HOME = { target: [1, 2, 0], yaw: 0, pitch: 0, scale: 20, fitScale: 20 };

for (const dimensions of [2, 3]) {
  test(`a view is restored, also in another size: ${dimensions}D`, () => {
    const turned = dimensions === 3 ? { yaw: -0.55, pitch: 1.25 } : { yaw: 0, pitch: 0 };
    const z = dimensions === 3 ? 7 : 0;
    const view = { ...HOME, ...turned, target: [-3.25, 1 / 3, z], scale: 900 };
    const smaller = { ...HOME, scale: 10, fitScale: 10 };
    const restored = viewFrom(viewText(view, dimensions, HOME), dimensions, smaller);
    close(restored.target, view.target, 1e-5);
    close([restored.yaw, restored.pitch], [turned.yaw, turned.pitch]);
    close(restored.scale, 450);
  });
}

test("what is no view is ignored", () => {
  const wrong = [null, "", "1,2", "1,2,x", "1,2,,3", "1,2,0", "1,2,1e9", "1e9,2,1", "1,2,3,0,0,1"];
  for (const text of wrong) assert.equal(viewFrom(text, 2, HOME), null, String(text));
  assert.equal(viewFrom("1,2,1", 3, HOME), null);
});

test("the other values of an address stay as they are", () => {
  assert.equal(queryWith("", "view", null), "");
  assert.equal(queryWith("?word=a+b%2C&view=1", "view", null), "?word=a+b%2C");
  assert.equal(queryWith("?view=1&groups=a&groups=b", "view", "2,3"), "?groups=a&groups=b&view=2,3");
  assert.equal(queryWith("?overview=1", "view", "2"), "?overview=1&view=2");
});
