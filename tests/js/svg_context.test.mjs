// The drawing context that writes SVG.

import assert from "node:assert/strict";
import { test } from "node:test";

import { paint, short, SvgContext, xml } from "../../viz/components/word_map/svg_context.js";

function context() {
  const ruler = { measureText: (text) => ({ width: 10 * text.length }) };
  return Object.assign(new SvgContext(ruler), {
    fillStyle: "rgba(1,2,3,1)", strokeStyle: "rgba(4,5,6,0.5)", font: "600 12px A \"B\"",
  });
}

test("text is escaped, and characters that XML forbids are replaced", () => {
  assert.equal(xml(`</text><b a="1" c='2'>&`), "&lt;/text&gt;&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;");
  assert.equal(xml("a\x07b\ud800c"), "a\ufffdb\ufffdc");
  assert.equal(xml("日本\n😀"), "日本\n😀");
});

test("numbers have two decimals at most", () => {
  assert.deepEqual([1.234567, -0.5, 3, 1e-9].map(short), ["1.23", "-0.5", "3", "0"]);
});

test("an opacity is an attribute by itself", () => {
  assert.equal(paint("fill", "rgba(1,2,3,1)"), 'fill="rgb(1,2,3)"');
  assert.equal(paint("stroke", "rgba(1,2,3,0.25)"), 'stroke="rgb(1,2,3)" stroke-opacity="0.25"');
});

test("lines become a path, circles become circles", () => {
  const drawing = context();
  drawing.beginPath();
  drawing.moveTo(0, 1);
  drawing.lineTo(2.345, 3);
  drawing.closePath();
  drawing.fill();
  drawing.beginPath();
  drawing.arc(5, 6, 7);
  drawing.setLineDash([5, 6]);
  drawing.stroke();
  const [path, circle] = drawing.parts;
  assert.equal(path, '<path d="M0 1L2.35 3Z" fill="rgb(1,2,3)"/>');
  assert.match(circle, /^<circle cx="5" cy="6" r="7" fill="none" .* stroke-dasharray="5 6"\/>$/);
});

test("a text keeps its width and its family is escaped", () => {
  const drawing = context();
  drawing.textAlign = "right";
  drawing.fillText("<i>", 1, 2);
  const [text] = drawing.parts;
  assert.match(text, /textLength="30"/);
  assert.match(text, /text-anchor="end"/);
  assert.match(text, /font-family="A &quot;B&quot;"/);
  assert.match(text, />&lt;i&gt;<\/text>$/);
});
