"""Small files of vectors of the kinds that people bring, and what is to be read from them."""

import bz2
import gzip
import io
import lzma
import struct
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.embeddings import Embeddings
from core.formats import read_vectors
from core.formats.vector_file import Choices, Loaded

Rows = Mapping[str, Sequence[float]]
# As in a text of two thousand years, so that nothing is in alphabetical order.
SEA: Rows = {
    "the": (0.25, 0.5, -0.125, 0.75),
    "ship": (0.5, -0.5, 0.25, 0.125),
    "sea": (0.75, 0.25, -0.5, 0.5),
    "captain": (-0.25, 0.125, 0.5, -0.75),
    "harbor": (0.125, 0.75, 0.375, 0.25),
    "wind": (-0.5, -0.25, 0.625, 0.375),
    "anchor": (0.375, -0.125, -0.25, 0.5),
}
TEXT = "{:.4f}".format


@dataclass(frozen=True)
class Case:
    """A file's content, the words to be read, and whether there is something to note."""

    content: bytes
    words: Sequence[str]
    noted: bool = False


def text(rows: Rows, between: str = " ", end: str = "\n", *, heading: bool = False) -> str:
    """Return a file of lines."""
    width = len(next(iter(rows.values())))
    lines = [f"{len(rows)}{between}{width}"] if heading else []
    lines += [between.join((word, *map(TEXT, row))) for word, row in rows.items()]
    return "".join(f"{line}{end}" for line in lines)


def binary(rows: Rows, *, line_breaks: bool) -> bytes:
    """Return a file in word2vec's binary format."""
    width = len(next(iter(rows.values())))
    end = b"\n" if line_breaks else b""
    lines = [
        word.encode() + b" " + struct.pack(f"<{width}f", *row) + end for word, row in rows.items()
    ]
    return f"{len(rows)} {width}\n".encode() + b"".join(lines)


