"""Every field of every page, found on its own, with whatever may be typed or pasted into it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from pages import registry
from tests.browser.waits import until, until_settled
from tests.browser.windows import PHONE

pytestmark = pytest.mark.browser

# Addresses of each page that together show all its fields, and the keys of these fields.
QUERIES: Final = {
    "home": [""],
    "tokens": [""],
    "map": [
        "count=100&projection=slice&map_dimensions=3D",
        "",
        "count=100&projection=UMAP",
    ],
    "analogies": ["", "vectors=typed"],
    "directions": [
        f"direction_1={kind}" for kind in ("own+pairs", "own+groups", "expression", "dimension")
    ],
    "dot_products": ["source=GloVe", "source=typed", "part=many+words", "part=opposites"],
    "evaluation": ["questions=typed&ratings=typed"],
    "learning": ["learn_text=Typed"],
    "context": [
        f"part={part}" for part in ("one+word", "attention", "topics", "logit+lens", "window")
    ],
    "next_word": [
        f"part={part}" for part in ("next+word", "stories", "softmax+by+hand", "one+logit")
    ],
    "data": ["data_from=Type+or+paste"],
}
KEYS: Final = {
    "home": {"line"},
    "tokens": {"to_cut", "sentence_a", "sentence_b"},
    "map": {
        "word", "axis_1", "axis_2", "axis_3", "only", "own_groups", "neighbors", "perplexity",
        "region_sought",
    },
    "analogies": {"expression", "look_for", "typed", "walk_from", "walk_to"},
    "directions": {
        "pairs_1", "low_1", "high_1", "expression_1", "dimension_1", "name_1", "words",
    },
    "dot_products": {"first", "second", "toy_size", "words", "topic", "opposites"},
    "evaluation": {"typed_questions", "typed_ratings"},
    "learning": {
        "learn_typed", "learn_word", "learn_puzzle", "learn_words", "learn_dimensions",
        "learn_window", "learn_epochs", "learn_rate", "learn_seed", "learn_negatives",
        "learn_exponent", "learn_min_count", "learn_subsampling", "learn_final_rate",
    },
    "context": {
        "shared_word", "sentences", "attention_text", "topic_text", "topics", "lens_text",
        "window_text",
    },
    "next_word": {
        "prompt", "story", "temperatures", "length", "seed", "logits", "hand_temperature",
    },
    "data": {"data_typed"},
}  # fmt: skip

# One word: control characters, one of which turns the text around, HTML, Markdown, TeX, a template,
# a percent code, emoji with joiners, several scripts, letters below marks, and half an emoji.
HOSTILE: Final = (
    "\u202e\0\x07<b>zqx</b><img/src=x/onerror=window.ran=1>[zqx](javascript:window.ran=1)**zqx**`zqx`~~zqx~~"
    ":red[zqx]$\\frac{1}{0}$<script>window.ran=1</script>{{7*7}}zqx%00"
    "👩‍👩‍👧日本العربيةहिन्दीZ̸͑"
)
HALF: Final = "\\ud83d"  # of an emoji, as JavaScript writes it
LONG: Final = "x" * 10_000 + " y" * 5_000 + "z"
# The fields of a part of a page by their keys. Those in which lists are searched are left out.
FIELDS: Final = """
(scope) => new Map([...document.querySelectorAll(`${scope} input, ${scope} textarea`)]
  .filter((field) => ["text", "number", "textarea"].includes(field.type) && field.checkVisibility()
    && !field.closest("[data-testid=stSelectbox], [data-testid=stMultiSelect]"))
  .map((field) => [
    field.closest("[data-testid=stElementContainer]").className.match(/st-key-(\\S+)/)?.[1],
    field,
  ]))
