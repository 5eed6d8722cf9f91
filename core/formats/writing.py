"""Vectors as files for other programs: a Projector archive, npz, Parquet, CSV."""

import io
import json
import re
import zipfile
from typing import Any, Final

import numpy as np
import pandas as pd

from core.formats.vector_file import Loaded

# A cell that begins so is a formula for a spreadsheet, which would compute it. An apostrophe before
# it makes it text; `delimited` takes it away again.
FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")


def as_projector(loaded: Loaded) -> bytes:
    """Return an archive for TensorFlow's Projector: tensors.tsv, metadata.tsv and a config.

    Line breaks and tabs in words become spaces; one column of labels has no heading.
    """
    embeddings = loaded.embeddings
    table = _further(loaded)
    rows = [[_one_line(word)] for word in embeddings.words]
    if len(table.columns):
        texts = table.astype("string").fillna("").to_numpy().tolist()
        rows = [[*row, *map(_one_line, more)] for row, more in zip(rows, texts, strict=True)]
        rows.insert(0, ["word", *(_one_line(str(name)) for name in table.columns)])
    tensor = {
        "tensorName": embeddings.name,
        "tensorShape": [len(embeddings), embeddings.dimensions],
        "tensorPath": "tensors.tsv",
        "metadataPath": "metadata.tsv",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("tensors.tsv", "".join(f"{_numbers(row)}\n" for row in embeddings.vectors))
        archive.writestr("metadata.tsv", _encoded("".join("\t".join(row) + "\n" for row in rows)))
        archive.writestr("projector_config.json", json.dumps({"embeddings": [tensor]}, indent=2))
    return buffer.getvalue()


def as_npz(loaded: Loaded) -> bytes:
    """Return NumPy's archive with `vectors`, (V, D) float32, and `words`, (V,) text."""
    buffer = io.BytesIO()
    words = np.array([_encoded(word).decode() for word in loaded.embeddings.words])
    np.savez(buffer, vectors=loaded.embeddings.vectors, words=words)
    return buffer.getvalue()


def as_parquet(loaded: Loaded) -> bytes:
    """Return a Parquet table with a word, its further columns, and its vector as a list."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    embeddings = loaded.embeddings
    words = [_encoded(word).decode() for word in embeddings.words]
    columns: dict[str, Any] = {"word": pa.array(words, pa.string())}
    for name, column in _further(loaded).items():
        columns[str(name)] = pa.array(column.astype("string") if column.dtype == object else column)
    flat = pa.array(np.ascontiguousarray(embeddings.vectors).ravel())
    columns["vector"] = pa.FixedSizeListArray.from_arrays(flat, embeddings.dimensions)
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer)
    return buffer.getvalue()


def as_csv(loaded: Loaded) -> bytes:
    """Return a table that spreadsheets open rightly: UTF-8 with a mark, and no formulas."""
    embeddings = loaded.embeddings
    table = pd.DataFrame({"word": [_harmless(word) for word in embeddings.words]})
    for name, column in _further(loaded).items():
        is_number = pd.api.types.is_numeric_dtype(column)
        cells = column.to_numpy() if is_number else [_harmless(str(each)) for each in column]
        table[_harmless(str(name))] = cells
    digits = [f"d{number}" for number in range(1, embeddings.dimensions + 1)]
    numbers = pd.DataFrame(embeddings.vectors, columns=digits)
    text: str = pd.concat([table, numbers], axis=1).to_csv(index=False, float_format="%.9g")
    return _encoded("\ufeff" + text)


def without_apostrophe(cell: str) -> str:
    """Return a cell that `as_csv` wrote as it was before.

    >>> without_apostrophe("'=1+1"), without_apostrophe("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if cell[:1] == "'" and FORMULA.match(cell[1:]) else cell


def _harmless(cell: str) -> str:
    return f"'{cell}" if FORMULA.match(cell) else cell


def _further(loaded: Loaded) -> pd.DataFrame:
    """Return the further columns; those with the names of ours get another one."""
    return loaded.columns.rename(columns={name: f"{name} (2)" for name in ("word", "vector")})


def _numbers(row: Any) -> str:  # noqa: ANN401
    # Nine digits are enough to restore each float32 exactly.
    return "\t".join(f"{number:.9g}" for number in row.tolist())


def _one_line(text: str) -> str:
    return re.sub(r"[\t\r\n]+", " ", text)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")
