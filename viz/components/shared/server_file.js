// Fetch files from Streamlit's server, such as the data that a component draws.

const PAUSES = [0, 200, 500, 1000, 2000, 4000, 8000]; // ms before each attempt

/** Fetch a file and return `read(response)`.
 *
 * Between two runs of a page a file may be missing for a moment, so failed requests are repeated.
 * Returns null once `isWanted()` is false; throws an Error if every attempt fails. */
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

/** The URL of the app, including the path that `server.baseUrlPath` or a proxy may add. It is part
 * of the URL of Streamlit's own script. */
export function basePath() {
  const script = document.querySelector("script[src*='/static/js/']");
  return script ? script.src.slice(0, script.src.indexOf("/static/js/")) : "";
}