"""
FOUND: Final = f"""
(scope) => [...({FIELDS})(scope)].map(([key, {{ type, value }}]) => ({{ key, type, value }}))
"""
# Puts texts into fields as a paste does, and leaves each field; returns those that are not there.
TYPED: Final = f"""
([scope, texts]) => {{
  window.runs ??= 0;
  window.watching ??= new MutationObserver((changes) => {{
    for (const {{ target, oldValue }} of changes)
      if (oldValue === "running" && target.dataset.testScriptState === "notRunning") window.runs++;
  }}).observe(document, {{
    subtree: true, attributeFilter: ["data-test-script-state"], attributeOldValue: true,
  }}) ?? true;
  window.before = window.runs;
  return texts.filter(([key, text]) => {{
    const field = ({FIELDS})(scope).get(key);
    if (!field) return true;
    const {{ set }} = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value");
    field.focus();
    set.call(field, text.replaceAll("HALF", "{HALF}"));
    field.dispatchEvent(new InputEvent("input", {{ bubbles: true }}));
    field.blur();
    return false;
  }});
}}
"""
# A run has ended since; after many frames without one, what was typed started none.
HAS_RUN: Final = """
() => new Promise((resolve) => {
  let frames = 0;
  const look = () =>
    window.runs > window.before || ++frames > 120 ? resolve() : requestAnimationFrame(look);
  look();
})
"""
SEEN: Final = """
() => {
  const main = document.querySelector("[data-testid=stMain]");
  const roots = [document];
  for (const root of roots)
    for (const { shadowRoot } of root.querySelectorAll("*")) if (shadowRoot) roots.push(shadowRoot);
  const all = (selector) => roots.flatMap((root) => [...root.querySelectorAll(selector)]);
  const texts = (selector) => all(selector).map((element) => element.innerText);
  const drawn = [...all("svg text"), ...roots.slice(1)].map(({ textContent }) => textContent);
  return {
    text: [main.innerText, ...texts("[data-testid=stPopoverBody]"), ...drawn].join(" "),
    sentences: [...texts("[data-testid=stAlert]"), ...texts("[data-testid=stCaptionContainer]")],
    figures: main.querySelectorAll(".js-plotly-plot, [data-testid=stBidiComponentRegular]").length,
    exceptions: all("[data-testid=stException]").length,
    executed: all("img[src=x], a[href^=javascript]").length + (window.ran ?? 0),
    formatted: all("b, strong, em, a, code, del, s, span, mark, tspan, .mfrac")
      .filter((element) => element.matches(".mfrac") || element.textContent.trim() === "zqx")
      .map(({ outerHTML }) => outerHTML),
    isWide: main.scrollWidth > main.clientWidth,
    isSendable: all("input, textarea").every(({ value }) => value.isWellFormed()),
  };
}
"""


@dataclass(frozen=True)
class Seen:
    """What a visitor sees.

    Args:
        text: of the page and its figures.
        sentences: in boxes and captions.
        figures: the number of figures.
    """

    text: str
    sentences: list[str]
    figures: int


@dataclass(frozen=True)
class Field:
    """A field: its key, its type, and its text at first."""

    key: str
    type: str
    value: str


class Visitor:
    """Somebody who types into the fields of one part of a page.

    Args:
        page: the page.
        scope: a selector of the part.
        known: the keys of the fields that need no further test.
    """

    def __init__(self, page: Page, scope: str, known: set[str]) -> None:
        self.page, self.scope = page, scope
        self.fields = [field for field in self.find() if field.key not in known]
        self.texts = [field for field in self.fields if field.type != "number"]
        # A text to learn from is split into words, and these may be shown in bold.
        self.has_words_of_text = any(field.key == "learn_typed" for field in self.fields)

    def find(self) -> list[Field]:
        return [Field(**each) for each in self.page.evaluate(FOUND, self.scope)]

    def type(self, texts: dict[str, str]) -> Seen:
        """Type into some fields, the last of which has to be there; return what is seen then.

        An error in the text of one field may have hidden another, which then comes back.
        """
        rest, before = [[key, text] for key, text in texts.items()], None
        while rest and rest != before:
            rest, before = self.page.evaluate(TYPED, [self.scope, rest]), rest
            if rest != before:
                self.page.evaluate(HAS_RUN)
                until_settled(self.page)
        assert [*texts][-1] not in dict(rest)
        return self.look()

    def look(self) -> Seen:
        """Return what the page shows; nothing may have gone wrong."""
        seen: dict[str, Any] = self.page.evaluate(SEEN)
        assert seen.pop("exceptions") == 0
        assert seen.pop("executed") == 0
        formatted = seen.pop("formatted")
        assert formatted == [] or self.has_words_of_text
        assert not seen.pop("isWide")
        assert seen.pop("isSendable")
        assert "49zqx" not in seen["text"]
        assert "\u202e" not in seen["text"]
        return Seen(**seen)

    def check_texts(self) -> None:
        """Type too long a text, an impossible word, and nothing: each time the page responds."""
        first = self.look()
        last = {field.key: field.value for field in self.texts}
        long = self.type(dict.fromkeys(last, LONG))
        for field in self.find():
            if field.key in last and (lost := len(LONG) - len(field.value)):
                assert any(f"{lost:,} more" in sentence for sentence in long.sentences), field
        for field in self.texts:
            word = re.sub(r"\w+", lambda _: f"{HOSTILE}HALF", field.value, count=1) or HOSTILE
            last.pop(field.key, None)
            self.check(field, {**last, field.key: word}, first)
            if field.value:
                self.check(field, {field.key: ""}, first)
            last = {field.key: field.value}
        back = self.type(last)
        assert (back.figures, back.sentences) == (first.figures, first.sentences)

    def check(self, field: Field, texts: dict[str, str], first: Seen) -> None:
        """Type into a field: the page changes, and a sentence says why if a figure is gone."""
        seen = self.type(texts)
        assert seen.text != first.text, field
        assert seen.figures >= first.figures or set(seen.sentences) - set(first.sentences), field

    def check_numbers(self) -> None:
        """Type numbers that are too large: each field says so."""
        numbers = {field.key: field.value for field in self.fields if field.type == "number"}
        self.type(dict.fromkeys(numbers, "999999999999"))
        for key in numbers:
            field = self.page.locator(f".st-key-{key} [data-testid=stNumberInput]")
            expect(field).to_contain_text("Error")
        self.type(numbers)


def parts(page: Page) -> Iterator[str]:
    """Open the parts of a page that may have fields, one after the other; yield their selectors."""
    yield "[data-testid=stMain]"
    links = "arrow_outward"  # the icon of the links to other pages
    buttons = page.locator("[data-testid=stPopover] button").filter(has_not_text=links)
    for index in range(buttons.count()):
        buttons.nth(index).click()
        page.wait_for_selector("[data-testid=stPopoverBody]")
        until_settled(page)
        yield "[data-testid=stPopoverBody]"
        page.keyboard.press("Escape")
        page.wait_for_selector("[data-testid=stPopoverBody]", state="detached")


@pytest.mark.parametrize("name", registry.TITLES)
def test_whatever_is_typed_is_answered(
    visit: Callable[[str], Page], app_address: str, name: str
) -> None:
    path = "" if name == "home" else name
    page = visit(f"{path}?{QUERIES[name][0]}")
    page.set_viewport_size(PHONE)
    known: set[str] = set()
    for query in QUERIES[name]:
        if query != QUERIES[name][0]:
            page.goto(f"{app_address}/{path}?{query}")
        page.locator("h1").wait_for(timeout=60_000)
        until_settled(page)
        until(page, "!document.querySelector('[data-testid=stSkeleton]')")
        for scope in parts(page):
            visitor = Visitor(page, scope, known)
            if visitor.texts:
                visitor.check_texts()
            if len(visitor.texts) < len(visitor.fields):
                visitor.check_numbers()
            known |= {field.key for field in visitor.fields}
    assert known == KEYS[name]
