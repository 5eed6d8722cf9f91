"""The words of a matrix in a file of their own, one on each line, or a table with a heading."""

from pathlib import Path
from typing import Final

import pandas as pd

from core.errors import FormatError

MAX_BYTES: Final = 2_000_000_000
ENDINGS: Final = (".vocab", ".txt", ".tsv", ".words", ".labels", ".csv")


def read_labels(path: Path, count: int, vectors: str) -> tuple[list[str], pd.DataFrame]:
    """Return the words of a matrix, and the further columns.

    One column has no heading, several have one, as in TensorFlow's Projector.

    Args:
        path: the file.
        count: the number of vectors.
        vectors: the name of their file, for the error.

    Raises:
        FormatError: the file cannot be read, or has another number of labels.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise FormatError(path.name, f"it has {size:,} bytes; at most {MAX_BYTES:,} are read.")
        text = path.read_bytes().decode("utf-8-sig", "replace")
    except OSError as error:
        raise FormatError(path.name, f"the labels cannot be read: {error}.") from error
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    table = [line.split("\t") for line in lines]
    heading = table.pop(0) if "\t" in lines[0] else None
    if len(table) != count:
        raise FormatError(
            path.name,
            f"it has {len(table):,} labels for the {count:,} vectors of {vectors}. Choose the "
            "labels that belong to them, one for each vector.",
        )
    words = [row[0] for row in table]
    if heading is None:
        return words, pd.DataFrame(index=range(count))
    columns = {
        name or f"column {number}": [row[number] if number < len(row) else "" for row in table]
        for number, name in enumerate(heading)
        if number
    }
    return words, pd.DataFrame(columns, index=range(count))


def labels_beside(path: Path, folder: Path | None, names: tuple[str, ...] = ()) -> Path | None:
    """Return the file beside a matrix that has its words: of the same name, or one of `names`."""
    if folder is None:
        return None
    candidates = [folder / f"{path.stem}{ending}" for ending in ENDINGS]
    candidates += [folder / name for name in names]
    return next((each for each in candidates if each.is_file() and each != path), None)
