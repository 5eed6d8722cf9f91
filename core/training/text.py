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
from typing import BinaryIO

from core.errors import InputError

WORDS = r"[^\W_]+(?:['’][^\W_]+)*"  # letters and digits, also joined by apostrophes
ENDS = ".!?\n"  # each ends a sentence
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
    """

    text: str
    read: int
    size: int
    replaced: int


def pieces(source: Source) -> Iterator[Piece]:
    """Yield a text piece by piece.

    Args:
        source: the text itself; a file in memory; or the path of a text file or of a folder, whose
            files are read in the order of their names. Files may be compressed by gzip.

    Raises:
        InputError: there is no such file, it cannot be read, or it is not text.
    """
    if isinstance(source, str):
        starts = range(0, len(source), PIECE)
        ends = [min(start + PIECE, len(source)) for start in starts]
        slices = (Piece(source[a:b], b, b, 0) for a, b in zip(starts, ends, strict=True))
        yield from _between_words(slices)
        return
    read = size = replaced = 0
    for file in (source,) if isinstance(source, MemoryFile) else files_of(source):
        last = Piece("", 0, 0, 0)
        for last in _between_words(_decoded(file)):
            yield Piece(last.text, read + last.read, size + last.size, replaced + last.replaced)
        read, size, replaced = read + last.read, size + last.size, replaced + last.replaced


def files_of(path: Path) -> tuple[Path, ...]:
    """Return the file of a path, or the files of a folder; raises as `pieces` does."""
    if path.is_dir():
        files = tuple(sorted(each for each in path.rglob("*") if each.is_file()))
        if not files:
            raise InputError(f"The folder {path} has no files. Put text files into it.")
        return files
    if not path.is_file():
        raise InputError(f"There is no file {path}. Type the path of a text file or a folder.")
    return (path,)


def size_of(source: Source) -> int:
    """Return about how many bytes will be read; compressed files count as they are stored."""
    if isinstance(source, str):
        return len(source)
    if isinstance(source, MemoryFile):
        return len(source.content)
    return sum(path.stat().st_size for path in files_of(source))


def _between_words(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the same text cut at the ends of lines or words, with a final line break."""
    rest, last = "", Piece("", 0, 0, 0)
    for last in pieces:
        text = rest + last.text
        end = _last_gap(text)
        rest = text[end:]
        yield replace(last, text=text[:end])
    yield replace(last, text=rest + "\n")


def _last_gap(text: str) -> int:
    """Return where a text can be cut: after its last line break or space, if it has one.

    A text without one is kept whole until more of it is read, unless it is longer than any word.
    """
    gap = max(text.rfind("\n"), text.rfind(" ")) + 1
    return len(text) if not gap and len(text) > PIECE else gap


def _decoded(file: MemoryFile | Path) -> Iterator[Piece]:
    """Yield a file as it is read; what is not UTF-8 is replaced and counted."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    size = replaced = 0
    try:
        with _opened(file) as raw, closing(_decompressed(raw)) as plain:
            while content := plain.read(PIECE):
                if b"\0" in content:
                    raise InputError(
                        f"{file.name} is not text: it contains zero bytes. Choose a text file "
                        "saved as UTF-8."
                    )
                text = decoder.decode(content)
                size, replaced = size + len(content), replaced + text.count("\ufffd")
                yield Piece(text, raw.tell(), size, replaced)
            text = decoder.decode(b"", final=True)
            yield Piece(text, raw.tell(), size, replaced + text.count("\ufffd"))
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
