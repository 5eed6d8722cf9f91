"""Embeddings: words and their vectors."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError, UnknownWordError
from core.spelling import close_words
from core.word_forms import composed, forms

MAX_SAMPLED: Final = 1_000  # words in which a shared prefix is looked for
MIN_SHARING: Final = 8  # words of them that must have it
SHARE: Final = 0.8  # of them, likewise: other languages may have another one

Unit = Literal["word", "token", "text"]
Vector = NDArray[np.float32]
Matrix = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Embeddings:
    """Words, and one vector for each.

    Args:
        name: a name for people, such as `GloVe 6B 50d`.
        words: V different words, the most frequent first; of two equal ones the first is looked up.
        vectors: (V, D) float32; kept read-only.
        order: how the words are sorted: the `most frequent` first, or in no order (`first`).
        prefix: put before a word when it is looked up; without it, if there is no such word. The
            tokens of some models are `␣king` after a space and `king` otherwise.
        unit: what the words are: words, the tokens of a language model, or texts such as sentences.

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
    unit: Unit = "word"

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
        return {self.words[index]: index for index in reversed(range(len(self)))}

    @cached_property
    def _index_of_forms(self) -> dict[str, int]:
        """The row of each form of a word other than the word itself; the closest form counts."""
        composed_forms: dict[str, int] = {}
        lower_forms: dict[str, int] = {}
        folded_forms: dict[str, int] = {}
        for index, word in enumerate(self.words):
            if word.isascii() and word == word.lower():
                continue  # as nearly all are
            whole, lower, folded = forms(word)[1:]
            if whole != word:
                composed_forms.setdefault(whole, index)
            if lower != word:
                lower_forms.setdefault(lower, index)
            if folded != lower:
                folded_forms.setdefault(folded, index)
        lower_forms.update(composed_forms)  # the dictionary that may be large is not copied
        for form, index in folded_forms.items():
            lower_forms.setdefault(form, index)
        return lower_forms

    @cached_property
    def shared_prefix(self) -> str:
        """What nearly all words begin with, up to a sign, such as `/c/en/`; empty if nothing."""
        sample = self.words[:: -(-len(self) // MAX_SAMPLED)]
        starts = Counter(start for word in sample for start in _starts(word))
        needed = max(SHARE * len(sample), MIN_SHARING)
        shared = [start for start, count in starts.items() if count >= needed]
        return max(shared, key=len, default="")

    def find(self, word: str) -> int | None:
        """Return the row of a word as it was typed, or None if there is no such word.

        It is looked up as written, then in lower case, each with the prefix first; then in any
        case and however its accents are encoded; then with the prefix that nearly all words share;
        then with underscores for spaces.

        >>> Embeddings("toy", ["New_York", "König"], np.eye(2, dtype=np.float32)).find("new york")
        0
        """
        for prefix in dict.fromkeys((self.prefix, "")):
            for form in (prefix + word, prefix + word.lower()):
                if form in self._index_of:
                    return self._index_of[form]
        for prefix in dict.fromkeys((self.prefix, "", self.shared_prefix)):
            for form in forms(prefix + word):
                for index_of in (self._index_of, self._index_of_forms):
                    if form in index_of:
                        return index_of[form]
        parts = word.split()
        return self.find("_".join(parts)) if len(parts) > 1 else None

    def knows(self, word: str) -> bool:
        """Return whether `find` finds a word."""
        return self.find(word) is not None

    def spelled(self, word: str) -> str | None:
        """Return a word as it is stored, without the prefix; None if `find` does not find it."""
        index = self.find(word)
        return None if index is None else self.words[index].removeprefix(self.prefix)

    def index(self, word: str) -> int:
        """Return the row of a word, which is looked up as `find` does.

        Raises:
            UnknownWordError: there is no such word; suggests up to five of similar spelling.
        """
        if (index := self.find(word)) is not None:
            return index
        words, prefix = self.words, self.shared_prefix
        if prefix:
            words = [each.removeprefix(prefix) for each in words]
        close = dict.fromkeys(close_words(composed(word).lower(), words))
        raise UnknownWordError(word, self.name, len(self), tuple(close))

    def indices(self, words: Iterable[str]) -> NDArray[np.intp]:
        """Return the rows of several words, (N,) intp; raises as `index` does."""
        return np.array([self.index(word) for word in words], dtype=np.intp)

    def vector(self, word: str) -> Vector:
        """Return the vector of a word, (D,) float32, read-only; raises as `index` does."""
        row: Vector = self.vectors[self.index(word)]
        return row


def _starts(word: str) -> Iterator[str]:
    """Yield what a word begins with, up to each sign in it and with something behind it."""
    for end in range(1, len(word)):
        if not word[end - 1].isalnum():
            yield word[:end]
