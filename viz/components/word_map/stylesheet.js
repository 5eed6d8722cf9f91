// The look of everything around the cloud, in the colours and sizes of Streamlit's theme.

export const STYLESHEET = `
.word-map {
  display: flex; flex-direction: column; position: relative; box-sizing: border-box;
  min-height: 260px;
  border: 1px solid var(--st-border-color-light, #ddd); border-radius: var(--st-base-radius, 8px);
  background: var(--st-background-color, #fff); color: var(--st-text-color, #31333f);
  font: 14px/1.4 var(--st-font, sans-serif); font-size: calc(var(--st-base-font-size, 16px) * 0.85);
}
.word-map:fullscreen { height: 100vh !important; border: 0; border-radius: 0; }
.bar {
  display: flex; flex-wrap: wrap; align-items: center; gap: 2px 12px; padding: 3px 5px 3px 12px;
  border-bottom: 1px solid var(--st-border-color-light, #ddd);
}
.legend { display: flex; flex-wrap: wrap; gap: 1px 12px; flex: 1 1 120px; min-width: 0; }
.legend span { display: inline-flex; align-items: center; gap: 5px; overflow-wrap: anywhere; }
.legend i { width: 10px; height: 10px; border-radius: 50%; flex: none; }
.legend .scale { width: 110px; height: 9px; border-radius: 5px; }
.tools { display: flex; margin-left: auto; }
.tools hr {
  width: 1px; height: 18px; margin: auto 4px; border: 0;
  background: var(--st-border-color, #ccc);
}
button { font: inherit; color: inherit; background: none; border: 0; cursor: pointer; }
.tools button {
  width: 32px; height: 32px; padding: 7px; border-radius: var(--st-button-radius, 8px);
}
.tools svg { display: block; fill: none; stroke: currentColor; stroke-width: 1.8;
  stroke-linecap: round; stroke-linejoin: round; }
.tools button:hover { background: var(--st-secondary-background-color, #f0f2f6); }
.tools button[aria-pressed="true"] {
  color: var(--st-primary-color, #ff4b4b);
  background: color-mix(in srgb, var(--st-primary-color, #ff4b4b) 13%, transparent);
}
button:focus-visible { outline: 2px solid var(--st-primary-color, #ff4b4b); outline-offset: -2px; }
@media (pointer: coarse) { .tools button { width: 40px; height: 40px; padding: 10px; } }
/* No rounded corners to clip and a layer of its own: composed without a graphics card, those two
   make a frame twice as quick. */
.stage { position: relative; flex: 1; min-height: 0; margin: 0 1px 3px; overflow: hidden;
  will-change: transform; }
.stage canvas { position: absolute; inset: 0; width: 100%; height: 100%; display: block; }
.overlay { touch-action: none; cursor: grab; outline: none; user-select: none; }
.overlay.spare { opacity: 0; } /* the cloud's canvas carries its drawing; this one only listens */
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
  background: var(--st-primary-color, #ff4b4b); color: #fff; font-weight: 600;
}
.note { position: absolute; inset: 0; display: grid; place-items: center; padding: 20px;
  text-align: center; pointer-events: none; opacity: 0.75; }
.table {
  position: absolute; top: 0; right: 0; bottom: 0; z-index: 3; width: min(340px, 88%);
  overflow: auto; background: var(--st-background-color, #fff);
  border-left: 1px solid var(--st-border-color, #ccc);
}
.table table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
.table caption { padding: 8px 12px; text-align: left; font-weight: 600; }
.table th, .table td { padding: 3px 12px; text-align: left; overflow-wrap: anywhere;
  border-bottom: 1px solid var(--st-border-color-light, #eee); }
.table td button { padding: 2px 0; text-align: left; text-decoration: underline; }
.quiet { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
[hidden] { display: none !important; }
@media (prefers-reduced-motion: no-preference) { .hint { transition: opacity 0.2s; } }
`;
