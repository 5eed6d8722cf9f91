"""The counterpart of a word: the word at the end of a known step, such as from man to woman."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.embeddings import Embeddings
from core.geometry.neighbors import nearest_each
from core.geometry.units import unit_rows

Rows = NDArray[np.intp]
MIN_COSINE: Final = 0.5  # of the step that is found and the known one


@dataclass(frozen=True)
class Counterpart:
    """The word at the end of a step.

    Args:
        word: the word at the start.
        low: the word at the start of the known step.
        high: the word at its end.
        end: the word nearest to `word - low + high`, those three left out.
        cosine: of the steps from `word` to `end` and from `low` to `high`.
    """

    word: str
    low: str
    high: str
    end: str
    cosine: float


def counterpart(
    embeddings: Embeddings, word: str, pairs: Mapping[str, Sequence[tuple[str, str]]]
) -> Counterpart | None:
    """Return the counterpart of a word by the step that fits best, or None if none fits.

    A step fits if the way back leads to the word again, and if the step that is found and the known
    one have a cosine of `MIN_COSINE` or more.

    Args:
        embeddings: the embeddings of all words.
        word: one of their words.
        pairs: known steps by kind, such as `gender`; of each kind, the first pair without the word
            is tried, in both directions.

    >>> toy = Embeddings("toy", ["man", "woman", "king", "queen"],
    ...                  np.array([[1, 0], [1, 1], [3, 0], [3, 1]], dtype=np.float32))
    >>> counterpart(toy, "king", {"gender": [("man", "woman")]}).end
    'queen'
    """
    steps = [
        step
        for each in pairs.values()
        for pair in [pair for pair in each if word not in pair][:1]
        for step in (pair, pair[::-1])
    ]
    low, high = (embeddings.indices(step[side] for step in steps) for side in (0, 1))
    start = np.full(len(steps), embeddings.index(word))
    end = _ends(embeddings, start, low, high)
    known, found = (_steps(embeddings, *rows) for rows in ((low, high), (start, end)))
    cosines = (unit_rows(known) * unit_rows(found)).sum(axis=1)
    fits = (_ends(embeddings, end, high, low) == start) & (cosines >= MIN_COSINE)
    if not fits.any():
        return None
    best = int(np.where(fits, cosines, -1).argmax())
    first, known_low, known_high, last = (
        embeddings.words[rows[best]] for rows in (start, low, high, end)
    )
    return Counterpart(first, known_low, known_high, last, float(cosines[best]))


def _steps(embeddings: Embeddings, start: Rows, end: Rows) -> NDArray[np.float64]:
    """Return the steps between words, (N, D) float64."""
    return embeddings.vectors[end].astype(np.float64) - embeddings.vectors[start]


def _ends(embeddings: Embeddings, start: Rows, low: Rows, high: Rows) -> Rows:
    """Return the rows nearest to `start - low + high`, these left out; the start if all are."""
    if not len(start):
        return start
    points = embeddings.vectors[start] + _steps(embeddings, low, high)
    near = nearest_each(embeddings, points, 4)
    left_out = zip(start.tolist(), low.tolist(), high.tolist(), strict=True)
    ends = [
        next((row for row in each.indices.tolist() if row not in rows), rows[0])
        for each, rows in zip(near, left_out, strict=True)
    ]
    return np.array(ends, dtype=np.intp)
