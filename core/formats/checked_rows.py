"""The rows of a file become embeddings: what is left out, and what there is to say about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.embeddings import Embeddings, Matrix, Unit
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
TEXT_SAMPLE: Final = 1_000  # rows that are looked at to tell words from texts
MIN_TEXT_WORDS: Final = 4  # of a text; a name such as "new york city" has fewer
NOT_FINITE: Final = "a number is not finite (NaN, infinite or too large)"


@dataclass(frozen=True, eq=False)
class UsableRows:
    """Which rows have only finite numbers, (V,) bool, and a note about the others."""

    rows: NDArray[np.bool_]
    notes: tuple[str, ...]


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
    usable = usable_rows(file, vectors, words, unit=unit, dropped=dropped)
    keep = usable.rows
    told = [*notes, *usable.notes]
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
            f"Left out, because the word came before: {_several(len(repeated), unit)} ({names})."
        )
    if not first.all():
        words = [word for word, kept in zip(words, first.tolist(), strict=True) if kept]
        vectors = _compacted(vectors, np.flatnonzero(first))
    told += _zeros(vectors)
    order: Literal["most frequent", "first"] = "most frequent"
    if is_alphabetical(words):
        order = "first"
        told.append("The words are in alphabetical order: which are frequent is not known.")
    return Loaded(Embeddings(file.title, tuple(words), vectors, order), form, tuple(told))


def all_checked(
    file: VectorFile,
    form: str,
    words: Sequence[str],
    vectors: Matrix,
    columns: pd.DataFrame,
    notes: Sequence[str],
    *,
    reason: str = NOT_FINITE,
) -> Loaded:
    """Return the rows that can be used with their further columns; a word may occur again.

    Args:
        file: where they are from.
        form: the name of its format.
        words: V words or texts.
        vectors: (V, D) float32.
        columns: a row for each vector.
        notes: what is to be said before.
        reason: why a row has a number that is not finite.

    Raises:
        FormatError: half of the vectors, or more, have a number that is not finite.
    """
    usable = usable_rows(file, vectors, reason=reason)
    if usable.notes:
        words = [word for word, kept in zip(words, usable.rows.tolist(), strict=True) if kept]
        vectors = vectors[usable.rows]
        columns = columns[usable.rows].reset_index(drop=True)
    told = [*notes, *usable.notes, *_zeros(vectors)]
    if same := len(words) - len(set(words)):
        told.append(f"{same:,} of the {len(words):,} rows repeat a word or text; all are kept.")
    unit: Unit = "text" if are_texts(words) else "word"
    embeddings = Embeddings(file.title, words, np.ascontiguousarray(vectors), "first", unit=unit)
    return Loaded(embeddings, form, tuple(told), columns)


def usable_rows(
    file: VectorFile,
    vectors: Matrix,
    words: Sequence[str] | None = None,
    *,
    unit: str = "row",
    dropped: Sequence[int] = (),
    reason: str = NOT_FINITE,
) -> UsableRows:
    """Return which rows have only finite numbers.

    Args:
        file: where they are from.
        vectors: (V, D) float32.
        words: by which rows are named; None for their numbers.
        unit: what the file has for each word: `line` or `row`.
        dropped: indices of rows that are left out without a note of their own.
        reason: why a row has a number that is not finite.

    Raises:
        FormatError: that is half of the rows, or more.
    """
    with np.errstate(invalid="ignore"):  # infinity minus infinity
        # Sums in float64 are finite if all float32 numbers are.
        keep: NDArray[np.bool_] = np.isfinite(vectors.sum(axis=1, dtype=np.float64))
    keep[list(dropped)] = True
    lost = np.flatnonzero(~keep)
    keep[list(dropped)] = False
    some = lost[:EXAMPLES].tolist()
    names = [f"{row + 1:,}" if words is None else shown(words[row]) for row in some]
    count = len(vectors) - len(dropped)
    if 2 * len(lost) >= count:
        first = f" The first is that of {names[0]}." if words is not None and names else ""
        raise FormatError(
            file.name,
            f"{len(lost):,} of {_several(count, unit)} cannot be used: {reason}; expected "
            f"numbers in most of them.{first} Save the vectors again.",
            f"{unit} {names[0]}" if words is None and names else "",
        )
    if not len(lost):
        return UsableRows(keep, ())
    listing = examples(names, len(lost))
    left_out = f"{_several(len(lost), unit)} ({listing})"
    if words is None:
        left_out = f"{unit if len(lost) == 1 else f'{unit}s'} {listing}"
    return UsableRows(keep, (f"Left out, because {reason}: {left_out}.",))


def as_float32(numbers: NDArray[Any]) -> NDArray[np.float32]:
    """Return a copy of numbers as float32; those that are too large become infinite."""
    with np.errstate(over="ignore", invalid="ignore"):  # of signalling NaN
        return numbers.astype(np.float32)


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


def are_texts(words: Sequence[str]) -> bool:
    """Return whether at least half of some rows are texts: `MIN_TEXT_WORDS` words or more.

    >>> are_texts(["the cat sat on the mat", "dogs bark at night"]), are_texts(["new york", "sea"])
    (True, False)
    """
    some = words[:: -(-len(words) // TEXT_SAMPLE)]
    return 2 * sum(len(each.split()) >= MIN_TEXT_WORDS for each in some) >= len(some)


def _letters(word: str) -> str:
    return "".join(filter(str.isalnum, word)).casefold()


def _several(count: int, unit: str) -> str:
    return f"1 {unit}" if count == 1 else f"{count:,} {unit}s"


def _zeros(vectors: Matrix) -> list[str]:
    """Return a note about vectors of length zero, if there are any."""
    zeros = int((~vectors.any(axis=1)).sum())
    if not zeros:
        return []
    note = (
        f"{zeros:,} of the {len(vectors):,} vectors {'is' if zeros == 1 else 'are'} all zeros: "
        "such a word has no direction and is nobody's neighbour."
    )
    return [note]


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
