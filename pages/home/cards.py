"""The cards of the start page: each has a link, a picture made from the line, and a sentence."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from core.catalog import get, is_present
from core.embeddings import Embeddings
from core.errors import InputError, ModelError, PlaygroundError
from core.geometry.expression import in_expression
from core.language.models import DECODER, ENCODER
from pages.home.cached import bend, between, counterpart_of, likeliest_after, near, sentences
from pages.home.line import VERY_FREQUENT, known_words
from pages.shared.embeddings import default_embeddings
from pages.shared.language_models import tokenizer
from pages.shared.word_links import LINKS, Query
from viz.components.path_picture import Picture
from viz.home.pictures import (
    bars_picture,
    chips_picture,
    curve_picture,
    middle_picture,
    near_picture,
    percent,
    step_picture,
    strip_picture,
)
from viz.numbers import counted, fixed

MAX_LETTERS: Final = 24  # of a word in a sentence
NOTHING: Final = Picture("none", "", {})
NO_WORD: Final = ("GloVe knows no word of this line, so there is nothing to show.",)
SAME: Final = 0.9999  # a cosine from which on two vectors are called the same


@dataclass(frozen=True)
class Content:
    """What a card shows.

    Args:
        picture: the picture; `NOTHING` leaves its room empty.
        sentence: its parts, every second of which is bold.
    """

    picture: Picture
    sentence: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """A card on the path.

    Args:
        key: its name, unique among the cards.
        title: the text of the link.
        icon: its icon.
        page: the name of the page.
        about: what the page shows, where there is no line to show it with.
        content: makes what is shown of a line and a word of it, which is empty if GloVe knows
            none; it raises PlaygroundError if a language model is missing.
        query: returns the values with which the page opens, for the same two arguments.
        model: the language model that the content takes.
        is_late: whether this model has to be loaded and run, which takes a while.
    """

    key: str
    title: str
    icon: str
    page: str
    about: str
    content: Callable[[str, str], Content]
    query: Callable[[str, str], Query]
    model: str = ""
    is_late: bool = False


@dataclass(frozen=True)
class PageCard:
    """A card that has a link and a sentence only.

    Args:
        page: the name of the page.
        about: what it shows.
        query: returns the values with which the page opens, for a known word.
    """

    page: str
    about: str
    query: Callable[[str], Query] = field(default=lambda _: {})


def made(card: Card, line: str, word: str) -> Content:
    """Return what a card shows; a sentence says why it shows nothing."""
    try:
        return card.content(line, word)
    except ModelError as error:
        return Content(NOTHING, (_missing(card.model) or str(error),))
    except PlaygroundError as error:
        return Content(NOTHING, (str(error),))


def _missing(model: str) -> str:
    if not model or is_present(model):
        return ""
    return (
        f"This needs {get(model).title}, which is not on this computer yet. Start the playground "
        "once with `python run.py`, which fetches it."
    )


def _tokens(line: str, _word: str) -> Content:
    tokens = tokenizer(DECODER).tokens(line)
    parts = ("SmolLM2 cuts your line into ", counted(len(tokens), "token"),
             ". Below each is its number, the id.")  # fmt: skip
    return Content(chips_picture(tokens), parts)


def _vector(_line: str, word: str) -> Content:
    if not word:
        return Content(NOTHING, NO_WORD)
    vector = default_embeddings().vector(word)
    start = ", ".join(fixed(value, 1) for value in vector[:3].tolist())
    parts = ("A token picks numbers. GloVe has ", str(len(vector)), " for ", _short(word),
             f": {start}, … Blue is below zero, red above.")  # fmt: skip
    return Content(strip_picture(word, vector), parts)


def _map(_line: str, word: str) -> Content:
    if not word:
        return Content(NOTHING, NO_WORD)
    embeddings, close = default_embeddings(), near(word)
    rows = [embeddings.index(word), *close.indices.tolist()]
    parts = (f"Of {len(embeddings):,} words, ", _short(close.words[0]), " is nearest to ",
             _short(word), f". Drawn by PCA of these {len(rows)} words.")  # fmt: skip
    picture = near_picture((word, *close.words), embeddings.vectors[rows])
    return Content(picture, parts)


def _analogy(line: str, word: str) -> Content:
    if not word:
        return Content(NOTHING, NO_WORD)
    embeddings = default_embeddings()
    found = counterpart_of(word)
    if found is None:
        return _middle(embeddings, line, word)
    words = (word, found.end, found.low, found.high)
    parts = (
        "", _short(word), f" − {found.low} + {found.high}: the nearest other word is ",
        _short(found.end), ". The way back leads to ", _short(word), ".",
    )  # fmt: skip
    picture = step_picture(words, embeddings.vectors[embeddings.indices(words)])
    return Content(picture, parts)


def _middle(embeddings: Embeddings, line: str, word: str) -> Content:
    """Return the word halfway to another word of the line, or to the nearest word of all."""
    other = other_word(embeddings, line, word)
    middle = between(word, other)
    words = (word, other, middle)
    parts = ("No step like man → woman fits ", _short(word), ". Halfway to ", _short(other),
             ", the nearest other word is ", _short(middle), ".")  # fmt: skip
    vectors = embeddings.vectors[embeddings.indices(words)]
    return Content(middle_picture(words, vectors), parts)


def other_word(embeddings: Embeddings, line: str, word: str) -> str:
    """Return the first other word of a line that is not very frequent, else the nearest word."""
    others = tuple(each for each in known_words(embeddings, line) if each != word)
    rare = [each for each in others if embeddings.index(each) >= VERY_FREQUENT]
    return rare[0] if rare else near(word).words[0]


def _context(line: str, word: str) -> Content:
    if not word:
        return Content(NOTHING, NO_WORD)
    try:
        cosines = bend(word, line)
    except InputError:
        cosines = np.zeros(0)
    shown = _short(word)
    if not len(cosines):
        return Content(NOTHING, ("MiniLM does not find ", shown, " as a word in this line."))
    last, end = len(cosines) - 1, fixed(float(cosines[-1]))
    if cosines.min() >= SAME:
        parts: tuple[str, ...] = (
            "Alone and in your line, ", shown, " has the same vectors: nothing changes it.",
        )  # fmt: skip
    else:
        parts = (
            "Your line changes ", shown,
            f": the cosine with the word alone goes from {fixed(float(cosines[0]))} to ", end,
            f" in {last} layers.",
        )  # fmt: skip
    return Content(curve_picture(word, cosines), parts)


def _next(line: str, _word: str) -> Content:
    likeliest = likeliest_after(line)
    token, share = likeliest[0]
    space = " (␣ is a space.)" if any("␣" in each for each, _ in likeliest) else ""
    parts = ("After your line, SmolLM2 gives ", _short(token), " the probability ",
             percent(share), f".{space}")  # fmt: skip
    return Content(bars_picture(likeliest), parts)


def _short(word: str) -> str:
    return word if len(word) <= MAX_LETTERS else f"{word[: MAX_LETTERS - 1]}…"


def _expression(line: str, word: str) -> Query:
    """Return the expression that the card Analogies shows."""
    if not word:
        return {}
    found = counterpart_of(word)
    if found is None:
        other = other_word(default_embeddings(), line, word)
        return {"expression": f"{in_expression(word)} + {in_expression(other)}"}
    first, low, high = map(in_expression, (word, found.low, found.high))
    return {"expression": f"{first} - {low} + {high}"}


def _sentences(line: str, word: str) -> Query:
    return {"shared_word": word, "sentences": sentences(word, line)} if word else {}


PATH: Final = (
    Card("tokens", "1 Tokens", ":material/content_cut:", "tokens",
         "Text is cut into tokens, and each picks a row of numbers.",
         _tokens, lambda line, _: {"to_cut": line}, DECODER),
    Card("vector", "2 Vector", ":material/view_column:", "tokens",
         "The numbers of a row are a vector. Only all together describe the word.",
         _vector, lambda line, _: {"to_cut": line, "matrix_of": "GloVe"}),
    Card("map", "3 Map", ":material/scatter_plot:", "map",
         "The numbers are coordinates. See all words at once, and which are near each other.",
         _map, lambda _, word: LINKS["map"](word) if word else {}),
    Card("analogies", "4 Analogies", ":material/calculate:", "analogies",
         "Differences are arrows. What is king minus man plus woman?", _analogy, _expression),
    Card("context", "5 Context", ":material/route:", "context",
         "Layer by layer, the other words of a sentence change a word's numbers.",
         _context, _sentences, ENCODER, is_late=True),
    Card("next_word", "6 Next word", ":material/casino:", "next_word",
         "The last row of numbers becomes a probability for every next token.",
         _next, lambda line, _: {"prompt": line}, DECODER, is_late=True),
)  # fmt: skip
ALSO: Final = (
    PageCard(
        "directions",
        "Pairs such as man and woman make a direction. Every word has a place along it.",
        LINKS["directions"],
    ),
    PageCard(
        "dot_products",
        "Multiply two vectors: the result says how similar they are.",
        LINKS["dot_products"],
    ),
    PageCard("evaluation", "More than a thousand questions test what the numbers know."),
    PageCard(
        "learning",
        "Numbers start random. Watch a text change them until related words are near.",
    ),
    PageCard("data", "Bring vectors and texts of your own, and take them away."),
)
