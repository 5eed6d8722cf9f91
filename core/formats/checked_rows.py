"""The rows of a file become embeddings: what is left out, and what there is to say about it."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.embeddings import Embeddings, Matrix
from core.enumeration import listed
from core.errors import FormatError
from core.formats.vector_file import Loaded, VectorFile

BLOCK_ROWS = 65_536
EXAMPLES = 3  # of what was left out, in a note
MAX_REPEATED = (
    2 / 3
)  # of the rows; more, as in lists of the entries of a sparse matrix, and it is refused
MAX_SHOWN = 60  # characters of a word in a sentence
ORDER_PAIRS = 2_000  # of neighbouring words are looked at
MIN_ORDERED = 8  # fewer words may be in alphabetical order by chance
ORDERED = 0.95  # share of the pairs


def checked(
    file: VectorFile,
    form: str,
    words: Sequence[str],
    vectors: Matrix,
    notes: Sequence[str],
    *,
    dropped: Sequence[int] = (),
    unit: str = "row",
) -> Loaded:
    """Return the rows that can be used, each word once, with notes about the others.

    Args:
        file: where they are from.
        form: the name of its format.
        words: V words.
        vectors: (V, D) float32; changed.
        notes: what is to be said before.
        dropped: indices of rows that are left out without a note of their own.
        unit: what the file has for each word: `line` or `row`.

    Raises:
        FormatError: half of the vectors, or more, have a number that is not finite.
    """
    told = list(notes)
    with np.errstate(invalid="ignore"):
        # Sums in float64 are finite if all float32 numbers are.
        keep = np.isfinite(vectors.sum(axis=1, dtype=np.float64))
    keep[list(dropped)] = True
    lost = np.flatnonzero(~keep)
    if 2 * len(lost) >= len(words) - len(dropped):
        _refuse_lost(file, words, lost)
    if len(lost):
        names = examples([shown(words[row]) for row in lost[:EXAMPLES].tolist()], len(lost))
        told.append(
            f"Left out, because a number is NaN or infinite: {_several(lost, unit)} ({names})."
        )
    keep[list(dropped)] = False
    first = _first_of_each(words, keep)
    repeated = np.flatnonzero(keep & ~first)
    if len(repeated) > MAX_REPEATED * (len(words) - len(dropped)):
        raise FormatError(
            file.name,
            f"{len(repeated):,} of {len(words) - len(dropped):,} {unit}s repeat a word that came "
            f"before, such as {shown(words[int(repeated[0])])}. Expected one vector for each word.",
        )
    if len(repeated):
        some = [shown(words[row]) for row in repeated[:EXAMPLES].tolist()]
        names = examples(some, len(repeated))
        told.append(
            f"Left out, because the word came before: {_several(repeated, unit)} ({names})."
        )
    if not first.all():
        words = [word for word, kept in zip(words, first.tolist(), strict=True) if kept]
        vectors = _compacted(vectors, np.flatnonzero(first))
    zeros = int((~vectors.any(axis=1)).sum())
    if zeros:
        told.append(
            f"{zeros:,} of the {len(words):,} vectors {'is' if zeros == 1 else 'are'} all zeros: "
            "such a word has no direction and is nobody's neighbour."
        )
    order: Literal["most frequent", "first"] = "most frequent"
    if is_alphabetical(words):
        order = "first"
        told.append("The words are in alphabetical order: which are frequent is not known.")
    return Loaded(Embeddings(file.title, tuple(words), vectors, order), form, tuple(told))


def examples(first: Sequence[str], count: int, separator: str = ", ") -> str:
    """Return the first of several names and the number of the others.

    >>> examples(["sea", "ship"], 12)
    'sea, ship and 10 more'
    """
    return listed([*first, *[""] * (count - len(first))], len(first), separator)


def shown(word: str) -> str:
    """Return a word as it stands in a sentence.

    >>> shown(" ")
    "' '"
    """
    return repr(word if len(word) <= MAX_SHOWN else word[: MAX_SHOWN - 1] + "…")


def is_alphabetical(words: Sequence[str]) -> bool:
    """Return whether words are in alphabetical order, with few exceptions.

    >>> is_alphabetical("ant bee cat dog emu fox gnu hen".split())
    True
    >>> is_alphabetical("the of and a to in is was".split())
    False
    """
    if len(words) < MIN_ORDERED:
        return False
    step = max(1, (len(words) - 1) // ORDER_PAIRS)
    pairs = [(words[at], words[at + 1]) for at in range(0, len(words) - 1, step)]
    needed = len(pairs) if len(words) < 20 else ORDERED * len(pairs)
    return any(
        sum(key(one) <= key(next_one) for one, next_one in pairs) >= needed
        for key in (str, str.casefold, _letters)
    )


def _letters(word: str) -> str:
    return "".join(filter(str.isalnum, word)).casefold()


def _several(rows: NDArray[np.intp], unit: str) -> str:
    return f"1 {unit}" if len(rows) == 1 else f"{len(rows):,} {unit}s"


def _refuse_lost(file: VectorFile, words: Sequence[str], lost: NDArray[np.intp]) -> None:
    first = f" The first is that of {shown(words[int(lost[0])])}." if len(lost) else ""
    raise FormatError(
        file.name,
        f"of {len(words):,} vectors, {len(lost):,} have a number that is not finite (NaN, infinite "
        f"or too large); expected numbers in most of them.{first} Save the vectors again.",
    )


def _first_of_each(words: Sequence[str], keep: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which of the kept rows have a word for the first time, (V,) bool."""
    first = keep.copy()
    if keep.all() and len(set(words)) == len(words):
        return first
    seen: set[str] = set()
    for row in np.flatnonzero(keep).tolist():
        first[row] = words[row] not in seen
        seen.add(words[row])
    return first


def _compacted(vectors: Matrix, rows: NDArray[np.intp]) -> Matrix:
    """Return some rows in ascending order, moved within the matrix to save memory."""
    for start in range(0, len(rows), BLOCK_ROWS):
        some = rows[start : start + BLOCK_ROWS]
        vectors[start : start + len(some)] = vectors[some]
    return vectors[: len(rows)]
