"""Vectors written here are read here, and by others."""

import contextlib
import gzip
from pathlib import Path

import numpy as np
import pytest
from gensim.models import KeyedVectors
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import save_file

from core.embeddings import Embeddings
from core.errors import FormatError, InputError
from core.formats import read_vectors
from core.formats.trained_vectors import (
    FORMAT,
    read_trained,
    vectors_as_safetensors,
    write_trained,
)
from core.formats.vector_file import Choices
from core.formats.word2vec_text import vectors_as_text


@pytest.fixture
def embeddings() -> Embeddings:
    rng = np.random.default_rng(0)
    words = ("king", "Ärger", "猫", "it's")
    return Embeddings("mine", words, rng.normal(size=(4, 7)).astype(np.float32))


def test_safetensors_come_back_as_they_were(embeddings: Embeddings, tmp_path: Path) -> None:
    path = tmp_path / "vectors.safetensors"
    write_trained(path, embeddings)
    read = read_trained(path)
    assert read.name == "mine"
    assert read.words == embeddings.words
    assert read.vectors.tobytes() == embeddings.vectors.tobytes()
    assert not read.vectors.flags.writeable


def test_gensim_reads_the_text_bit_for_bit(embeddings: Embeddings, tmp_path: Path) -> None:
    path = tmp_path / "vectors.vec"
    write_trained(path, embeddings)
    assert path.read_bytes() == vectors_as_text(embeddings)
    theirs = KeyedVectors.load_word2vec_format(path)
    assert tuple(theirs.index_to_key) == embeddings.words
    np.testing.assert_array_equal(theirs.vectors, embeddings.vectors)


@pytest.mark.parametrize("name", ["mine.vec", "mine.txt", "mine.vec.gz"])
def test_the_text_comes_back_bit_for_bit(embeddings: Embeddings, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    text = vectors_as_text(embeddings)
    path.write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
    read = read_trained(path)
    assert read.name == "mine"
    assert read.words == embeddings.words
    np.testing.assert_array_equal(read.vectors, embeddings.vectors)


def test_texts_by_others(tmp_path: Path) -> None:
    path = tmp_path / "theirs.vec"
    theirs = KeyedVectors(3)
    theirs.add_vectors(["king", "queen"], np.array([[1, 2.5, 3e-9], [4, 5, 6]], dtype=np.float32))
    theirs.save_word2vec_format(path)
    assert read_trained(path).vectors.tolist() == theirs.vectors.tolist()
    # As GloVe: no first line, and words that have spaces. As word2vec: a space before each break.
    path.write_bytes(b"the 1 2 3 \r\n. . . 4 5 6 \r\nthe 7 8 9 \r\n\xff 1 1 1 \r\n")
    read = read_trained(path)
    assert read.words == ("the", ". . .", "\ufffd")
    assert read.vectors.tolist() == [[1, 2, 3], [4, 5, 6], [1, 1, 1]]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"", "empty"),
        (b"king", "without numbers"),
        (b"2 3\n\n", "only a heading"),
        (b"2 2\nking 1 2\nqueen 1\n", "line 3: 1 number after the word, not 2"),
        (b"king 1 2\nqueen 1 x\n", "line 2: 'x' is not a number"),
        (b"king 1 2\nqueen nan 1\n", "not finite"),
        (b"king 1 2\nqueen 1e99 1\n", "not finite"),
        (bytes(range(256)), "none of the formats"),
    ],
)
def test_files_that_are_no_word_vectors_are_refused(text: bytes, told: str, tmp_path: Path) -> None:
    for name, content in (("mine.txt", text), ("mine.txt.gz", gzip.compress(text))):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(InputError, match=f"{name}.*{told}"):
            read_trained(path)
    packed = gzip.compress(text)
    for content in (packed[:-9], packed[:10] + b"\xff" * 9):
        path.write_bytes(content)
        with pytest.raises(InputError, match="compressed file"):
            read_trained(path)


def test_views_of_wider_tables_are_written(tmp_path: Path) -> None:
    table = np.arange(12, dtype=np.float32).reshape(3, 4)
    path = tmp_path / "vectors.safetensors"
    write_trained(path, Embeddings("view", ("a", "b", "c"), table[:, :2]))
    assert read_trained(path).vectors.tolist() == [[0, 1], [4, 5], [8, 9]]


def test_other_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.safetensors"
    with pytest.raises(InputError, match="no such file"):
        read_trained(path)
    path.write_bytes(b"something else")
    with pytest.raises(InputError, match="without numbers"):
        read_trained(path)
    save_file({"weights": np.zeros(3, dtype=np.float32)}, path)
    with pytest.raises(InputError):
        read_trained(path)


@given(st.integers(0, 400), st.binary(max_size=9))
def test_any_damage_gives_vectors_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, place: int, other: bytes
) -> None:
    table = Embeddings("mine", ("king", "猫"), np.eye(2, dtype=np.float32))
    whole = vectors_as_safetensors(table)
    path = tmp_path_factory.getbasetemp() / "damaged.safetensors"
    path.write_bytes(whole[:place] + other + whole[place + len(other) :])
    with contextlib.suppress(FormatError):
        assert len(read_trained(path)) > 0


def test_damaged_vectors_are_refused(embeddings: Embeddings, tmp_path: Path) -> None:
    whole = vectors_as_safetensors(embeddings)
    path = tmp_path / "mine.safetensors"
    for content in (whole[:-5], whole[:200], whole.replace(b'"words"', b'"wards"')):
        path.write_bytes(content)
        with pytest.raises(FormatError, match="damaged"):
            read_trained(path)
    save_file({"words": np.zeros(3)}, path, {"format": FORMAT, "name": "mine"})
    with pytest.raises(FormatError, match="damaged"):
        read_trained(path)
    path.write_bytes(whole)
    assert read_vectors(path, Choices(limit=2)).embeddings.words == embeddings.words[:2]


def test_a_folder_that_is_not_there(embeddings: Embeddings, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="could not be written"):
        write_trained(tmp_path / "none" / "vectors.safetensors", embeddings)
    assert not list(tmp_path.iterdir())
