// The modules that all components share: elements, files from the server, ticks, base64.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { interpolate } from "../../viz/components/shared/animation.js";
import { bytesFromBase64 } from "../../viz/components/shared/base64.js";
import { element, svg } from "../../viz/components/shared/dom.js";
import { basePath, fetchServerFile } from "../../viz/components/shared/server_file.js";
import { ticks } from "../../viz/components/shared/ticks.js";
import { close } from "./close.mjs";

const NOTHING = { pauses: [0, 0, 0] };
const real = { document: globalThis.document, fetch: globalThis.fetch };
let asked = [];

/** A fake DOM node that records its attributes and children. */
function fakeNode(tag) {
  const node = { tag, attributes: {}, children: [] };
  node.setAttribute = (name, value) => (node.attributes[name] = String(value));
  node.append = (...children) => node.children.push(...children);
  return node;
}

/** Replace `fetch`: each call returns the next response, or throws it if it is an Error. */
function serverAnswers(...responses) {
  globalThis.fetch = async (address) => {
    asked.push(address);
    const response = responses.shift();
    if (response instanceof Error) throw response;
    return response;
  };
}

beforeEach(() => {
  asked = [];
  globalThis.document = {
    createElement: fakeNode,
    createElementNS: (space, tag) => fakeNode(`${space} ${tag}`),
    querySelector: () => ({ src: "https://school.example/class/static/js/index.abc.js" }),
  };
});
afterEach(() => Object.assign(globalThis, real));

test("an element has attributes, and strings as text", () => {
  const child = element("b");
  const node = element("p", { class: "a", title: null, "aria-hidden": false }, "<i>", child, "");
  assert.deepEqual(node.attributes, { class: "a", "aria-hidden": "false" });
  assert.deepEqual(node.children, ["<i>", child]);
  assert.equal(svg("path", { d: "M0 0" }).tag, "http://www.w3.org/2000/svg path");
});

test("a file is asked for below the path of the app", async () => {
  serverAnswers({ ok: true, body: "numbers" });
  assert.equal(basePath(), "https://school.example/class");
  const read = await fetchServerFile("/media/a.bin", (response) => response.body, NOTHING);
  assert.equal(read, "numbers");
  assert.deepEqual(asked, ["https://school.example/class/media/a.bin"]);
});

test("a file that the server lost for a moment is asked for again", async () => {
  serverAnswers({ ok: false }, new Error("no connection"), { ok: true });
  assert.equal(await fetchServerFile("/a", () => "read", NOTHING), "read");
  assert.equal(asked.length, 3);
});

test("a response that breaks off is asked for again", async () => {
  serverAnswers({ ok: true, broken: true }, { ok: true });
  const read = async ({ broken }) => {
    if (broken) throw new Error("broken off");
    return "whole";
  };
  assert.equal(await fetchServerFile("/a", read, NOTHING), "whole");
});

test("a file that never comes is an error", async () => {
  serverAnswers({ ok: false }, { ok: false }, { ok: false });
  await assert.rejects(fetchServerFile("/media/a.bin", () => 1, NOTHING), /a\.bin/);
});

test("what nobody wants any more is not asked for", async () => {
  serverAnswers({ ok: false }, { ok: true });
  const isWanted = () => asked.length === 0;
  assert.equal(await fetchServerFile("/a", () => 1, { ...NOTHING, isWanted }), null);
  assert.equal(asked.length, 1);
});

test("ticks are round and inside", () => {
  assert.deepEqual(ticks(0, 1, 5), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  assert.deepEqual(ticks(-0.31, 0.31, 4), [-0.2, 0, 0.2]);
  assert.deepEqual(ticks(0, 459612, 5), [0, 100000, 200000, 300000, 400000]);
  for (const [low, high, count] of [[0.123, 0.1234, 7], [-1e6, 3e7, 4], [5, 6, 1]]) {
    const values = ticks(low, high, count);
    assert.ok(values.length <= count + 1);
    assert.ok(values.every((value) => value >= low && value <= high));
  }
});

test("bytes from base64, and a share of the way", () => {
  assert.deepEqual([...bytesFromBase64(btoa("\x00\x7f\xff"))], [0, 127, 255]);
  close(interpolate(10, 20, 0.25), 12.5);
});
