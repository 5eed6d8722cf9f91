import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.catalog.manifest import read_manifest, write_manifest
from core.catalog.npy_parquet import read_npy_parquet
from core.catalog.word_vectors import read_vectors, write_vectors
from core.embeddings import Embeddings
from core.errors import DamagedModelError, InputError

ODD_WORDS = ["", "king", "naïve", "😀", "a b", "\u2028", "x\x85y", "\r", "\x1c", "\ufeff", "'"]


def numbered(words: list[str]) -> Embeddings:
    return Embeddings("toy", words, np.arange(2 * len(words), dtype=np.float32).reshape(-1, 2))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_vectors(tmp_path, numbered(["king", "queen", "jack"]), sha256="ab")
    return tmp_path


def test_what_is_written_is_read(tmp_path: Path) -> None:
    write_vectors(tmp_path, numbered(ODD_WORDS))
    read = read_vectors(tmp_path)
    assert read.name == "toy"
    assert list(read.words) == ODD_WORDS
    assert read.vector("\u2028").tolist() == [10, 11]
    assert read.dimensions == 2


@given(st.lists(st.text(st.characters(exclude_characters="\n", codec="utf-8")), unique=True))
def test_any_words_come_back(tmp_path_factory: pytest.TempPathFactory, words: list[str]) -> None:
    folder = tmp_path_factory.mktemp("words")
    # Of no words at all there is nothing to map into memory.
    write_vectors(folder, numbered([*words, "last\t"]))
    assert list(read_vectors(folder).words) == [*words, "last\t"]


def test_vectors_are_mapped_into_memory_and_read_only(folder: Path) -> None:
    vectors = read_vectors(folder).vectors
    assert isinstance(vectors.base, np.memmap | np.ndarray)
    base: object = vectors
    while isinstance(base, np.ndarray) and not isinstance(base, np.memmap):
        base = base.base
    assert isinstance(base, np.memmap)
    with pytest.raises(ValueError, match="read-only"):
        vectors[0, 0] = 1


def test_column_order_is_written_row_by_row(tmp_path: Path) -> None:
    vectors = np.asfortranarray(np.arange(6, dtype=np.float32).reshape(3, 2))
    write_vectors(tmp_path, Embeddings("toy", ["a", "b", "c"], vectors))
    written = np.load(tmp_path / "vectors.npy")
    assert written.flags.c_contiguous
    assert written.tolist() == [[0, 1], [2, 3], [4, 5]]


@pytest.mark.parametrize(
    ("words", "reason"),
    [(["a\nb"], "line break"), (["a", "b", "a"], "'a' is there twice"), (["\ud800"], "Unicode")],
)
def test_words_that_could_not_be_read_again_are_refused(
    tmp_path: Path, words: list[str], reason: str
) -> None:
    with pytest.raises(InputError, match=reason):
        write_vectors(tmp_path, numbered(words))
    assert not list(tmp_path.iterdir())


def cut_the_vectors(folder: Path) -> None:
    path = folder / "vectors.npy"
    path.write_bytes(path.read_bytes()[:-4])


def lose_the_words(folder: Path) -> None:
    (folder / "words.txt").unlink()


def lose_the_manifest(folder: Path) -> None:
    (folder / "model.json").unlink()


def break_the_manifest(folder: Path) -> None:
    (folder / "model.json").write_text('{"format": 1, "name"', encoding="utf-8")


def use_another_format(folder: Path) -> None:
    manifest = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    (folder / "model.json").write_text(json.dumps({**manifest, "format": 2}), encoding="utf-8")


def make_it_a_list(folder: Path) -> None:
    (folder / "model.json").write_text("[]", encoding="utf-8")


def drop_a_word(folder: Path) -> None:
    (folder / "words.txt").write_text("king\nqueenjack\n", encoding="utf-8", newline="\n")
    write_manifest(folder, "toy")


def repeat_a_word(folder: Path) -> None:
    (folder / "words.txt").write_text("king\nking\njack\n", encoding="utf-8", newline="\n")
    write_manifest(folder, "toy")


def cut_the_last_line(folder: Path) -> None:
    (folder / "words.txt").write_text("king\nqueen\njack", encoding="utf-8", newline="\n")
    write_manifest(folder, "toy")


def break_the_utf8(folder: Path) -> None:
    (folder / "words.txt").write_bytes(b"king\nqu\xffen\njack\n")
    write_manifest(folder, "toy")


def use_doubles(folder: Path) -> None:
    np.save(folder / "vectors.npy", np.zeros((3, 2)))
    write_manifest(folder, "toy")


def hide_a_pickle(folder: Path) -> None:
    np.save(folder / "vectors.npy", np.array([{"a": 1}] * 3, dtype=object))
    write_manifest(folder, "toy")


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (cut_the_vectors, "vectors.npy has 148 bytes, expected 152"),
        (lose_the_words, "words.txt is missing"),
        (lose_the_manifest, "model.json is missing"),
        (break_the_manifest, "cannot be read"),
        (use_another_format, "format 2, expected 1"),
        (make_it_a_list, "cannot be read"),
        (drop_a_word, "2 words and 3 vectors"),
        (repeat_a_word, "same word twice"),
        (cut_the_last_line, "does not end with a line break"),
        (break_the_utf8, "utf-8"),
        (use_doubles, "float64"),
        (hide_a_pickle, "Python objects|allow_pickle"),
    ],
)
def test_damage_is_found_and_named(
    folder: Path, damage: Callable[[Path], None], reason: str
) -> None:
    damage(folder)
    with pytest.raises(DamagedModelError, match=reason) as caught:
        read_vectors(folder)
    assert str(folder) in str(caught.value)
    assert "Fetch the model again, or delete the folder" in str(caught.value)


def test_manifest_knows_files_in_folders(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_bytes(b"123")
    write_manifest(tmp_path, "Toy", "cd")
    manifest = read_manifest(tmp_path)
    assert manifest.name == "Toy"
    assert manifest.sha256 == "cd"
    assert manifest.sizes == {"deep/file": 3}


def test_npy_and_parquet_fit_together_or_are_refused(tmp_path: Path) -> None:
    from pyarrow import parquet, table

    np.save(tmp_path / "v.npy", np.asfortranarray(np.ones((2, 3), dtype=np.float32)))
    parquet.write_table(table({"index": ["a", "b"]}), tmp_path / "w.parquet")
    read = read_npy_parquet(tmp_path / "v.npy", tmp_path / "w.parquet", "index", "toy")
    assert list(read.words) == ["a", "b"]
    assert read.vectors.flags.c_contiguous
    parquet.write_table(table({"index": ["a"]}), tmp_path / "w.parquet")
    with pytest.raises(InputError, match="1 words and 2 vectors"):
        read_npy_parquet(tmp_path / "v.npy", tmp_path / "w.parquet", "index", "toy")
