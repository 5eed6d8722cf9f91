"""Sentences of a text, read piece by piece: a file may be larger than the memory."""

import codecs
import gzip
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from core.errors import InputError

WORDS = r"[^\W_]+(?:['’][^\W_]+)*"  # letters and digits, and what an apostrophe joins
ENDS = ".!?\n"  # each ends a sentence
PIECE = 1 << 18  # characters read at a time
LONGEST = 100  # characters of a word; what is longer is no word


@dataclass(frozen=True)
class Splitting:
    """How a text becomes words.

    Args:
        lower_case: whether King and king are one word.
        pattern: what a word looks like, as a regular expression without groups.

    Raises:
        InputError: the pattern is no regular expression, has groups, or matches nothing at all.

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
                f"The word pattern '{self.pattern[:60]}' is no regular expression: {error}."
            ) from error
        if compiled.groups:
            raise InputError(
                f"The word pattern '{self.pattern[:60]}' has groups that are kept. Write (?:…) "
                "instead of (…)."
            )
        if compiled.match(""):
            raise InputError(
                f"The word pattern '{self.pattern[:60]}' also matches nothing at all. Ask for one "
                "letter at least, such as \\w+."
            )

    def words(self, text: str) -> list[str]:
        """Return the words of a text and, where a sentence ends, what ends it (one of `ENDS`)."""
        lowered = text.lower() if self.lower_case else text
        found = re.findall(f"{self.pattern}|[{re.escape(ENDS)}]", lowered)
        if max(map(len, found), default=0) > LONGEST:
            found = [word for word in found if len(word) <= LONGEST]
        return found


@dataclass(frozen=True)
class Piece:
    """A piece of a text, which ends between two words.

    Args:
        text: its characters.
        read: bytes read so far.
        replaced: characters so far that were no UTF-8 and became U+FFFD.
    """

    text: str
    read: int
    replaced: int


def pieces(source: str | Path) -> Iterator[Piece]:
    """Yield a text piece by piece.

    Args:
        source: the text itself; or the path of a text file, of one that gzip packed (`.gz`,
            `.dz`), or of a folder, whose files are read in the order of their names.

    Raises:
        InputError: there is no such file, it cannot be read, or it is no text.
    """
    if isinstance(source, str):
        starts = range(0, len(source), PIECE)
        slices = (Piece(source[at : at + PIECE], min(len(source), at + PIECE), 0) for at in starts)
        yield from _between_words(slices)
        return
    read = replaced = 0
    for path in files_of(source):
        last = Piece("", 0, 0)
        for last in _between_words(_decoded(path)):
            yield Piece(last.text, read + last.read, replaced + last.replaced)
        read, replaced = read + last.read, replaced + last.replaced


def files_of(path: Path) -> tuple[Path, ...]:
    """Return the files that a path stands for; raises as `pieces` does."""
    if path.is_dir():
        found = tuple(sorted(each for each in path.rglob("*") if each.is_file()))
        if not found:
            raise InputError(f"The folder {path} has no files. Put text files into it.")
        return found
    if not path.is_file():
        raise InputError(f"There is no file {path}. Type the path of a text file or a folder.")
    return (path,)


def size_of(source: str | Path) -> int:
    """Return about how many bytes will be read; packed files count as they are on the disk."""
    if isinstance(source, str):
        return len(source)
    return sum(path.stat().st_size for path in files_of(source))


def _between_words(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the same text cut where a line or a word ends, and a line break as the last of it."""
    left, last = "", Piece("", 0, 0)
    for last in pieces:
        text = left + last.text
        end = _last_gap(text)
        left = text[end:]
        yield Piece(text[:end], last.read, last.replaced)
    yield Piece(left + "\n", last.read, last.replaced)


def _last_gap(text: str) -> int:
    """Return where a text can be cut: after its last line break or space, if it has one.

    What has none waits for more of the text, unless it is longer than any word.
    """
    gap = max(text.rfind("\n"), text.rfind(" ")) + 1
    return len(text) if not gap and len(text) > PIECE else gap


def _decoded(path: Path) -> Iterator[Piece]:
    """Yield a file as it comes; what is no UTF-8 is replaced and counted."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    replaced = 0
    try:
        with path.open("rb") as raw, closing(_unpacked(raw)) as file:
            while content := file.read(PIECE):
                if b"\0" in content:
                    raise InputError(
                        f"{path.name} is no text: it has bytes that are zero. Take a text file, "
                        "saved as UTF-8."
                    )
                text = decoder.decode(content)
                replaced += text.count("\ufffd")
                yield Piece(text, raw.tell(), replaced)
            text = decoder.decode(b"", final=True)
            yield Piece(text, raw.tell(), replaced + text.count("\ufffd"))
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path} cannot be read: {error}.") from error


def _unpacked(raw: BinaryIO) -> gzip.GzipFile | BinaryIO:
    """Return what is in a file, without the packing if gzip packed it."""
    packed = raw.read(2) == b"\x1f\x8b"
    raw.seek(0)
    return gzip.GzipFile(fileobj=raw) if packed else raw
