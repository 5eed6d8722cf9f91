"""Text is read as Python reads numbers, line by line, without losing or merging words."""

import contextlib
import io
import struct
from pathlib import Path

import numpy as np
import pytest
from gensim.models import KeyedVectors
from hypothesis import example, given
from hypothesis import strategies as st

from core.embeddings import Embeddings
from core.errors import FormatError, InputError
from core.formats import word2vec_text
from core.formats.vector_file import Choices, Loaded, VectorFile
from core.formats.word2vec_text import vectors_as_text
from tests.core.formats.cases import HEADED, PLAIN, SEA, SEA_WORDS, embeddings, read_bytes, text

# Words that gensim can read too: it splits lines at spaces, and removes blanks at their ends.
words_of_text = st.text(
    st.characters(exclude_characters=" \n", exclude_categories=["Cs"]), max_size=8
).filter(lambda word: not word.startswith("\ufeff"))
float32 = st.floats(width=32, allow_nan=False, allow_infinity=False)


@st.composite
def tables(draw: st.DrawFn) -> Embeddings:
    """Return embeddings of any words and any numbers."""
    words = draw(st.lists(words_of_text, min_size=1, max_size=6, unique=True))
    width = draw(st.integers(2, 4))
    numbers = st.lists(float32, min_size=width, max_size=width)
    rows = draw(st.lists(numbers, min_size=len(words), max_size=len(words)))
    return Embeddings("any", tuple(words), np.array(rows, dtype=np.float32))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("text")


def read_text(content: bytes, folder: Path, limit: int | None = None) -> Loaded:
    path = folder / "any.vec"
    path.write_bytes(content)
    return word2vec_text.read(VectorFile(path, path.name), Choices(limit=limit))


@given(tables())
def test_what_is_written_is_read_here_and_by_gensim(folder: Path, table: Embeddings) -> None:
    content = vectors_as_text(table)
    read = read_text(content, folder).embeddings
    assert read.words == table.words
    assert read.vectors.tobytes() == table.vectors.tobytes()
    theirs = KeyedVectors.load_word2vec_format(folder / "any.vec")
    # gensim takes the blanks at the ends of a line away, and with them a word of blanks.
    if all(word == word.lstrip("\t\r\x0b\x0c") for word in table.words):
        assert tuple(theirs.index_to_key) == table.words
        assert theirs.vectors.tobytes() == table.vectors.tobytes()


@given(
    st.lists(
        st.one_of(
            st.floats(-1e40, 1e40).map(repr),
            st.decimals(allow_nan=False, allow_infinity=False).map(str),
            st.from_regex(r"[+-]?[0-9]{0,30}\.?[0-9]{1,30}(e[+-]?[0-9]{1,3})?", fullmatch=True),
            st.integers(-(10**30), 10**30).map(str),
        ),
        min_size=2,
        max_size=2,
    )
)
@example(["1.000000059604644775390625", "1.00000005960464477539062500000001"])  # halfway, and more
@example(["16777217", "16777219"])
@example(["1e-45", "7.0064923216240853546186479164495806564013097093825788587853e-46"])
@example(["3.4028235677973366e38", "3.4028235677973362e38"])
@example(["-0.0", "+.5"])
@example(["1_000", "5."])
def test_numbers_are_those_of_python(folder: Path, numbers: list[str]) -> None:
    with np.errstate(over="ignore"):
        expected = np.array([float(number) for number in numbers]).astype(np.float32)
    content = f"word {' '.join(numbers)}\nother 1 2\nthird 3 4\n".encode()
    read = read_text(content, folder).embeddings
    assert ("word" in read) == bool(np.isfinite(expected).all())
    if "word" in read:
        assert read.vector("word").tobytes() == expected.tobytes()


@given(st.integers(0, 2**32 - 1))
def test_every_float32_comes_back(folder: Path, bits: int) -> None:
    (number,) = struct.unpack("<f", struct.pack("<I", bits))
    if not np.isfinite(number):
        return
    shown = (f"{number:.9g}", f"{number:.17g}", repr(number), f"{number:.40f}")
    for text_of_number in shown[:3] if abs(number) < 1e-20 else shown:
        content = f"a {text_of_number} 1\nb 1 1\n".encode()
        read = read_text(content, folder).embeddings.vector("a")[0]
        assert struct.pack("<f", read) == struct.pack("<f", number)


@given(st.binary(max_size=200))
@example(b"1 2\n \n")
@example(b"\xff\xfe\x00")
@example(b"a 1 2\nb 1 2\n" + b"c\n" * 3)
def test_any_bytes_give_vectors_or_a_sentence(folder: Path, content: bytes) -> None:
    path = folder / "any"
    path.write_bytes(content)
    file = VectorFile(path, path.name)
    assert word2vec_text.sniff(file) in (True, False)
    with contextlib.suppress(FormatError):
        assert len(word2vec_text.read(file, Choices()).embeddings) > 0


