"""A text read piece by piece: a file may be larger than the memory."""

import codecs
import gzip
import io
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final
from unicodedata import category

from core.enumeration import listed
from core.errors import InputError
from core.text_encoding import encoding_of, mark_of, named, utf_16_without_mark
from core.training.lines import WRAPPED, line_ends
from core.word_forms import composed

# Marks that belong to the letter before them, such as the vowel signs of Hindi and Thai.
MARKS: Final = "".join(
    chr(code) for code in range(0x300, 0x10000) if category(chr(code)).startswith("M")
)
# Letters and digits with their marks, also joined by apostrophes or by signs without a width.
WORDS = rf"[^\W_]+(?:[{MARKS}]+[^\W_]*|['’\u200c\u200d][^\W_]+)*"
ENDS = ".!?\n।॥。؟۔！？｡"  # each ends a sentence
LINE_END = re.compile(r"(?<!\n)\r?\n(?![^\S\n]*\n)")  # of a line that another one follows
CONTEXT: Final = 5_000  # bytes before the first that is not UTF-8, to tell the encoding from
START: Final = 4_096  # bytes of a file in a folder, to tell whether it is text
OTHER_KINDS: Final = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"PK\x03\x04", b"%PDF")
MAX_NAMED: Final = 3  # files in a note
PIECE = 1 << 18  # bytes or characters read at a time
MAX_WORD_LENGTH = 100  # characters; longer runs of letters are skipped


@dataclass(frozen=True, eq=False)
class MemoryFile:
    """A file that is held in memory, such as an upload.

    Args:
        name: what people call it.
        content: its bytes; never copied.
    """

    name: str
    content: bytes


Source = str | MemoryFile | Path


@dataclass(frozen=True)
class Splitting:
    """How a text is split into words.

    Args:
        lower_case: whether King and king are one word.
        pattern: a regular expression without groups that matches one word.

    Raises:
        InputError: the pattern is not a regular expression, has groups, or matches the empty text.

    >>> [piece for piece in Splitting().words("The lion is a King. Long live he!")][:5]
    ['the', 'lion', 'is', 'a', 'king']
    """

    lower_case: bool = True
    pattern: str = WORDS

    def __post_init__(self) -> None:
        try:
            compiled = re.compile(self.pattern)
        except (re.error, RecursionError, OverflowError) as error:
            raise InputError(
                f"The word pattern '{self.pattern[:60]}' is not a regular expression: {error}."
            ) from error
        if compiled.groups:
            raise InputError(
                f"The word pattern '{self.pattern[:60]}' has capturing groups. Write (?:…) "
                "instead of (…)."
            )
        if compiled.match(""):
            raise InputError(
                f"The word pattern '{self.pattern[:60]}' also matches the empty text. Require at "
                "least one letter, as in \\w+."
            )

    def words(self, text: str) -> list[str]:
        """Return the words of a text and the character of `ENDS` that ends each sentence."""
        text = composed(text)
        lowered = text.lower() if self.lower_case else text
        words = re.findall(f"{self.pattern}|[{re.escape(ENDS)}]", lowered)
        if max(map(len, words), default=0) > MAX_WORD_LENGTH:
            words = [word for word in words if len(word) <= MAX_WORD_LENGTH]
        return words


@dataclass(frozen=True)
class Piece:
    """A piece of a text, cut between two words.

    Args:
        text: its characters.
        read: bytes read so far, compressed ones as they are stored.
        size: the same after decompression.
        replaced: characters so far that were not UTF-8 and became U+FFFD.
        notes: how the text so far was read, where that is not as usual.
    """

    text: str
    read: int
    size: int
    replaced: int
    notes: tuple[str, ...] = ()


def pieces(source: Source) -> Iterator[Piece]:
    """Yield a text piece by piece.

    Args:
        source: the text itself; a file in memory; or the path of a text file or of a folder, whose
            files are read in the order of their names, hidden ones and those that are no text
            apart. Files may be compressed by gzip. In a text that is wrapped at a width, spaces
            replace the line ends within paragraphs.

    Raises:
        InputError: there is no such file, it cannot be read, or it is not text.
    """
    if isinstance(source, str):
        starts = range(0, len(source), PIECE)
        ends = [min(start + PIECE, len(source)) for start in starts]
        slices = (Piece(source[a:b], b, b, 0) for a, b in zip(starts, ends, strict=True))
        for piece in _by_sentence(_between_words(slices)):
            yield replace(piece, notes=tuple(f"The text: {note}." for note in piece.notes))
        return
    read = size = replaced = 0
    names_of: dict[str, dict[str, None]] = {}
    if isinstance(source, Path):
        for path in files_of(source).skipped:
            names_of.setdefault("hidden or no text, and left out", {})[path.name] = None
    for file in (source,) if isinstance(source, MemoryFile) else files_of(source).texts:
        last = Piece("", 0, 0, 0)
        for last in _by_sentence(_between_words(_decoded(file))):
            for note in last.notes:
                names_of.setdefault(note, {})[file.name] = None
            notes = tuple(
                f"{listed(tuple(names), MAX_NAMED)}: {note}." for note, names in names_of.items()
            )
            yield Piece(
                last.text, read + last.read, size + last.size, replaced + last.replaced, notes
            )
        read, size, replaced = read + last.read, size + last.size, replaced + last.replaced


@dataclass(frozen=True)
class Files:
    """The files of a path.

    Args:
        texts: those that are read.
        skipped: the hidden ones of a folder, and those that are no text, such as pictures.
    """

    texts: tuple[Path, ...]
    skipped: tuple[Path, ...] = ()


