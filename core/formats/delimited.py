"""CSV and TSV: columns parted by commas, tabs or semicolons, with a heading or without one."""

import codecs
import csv
import io
from collections import Counter
from itertools import islice
from typing import Final

import pyarrow as pa

from core.enumeration import listed
from core.errors import FormatError
from core.formats.table_columns import TEXT_NAMES, ReadTable, loaded_table, parsed_list
from core.formats.text_shape import numbers_at_end
from core.formats.vector_file import Choices, Loaded, VectorFile
from core.formats.writing import without_apostrophe
from core.text_encoding import WESTERN, encoding_of, mark_of, named

NAME: Final = "a table with separated columns (CSV or TSV)"
DELIMITERS: Final = (",", "\t", ";", "|")
SAMPLE_ROWS: Final = 50
BLOCK_BYTES: Final = 64_000_000  # a row has to be shorter
CHUNK_BYTES: Final = 1_000_000
GUESS_BYTES: Final = 100_000
MAX_NAMED: Final = 3  # rows in a note


def sniff(file: VectorFile) -> bool:
    """Return whether most of the first rows have as many columns, and more than one."""
    shape = _shape(file)
    if shape is None or shape[0] != ",":
        return shape is not None
    lines = [line for line in file.head.split(b"\n")[:SAMPLE_ROWS] if line.strip()]
    # A comma in `king 0,1 0,2` is that of a number.
    decimal = sum(numbers_at_end(line.replace(b",", b".")) > 1 for line in lines)
    return 2 * decimal < len(lines)


def read(file: VectorFile, choices: Choices) -> Loaded:
    """Return the vectors in a table; raises FormatError as `loaded_table` does."""
    return loaded_table(file, read_table(file), choices)


def read_table(file: VectorFile) -> ReadTable:
    """Return the table in a file.

    Raises:
        FormatError: it cannot be read.
    """
    import pyarrow.csv as pa_csv

    shape = _shape(file)
    if shape is None:
        raise FormatError(file.name, "it has no table of columns parted by commas or tabs.")
    delimiter, rows = shape
    encoding = _encoding(file)
    notes: list[str] = []
    if encoding not in ("utf-8", "utf-16", "utf-32"):
        notes.append(
            f"The text is not in UTF-8. It was read as {named(encoding)}, which is a guess: if "
            "letters look wrong, save the file in UTF-8."
        )
    skipped: list[int] = []

    def skip(row: "pa_csv.InvalidRow") -> str:
        skipped.append(row.number or 0)
        return "skip"

    has_heading = _has_heading(rows)
    try:
        table = pa_csv.read_csv(
            file.path,
            pa_csv.ReadOptions(
                use_threads=False,  # so that rows that cannot be read have numbers
                block_size=BLOCK_BYTES,
                encoding=encoding,
                autogenerate_column_names=not has_heading,
            ),
            pa_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, invalid_row_handler=skip
            ),
            pa_csv.ConvertOptions(
                strings_can_be_null=False,
                # Words may be numbers: years, for example.
                column_types={
                    name: pa.string()
                    for name in (rows[0] if has_heading else ())
                    if name.strip().lower() in TEXT_NAMES
                },
            ),
        )
    except (pa.ArrowException, OSError, UnicodeError) as error:
        raise FormatError(file.name, f"the table cannot be read: {_first_line(error)}.") from error
    if skipped:
        rows_told = listed([f"{row:,}" for row in skipped[: MAX_NAMED + 1]], MAX_NAMED)
        notes.append(
            f"{len(skipped):,} rows with more or fewer columns than the others were left out "
            f"({rows_told})."
        )
        if len(skipped) > table.num_rows:
            raise FormatError(
                file.name,
                f"{len(skipped):,} rows have more or fewer columns than the first. Save the table "
                "again.",
                f"row {skipped[0]:,}",
            )
    if file.head.startswith(codecs.BOM_UTF8):  # as our own tables for spreadsheets begin
        table = _without_apostrophes(table)
    return ReadTable(table, NAME, tuple(notes))


def _without_apostrophes(table: pa.Table) -> pa.Table:
    """Return a table whose texts no longer have the apostrophes that keep them from computing."""
    for number, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            cells = [None if each is None else without_apostrophe(each)
                     for each in table.column(number).to_pylist()]  # fmt: skip
            table = table.set_column(number, field.name, pa.array(cells, pa.string()))
    return table.rename_columns([without_apostrophe(name) for name in table.column_names])


def _encoding(file: VectorFile) -> str:
    """Return the encoding of a text file: UTF-8 or UTF-16, else a likely one."""
    if encoding := _marked(file.head):
        return encoding
    decoder = codecs.getincrementaldecoder("utf-8")()
    with file.path.open("rb") as stream:
        try:
            while chunk := stream.read(CHUNK_BYTES):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            stream.seek(max(0, stream.tell() - CHUNK_BYTES))
            sample = stream.read(GUESS_BYTES)
        else:
            return "utf-8"
    return encoding_of(sample) or WESTERN


def _marked(head: bytes) -> str | None:
    """Return UTF-16 or UTF-32 if a mark tells so; that of UTF-8 is no matter to Arrow."""
    encoding = mark_of(head)
    return None if encoding == "utf-8-sig" else encoding


def _shape(file: VectorFile) -> tuple[str, list[list[str]]] | None:
    """Return the delimiter and the first rows, or None if this is no table."""
    head = file.head
    text = head.decode(_marked(head) or "utf-8", "replace").removeprefix("\ufeff")
    if "\0" in text or text.lstrip()[:1] in "{<":
        return None
    best: tuple[int, str, list[list[str]]] | None = None
    for delimiter in DELIMITERS:
        try:
            rows = list(islice(csv.reader(io.StringIO(text), delimiter=delimiter), SAMPLE_ROWS + 1))
        except csv.Error:
            continue
        rows = [row for row in rows if row]
        if len(rows) > 1 and len(rows) <= SAMPLE_ROWS and len(text) >= len(head) > 60_000:
            rows = rows[:-1]  # the last one is cut
        if len(rows) < 2:
            continue
        columns, count = Counter(map(len, rows)).most_common(1)[0]
        # Commas in lists of numbers part the rows, but not the heading.
        is_regular = columns > 1 and 2 * count > len(rows) and len(rows[0]) == columns
        if is_regular and (best is None or columns > best[0]):
            best = columns, delimiter, rows
    return best and best[1:]


def _has_heading(rows: list[list[str]]) -> bool:
    """Return whether the first row has names: no numbers where the others have some."""
    first, *others = rows
    numeric = [
        column
        for column in range(len(first))
        if others and all(column < len(row) and _is_number(row[column]) for row in others)
    ]
    if numeric:
        return not any(_is_number(first[column]) for column in numeric)
    lists = any(parsed_list(cell) is not None for cell in first)
    return not lists and len(set(first)) == len(first)


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return parsed_list(cell) is not None
    return True


def _first_line(error: Exception) -> str:
    lines = str(error).splitlines() or [type(error).__name__]
    return lines[0].removeprefix("CSV parse error: ").rstrip(".")[:200]
