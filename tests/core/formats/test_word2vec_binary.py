"""word2vec's binary format, read and written as gensim does, and nothing read beyond the file."""

import contextlib
import io
from pathlib import Path

import numpy as np
import pytest
from gensim.models import KeyedVectors
from hypothesis import example, given
from hypothesis import strategies as st

from core.embeddings import Embeddings
from core.errors import FormatError, InputError
from core.formats import word2vec_binary
from core.formats.vector_file import Choices, Loaded, VectorFile
from tests.core.formats.cases import SEA, SEA_WORDS, binary, embeddings, with_words
from tests.core.formats.test_word2vec_text import tables

WHOLE = binary(SEA, line_breaks=False)
WITH_BREAKS = binary(SEA, line_breaks=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("binary")


def read_binary(content: bytes, folder: Path, limit: int | None = None) -> Loaded:
    path = folder / "any.bin"
    path.write_bytes(content)
    return word2vec_binary.read(VectorFile(path, path.name), Choices(limit=limit))


@given(tables())
def test_what_is_written_is_read_here_and_by_gensim(folder: Path, table: Embeddings) -> None:
    buffer = io.BytesIO()
    word2vec_binary.write(buffer, table)
    read = read_binary(buffer.getvalue(), folder).embeddings
    assert read.words == table.words
    assert read.vectors.tobytes() == table.vectors.tobytes()
    theirs = KeyedVectors.load_word2vec_format(folder / "any.bin", binary=True)
    assert tuple(theirs.index_to_key) == table.words
    assert theirs.vectors.tobytes() == table.vectors.tobytes()


@given(st.one_of(st.binary(max_size=200), st.binary(max_size=60).map(lambda end: b"3 2\n" + end)))
@example(b"1 1\n a")
@example(b"99999999999999999999 4\na 1234")
@example(b"0 0\n a")
def test_any_bytes_give_vectors_or_a_sentence(folder: Path, content: bytes) -> None:
    path = folder / "any"
    path.write_bytes(content)
    file = VectorFile(path, path.name)
    assert word2vec_binary.sniff(file) in (True, False)
    with contextlib.suppress(FormatError):
        assert len(word2vec_binary.read(file, Choices()).embeddings) > 0


@pytest.mark.parametrize("content", [WHOLE, WITH_BREAKS])
def test_a_cut_file_is_refused_wherever_it_is_cut(content: bytes, folder: Path) -> None:
    whole = len(content) - (content is WITH_BREAKS)  # the last line break is not needed
    for size in range(4, whole):
        with pytest.raises(FormatError) as caught:
            read_binary(content[:size], folder)
        assert caught.value.place == f"byte {size}"
    assert read_binary(content[:whole], folder).embeddings.words == SEA_WORDS


@pytest.mark.parametrize("counts", [b"6 4", b"7 3", b"7 5", b"8 4", b"7 400000", b"70000000000 4"])
@pytest.mark.parametrize("content", [WHOLE, WITH_BREAKS])
def test_a_false_heading_is_refused(content: bytes, counts: bytes, folder: Path) -> None:
    with pytest.raises(FormatError) as caught:
        read_binary(content.replace(b"7 4", counts), folder)
    assert caught.value.place.startswith("byte")


def test_chunks_make_no_difference(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = binary(with_words(*(f"word{n}" for n in range(200))), line_breaks=True)
    whole = read_binary(content, folder).embeddings
    for size in (1, 16, 17, 1_000):
        monkeypatch.setattr(word2vec_binary, "CHUNK_BYTES", size)
        parts = read_binary(content, folder).embeddings
        assert parts.words == whole.words
        assert parts.vectors.tobytes() == whole.vectors.tobytes()


def test_a_limit(folder: Path) -> None:
    loaded = read_binary(WITH_BREAKS, folder, limit=3)
    assert loaded.embeddings.words == SEA_WORDS[:3]
    assert loaded.notes


def test_no_word_without_end(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word2vec_binary, "CHUNK_BYTES", 1_000)
    with pytest.raises(FormatError, match="byte 4"):
        read_binary(b"5 4\n" + b"\1" * 100_000, folder)


def test_words_in_latin_letters_of_one_byte(folder: Path) -> None:
    words = ("forêt", "été", "château", "élève", "hôtel")
    content = binary(with_words(*words), line_breaks=False)
    for word in words:
        content = content.replace(word.encode(), word.encode("cp1252"))
    loaded = read_binary(content, folder)
    assert loaded.embeddings.words[-5:] == words
    assert loaded.notes


@pytest.mark.parametrize("word", ["new york", "a\nb"])
def test_words_that_cannot_be_written(word: str) -> None:
    with pytest.raises(InputError):
        word2vec_binary.write(io.BytesIO(), embeddings({word: (1, 2)}))


def test_rows_that_are_not_finite_are_left_out(folder: Path) -> None:
    rows = with_words("mast")
    rows["mast"] = (1.0, np.nan, 0.0, 0.0)
    loaded = read_binary(binary(rows, line_breaks=False), folder)
    assert loaded.embeddings.words == SEA_WORDS
    assert loaded.notes