def packed(**members: bytes) -> bytes:
    """Return a ZIP archive; `__` in a name stands for a point."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return buffer.getvalue()


def with_words(*words: str) -> dict[str, Sequence[float]]:
    """Return rows of different numbers for words, and those of `SEA`."""
    numbers = np.random.default_rng(3).integers(-64, 64, (len(words), 4)) / 64
    return dict(SEA) | dict(zip(words, numbers.tolist(), strict=True))


def encoded(words: Sequence[str], encoding: str) -> bytes:
    """Return a file with a heading, its words in an encoding."""
    rows = {word: row for word, row in with_words(*words).items() if word in words}
    return text(rows, heading=True).encode(encoding)


SEA_WORDS = tuple(SEA)
LAST = text({"anchor": SEA["anchor"]})
PLAIN = text(SEA).encode()
HEADED = text(SEA, heading=True).encode()
GREEK = ("θάλασσα", "καράβι", "άνεμος", "λιμάνι", "άγκυρα", "καπετάνιος")
FRENCH = ("forêt", "été", "château", "garçon", "élève", "hôtel", "très")
CHINESE = ("國王", "王后", "男人", "海洋")
POLISH = ("łódź", "żagiel", "morze", "wiatr", "książę", "śnieg", "źródło", "kość")

CASES = {
    "glove": Case(PLAIN, SEA_WORDS),
    "word2vec": Case(HEADED, SEA_WORDS),
    "fasttext": Case(text(SEA, end=" \n", heading=True).encode(), SEA_WORDS),
    "windows": Case(text(SEA, end="\r\n", heading=True).encode(), SEA_WORDS),
    "no last line break": Case(HEADED[:-1], SEA_WORDS),
    "empty lines": Case(b"\n\n" + HEADED.replace(b"\nsea", b"\n \n\nsea") + b"\n\n", SEA_WORDS),
    "tabs": Case(text(SEA, "\t").encode(), SEA_WORDS),
    "tabs and heading": Case(text(SEA, "\t", heading=True).encode(), SEA_WORDS),
    "a tab, then spaces": Case(PLAIN.replace(b" ", b"\t", 1), SEA_WORDS),
    "two spaces": Case(text(SEA, "  ").encode(), SEA_WORDS),
    "columns": Case(
        "".join(
            f"{word:<12}" + "".join(f"{number:>9.4f}" for number in row) + "\n"
            for word, row in SEA.items()
        ).encode(),
        SEA_WORDS,
    ),
    "a padded column of words": Case(
        "".join(f"{word:<12} {' '.join(map(TEXT, row))}\n" for word, row in SEA.items()).encode(),
        SEA_WORDS,
    ),
    "a space": Case(text(with_words(" ")).encode(), (*SEA_WORDS, " ")),
    "no word": Case(text(with_words("")).encode(), (*SEA_WORDS, "")),
    "a space first": Case(text({" ": (1, 2, 3, 4)} | dict(SEA)).encode(), (" ", *SEA_WORDS)),
    "phrases first": Case(
        text({"at sea": (1, 2, 3, 4), "1 000 m": (1, 1, 1, 1)} | dict(SEA)).encode(),
        ("at sea", "1 000 m", *SEA_WORDS),
    ),
    "phrases that end in numbers": Case(
        text(with_words("route 66", "windows 3.1", "new york", "at sea")).encode(),
        (*SEA_WORDS, "route 66", "windows 3.1", "new york", "at sea"),
    ),
    "numbers as words": Case(
        text(with_words("1984", "3.14", "nan", "-")).encode(),
        (*SEA_WORDS, "1984", "3.14", "nan", "-"),
    ),
    "tokens of pages": Case(
        text({"<html>": (1, 2, 3, 4), "<s>": (1, 1, 1, 1)} | dict(SEA)).encode(),
        ("<html>", "<s>", *SEA_WORDS),
    ),
    "a row too short first": Case(b"the 0.1 0.2\n" + PLAIN, SEA_WORDS, noted=True),
    "a row too long": Case(
        PLAIN.replace(b"wind", b"gale 0.1250 0.2500 0.3750 0.5000 0.6250\nwind"),
        SEA_WORDS,
        noted=True,
    ),
    "a lost line break": Case(
        PLAIN.replace(b"\nwind", b"wind"), (*SEA_WORDS[:4], *SEA_WORDS[6:]), noted=True
    ),
    "cut in a number": Case(HEADED[:-3], SEA_WORDS[:-1], noted=True),
    "cut between numbers": Case(HEADED[:-8], SEA_WORDS[:-1], noted=True),
    "cut in a word": Case(HEADED[: -len(LAST) + 3], SEA_WORDS[:-1], noted=True),
    "a heading with more": Case(HEADED.replace(b"7 4", b"9 4"), SEA_WORDS, noted=True),
    "a heading with less": Case(HEADED.replace(b"7 4", b"5 4"), SEA_WORDS, noted=True),
    "a heading of another width": Case(HEADED.replace(b"7 4", b"7 5"), SEA_WORDS, noted=True),
    "a heading without end": Case(
        HEADED.replace(b"7 4", b"1000000000000 4"), SEA_WORDS, noted=True
    ),
    "a word twice": Case(PLAIN + b"sea 1 2 3 4\n", SEA_WORDS, noted=True),
    "not a number": Case(PLAIN + b"mast nan nan nan nan\n", SEA_WORDS, noted=True),
    "infinite": Case(PLAIN + b"mast 1 -inf 2 3\nrope 1 1e99 2 3\n", SEA_WORDS, noted=True),
    "zeros": Case(PLAIN + b"mast 0 0 0.0 -0\n", (*SEA_WORDS, "mast"), noted=True),
    "mark": Case(b"\xef\xbb\xbf" + PLAIN, SEA_WORDS),
    "mark and heading": Case(b"\xef\xbb\xbf" + HEADED, SEA_WORDS),
    "utf-16": Case(text(SEA, heading=True).encode("utf-16"), SEA_WORDS),
    "utf-16 of the other order": Case(b"\xfe\xff" + text(SEA).encode("utf-16-be"), SEA_WORDS),
    "utf-16 without a mark": Case(text(SEA).encode("utf-16-le"), SEA_WORDS),
    "utf-32": Case(text(SEA).encode("utf-32"), SEA_WORDS),
    "composed of two": Case(encoded(("cafe\u0301", "café"), "utf-8"), ("cafe\u0301", "café")),
    "odd spaces": Case(
        encoded(("a\u00a0b", "c\u2028d", "\u3000", "e\u0085f"), "utf-8"),
        ("a\u00a0b", "c\u2028d", "\u3000", "e\u0085f"),
    ),
    "cp1253": Case(encoded(GREEK, "cp1253"), GREEK, noted=True),
    "cp1252": Case(encoded(FRENCH, "cp1252"), FRENCH, noted=True),
    "cp1250": Case(encoded(POLISH, "cp1250"), POLISH, noted=True),
    "cp852": Case(encoded(POLISH, "cp852"), POLISH, noted=True),
    "big5": Case(encoded(CHINESE, "big5"), CHINESE, noted=True),
    "binary": Case(
        binary(with_words("café", "New_York"), line_breaks=False),
        (*SEA_WORDS, "café", "New_York"),
    ),
    "binary with line breaks": Case(binary(SEA, line_breaks=True), SEA_WORDS),
    "binary of one word": Case(binary({"sea": (1, 2, 3)}, line_breaks=False), ("sea",)),
    "gzip": Case(gzip.compress(PLAIN), SEA_WORDS),
    "gzip in two parts": Case(gzip.compress(PLAIN[:50]) + gzip.compress(PLAIN[50:]), SEA_WORDS),
    "gzip of binary": Case(gzip.compress(binary(SEA, line_breaks=False)), SEA_WORDS),
    "bzip2": Case(bz2.compress(PLAIN), SEA_WORDS),
    "xz": Case(lzma.compress(HEADED), SEA_WORDS),
    "zip": Case(packed(vectors__txt=PLAIN), SEA_WORDS, noted=True),
    "zip with a description": Case(
        packed(README=b"Vectors of ships.\n", vectors__vec=HEADED, __MACOSX=b"\0\1"),
        SEA_WORDS,
        noted=True,
    ),
    "gzip in zip": Case(packed(vectors__txt__gz=gzip.compress(PLAIN)), SEA_WORDS, noted=True),
}


def read_bytes(content: bytes, folder: Path, choices: Choices = Choices()) -> Loaded:  # noqa: B008
    """Return what is read from a file whose name says nothing."""
    path = folder / "file"
    path.write_bytes(content)
    return read_vectors(path, choices)


def embeddings(rows: Rows = SEA) -> Embeddings:
    """Return rows as embeddings."""
    return Embeddings("sea", tuple(rows), np.array(list(rows.values()), dtype=np.float32))
