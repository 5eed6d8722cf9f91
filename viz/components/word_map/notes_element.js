// An invisible component with sentences about a layout, which come after its map: they take longer.

export default function ({ data }) {
  const page = (globalThis[Symbol.for("word_map")] ??= {});
  (page.notes ??= new Map()).set(data.layout, data.notes);
}
