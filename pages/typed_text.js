// A field sends its text when the reader leaves it. A click on a link leaves the field and asks for
// another page at once, and the server may drop the text for the page that came after it. So the
// link waits until the run with the text has ended.

const FIELDS = ".stTextInput input, .stTextArea textarea, .stNumberInput input";
const LONGEST_WAIT = 5_000; // milliseconds, for a change that needs no run

let isListening = false;

export default () => {
  if (isListening) return;
  isListening = true;
  let sent = ""; // what the server has of the field that is being edited
  let pending = null; // resolves when the text of the last field has arrived

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
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // opens another window
      event.preventDefault();
      event.stopImmediatePropagation();
      pending.then(() => {
        const links = link.isConnected ? [link] : [...document.links]; // the run may have drawn anew
        links.find(({ href }) => href === link.href)?.click();
      });
    },
    true,
  );
};

// Resolves when the next run of the page has ended, at once if Streamlit does not show its runs.
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
