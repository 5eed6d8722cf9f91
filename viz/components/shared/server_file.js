// Files that Streamlit's server keeps for a page, such as the numbers that a component draws.

const PAUSES = [0, 200, 500, 1000, 2000, 4000, 8000]; // ms before each attempt

/** Fetch a file; return what `read` makes of the response.
 *
 * Between two runs of a page the server may drop a file for a moment, so the browser tries again.
 * Returns null as soon as `isWanted` is false; throws an Error if every attempt fails. */
export async function fetchServerFile(
  address, read, { isWanted = () => true, pauses = PAUSES } = {},
) {
  for (const pause of pauses) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (!isWanted()) return null;
    try {
      const response = await fetch(basePath() + address);
      if (response.ok) return await read(response);
    } catch {
      // The connection was lost; the next attempt may succeed.
    }
  }
  throw new Error(`${address} could not be loaded`);
}

/** The address below which the app is served: a proxy may have put it below a path
 * (`server.baseUrlPath`). Streamlit's own script is loaded from there. */
export function basePath() {
  const script = document.querySelector("script[src*='/static/js/']");
  return script ? script.src.slice(0, script.src.indexOf("/static/js/")) : "";
}
