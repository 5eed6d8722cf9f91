"""Vectors written here are read here, and by others."""

from pathlib import Path

import numpy as np
import pytest
from gensim.models import KeyedVectors
from safetensors.numpy import save_file

from core.embeddings import Embeddings
from core.errors import InputError
from core.formats.trained_vectors import read_trained, vectors_as_text, write_trained


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


def test_views_of_wider_tables_are_written(tmp_path: Path) -> None:
    table = np.arange(12, dtype=np.float32).reshape(3, 4)
    path = tmp_path / "vectors.safetensors"
    write_trained(path, Embeddings("view", ("a", "b", "c"), table[:, :2]))
    assert read_trained(path).vectors.tolist() == [[0, 1], [4, 5], [8, 9]]


def test_other_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.safetensors"
    with pytest.raises(InputError, match="cannot be read"):
        read_trained(path)
    path.write_bytes(b"something else")
    with pytest.raises(InputError, match="cannot be read"):
        read_trained(path)
    save_file({"weights": np.zeros(3, dtype=np.float32)}, path)
    with pytest.raises(InputError, match="no word vectors"):
        read_trained(path)


def test_a_folder_that_is_not_there(embeddings: Embeddings, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="could not be written"):
        write_trained(tmp_path / "none" / "vectors.safetensors", embeddings)
    assert not list(tmp_path.iterdir())