def files_of(path: Path) -> Files:
    """Return the file of a path, or the files of a folder; raises as `pieces` does."""
    if path.is_dir():
        files = sorted(each for each in path.rglob("*") if each.is_file())
        texts = tuple(each for each in files if _is_text(each, path))
        if not files:
            raise InputError(f"The folder {path} has no files. Put text files into it.")
        skipped = tuple(each for each in files if each not in set(texts))
        if not texts:
            names = listed([each.name for each in skipped], MAX_NAMED)
            raise InputError(f"The folder {path} has no text files, only {names}.")
        return Files(texts, skipped)
    if not path.is_file():
        raise InputError(f"There is no file {path}. Type the path of a text file or a folder.")
    return Files((path,))


def _is_text(path: Path, folder: Path) -> bool:
    """Return whether a file in a folder is text, as far as its first bytes tell, and not hidden."""
    if any(part.startswith(".") for part in path.relative_to(folder).parts):
        return False
    with path.open("rb") as file:
        start = file.read(START)
    if start.startswith((b"\x1f\x8b", *OTHER_KINDS)):
        return start.startswith(b"\x1f\x8b")
    return b"\0" not in start or bool(mark_of(start) or utf_16_without_mark(start))


def size_of(source: Source) -> int:
    """Return about how many bytes will be read; compressed files count as they are stored."""
    if isinstance(source, str):
        return len(source)
    if isinstance(source, MemoryFile):
        return len(source.content)
    return sum(path.stat().st_size for path in files_of(source).texts)


def _between_words(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the same text cut at the ends of lines or words, with a final line break."""
    rest, last = "", Piece("", 0, 0, 0)
    for last in pieces:
        text = rest + last.text
        end = _last_gap(text)
        rest = text[end:]
        yield replace(last, text=text[:end])
    yield replace(last, text=rest + "\n")


def _by_sentence(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the same text, with spaces for line ends within a paragraph if it is wrapped."""
    rest, notes = "", tuple[str, ...]()
    ends: str | None = None
    last: Piece | None = None
    is_first = True
    for last in pieces:
        if is_first and last.text.strip():
            is_first, ends = False, line_ends(last.text)
        notes = last.notes if ends is None else (*last.notes, ends)
        text = last.text
        if ends == WRAPPED:  # the next piece tells whether its last line end ends a paragraph
            text = rest + text
            whole = text.rstrip()
            rest = "\n" * min(text.count("\n", len(whole)), 2) or text[len(whole) :][:1]
            text = LINE_END.sub(" ", whole)
        yield replace(last, text=text, notes=notes)
    if rest and last is not None:
        yield replace(last, text="\n", notes=notes)


def _last_gap(text: str) -> int:
    """Return where a text can be cut: after its last line break or space, if it has one.

    A text without one is kept whole until more of it is read, unless it is longer than any word.
    """
    gap = max(text.rfind("\n"), text.rfind(" ")) + 1
    return len(text) if not gap and len(text) > PIECE else gap


def _decoded(file: MemoryFile | Path) -> Iterator[Piece]:
    """Yield a file as it is read; in its encoding, or with what is not UTF-8 replaced and counted.

    Where the first byte stands that is not UTF-8, an older encoding is guessed, if all before was
    ASCII.
    """
    encoding: str | None = None
    decoder: codecs.IncrementalDecoder | None = None
    is_ascii, recent = True, b""
    size = replaced = 0
    try:
        with _opened(file) as raw, closing(_decompressed(raw)) as plain:
            is_last = False
            while not is_last:
                content = plain.read(PIECE)
                is_last = not content
                if decoder is None:
                    encoding = mark_of(content)
                    if encoding is None and b"\0" in content:
                        encoding = utf_16_without_mark(content)
                    decoder = codecs.getincrementaldecoder(encoding or "utf-8")("strict")
                if encoding in (None, "utf-8-sig") and b"\0" in content:
                    raise InputError(
                        f"{file.name} is not text: it contains zero bytes. Choose a text file "
                        "saved as UTF-8."
                    )
                held = decoder.getstate()[0]
                try:
                    text = decoder.decode(content, final=is_last)
                except UnicodeDecodeError as error:
                    data = held + content
                    if encoding is None and is_ascii and data[: error.start].isascii():
                        near = (recent + data)[max(len(recent) + error.start - CONTEXT, 0) :]
                        encoding = encoding_of(near)
                    decoder = codecs.getincrementaldecoder(encoding or "utf-8")("replace")
                    text = decoder.decode(data, final=is_last)
                is_ascii, recent = is_ascii and text.isascii(), content or recent
                size, replaced = size + len(content), replaced + text.count("\ufffd")
                is_usual = encoding in (None, "utf-8-sig")
                notes = () if is_usual else (f"not in UTF-8, read as {named(encoding or '')}",)
                yield Piece(text, raw.tell(), size, replaced, notes)
    except (OSError, EOFError, zlib.error) as error:
        shown = file.name if isinstance(file, MemoryFile) else file
        raise InputError(f"{shown} cannot be read: {error}.") from error


def _opened(file: MemoryFile | Path) -> BinaryIO:
    return io.BytesIO(file.content) if isinstance(file, MemoryFile) else file.open("rb")


def _decompressed(raw: BinaryIO) -> gzip.GzipFile | BinaryIO:
    """Return the content of a file, decompressed if gzip compressed it."""
    is_gzip = raw.read(2) == b"\x1f\x8b"
    raw.seek(0)
    return gzip.GzipFile(fileobj=raw) if is_gzip else raw
