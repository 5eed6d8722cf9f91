"""Vector files converted once: the matrix is then mapped from the disk, and opens in an instant.

Each file has a folder, named by a digest of everything that the result depends on: the file's path,
size and time, and the choices of its reader. A folder is written under another name and renamed
when it is complete, so a conversion that is interrupted leaves nothing that could be opened.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from filelock import FileLock

from core import mapped_files
from core.embeddings import Embeddings
from core.errors import FormatError, InputError
from core.formats import read_vectors
from core.formats.labels import labels_beside
from core.formats.matrices import METADATA
from core.formats.vector_file import Choices, Loaded

FOLDER: Final = "vectors"  # in the data folder
FORMAT: Final = 1  # of the folders; increase it when a reader gives other vectors
VECTORS, TABLE, ABOUT = "vectors.npy", "table.arrow", "about.json"
WORDS: Final = "word"  # the first column of the table
UNFINISHED: Final = ".part"  # suffix of a folder that is being written
MAX_BYTES: Final = 20_000_000_000  # of all folders; the least recently opened go first
SPARE_BYTES: Final = 500_000_000  # that stay free on the disk


def open_vectors(
    path: Path,
    folder: Path,
    choices: Choices = Choices(),  # noqa: B008  it is frozen
    read: Callable[[Path, Choices], Loaded] = read_vectors,
) -> Loaded:
    """Return the vectors in a file, which is converted when it is opened for the first time.

    Without room on the disk the vectors stay in memory and are read again the next time.

    Args:
        path: the file.
        folder: where converted files are kept; created if needed.
        choices: of the reader.
        read: the reader.

    Raises:
        FormatError: the file cannot be read.
    """
    try:
        place = folder / _key(path, choices)
    except OSError as error:
        raise FormatError(path.name, f"it cannot be opened: {error}.") from error
    loaded = _opened(place)
    if loaded is not None:
        return loaded
    loaded = read(path, choices)
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "lock"):
            _make_room(folder, loaded.embeddings.vectors.nbytes)
            if shutil.disk_usage(folder).free > _size(loaded) + SPARE_BYTES:
                _write(place, loaded)
    return _opened(place) or loaded


def _key(path: Path, choices: Choices) -> str:
    """Return a digest of everything that the vectors depend on."""
    stat = path.stat()
    inside = sorted(path.iterdir()) if path.is_dir() else []
    labels = choices.labels or labels_beside(path, path.parent, METADATA)
    beside = None if labels is None else labels.stat()
    parts = [
        FORMAT,
        str(path.resolve()),
        stat.st_size,
        stat.st_mtime_ns,
        {name: str(value) for name, value in asdict(choices).items()},
        None if beside is None else [str(labels), beside.st_size, beside.st_mtime_ns],
        *([each.name, each.stat().st_size, each.stat().st_mtime_ns] for each in inside),
    ]
    return hashlib.blake2b(json.dumps(parts).encode(), digest_size=16).hexdigest()


def _size(loaded: Loaded) -> int:
    words = sum(len(word) for word in loaded.embeddings.words) * 2
    return loaded.embeddings.vectors.nbytes + words + int(loaded.columns.memory_usage().sum())


def _write(place: Path, loaded: Loaded) -> None:
    """Write a folder; an error leaves nothing behind."""
    import pyarrow as pa

    part = place.with_suffix(UNFINISHED)
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    try:
        embeddings = loaded.embeddings
        with (part / VECTORS).open("wb") as file:
            rows = np.ascontiguousarray(embeddings.vectors)
            header = np.lib.format.header_data_from_array_1_0(rows)
            np.lib.format.write_array_header_1_0(file, header)
            file.write(rows.data)
        columns = {WORDS: pa.array(embeddings.words, pa.large_string())}
        columns |= {f"+{name}": _arrow(loaded.columns[name]) for name in loaded.columns}
        table = pa.table(columns)
        with pa.OSFile(str(part / TABLE), "wb") as sink, pa.ipc.new_file(sink, table.schema) as out:
            out.write_table(table)
        about = {
            "name": embeddings.name,
            "order": embeddings.order,
            "prefix": embeddings.prefix,
            "unit": embeddings.unit,
            "format": loaded.format,
            "notes": loaded.notes,
            "layout": loaded.layout,
        }
        (part / ABOUT).write_text(json.dumps(about), encoding="utf-8")
        shutil.rmtree(place, ignore_errors=True)  # it was damaged
        os.replace(part, place)
    except (pa.ArrowException, UnicodeError):  # words or columns that no table can hold
        return
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _arrow(column: "pd.Series[Any]") -> Any:  # noqa: ANN401
    import pyarrow as pa

    if pd.api.types.is_numeric_dtype(column):
        return pa.Array.from_pandas(column)
    return pa.Array.from_pandas(column.astype("string"))


def _opened(place: Path) -> Loaded | None:
    """Return what a folder holds, or None if it does not exist or is damaged."""
    import pyarrow as pa

    try:
        about = json.loads((place / ABOUT).read_text(encoding="utf-8"))
        vectors = np.load(place / VECTORS, mmap_mode="r", allow_pickle=False)
        with pa.memory_map(str(place / TABLE)) as source:
            table = pa.ipc.open_file(source).read_all()
        words = table.column(WORDS).to_pylist()
        embeddings = Embeddings(
            about["name"],
            words,
            np.asarray(vectors),
            about["order"],
            about["prefix"],
            about["unit"],
        )
        columns = table.drop_columns([WORDS]).to_pandas()
        layout = tuple(about["layout"]) if about["layout"] else None
        columns.columns = [name.removeprefix("+") for name in columns.columns]
        loaded = Loaded(embeddings, about["format"], tuple(about["notes"]), columns, layout)
        os.utime(place / ABOUT)  # used just now
    except (OSError, EOFError, ValueError, KeyError, TypeError, pa.ArrowException, InputError):
        return None
    mapped_files.register(embeddings, embeddings.vectors.ctypes.data, embeddings.vectors.nbytes)
    return loaded


def _make_room(folder: Path, size: int) -> None:
    """Delete what interrupted conversions left, and what was opened longest ago."""
    for part in folder.glob(f"*{UNFINISHED}"):
        shutil.rmtree(part, ignore_errors=True)
    folders = sorted(
        (each for each in folder.iterdir() if each.is_dir()), key=_opened_at, reverse=True
    )
    room = MAX_BYTES - size
    for each in folders:
        room -= sum(file.stat().st_size for file in each.iterdir())
        if room < 0:
            shutil.rmtree(each, ignore_errors=True)


def _opened_at(folder: Path) -> float:
    try:
        return (folder / ABOUT).stat().st_mtime
    except OSError:
        return 0.0
