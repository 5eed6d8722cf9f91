"""Text files with one record per line: their lines and their parse errors.

Empty lines and lines that begin with # are skipped. A line that cannot be read is reported with its
number, and the rest of the file is used.
"""

from collections.abc import Sequence, Sized
from dataclasses import dataclass

from core.enumeration import listed
from core.errors import InputError
from core.text_encoding import encoding_of, is_web_page, mark_of, named, utf_16_without_mark

MAX_BYTES = 10_000_000
MAX_LINES = 200_000
CONTEXT = 5_000  # bytes before the first that is not UTF-8, from which the encoding is told


@dataclass(frozen=True, slots=True)
class ParseError:
    """A line that cannot be used.

    Args:
        line: the line number, from 1.
        reason: why the line cannot be used.
    """

    line: int
    reason: str


@dataclass(frozen=True)
class TextLines:
    """The lines of a file that are neither empty nor comments.

    Args:
        lines: their numbers from 1, and their texts without spaces around them.
        errors: an error for each line that is not UTF-8, if the file as a whole is.
        note: a sentence that names the encoding, if it is another one.
    """

    lines: tuple[tuple[int, str], ...]
    errors: tuple[ParseError, ...] = ()
    note: str = ""


def text_lines(data: bytes) -> TextLines:
    """Return the lines of a file.

    Args:
        data: the file; UTF-8, UTF-16, or an older encoding of one language, such as Windows-1252.

    Raises:
        InputError: the file is empty, too large, not a text file, or a web page.
    """
    if len(data) > MAX_BYTES:
        raise InputError(
            f"The file has {len(data):,} bytes; at most {MAX_BYTES:,} can be read. Split it."
        )
    if is_web_page(data):
        raise InputError(
            "The file is a web page or a message from a server, not a list of words. Download the "
            "file itself again, and look into it before you choose it here."
        )
    encoding = mark_of(data) or _encoding(data)
    if encoding is not None:
        data = data.decode(encoding, errors="replace").encode("utf-8", "replace")
    if b"\0" in data:
        raise InputError("The file is not a text file. Save it as plain text in UTF-8.")
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if (count := lines.count(b"\n") + 1) > MAX_LINES + 1:
        raise InputError(
            f"The file has {count:,} lines; at most {MAX_LINES:,} can be read. Split it."
        )
    if not lines.strip():
        raise InputError("The file is empty.")
    read: list[tuple[int, str]] = []
    errors: list[ParseError] = []
    for line, raw in enumerate(lines.split(b"\n"), 1):
        try:
            text = raw.decode("utf-8").strip()
        except UnicodeDecodeError:
            errors.append(ParseError(line, "not in UTF-8: save the file in that encoding"))
            continue
        if text and not text.startswith("#"):
            read.append((line, text))
    is_utf_8 = encoding in (None, "utf-8-sig")
    note = "" if is_utf_8 else f"The file is not in UTF-8; it is read as {named(encoding or '')}."
    return TextLines(tuple(read), tuple(errors), note)


def _encoding(data: bytes) -> str | None:
    """Return the encoding of a file without a byte order mark, None for UTF-8."""
    if b"\0" in data:
        return utf_16_without_mark(data)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        is_ascii_before = data[: error.start].isascii()  # else it is UTF-8 with a broken byte
        start = max(error.start - CONTEXT, 0)
        return encoding_of(data[start:]) if is_ascii_before else None
    return None


def counted(parts: Sized, name: str = "word") -> str:
    """Return the number of parts with its noun, such as `1 word` or `3 words`."""
    return f"{len(parts):,} {name}" if len(parts) == 1 else f"{len(parts):,} {name}s"


def by_line(errors: list[ParseError]) -> tuple[ParseError, ...]:
    """Return errors sorted by line number."""
    return tuple(sorted(errors, key=lambda error: error.line))


def nothing_read(what: str, expected: str, errors: Sequence[ParseError]) -> InputError:
    """Return the error for a file in which no line can be used."""
    reasons = listed([f"line {error.line}: {error.reason}" for error in errors], 3, "; ")
    reasons = f" {reasons}." if reasons else ""
    return InputError(f"No {what} could be read.{reasons} Expected {expected}.")
