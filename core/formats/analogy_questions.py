"""Files that put word vectors to the test: analogy questions, and pairs of words rated by people.

Analogy questions are in Google's format: `: section`, then four words a line. Where most lines have
two words instead, these are pairs, and in a section each pair is asked about with every other one.
Pairs rated by people have two words and a number a line, parted by tabs, semicolons, commas or
spaces. Empty lines and lines that begin with # count for nothing. A line that cannot be read is
remembered with its number, and the rest is used.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from core.enumeration import listed
from core.errors import InputError

MOST_BYTES = 10_000_000
MOST_LINES = 200_000  # and questions
MOST_SECTIONS = 100
UNNAMED = "questions"  # the section of what stands before the first heading
SHOWN = 40  # characters of what came


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that cannot be used.

    Args:
        line: its number, from 1.
        reason: what is wrong with it.
    """

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Question:
    """An analogy: a is to b as c is to the expected word."""

    a: str
    b: str
    c: str
    expected: str


@dataclass(frozen=True)
class Section:
    """Questions of one kind, under the name that the file gives them."""

    name: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Questions:
    """An analogy file: its sections in their order, and the lines that could not be read."""

    sections: tuple[Section, ...]
    faults: tuple[Fault, ...] = ()

    def __len__(self) -> int:
        return sum(len(section.questions) for section in self.sections)


@dataclass(frozen=True, slots=True)
class RatedPair:
    """Two words and how alike people find them; a larger rating is more alike."""

    first: str
    second: str
    rating: float


@dataclass(frozen=True)
class RatedPairs:
    """A word-similarity file.

    Args:
        pairs: in the order of the file.
        faults: the lines that could not be read.
        heading: the first line, where it names the columns, else empty.
    """

    pairs: tuple[RatedPair, ...]
    faults: tuple[Fault, ...] = ()
    heading: str = ""

    def __len__(self) -> int:
        return len(self.pairs)


def read_questions(data: bytes) -> Questions:
    """Return the analogy questions of a file in Google's format.

    Args:
        data: the file; UTF-8, or UTF-16 with a byte order mark.

    Raises:
        InputError: the file is empty, too large, no text, or no line of it can be used.

    >>> read_questions(b": gender\\nman woman king queen").sections[0].questions[0].expected
    'queen'
    """
    faults: list[Fault] = []
    found: dict[str, list[tuple[int, list[str]]]] = {}
    name = UNNAMED
    for line, text in _lines(data, faults):
        if text.startswith(":"):
            name = text[1:].strip() or UNNAMED
            found.setdefault(name, [])
        else:
            found.setdefault(name, []).append((line, text.split()))
    if len(found) > MOST_SECTIONS:
        raise InputError(f"{len(found):,} sections came; at most {MOST_SECTIONS} can be shown.")
    counts = Counter(len(words) for lines in found.values() for _, words in lines)
    read = _in_fours if counts[4] >= counts[2] else _in_pairs
    asked = sum(len(lines) * (len(lines) - 1) for lines in found.values())
    if read is _in_pairs and asked > MOST_LINES:
        raise InputError(
            f"Pairs for {asked:,} questions came; at most {MOST_LINES:,} can be asked. Make the "
            "sections smaller."
        )
    sections = tuple(Section(name, read(lines, faults)) for name, lines in found.items())
    questions = Questions(sections, _sorted(faults))
    if not questions:
        raise _nothing(
            "question",
            "a line such as : gender, then lines of four words such as man woman king queen",
            questions.faults,
        )
    return questions


def read_rated_pairs(data: bytes) -> RatedPairs:
    """Return the word pairs of a file and how alike people find them.

    The rating is the first number after the two words, so that files with further columns are read
    too; where only spaces part the columns there must be just three.

    Args:
        data: the file; UTF-8, or UTF-16 with a byte order mark.

    Raises:
        InputError: the file is empty, too large, no text, or no line of it can be used.

    >>> read_rated_pairs(b"tiger,cat,7.35").pairs[0].rating
    7.35
    """
    faults: list[Fault] = []
    pairs: list[RatedPair] = []
    heading = ""
    for place, (line, text) in enumerate(_lines(data, faults)):
        try:
            pairs.append(_rated(text))
        except ValueError as error:
            if place == 0 and _is_heading(text):
                heading = text
            else:
                faults.append(Fault(line, str(error)))
    read = RatedPairs(tuple(pairs), _sorted(faults), heading)
    if not pairs:
        first = [Fault(1, "no number")] if heading else []
        example = "lines of two words and a number, such as tiger, cat, 7.35"
        raise _nothing("pair", example, (*first, *read.faults))
    return read


