"""Parquet, and Arrow's own files (Feather)."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pyarrow as pa

from core.errors import FormatError
from core.formats.table_columns import MAX_COLUMNS, ReadTable, loaded_table
from core.formats.vector_file import Choices, Loaded, VectorFile

NAME: Final = "a Parquet or Arrow table"
PARQUET, ARROW = b"PAR1", b"ARROW1"
# Values for each byte of a file: vectors take two bytes or more for a number. A file that claims
# many more was made to fill the memory.
MAX_VALUES_PER_BYTE: Final = 64
MIN_VALUES: Final = 1_000_000  # that are read at any ratio
MAX_SECONDS: Final = 60  # for the counting of values; 20,000 columns took 0.4 on two cores
COUNT_VALUES: Final = """
import sys
import pyarrow.parquet as pq

with pq.ParquetFile(sys.argv[1]) as opened:
    groups = map(opened.metadata.row_group, range(opened.metadata.num_row_groups))
    print(sum(group.column(at).num_values for group in groups for at in range(group.num_columns)))
"""


def sniff(file: VectorFile) -> bool:
    """Return whether the file begins as these formats do."""
    return file.head.startswith((PARQUET, ARROW))


def read(file: VectorFile, choices: Choices) -> Loaded:
    """Return the vectors in a table; raises FormatError as `loaded_table` does."""
    return loaded_table(file, read_table(file), choices)


def read_table(file: VectorFile) -> ReadTable:
    """Return the table in a file.

    Raises:
        FormatError: it is damaged, or much larger in memory than on the disk.
    """
    with _errors(file):
        table = _parquet(file) if file.head.startswith(PARQUET) else _arrow(file)
    return ReadTable(table, NAME)


def _parquet(file: VectorFile) -> pa.Table:
    import pyarrow.parquet as pq

    with pq.ParquetFile(file.path) as opened:
        metadata = opened.metadata
        if metadata.num_columns > MAX_COLUMNS:
            raise FormatError(
                file.name,
                f"it has {metadata.num_columns:,} columns; at most {MAX_COLUMNS:,} are read.",
            )
        _check_size(file, max(_values_claimed(file), metadata.num_rows))
        return opened.read()


def _values_claimed(file: VectorFile) -> int:
    """Return how many values a Parquet file claims to have, counted by another process.

    The library ends the process if the description of a column is damaged; where it reads the
    column itself, it raises an error.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", COUNT_VALUES, str(file.path)],
            check=True,
            capture_output=True,
            timeout=MAX_SECONDS,
        )
        return int(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise FormatError(
            file.name, "the descriptions of its columns are damaged. Save the table again."
        ) from error


def _arrow(file: VectorFile) -> pa.Table:
    with pa.memory_map(str(file.path)) as source:
        table = pa.ipc.open_file(source).read_all()
        table.validate(full=True)
        _check_size(file, table.nbytes // 4)
        return table


def _check_size(file: VectorFile, values: int) -> None:
    most = max(MIN_VALUES, MAX_VALUES_PER_BYTE * file.path.stat().st_size)
    if values > most:
        raise FormatError(
            file.name,
            f"it claims {values:,} values in {file.path.stat().st_size:,} bytes, more than vectors "
            "can have. It is damaged, or was made to fill the memory.",
        )


@contextmanager
def _errors(file: VectorFile) -> Iterator[None]:
    try:
        yield
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        why = (str(error).splitlines() or [type(error).__name__])[0][:200].rstrip(".")
        raise FormatError(file.name, f"the table cannot be read: {why}.") from error