def test_chunks_make_no_difference(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = text(SEA | {f"word {n}": (n, 1, 2, 3) for n in range(200)}, heading=True).encode()
    whole = read_text(content, folder)
    for size in (1, 7, 100, 1_000):
        monkeypatch.setattr(word2vec_text, "CHUNK_BYTES", size)
        monkeypatch.setattr(word2vec_text, "SAMPLE_BYTES", 1_000)
        parts = read_text(content, folder)
        assert parts.embeddings.words == whole.embeddings.words
        assert parts.embeddings.vectors.tobytes() == whole.embeddings.vectors.tobytes()
        assert parts.notes == whole.notes


@pytest.mark.parametrize("content", [PLAIN, HEADED])
def test_a_limit(content: bytes, folder: Path) -> None:
    loaded = read_text(content, folder, limit=3)
    assert loaded.embeddings.words == SEA_WORDS[:3]
    assert loaded.notes
    assert not read_text(content, folder, limit=100).notes


def test_lines_are_named(tmp_path: Path) -> None:
    content = HEADED.replace(b"\nsea", b"\n\n\nsea").replace(b"wind -0.5000 ", b"wind ")
    assert any("line 9:" in note for note in read_bytes(content, tmp_path).notes)


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    whole = text({f"word{n}": (n, 1) for n in range(100)}).encode()
    left_out = (b"word1 1 2\n", b"nan%d nan 1\n", b"line%d 1\n")
    for number, line in enumerate(left_out):
        content = (
            whole + b"".join(line % n if b"%" in line else line for n in range(9)) + b"x 1 2\n"
        )
        notes = read_bytes(content, tmp_path).notes
        assert sum("9 lines" in note and "6 more" in note for note in notes) == 1, number


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"king 1 2\nqueen 1\n", "line 2"),
        (b"2 2\nking 1 2\nqueen 1\n", "line 3"),
        (b"king 1 2\nqueen 1 x\n", "line 2"),
        (PLAIN + b"a 1 2 3\nb 1 2 3\n", "line 8"),
        (PLAIN.replace(b"ship", b"ship x") + b"a 1 x y z\n" * 4, "line 8"),
        (b"king 1 2\nqueen nan 1\n", ""),
        (b"king nan 2\nqueen nan 1\n", ""),
        (b"a 1 2\n" * 5, ""),
    ],
)
def test_files_with_much_that_is_broken_are_refused(
    content: bytes, place: str, tmp_path: Path
) -> None:
    with pytest.raises(FormatError) as caught:
        read_bytes(content, tmp_path)
    assert caught.value.place == place


def test_a_heading_reserves_no_memory(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []

    def counted(shape: tuple[int, ...], dtype: type) -> np.ndarray:
        sizes.append(int(np.prod(shape)) * np.dtype(dtype).itemsize)
        return np.zeros(shape, dtype)

    monkeypatch.setattr(np, "empty", counted)
    for content in (
        HEADED.replace(b"7 4", b"1000000000000 4"),
        HEADED.replace(b"7 4", b"7 1000000000000"),
        b"1000000000000 1000000000000\n" + b"\n" * 1_000 + PLAIN,
        b"".join(b"w%d 1 2\n" % n for n in range(100)) + b"x\n" * 9,
    ):
        assert len(read_text(content, folder).embeddings) >= 7
        assert max(sizes) < 100_000


def test_a_line_without_end_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word2vec_text, "MAX_LINE_BYTES", 10_000)
    monkeypatch.setattr(word2vec_text, "CHUNK_BYTES", 1_000)
    monkeypatch.setattr(word2vec_text, "SAMPLE_BYTES", 1_000)
    with pytest.raises(FormatError, match="line 8"):
        read_text(PLAIN + b"a" * 50_000, folder)


@pytest.mark.parametrize(
    ("words", "order"),
    [
        (sorted(f"{first}{last}" for first in "bcdfg" for last in "aeiou"), "first"),
        (["Ant", "bee", "Cat", "dog", "Elk", "fox", "Gnu", "hen", "Ibis"], "first"),
        (["the", "of", "and", "a", "in", "to", "was", "is", "for"], "most frequent"),
        (["a", "b", "c"], "most frequent"),
    ],
)
def test_alphabetical_order_is_no_order_of_frequency(
    words: list[str], order: str, folder: Path
) -> None:
    rows = {word: (1.0, float(number)) for number, word in enumerate(words)}
    loaded = read_text(text(rows).encode(), folder)
    assert loaded.embeddings.order == order
    assert bool(loaded.notes) == (order == "first")


def test_a_word_with_a_line_break_cannot_be_written() -> None:
    with pytest.raises(InputError, match="line break"):
        vectors_as_text(embeddings({"a\nb": (1, 2)}))
    io.BytesIO(vectors_as_text(embeddings({"a\rb c": (1, 2)})))


def test_words_with_spaces_come_back(folder: Path) -> None:
    rows = {"new york": (1, 2), " ": (3, 4), "": (5, 6), " a": (7, 8), "b ": (9, 1), "1 2": (3, 4)}
    read = read_text(vectors_as_text(embeddings(rows)), folder).embeddings
    assert read.words == tuple(rows)
