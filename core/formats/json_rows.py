"""JSON: an object with a text and a vector on each line, or a list of such objects."""

import json
from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa

from core.errors import FormatError
from core.formats.table_columns import ReadTable, loaded_table
from core.formats.vector_file import Choices, Loaded, VectorFile

NAME: Final = "JSON rows"
MAX_WHOLE_BYTES: Final = 200_000_000  # of a file that is one JSON value
MAX_DAMAGED: Final = 0.1  # share of the lines
MIN_LONG: Final = 50_000  # characters of a row that does not end in the beginning of the file
ERRORS: Final = {"error", "errors", "message", "detail", "code", "status"}  # of a server's answer


def sniff(file: VectorFile) -> bool:
    """Return whether the file begins as an object, or as a list of objects, of several values."""
    head = file.head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").lstrip()
    start = head[1:].lstrip() if head[:1] == "[" else head
    try:
        first, _ = json.JSONDecoder().raw_decode(start)
    except ValueError:
        return start[:1] == "{" and len(start) > MIN_LONG  # the first row is cut
    except RecursionError:
        return start[:1] == "{"
    if not isinstance(first, dict) or not first:
        return False
    has_list = any(isinstance(value, list | str) and value for value in first.values())
    return has_list and not (set(first) & ERRORS and not _has_numbers(first))


def _has_numbers(row: dict[str, Any]) -> bool:
    return any(isinstance(value, list) for value in row.values())


def read(file: VectorFile, choices: Choices) -> Loaded:
    """Return the vectors in the rows; raises FormatError as `loaded_table` does."""
    return loaded_table(file, read_table(file), choices)


def read_table(file: VectorFile) -> ReadTable:
    """Return the table in a file.

    Raises:
        FormatError: it cannot be read.
    """
    notes: list[str] = []
    try:
        text = file.head.removeprefix(b"\xef\xbb\xbf").lstrip()
        rows = list(_list(file) if text[:1] == b"[" else _lines(file, notes))
    except OSError as error:
        raise FormatError(file.name, f"the disk cannot be read: {error}.") from error
    if not rows:
        raise FormatError(file.name, "it has no rows.")
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = [_column([row.get(name) for row in rows]) for name in names]
    table = pa.Table.from_arrays(columns, [_without_halves(name) for name in names])
    return ReadTable(table, NAME, tuple(notes))


def _list(file: VectorFile) -> Iterator[dict[str, Any]]:
    size = file.path.stat().st_size
    if size > MAX_WHOLE_BYTES:
        raise FormatError(
            file.name,
            f"it is one list of {size:,} bytes; up to {MAX_WHOLE_BYTES:,} are read at once. Save "
            "it as JSON lines, with an object on each line.",
        )
    try:
        rows = json.loads(file.path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise FormatError(file.name, f"this is no valid JSON: {_why(error)}.") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise FormatError(file.name, "expected a list of objects, each with a text and a vector.")
    yield from rows


def _lines(file: VectorFile, notes: list[str]) -> Iterator[dict[str, Any]]:
    damaged: list[int] = []
    count = 0
    with file.path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            count += 1
            try:
                row = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
                if not isinstance(row, dict):
                    raise ValueError("it is no object")
            except (ValueError, RecursionError) as error:
                damaged.append(number)
                if count == len(damaged) or len(damaged) > 10 + MAX_DAMAGED * count:
                    raise FormatError(
                        file.name,
                        f"this line is no JSON object: {_why(error)}.",
                        f"line {number:,}",
                    ) from error
                continue
            yield row
    if damaged:
        notes.append(f"{len(damaged):,} lines that are no JSON objects were left out.")


def _column(values: list[Any]) -> pa.Array:
    """Return values as an array; what has no common type becomes text."""
    try:
        return pa.array(values)
    except (pa.ArrowException, OverflowError, TypeError, ValueError):
        texts = [None if value is None else _without_halves(str(value)) for value in values]
        return pa.array(texts, pa.string())


def _without_halves(text: str) -> str:
    """Return a text with signs for the halves of characters that JSON may have."""
    return text.encode("utf-8", "replace").decode()


def _why(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return (str(error) or type(error).__name__)[:200].rstrip(".")