def _lines(data: bytes, faults: list[Fault]) -> Iterator[tuple[int, str]]:
    """Yield the lines that say something, with their numbers; what is no UTF-8 is a fault."""
    if len(data) > MOST_BYTES:
        raise InputError(
            f"The file has {len(data):,} bytes; at most {MOST_BYTES:,} can be read. Cut it in two."
        )
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):  # as Windows writes "Unicode"
        data = data.decode("utf-16", errors="replace").encode("utf-8")
    if b"\0" in data:
        raise InputError("The file is no text. Save it as plain text in UTF-8.")
    lines = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if (count := lines.count(b"\n") + 1) > MOST_LINES + 1:
        raise InputError(f"{count:,} lines came; at most {MOST_LINES:,} can be read.")
    if not lines.strip():
        raise InputError("The file is empty.")
    for line, raw in enumerate(lines.split(b"\n"), 1):
        try:
            text = raw.decode("utf-8").strip()
        except UnicodeDecodeError:
            faults.append(Fault(line, "not in UTF-8: save the file in this encoding"))
            continue
        if text and not text.startswith("#"):
            yield line, text


def _in_fours(lines: Sequence[tuple[int, list[str]]], faults: list[Fault]) -> tuple[Question, ...]:
    """Return the questions of a section with four words a line."""
    for line, words in lines:
        if len(words) != 4:
            faults.append(Fault(line, f"{_counted(words)}, expected four"))
    return tuple(Question(*words) for _, words in lines if len(words) == 4)


def _in_pairs(lines: Sequence[tuple[int, list[str]]], faults: list[Fault]) -> tuple[Question, ...]:
    """Return the questions of a section with two words a line."""
    pairs: dict[tuple[str, ...], int] = {}
    for line, words in lines:
        if len(words) != 2:
            faults.append(Fault(line, f"{_counted(words)}, expected two, as in most lines"))
        elif (earlier := pairs.setdefault(tuple(words), line)) != line:
            faults.append(Fault(line, f"the same pair as in line {earlier}"))
    return tuple(Question(*one, *other) for one, other in permutations(pairs, 2))


def _rated(text: str) -> RatedPair:
    """Return the pair that a line describes; raises `ValueError` in words."""
    columns = _columns(text)
    if not _has_three(text):
        raise ValueError(f"{_counted(columns, 'part')}, expected two words and a number")
    for column in columns[2:]:
        try:
            rating = float(column)
        except ValueError:
            continue
        if all(columns[:2]) and math.isfinite(rating):
            return RatedPair(columns[0], columns[1], rating)
        break
    came = columns[2] if len(columns[2]) <= SHOWN else columns[2][:SHOWN] + "…"
    hint = " (write 7.35, not 7,35)" if came.replace(",", "", 1).isdigit() else ""
    raise ValueError(f"expected two words and a number; '{came}' is none{hint}")


def _is_heading(text: str) -> bool:
    """Return whether a line names the columns: none of them is a number."""
    return _has_three(text) and not any(column[:1].isdigit() for column in _columns(text))


def _has_three(text: str) -> bool:
    """Return whether there are three columns, or more that no space in a word can have made."""
    count = len(_columns(text))
    return count == 3 or (count > 3 and _separator(text) is not None)


def _columns(text: str) -> list[str]:
    return [column.strip().strip('"').strip() for column in text.split(_separator(text))]


def _separator(text: str) -> str | None:
    """Return what parts the columns: the first of tab, semicolon and comma there is, or spaces."""
    return next((sign for sign in "\t;," if sign in text), None)


def _counted(parts: Sequence[str], name: str = "word") -> str:
    return f"{len(parts)} {name}" if len(parts) == 1 else f"{len(parts)} {name}s"


def _sorted(faults: list[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(faults, key=lambda fault: fault.line))


def _nothing(what: str, expected: str, faults: Sequence[Fault]) -> InputError:
    """Return the error for a file without a line that can be used."""
    told = listed([f"line {fault.line}: {fault.reason}" for fault in faults], 3, "; ")
    found = f" {told}." if told else ""
    return InputError(f"No {what} could be read.{found} Expected {expected}.")
