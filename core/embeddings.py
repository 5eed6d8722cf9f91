"""Embeddings: words and their vectors."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError, UnknownWordError
from core.spelling import close_words

Vector = NDArray[np.float32]
Matrix = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Embeddings:
    """Words, and one vector for each.

    Args:
        name: a name for people, such as `GloVe 6B 50d`.
        words: V different words, the most frequent first.
        vectors: (V, D) float32; kept read-only.
        order: how the words are sorted: the `most frequent` first, or in no order (`first`).
        prefix: put before a word when it is looked up; without it, if there is no such word. The
            tokens of some models are `␣king` after a space and `king` otherwise.
        unit: what the words are: words, or the tokens of a language model.

    Raises:
        InputError: the numbers of words and vectors differ, or the shape or dtype is wrong.

    >>> toy = Embeddings("toy", ["king", "queen"], np.eye(2, dtype=np.float32))
    >>> toy.vector("queen")
    array([0., 1.], dtype=float32)
    """

    name: str
    words: Sequence[str]
    vectors: Matrix
    order: Literal["most frequent", "first"] = "most frequent"
    prefix: str = ""
    unit: Literal["word", "token"] = "word"

    def __post_init__(self) -> None:
        if self.vectors.ndim != 2 or self.vectors.dtype != np.float32:
            raise InputError(
                f"{self.name}: the vectors are {self.vectors.dtype} of shape "
                f"{self.vectors.shape}; expected float32 of shape (words, dimensions)."
            )
        if not self.words or not self.vectors.shape[1]:
            raise InputError(
                f"{self.name}: there are no vectors; expected at least one word and one number."
            )
        if len(self.words) != len(self.vectors):
            raise InputError(
                f"{self.name}: {len(self.words):,} words and {len(self.vectors):,} vectors; "
                "expected one vector per word."
            )
        view = self.vectors.view()
        view.flags.writeable = False
        object.__setattr__(self, "vectors", view)

    def __len__(self) -> int:
        return len(self.words)

    def __contains__(self, word: object) -> bool:
        return word in self._index_of or f"{self.prefix}{word}" in self._index_of

    @property
    def dimensions(self) -> int:
        """D, the number of coordinates of each vector."""
        return int(self.vectors.shape[1])

    @cached_property
    def _index_of(self) -> dict[str, int]:
        return {word: index for index, word in enumerate(self.words)}

    def index(self, word: str) -> int:
        """Return the row of a word, looked up as written, then in lower case; prefixed first.

        Raises:
            UnknownWordError: there is no such word; suggests up to five of similar spelling.
        """
        for prefix in dict.fromkeys((self.prefix, "")):
            for form in (prefix + word, prefix + word.lower()):
                if form in self._index_of:
                    return self._index_of[form]
        raise UnknownWordError(word, self.name, len(self), close_words(word.lower(), self.words))

    def indices(self, words: Iterable[str]) -> NDArray[np.intp]:
        """Return the rows of several words, (N,) intp; raises as `index` does."""
        return np.array([self.index(word) for word in words], dtype=np.intp)

    def vector(self, word: str) -> Vector:
        """Return the vector of a word, (D,) float32, read-only; raises as `index` does."""
        row: Vector = self.vectors[self.index(word)]
        return row
