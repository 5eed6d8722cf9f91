"""Vector files are converted once, completely or not at all."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import numpy as np
import pandas as pd
import pytest

from core.embeddings import Embeddings
from core.errors import FormatError
from core.formats import store
from core.formats.store import open_vectors
from core.formats.vector_file import Choices, Loaded

ROOT = Path(__file__).resolve().parents[3]
WORDS = ["king", "two words", "größe", "", "king", "\u2028", "a\nb"]


def made(count: int = len(WORDS)) -> Loaded:
    vectors = np.arange(count * 3, dtype=np.float32).reshape(count, 3)
    words = [*WORDS, *(f"w{number}" for number in range(count))][:count]
    columns = pd.DataFrame({"kind": ["x", None] * count, "size": range(2 * count)}).iloc[:count]
    embeddings = Embeddings("mine", words, vectors, "first", "␣", "token")
    return Loaded(embeddings, "made here", ("one note",), columns, ("size", "size"))


def is_mapped(array: object) -> bool:
    while array is not None and not isinstance(array, np.memmap):
        array = getattr(array, "base", None)
    return array is not None


def never(path: Path, choices: Choices) -> NoReturn:
    raise AssertionError("the file is read again")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "vectors.vec"
    path.write_text("king 1 2 3\n")
    return path


def test_a_file_is_read_once_and_opened_as_it_was(file: Path, tmp_path: Path) -> None:
    first = open_vectors(file, tmp_path / "store", read=lambda *_: made())
    again = open_vectors(file, tmp_path / "store", read=never)
    for loaded in (first, again):
        one, other = loaded.embeddings, made().embeddings
        assert list(one.words) == list(other.words)
        assert (one.vectors == other.vectors).all()
        assert is_mapped(one.vectors)
        assert (one.name, one.order, one.prefix, one.unit) == ("mine", "first", "␣", "token")
        assert (loaded.format, loaded.notes) == ("made here", ("one note",))
        assert loaded.layout == ("size", "size")
        assert loaded.columns["size"].tolist() == list(range(len(WORDS)))
        assert loaded.columns["kind"].fillna("").tolist() == (["x", ""] * 4)[: len(WORDS)]


@pytest.mark.parametrize("change", ["content", "choices", "labels"])
def test_a_file_that_changed_is_read_again(file: Path, tmp_path: Path, change: str) -> None:
    labels = tmp_path / "labels"
    labels.write_text("a")
    choices = Choices(labels=labels)
    open_vectors(file, tmp_path / "store", choices, read=lambda *_: made())
    if change == "content":
        file.write_text("queen 1 2 3 4\n")
    elif change == "labels":
        labels.write_text("other")
    else:
        choices = replace(choices, limit=5)
    loaded = open_vectors(file, tmp_path / "store", choices, read=lambda *_: made(3))
    assert len(loaded.embeddings) == 3


@pytest.mark.parametrize("name", ["vectors.vocab", "metadata.tsv"])
def test_words_beside_that_changed_are_read_again(tmp_path: Path, name: str) -> None:
    matrix = tmp_path / "vectors.npy"
    np.save(matrix, np.ones((2, 3)))
    assert open_vectors(matrix, tmp_path / "store").embeddings.words[0] == "row 1"
    for words in (["king", "queen"], ["man", "woman"]):
        (tmp_path / name).write_text("\n".join(words))
        os.utime(tmp_path / name, ns=(0, len(words[0])))
        assert list(open_vectors(matrix, tmp_path / "store").embeddings.words) == words


@pytest.mark.parametrize("name", [store.VECTORS, store.TABLE, store.ABOUT])
@pytest.mark.parametrize("damage", [b"", b"\0" * 100])
def test_a_damaged_folder_is_made_again(
    file: Path, tmp_path: Path, name: str, damage: bytes
) -> None:
    open_vectors(file, tmp_path / "store", read=lambda *_: made())
    (folder,) = (each for each in (tmp_path / "store").iterdir() if each.is_dir())
    (folder / name).write_bytes(damage)
    loaded = open_vectors(file, tmp_path / "store", read=lambda *_: made())
    assert (loaded.embeddings.vectors == made().embeddings.vectors).all()
    open_vectors(file, tmp_path / "store", read=never)


def test_a_process_killed_in_the_middle_leaves_nothing_that_opens(
    file: Path, tmp_path: Path
) -> None:
    code = f"""
import os, sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from core.formats import store
from tests.core.formats.test_store import made
store.json.dumps = lambda value: os._exit(9) if isinstance(value, dict) else str(value)
store.open_vectors(Path({str(file)!r}), Path({str(tmp_path / "store")!r}), read=lambda *_: made())
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9
    assert [each.suffix for each in (tmp_path / "store").iterdir() if each.is_dir()] == [".part"]
    open_vectors(file, tmp_path / "store", read=lambda *_: made())
    assert [each.suffix for each in (tmp_path / "store").iterdir() if each.is_dir()] == [""]
    open_vectors(file, tmp_path / "store", read=never)


def test_a_full_disk_leaves_the_vectors_in_memory(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "SPARE_BYTES", 10**18)
    loaded = open_vectors(file, tmp_path / "store", read=lambda *_: made())
    assert (loaded.embeddings.vectors == made().embeddings.vectors).all()
    assert not [each for each in (tmp_path / "store").iterdir() if each.is_dir()]


def test_the_least_recently_opened_go_first(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = made(1_000).embeddings.vectors.nbytes
    monkeypatch.setattr(store, "MAX_BYTES", 6 * size)
    files = [tmp_path / f"{number}.vec" for number in range(3)]
    for number, path in enumerate(files):
        path.write_text(str(number))
        open_vectors(path, tmp_path / "store", read=lambda *_: made(1_000))
        kept = (tmp_path / "store").glob(f"*/{store.ABOUT}")
        os.utime(max(kept, key=lambda about: about.stat().st_mtime), (number, number))
    open_vectors(files[2], tmp_path / "store", read=never)
    with pytest.raises(AssertionError):
        open_vectors(files[0], tmp_path / "store", read=never)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FormatError):
        open_vectors(tmp_path / "none.vec", tmp_path / "store", read=never)
    assert not (tmp_path / "store").exists()
