// Streamlit sends the text of a field when the field loses focus. A click on a link takes the focus
// and opens another page at the same moment, so the server may discard the text. This script delays
// the click until the run that processes the text has ended.

const FIELDS = ".stTextInput input, .stTextArea textarea, .stNumberInput input";
const LONGEST_WAIT = 5_000; // milliseconds; some changes start no run

let isListening = false;

export default () => {
  if (isListening) return;
  isListening = true;
  let sent = ""; // the text of the focused field that the server already has
  let pending = null; // promise: the run with the text of the last field has ended

  const isField = (element) => element instanceof Element && element.matches(FIELDS);

  document.addEventListener("focusin", ({ target }) => {
    if (isField(target)) sent = target.value;
  });

  document.addEventListener("keydown", ({ target, key, ctrlKey, metaKey }) => {
    const sends = target.tagName !== "TEXTAREA" || ctrlKey || metaKey;
    if (key === "Enter" && isField(target) && sends) sent = target.value;
  });

  document.addEventListener("focusout", ({ target }) => {
    if (!isField(target) || target.value === sent) return;
    const run = nextRun();
    pending = run;
    run.then(() => {
      if (pending === run) pending = null;
    });
  });

  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest("a[href]");
      if (!pending || !link || link.download || link.target === "_blank") return;
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // opens a new tab or window
      event.preventDefault();
      event.stopImmediatePropagation();
      pending.then(() => {
        const links = link.isConnected ? [link] : [...document.links]; // replaced by the run
        links.find(({ href }) => href === link.href)?.click();
      });
    },
    true,
  );
};

// Resolves when the next run of the page has ended, at the latest after LONGEST_WAIT. Resolves
// immediately if the page has no attribute with the state of the run.
function nextRun() {
  const state = "data-test-script-state";
  const app = document.querySelector(`[${state}]`);
  if (!app) return Promise.resolve();
  return new Promise((resolve) => {
    let hasStarted = false;
    const observer = new MutationObserver(() => {
      const isRunning = app.getAttribute(state) === "running";
      if (hasStarted && !isRunning) end();
      hasStarted ||= isRunning;
    });
    const timer = setTimeout(end, LONGEST_WAIT);
    function end() {
      observer.disconnect();
      clearTimeout(timer);
      resolve();
    }
    observer.observe(app, { attributeFilter: [state] });
  });
}
