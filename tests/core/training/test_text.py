"""Texts come whole, whatever they are."""

import gzip
from pathlib import Path
from textwrap import fill

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InputError
from core.training import text
from core.training.lines import WRAPPED
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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("लड़की स्कूल में", ["लड़की", "स्कूल", "में"]),
        ("ปู่ ย่า น้ำ", ["ปู่", "ย่า", "น้ำ"]),
        ("tie\u0302\u0301ng Vie\u0323\u0302t", ["ti\u1ebfng", "vi\u1ec7t"]),  # composed
        ("سَلَام می\u200cروم", ["سَلَام", "می\u200cروم"]),
        ("שָׁלוֹם עוֹלָם", ["שָׁלוֹם", "עוֹלָם"]),
        ("தமிழ் மொழி", ["தமிழ்", "மொழி"]),
        ("o'clock x''y ’tis", ["o'clock", "x", "y", "tis"]),
    ],
)
def test_words_keep_their_marks(text: str, words: list[str]) -> None:
    assert Splitting().words(text) == words


@pytest.mark.parametrize("end", "।॥。؟۔！？")
def test_each_script_ends_its_sentences(end: str) -> None:
    assert Splitting().words(f"अब{end}तब") == ["अब", end, "तब"]


FRENCH = "L’été, la reine rêvait déjà; où était le garçon? "


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp1252", "cp1252"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16-LE"),
        ("utf-16-be", "UTF-16-BE"),
    ],
)
@pytest.mark.parametrize("before", ["", "Only letters of ASCII here. " * 40])
def test_a_text_in_another_encoding(tmp_path: Path, encoding: str, name: str, before: str) -> None:
    whole = before + FRENCH * 20
    path = tmp_path / "lire.txt"
    path.write_bytes(whole.encode(encoding))
    for piece in (64, text.PIECE):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(text, "PIECE", piece)
            assert words_of(path) == words_of(whole)
            *_, last = pieces(path)
    assert last.replaced == 0
    (note,) = last.notes
    assert note.startswith("lire.txt: ")
    assert name in note


def test_a_last_byte_of_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "cafe.txt"
    path.write_bytes(b"the old caf\xe9")
    assert words_of(path) == ["the", "old", "café", "\n"]


def test_utf_8_with_a_broken_byte_stays_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "broken.txt"
    path.write_bytes("déjà vu ".encode() + b"\xff king")
    assert words_of(path) == ["déjà", "vu", "king", "\n"]
    *_, last = pieces(path)
    assert (last.replaced, last.notes) == (1, ())


PARAGRAPH = (
    "The miller rose early. He went down to the river, where the wheel was turning slowly, and "
    "looked at the water for a while. It was cold! His daughter called him from the house. "
)


@pytest.mark.parametrize("width", [30, 50, 72, 100])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_in_a_wrapped_text_line_ends_end_no_sentences(width: int, line_end: str) -> None:
    paragraphs = [fill(PARAGRAPH * 4, width), "Chapter two", fill(PARAGRAPH * 3, width)]
    wrapped = "\n\n".join(paragraphs).replace("\n", line_end)
    plain = f"{PARAGRAPH * 4}\n\nChapter two\n\n{PARAGRAPH * 3}"
    expected = [word for word in words_of(plain) if word != "\n"]
    for size in (16, text.PIECE):  # cut anywhere
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(text, "PIECE", size)
            patch.setattr(text, "line_ends", lambda _: WRAPPED)
            words = words_of(wrapped)
        assert [word for word in words if word != "\n"] == expected
        at = words.index("two")
        assert words[at - 2] == words[at + 1] == "\n"
        assert "\n" not in words[: at - 3]
    *_, last = pieces(wrapped)
    assert last.notes == (f"The text: {WRAPPED}.",)


def test_hidden_files_and_pictures_are_left_out_and_named(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("the king")
    (tmp_path / "two.txt").write_bytes("the queen".encode("utf-16"))
    (tmp_path / ".cache").mkdir()
    (tmp_path / ".cache" / "three.txt").write_text("hidden")
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4 words")
    assert words_of(tmp_path) == ["the", "king", "\n", "the", "queen", "\n"]
    *_, last = pieces(tmp_path)
    assert last.notes[0].startswith("three.txt, photo.png, scan.pdf: ")
    assert last.notes[1].startswith("two.txt: ")
    assert size_of(tmp_path) == sum(
        (tmp_path / f"{name}.txt").stat().st_size for name in ("one", "two")
    )


def test_a_folder_of_pictures_has_no_text(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    with pytest.raises(InputError, match=r"photo\.jpg"):
        list(pieces(tmp_path))
