"""Text files with one record per line: their lines and their parse errors.

Empty lines and lines that begin with # are skipped. A line that cannot be read is reported with its
number, and the rest of the file is used.
"""

from collections.abc import Iterator, Sequence, Sized
from dataclasses import dataclass

from core.enumeration import listed
from core.errors import InputError

MAX_BYTES = 10_000_000
MAX_LINES = 200_000


@dataclass(frozen=True, slots=True)
class ParseError:
    """A line that cannot be used.

    Args:
        line: the line number, from 1.
        reason: why the line cannot be used.
    """

    line: int
    reason: str


def text_lines(data: bytes, errors: list[ParseError]) -> Iterator[tuple[int, str]]:
    """Yield the lines that are neither empty nor comments, with their numbers from 1.

    Args:
        data: the file; UTF-8, or UTF-16 with a byte order mark.
        errors: receives an error for each line that is not UTF-8.

    Raises:
        InputError: the file is empty, too large, or not a text file.
    """
    if len(data) > MAX_BYTES:
        raise InputError(
            f"The file has {len(data):,} bytes; at most {MAX_BYTES:,} can be read. Split it."
        )
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):  # UTF-16, which Windows calls "Unicode"
        data = data.decode("utf-16", errors="replace").encode("utf-8")
    if b"\0" in data:
        raise InputError("The file is not a text file. Save it as plain text in UTF-8.")
    lines = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if (count := lines.count(b"\n") + 1) > MAX_LINES + 1:
        raise InputError(
            f"The file has {count:,} lines; at most {MAX_LINES:,} can be read. Split it."
        )
    if not lines.strip():
        raise InputError("The file is empty.")
    for line, raw in enumerate(lines.split(b"\n"), 1):
        try:
            text = raw.decode("utf-8").strip()
        except UnicodeDecodeError:
            errors.append(ParseError(line, "not in UTF-8: save the file in that encoding"))
            continue
        if text and not text.startswith("#"):
            yield line, text


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
