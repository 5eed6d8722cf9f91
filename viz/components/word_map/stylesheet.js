// The style of everything around the cloud, in the colours and sizes of Streamlit's theme.

export const STYLESHEET = `
.word-map {
  display: flex; flex-direction: column; position: relative; box-sizing: border-box;
  min-height: 260px;
  border: 1px solid var(--st-border-color-light, #ddd); border-radius: var(--st-base-radius, 8px);
  background: var(--st-background-color, #fff); color: var(--st-text-color, #31333f);
  font: 14px/1.4 var(--st-font, sans-serif); font-size: calc(var(--st-base-font-size, 16px) * 0.85);
}
.word-map:fullscreen { height: 100vh !important; border: 0; border-radius: 0; }
.search { display: none; align-items: center; gap: 10px; }
.word-map:fullscreen .search { display: flex; }
.search input {
  font: inherit; color: inherit; width: 12em; padding: 4px 10px; border-radius: 6px;
  border: 1px solid var(--st-border-color, #ccc);
  background: var(--st-secondary-background-color, #f0f2f6);
}
.bar {
  display: flex; flex-wrap: wrap; align-items: center; gap: 2px 12px; padding: 3px 5px 3px 12px;
  border-bottom: 1px solid var(--st-border-color-light, #ddd);
}
.legend { display: flex; flex-wrap: wrap; gap: 1px 4px; flex: 1 1 120px; min-width: 0; }
.legend > span { display: inline-flex; align-items: center; gap: 10px; }
.legend i { width: 10px; height: 10px; border-radius: 50%; flex: none; box-sizing: border-box;
  border: 2px solid; background: currentColor; }
.legend .group { display: inline-flex; align-items: center; gap: 5px; padding: 1px 5px;
  border-radius: 6px; overflow-wrap: anywhere; text-align: left; }
.legend .group:hover { background: var(--st-secondary-background-color, #f0f2f6); }
.legend .group[aria-pressed="false"] { opacity: 0.65; text-decoration: line-through; }
.legend .group[aria-pressed="false"] i { background: none; }
.scale { position: relative; width: 240px; height: 29px; }
.strip { position: absolute; inset: 4px 0 auto; height: 9px; border-radius: 5px; }
.scale small { position: absolute; top: 14px; line-height: 14px; font-size: 0.85em;
  white-space: nowrap; }
.tools { display: flex; margin-left: auto; max-width: 100%; }
.tools hr {
  width: 1px; height: 18px; margin: auto 4px; border: 0;
  background: var(--st-border-color, #ccc);
}
button { font: inherit; color: inherit; background: none; border: 0; cursor: pointer; }
.tools button {
  flex: 0 1 32px; min-width: 0; height: 32px; padding: 7px; border-radius: var(--st-button-radius, 8px);
}
.tools button span { font-weight: 600; }
.tools button:has(span) { display: flex; align-items: center; gap: 4px; flex: none; }
.tools button:has(span) svg { width: 18px; height: 18px; flex: none; }
@media (max-width: 600px) { .tools button span { display: none; } }
.tools svg { display: block; width: 100%; height: 100%; fill: none; stroke: currentColor; stroke-width: 1.8;
  stroke-linecap: round; stroke-linejoin: round; }
.tools button:hover { background: var(--st-secondary-background-color, #f0f2f6); }
.tools button[aria-pressed="true"], .tools button[aria-expanded="true"] {
  color: var(--st-primary-color, #ff4b4b);
  background: color-mix(in srgb, var(--st-primary-color, #ff4b4b) 13%, transparent);
}
button:focus-visible { outline: 2px solid var(--st-primary-color, #ff4b4b); outline-offset: -2px; }
@media (pointer: coarse) { .tools button { flex-basis: 40px; height: 40px; padding: 10px 6px; } }
@media (max-width: 600px) { .tools button:has(span) { flex: 0 1 32px; justify-content: center; } }
/* No rounded corners to clip, and a layer of its own: without a graphics card, these two make a
   frame twice as fast. */
.stage { position: relative; flex: 1; min-height: 0; margin: 0 1px 3px; overflow: hidden;
  will-change: transform; }
.stage canvas { position: absolute; inset: 0; width: 100%; height: 100%; display: block; }
.overlay { touch-action: none; cursor: grab; outline: none; user-select: none; }
.overlay.spare { opacity: 0; } /* the drawing is on the cloud's canvas; this one only listens */
.ring { position: absolute; inset: 0; pointer-events: none; }
.overlay:focus-visible ~ .ring { box-shadow: inset 0 0 0 2px var(--st-primary-color, #ff4b4b); }
.stage[data-pointer="word"] .overlay { cursor: pointer; }
.stage[data-pointer="drag"] .overlay { cursor: grabbing; }
.stage[data-pointer="draw"] .overlay { cursor: crosshair; }
.tip {
  position: absolute; z-index: 2; pointer-events: none; max-width: min(260px, 80%);
  padding: 4px 9px; border-radius: 7px; overflow-wrap: anywhere;
  background: var(--st-text-color, #31333f); color: var(--st-background-color, #fff);
}
.tip b { display: block; font-weight: 650; }
.tip small { opacity: 0.8; }
.hint {
  position: absolute; left: 50%; bottom: 14px; transform: translateX(-50%); z-index: 1;
  pointer-events: none; padding: 4px 12px; border-radius: 20px; opacity: 0;
  width: max-content; max-width: 90%; text-align: center;
  background: var(--st-text-color, #31333f); color: var(--st-background-color, #fff);
}
.hint.shown { opacity: 0.9; }
.chip {
  position: absolute; left: 10px; bottom: 10px; z-index: 1; padding: 4px 12px; border-radius: 20px;
  background: var(--st-primary-color, #ff4b4b); color: var(--st-background-color, #fff);
  font-weight: 600;
}
.note { position: absolute; inset: 0; display: grid; place-items: center; padding: 20px;
  text-align: center; pointer-events: none; opacity: 0.75; }
.menu {
  position: absolute; top: 4px; right: 6px; z-index: 4; display: grid; padding: 4px;
  max-height: calc(100% - 20px); overflow: auto;
  border: 1px solid var(--st-border-color, #ccc); border-radius: 8px;
  background: var(--st-background-color, #fff); box-shadow: 0 3px 12px #0003;
}
.menu button { padding: 6px 12px; border-radius: 5px; text-align: left; }
.menu label { display: flex; align-items: center; gap: 8px; padding: 5px 12px; }
.menu select { font: inherit; color: inherit; padding: 2px 6px; border-radius: 5px;
  border: 1px solid var(--st-border-color, #ccc); background: var(--st-background-color, #fff); }
.menu input { margin: 0; accent-color: var(--st-primary-color, #ff4b4b); }
.menu hr { width: auto; height: 1px; margin: 4px 0; border: 0; background: var(--st-border-color, #ccc); }
.menu small { padding: 0 12px 6px; max-width: 15em; opacity: 0.8; }
.menu button:hover { background: var(--st-secondary-background-color, #f0f2f6); }
.table {
  position: absolute; top: 0; right: 0; bottom: 0; z-index: 3; overflow: auto;
  width: fit-content; min-width: min(280px, 88%); max-width: min(560px, 92%);
  background: var(--st-background-color, #fff);
  border-left: 1px solid var(--st-border-color, #ccc); outline: none;
}
.table:focus-visible { box-shadow: inset 0 0 0 2px var(--st-primary-color, #ff4b4b); }
.table table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
.table .top { position: sticky; top: 0; left: 0; display: flex; justify-content: space-between;
  align-items: center; padding: 2px 6px 2px 12px; font-weight: 600;
  background: var(--st-background-color, #fff); }
.table .top button { width: 34px; height: 34px; flex: none; }
.table th, .table td { padding: 4px 10px; text-align: left; vertical-align: baseline;
  border-bottom: 1px solid var(--st-border-color-light, #eee); }
.table th { min-width: 4.5em; font-weight: 600; }
.table td { white-space: nowrap; }
.table .number { text-align: right; }
.table td button { padding: 0; min-width: 4em; max-width: 15em;
  text-align: left; text-decoration: underline; white-space: normal; overflow-wrap: anywhere; }
.quiet { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
[hidden] { display: none !important; }
@media (prefers-reduced-motion: no-preference) { .hint { transition: opacity 0.2s; } }
`;
