"""Texts come whole, whatever they are."""

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InputError
from core.training import text
from core.training.text import Splitting, pieces, size_of


def words_of(source: str | Path) -> list[str]:
    splitting = Splitting()
    return [word for piece in pieces(source) for word in splitting.words(piece.text)]


def test_words_and_ends_of_sentences() -> None:
    assert Splitting().words("The Lion rules! Does he?") == [
        "the",
        "lion",
        "rules",
        "!",
        "does",
        "he",
        "?",
    ]


def test_case_can_be_kept() -> None:
    assert Splitting(lower_case=False).words("The King") == ["The", "King"]


def test_words_of_many_scripts() -> None:
    assert Splitting().words("naïve Ärger 猫 кот 2026 _") == ["naïve", "ärger", "猫", "кот", "2026"]


def test_what_is_too_long_is_no_word() -> None:
    assert Splitting().words("a " + "x" * 101 + " b") == ["a", "b"]


@pytest.mark.parametrize(
    ("pattern", "said"), [("(", "regular"), ("(a)b", "groups"), ("a*", "empty text")]
)
def test_patterns_that_cannot_be_used(pattern: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        Splitting(pattern=pattern)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)))
def test_a_text_in_pieces_has_the_same_words(
    tmp_path_factory: pytest.TempPathFactory, parts: list[str]
) -> None:
    whole = "\n".join(part + " king" for part in parts)
    path = tmp_path_factory.getbasetemp() / "text.txt"
    path.write_text(whole, encoding="utf-8", newline="")
    before = text.PIECE
    text.PIECE = 64  # small, so that there are many
    try:
        assert words_of(path) == words_of(whole)
    finally:
        text.PIECE = before
    assert words_of(whole) == [*Splitting().words(whole), "\n"]


def test_packed_files_and_folders(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("the king")
    with gzip.open(tmp_path / "b.txt.gz", "wt") as file:
        file.write("the queen")
    assert words_of(tmp_path) == ["the", "king", "\n", "the", "queen", "\n"]
    assert size_of(tmp_path) == sum(path.stat().st_size for path in tmp_path.iterdir())


def test_bytes_that_are_no_text_are_replaced_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "broken.txt"
    path.write_bytes(b"the k\xffing and the qu\xe2\x82")
    *_, last = pieces(path)
    assert last.replaced == 2
    assert last.read == path.stat().st_size


def test_a_line_of_many_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("king queen " * 400_000)
    assert sum(word == "king" for word in words_of(path)) == 400_000
    path.write_text("x" * 5_000_000)
    assert max(len(piece.text) for piece in pieces(path)) <= 2 * text.PIECE + 1
    assert set(words_of(path)) <= {"\n"}


def test_a_binary_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG\0\0\0")
    with pytest.raises(InputError, match="picture.png is not text"):
        list(pieces(path))


def test_damaged_packing_is_told(tmp_path: Path) -> None:
    path = tmp_path / "text.gz"
    path.write_bytes(gzip.compress(b"king " * 10_000)[:-20])
    with pytest.raises(InputError, match="cannot be read"):
        list(pieces(path))


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no file"):
        list(pieces(tmp_path / "none.txt"))
    with pytest.raises(InputError, match="has no files"):
        list(pieces(tmp_path))
