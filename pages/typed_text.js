// Streamlit sends the text of a field when the field loses focus. A click on a link takes the focus
// and opens another page at the same moment, so the server may discard the text. This script delays
// the click until the run that processes the text has ended.
//
// It also replaces half of a surrogate pair, as of an emoji cut in two. Such a text is not valid
// UTF-8, so the server ends the connection, and again with each run while the field has the text.

const FIELDS = ".stTextInput input, .stTextArea textarea, .stNumberInput input";
const LONGEST_WAIT = 5_000; // milliseconds; some changes start no run

let isListening = false;

export default () => {
  if (isListening) return;
  isListening = true;
  let sent = ""; // the text of the focused field that the server already has
  let pending = null; // promise: the run with the text of the last field has ended

  const isField = (element) => element instanceof Element && element.matches(FIELDS);

  document.addEventListener("input", ({ target }) => makeWellFormed(target), true);

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

// Replaces lone surrogates in a field before React reads its value. React replaces the setter of the
// element by its own, which would hide the change from it; the setter of the class is unchanged.
function makeWellFormed(field) {
  if (field.value?.isWellFormed?.() ?? true) return;
  const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value");
  set.call(field, field.value.toWellFormed());
}

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
