"""Tables with a column of words or texts, and vectors: in one column, or a number in each of many.

Which column is which is found by what the columns hold, and can be chosen. Rows stay rows: a text
that comes twice keeps both of its vectors.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute
from numpy.typing import NDArray

from core.embeddings import Matrix
from core.enumeration import listed
from core.errors import FormatError
from core.formats.checked_rows import all_checked, as_float32
from core.formats.vector_file import (
    ChoiceError,
    Choices,
    Columns,
    Loaded,
    NoVectorsError,
    Texts,
    VectorFile,
)

MAX_COLUMNS: Final = 20_000
SAMPLE: Final = 50  # values of a column by which it is recognised
MAX_QUOTED: Final = 40  # characters of a name in a sentence
# Names by which a column is preferred if several could have the texts, the most telling first.
TEXT_NAMES: Final = ("word", "token", "text", "sentence", "label", "name", "title", "term", "key")
ID_NAMES: Final = ("id", "index", "idx", "row", "n", "no", "number", "rank", "count", "")
NUMBERED: Final = re.compile(r"(.*?)(\d+)$")
LIST: Final = re.compile(r"\s*[\[(]([^\[\]()]*)[\])]\s*", re.DOTALL)
ELLIPSIS: Final = ("...", "…")
UNUSABLE: Final = (
    "a number is missing, NaN or infinite, or there are more or fewer numbers than usual"
)


@dataclass(frozen=True, eq=False)
class ReadTable:
    """A table as it stands in a file.

    Args:
        table: its columns.
        form: the name of the file's format.
        notes: what is to be said about it.
    """

    table: pa.Table
    form: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Roles:
    """What the columns of a table are.

    Args:
        text: the column with the words or texts; None if there is none.
        vectors: the columns with the vectors: one with lists, or one for each dimension.
    """

    text: str | None
    vectors: tuple[str, ...]


def loaded_table(file: VectorFile, read: ReadTable, choices: Choices) -> Loaded:
    """Return the vectors in a table.

    Args:
        file: where the table is from.
        read: the table; names that occur twice are numbered.
        choices: the columns, where they are chosen.

    Raises:
        FormatError: there are no vectors, or most of them cannot be read.
    """
    if (count := read.table.num_columns) > MAX_COLUMNS:
        raise FormatError(file.name, f"it has {count:,} columns; at most {MAX_COLUMNS:,} are read.")
    try:
        table = _with_unique_names(read.table.replace_schema_metadata(None))
        try:
            return _loaded(file, replace(read, table=table), choices)
        except NoVectorsError:
            raise
        except FormatError as error:
            columns = columns_of(file, table)
            raise ChoiceError(error.file, error.reason, error.place, columns) from error
    except (pa.ArrowException, ValueError, TypeError, LookupError, OverflowError) as error:
        why = (str(error).splitlines() or [type(error).__name__])[0][:200].rstrip(".")
        raise FormatError(file.name, f"the table is damaged: {why}.") from error


def _loaded(file: VectorFile, read: ReadTable, choices: Choices) -> Loaded:
    table = read.table
    told = list(read.notes)
    if choices.limit is not None and table.num_rows > choices.limit:
        told.append(f"Only the first {choices.limit:,} of {table.num_rows:,} rows were read.")
        table = table.slice(0, max(choices.limit, 1))
    if not table.num_rows:
        raise FormatError(file.name, "the table has no rows.")
    roles = roles_of(file, table, choices)
    if not roles.vectors:
        raise NoVectorsError(file.name, _texts_alone(file, table, roles, told, choices))
    told.append(_described(roles, choices))
    used = {roles.text, *roles.vectors}
    rest = table.select([name for name in table.column_names if name not in used])
    loaded = all_checked(
        file,
        read.form,
        _texts(table, roles.text),
        _matrix(file, table, roles.vectors),
        rest.to_pandas(),
        told,
        reason=UNUSABLE,
    )
    layout = _layout(file, loaded.columns, choices)
    return replace(loaded, layout=layout, table=columns_of(file, table, roles))


def columns_of(file: VectorFile, table: pa.Table, roles: Roles | None = None) -> Columns:
    """Return the columns of a table.

    Args:
        file: where the table is from.
        table: its names are unique.
        roles: what the columns were taken for, if that is known.
    """
    names = table.column_names[:MAX_COLUMNS]
    lists = [name for name in names if _has_lists(file, table, name)]
    numbers = [name for name in names if _is_number(table.column(name).type)]
    text, vectors = (None, ()) if roles is None else (roles.text, roles.vectors)
    return Columns(tuple(names), tuple(numbers), tuple(lists), text, vectors)


def roles_of(file: VectorFile, table: pa.Table, choices: Choices) -> Roles:
    """Return which columns have the texts and the vectors.

    Raises:
        FormatError: a chosen column does not exist, or no column has vectors.
    """
    names = table.column_names
    for chosen in (choices.text, choices.x, choices.y):
        if chosen is not None and chosen not in names:
            raise FormatError(file.name, f"there is no column {chosen!r}. It has {_listed(names)}.")
    taken = {choices.text, choices.x, choices.y}
    vectors = _vector_columns(file, table, choices, taken)
    text = choices.text
    if text is None:
        strings = [
            name for name in names
            if name not in (*vectors, choices.x, choices.y) and _is_text(table.column(name))
        ]  # fmt: skip
        text = _best_text(table, strings)
    if not vectors and text is None:
        raise FormatError(
            file.name,
            "it has neither texts nor vectors. Expected a column with a list of numbers in each "
            "row, or a column for each number.",
        )
    return Roles(text, vectors)


def parsed_list(text: str) -> list[float] | None:
    """Return the numbers of a list that is written as text, or None.

    They are parted by commas, as in JSON, or by spaces, as numpy prints them.

    >>> parsed_list("[0.5, -1e3]"), parsed_list("[ 1. 2.]"), parsed_list("king")
    ([0.5, -1000.0], [1.0, 2.0], None)
    """
    match = LIST.fullmatch(text)
    if match is None:
        return None
    try:
        numbers = [float(each) for each in match[1].replace(",", " ").split()]
    except ValueError:
        return None
    return numbers or None


def _vector_columns(
    file: VectorFile, table: pa.Table, choices: Choices, taken: set[str | None]
) -> tuple[str, ...]:
    names = [name for name in table.column_names if name not in taken]
    if choices.vector == "":
        return ()
    if choices.vector is not None:
        chosen = _chosen_vectors(file, table, choices.vector)
        return tuple(name for name in chosen if name not in taken) or chosen
    lists = [name for name in names if _list_length(file, table.column(name), name)]
    if lists:
        return (max(lists, key=lambda name: _list_length(file, table.column(name), name)),)
    numbers = [name for name in names if _is_number(table.column(name).type)]
    families: dict[str, list[tuple[int, str]]] = {}
    for name in numbers:
        if match := NUMBERED.match(name):
            families.setdefault(match[1], []).append((int(match[2]), name))
    runs = [
        tuple(name for _, name in sorted(family))
        for family in families.values()
        if len(family) > 1 and all(b - a == 1 for (a, _), (b, _) in pairwise(sorted(family)))
    ]
    if runs:
        return max(runs, key=len)
    rest = tuple(name for name in numbers if not _is_id(table.column(name), name))
    return rest if len(rest) > 1 else ()


def _chosen_vectors(file: VectorFile, table: pa.Table, chosen: str) -> tuple[str, ...]:
    """Return the columns that are called `name`, or `first:last` for a row of columns."""
    names = table.column_names
    if chosen in names:
        return (chosen,)
    for at in (at for at, sign in enumerate(chosen) if sign == ":"):  # a name may have one, too
        first, last = chosen[:at], chosen[at + 1 :]
        if first in names and last in names and names.index(first) < names.index(last):
            return tuple(names[names.index(first) : names.index(last) + 1])
    raise FormatError(
        file.name,
        f"there are no vectors {chosen!r}. Name a column, or the first and the last as first:last. "
        f"It has {_listed(names)}.",
    )


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_floating(kind) or pa.types.is_integer(kind))


def _is_string(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _is_text(column: pa.ChunkedArray) -> bool:
    kind = column.type
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return _is_string(kind)


def _is_id(column: pa.ChunkedArray, name: str) -> bool:
    """Return whether whole numbers only count the rows, or are called so."""
    if not pa.types.is_integer(column.type):
        return False
    values = column.slice(0, SAMPLE).to_pylist()
    counts = None not in values and all(b - a == 1 for a, b in pairwise(values))
    return name.lower() in ID_NAMES or (counts and len(values) > 2)


def _list_length(file: VectorFile, column: pa.ChunkedArray, name: str) -> int:
    """Return how many numbers the lists in a column have, 0 if it has none.

    Raises:
        FormatError: the numbers were shortened when the lists were printed.
    """
    some = [each for each in column.slice(0, SAMPLE).to_pylist() if each is not None]
    if not some:
        return 0
    kind = column.type
    if _is_list(kind) and _is_number(kind.value_type):
        return max(len(each) for each in some)
    if not _is_text(column):
        return 0
    found = [parsed_list(each) for each in some]
    if sum(each is not None for each in found) * 2 > len(some):
        return max(len(each) for each in found if each is not None)
    cut = [each for each in some if LIST.fullmatch(each) and any(dots in each for dots in ELLIPSIS)]
    if len(cut) * 2 > len(some):
        raise FormatError(
            file.name,
            f"the lists in {_quoted(name)} have ... in them: the numbers between were not saved "
            "and are lost. Save the vectors again, as JSON or Parquet, where they were computed.",
        )
    return 0


def _has_lists(file: VectorFile, table: pa.Table, name: str) -> bool:
    try:
        return _list_length(file, table.column(name), name) > 0
    except FormatError:
        return False


def _is_list(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind)
    )


def _best_text(table: pa.Table, names: Sequence[str]) -> str | None:
    """Return the column of several that most likely has the texts."""
    for known in TEXT_NAMES:
        for name in names:
            if name.strip().lower() == known:
                return name
    if not names:
        return None
    different = {name: len(set(table.column(name).slice(0, 1_000).to_pylist())) for name in names}
    return max(names, key=lambda name: different[name])


def _texts_alone(
    file: VectorFile, table: pa.Table, roles: Roles, notes: Sequence[str], choices: Choices
) -> Texts:
    """Return the texts of a table without vectors."""
    told = [*notes, f"The texts are in {_quoted(roles.text or '')}."]
    rest = table.select([name for name in table.column_names if name != roles.text])
    columns = rest.to_pandas()
    texts = tuple(_texts(table, roles.text))
    layout = _layout(file, columns, choices)
    found = columns_of(file, table, roles)
    return Texts(file.title, texts, columns, tuple(told), layout, found)


def _matrix(file: VectorFile, table: pa.Table, names: tuple[str, ...]) -> Matrix:
    """Return the vectors, (V, D) float32, with NaN for numbers that are missing."""
    column = table.column(names[0])
    if len(names) == 1 and (_is_list(column.type) or _is_text(column)):
        return _rows_of_lists(file, column, names[0])
    numbers = [_numbers(file, table.column(name), name) for name in names]
    return np.column_stack(numbers)


def _rows_of_lists(file: VectorFile, column: pa.ChunkedArray, name: str) -> Matrix:
    """Return the lists that are as long as most, as rows, and NaN instead of the others."""
    if _is_text(column):
        lists = [None if each is None else parsed_list(each) for each in column.to_pylist()]
        column = pa.chunked_array([pa.array(lists, pa.list_(pa.float64()))])
    lengths = pa.compute.fill_null(pa.compute.list_value_length(column), 0).to_numpy()
    sizes, counts = np.unique(lengths[lengths > 0], return_counts=True)
    if not len(sizes):
        raise FormatError(file.name, f"the column {_quoted(name)} has no lists of numbers.")
    dimensions = int(sizes[counts.argmax()])
    is_whole = lengths == dimensions
    if 2 * is_whole.sum() < len(lengths):
        raise FormatError(
            file.name,
            f"the lists in {_quoted(name)} have different lengths, such as "
            f"{listed([f'{size:,}' for size in sizes[:4].tolist()], 3)}; expected the same in all "
            "rows.",
        )
    vectors: Matrix = np.full((len(lengths), dimensions), np.nan, dtype=np.float32)
    flat = pa.compute.list_flatten(column.filter(pa.array(is_whole))).to_numpy()
    vectors[is_whole] = as_float32(flat).reshape(-1, dimensions)
    return vectors


def _numbers(file: VectorFile, column: pa.ChunkedArray, name: str) -> NDArray[np.float32]:
    if not _is_number(column.type):
        raise FormatError(
            file.name, f"the column {_quoted(name)} has {column.type}; expected numbers."
        )
    # Numbers that are too large become infinite, missing ones NaN.
    numbers: NDArray[np.float32] = pa.compute.cast(column, pa.float32(), safe=False).to_numpy()
    return numbers


def _texts(table: pa.Table, name: str | None) -> list[str]:
    if name is None:
        return [f"row {number}" for number in range(1, table.num_rows + 1)]
    return ["" if each is None else str(each) for each in table.column(name).to_pylist()]


def _described(roles: Roles, choices: Choices) -> str:
    """Return which columns were taken for what."""
    text = "no column has texts"
    if roles.text is not None:
        text = f"the texts are in {_quoted(roles.text)}"
    first, last = _quoted(roles.vectors[0]), _quoted(roles.vectors[-1])
    vectors = f"in {first}" if len(roles.vectors) == 1 else f"in the columns {first} to {last}"
    chosen = choices.text is not None or choices.vector is not None
    how = "As chosen" if chosen else "Found by what the columns hold"
    return f"{how}: {text}, the vectors {vectors}."


def _layout(file: VectorFile, columns: pd.DataFrame, choices: Choices) -> tuple[str, str] | None:
    if choices.x is None and choices.y is None:
        return None
    if choices.x is None or choices.y is None:
        raise FormatError(file.name, "a layout needs two columns: choose both x and y.")
    for name in (choices.x, choices.y):
        if name not in columns or not pd.api.types.is_numeric_dtype(columns[name]):
            raise FormatError(file.name, f"the column {_quoted(name)} has no coordinates: numbers.")
    return choices.x, choices.y


def _with_unique_names(table: pa.Table) -> pa.Table:
    names: list[str] = []
    for name in table.column_names:
        number = 2
        unique = name
        while unique in names:
            unique = f"{name} ({number})"
            number += 1
        names.append(unique)
    return table if names == table.column_names else table.rename_columns(names)


def _quoted(name: str) -> str:
    return repr(name if len(name) <= MAX_QUOTED else name[: MAX_QUOTED - 1] + "…")


def _listed(names: Sequence[str]) -> str:
    return listed([_quoted(name) for name in names], 8)
