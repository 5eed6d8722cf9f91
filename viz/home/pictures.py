"""The small pictures of the start page: what the component `path_picture` draws."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.geometry.projection import pca
from core.language.tokenizer import Token
from viz.components.path_picture import Picture
from viz.numbers import fixed
from viz.style import DIVERGING
from viz.tokens.chips import color_of, colors_of, number_of, short

MAX_CHIP_ROOM: Final = 80  # letters of all chips together, the room around each counted as two
MAX_LETTERS: Final = 18  # of a word in a picture
MARGIN: Final = 0.12  # around the points, as a share of the picture
_STOPS: Final = [(float(str(position)), str(color)) for position, color in DIVERGING]


def chips_picture(tokens: Sequence[Token]) -> Picture:
    """Return the first tokens of a text as chips, with their ids."""
    colors = colors_of([token.id for token in tokens if token.known])
    chips, room = [], MAX_CHIP_ROOM
    for token in tokens:
        text, number = _cut(short(token.text)), number_of(token)
        room -= max(len(text), len(number)) + 2
        if room < 0:
            break
        chips.append((text, number, color_of(token, colors)))
    alt = f"The tokens {', '.join(text for text, _, _ in chips)}."
    return Picture("chips", alt, {"chips": chips, "more": len(tokens) - len(chips)})


def strip_picture(word: str, vector: NDArray[np.float32]) -> Picture:
    """Return a vector, (D,), as coloured cells: blue below zero, red above."""
    largest = float(np.abs(vector).max()) or 1.0
    colors = [_diverging(value / largest) for value in vector.tolist()]
    alt = f"The {len(vector)} numbers of {word} as colours."
    return Picture("strip", alt, {"colors": colors, "word": _cut(word)})


def near_picture(words: Sequence[str], vectors: NDArray[np.float32]) -> Picture:
    """Return a word, the first one, among others, on the principal components of their vectors.

    Args:
        words: N words, two or more.
        vectors: their vectors, (N, D) float32.
    """
    alt = f"The word {words[0]} and the words around it: {', '.join(words[1:])}."
    return Picture("points", alt, _points(words, vectors, strong=1))


def step_picture(words: Sequence[str], vectors: NDArray[np.float32]) -> Picture:
    """Return two arrows, on the principal components of the four vectors.

    Args:
        words: the word, its counterpart, and the start and the end of the other arrow.
        vectors: their vectors, (4, D) float32.
    """
    word, end, low, high = words
    marks = _points(words, vectors, strong=2) | {"arrows": [(0, 1), (2, 3)]}
    alt = f"The arrow from {low} to {high}, and the one from {word} to {end}."
    return Picture("points", alt, marks)


def middle_picture(words: Sequence[str], vectors: NDArray[np.float32]) -> Picture:
    """Return the line between two words and the word nearest to its middle.

    Args:
        words: the two words, then the one between them.
        vectors: their vectors, (3, D) float32.
    """
    marks = _points(words, vectors, strong=3) | {"lines": [(0, 1)]}
    alt = f"The line from {words[0]} to {words[1]}, and {words[2]}."
    return Picture("points", alt, marks)


def curve_picture(word: str, cosines: NDArray[np.float64]) -> Picture:
    """Return the cosine similarity of two vectors of a word at each layer, (L + 1,)."""
    low = min(0.5, math.floor(float(cosines.min()) * 10) / 10)
    last = len(cosines) - 1
    marks = {
        "values": cosines.round(4).tolist(),
        "low": low,
        "first": "layer 0",
        "last": f"layer {last}",
    }
    alt = f"The cosine of {word} alone and in the line, from layer 0 to layer {last}."
    return Picture("curve", alt, marks)


def bars_picture(tokens: Sequence[tuple[str, float]]) -> Picture:
    """Return the likeliest tokens as bars with their probabilities, 0 to 1."""
    bars = [(_cut(token), round(share, 5), percent(share)) for token, share in tokens]
    alt = f"Bars: {', '.join(f'{token} {written}' for token, _, written in bars)}."
    return Picture("bars", alt, {"bars": bars})


def percent(share: float) -> str:
    """Return a probability as a whole percentage, or with a decimal if it is small.

    >>> percent(0.257), percent(0.0412), percent(0.00004)
    ('26%', '4.1%', 'below 0.1%')
    """
    if share < 0.001:
        return "below 0.1%"
    return f"{share:.0%}" if share >= 0.1 else f"{fixed(100 * share, 1)}%"


def _points(words: Sequence[str], vectors: NDArray[np.float32], strong: int) -> dict[str, object]:
    """Return words at the first two principal components, as shares of the picture's sides."""
    points = pca(vectors, 2).project(vectors).astype(np.float64)
    low, span = points.min(axis=0), np.ptp(points, axis=0)
    shares = (points - low) / np.where(span > 0, span, 1)
    shares = MARGIN + (1 - 2 * MARGIN) * np.where(span > 0, shares, 0.5)
    shares[:, 1] = 1 - shares[:, 1]  # upwards
    return {"words": [*map(_cut, words)], "places": shares.round(4).tolist(), "strong": strong}


def _diverging(value: float) -> str:
    """Return the colour of a number between -1 and 1.

    >>> _diverging(-1), _diverging(0), _diverging(1)
    ('#2166ac', '#c9cdd3', '#b2182b')
    """
    stops = [position for position, _ in _STOPS]
    channels = [[int(color[at : at + 2], 16) for _, color in _STOPS] for at in (1, 3, 5)]
    mixed = (round(float(np.interp((value + 1) / 2, stops, channel))) for channel in channels)
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def _cut(text: str) -> str:
    return text if len(text) <= MAX_LETTERS else f"{text[: MAX_LETTERS - 1]}…"
