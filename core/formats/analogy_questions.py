"""Analogy questions in Google's format: `: section`, then four words a line.

Where most lines have two words instead, these are pairs, and in a section each pair is asked about
with every other one.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

from core.errors import InputError
from core.formats.text_lines import (
    MAX_LINES,
    ParseError,
    by_line,
    counted,
    nothing_read,
    text_lines,
)

MAX_SECTIONS = 100
UNNAMED = "questions"  # the section of the lines before the first heading


@dataclass(frozen=True, slots=True)
class AnalogyQuestion:
    """An analogy: a is to b as c is to the expected word."""

    a: str
    b: str
    c: str
    expected: str


@dataclass(frozen=True)
class Section:
    """AnalogyQuestions of one kind, under the name that the file gives them."""

    name: str
    questions: tuple[AnalogyQuestion, ...]


@dataclass(frozen=True)
class AnalogyQuestions:
    """An analogy file: its sections in their order, and the lines that could not be read."""

    sections: tuple[Section, ...]
    errors: tuple[ParseError, ...] = ()

    def __len__(self) -> int:
        return sum(len(section.questions) for section in self.sections)


def read_questions(data: bytes) -> AnalogyQuestions:
    """Return the analogy questions of a file in Google's format.

    Args:
        data: the file; UTF-8, or UTF-16 with a byte order mark.

    Raises:
        InputError: the file is empty, too large, no text, or no line of it can be used.

    >>> read_questions(b": gender\\nman woman king queen").sections[0].questions[0].expected
    'queen'
    """
    errors: list[ParseError] = []
    found: dict[str, list[tuple[int, list[str]]]] = {}
    name = UNNAMED
    for line, text in text_lines(data, errors):
        if text.startswith(":"):
            name = text[1:].strip() or UNNAMED
            found.setdefault(name, [])
        else:
            found.setdefault(name, []).append((line, text.split()))
    if len(found) > MAX_SECTIONS:
        raise InputError(f"{len(found):,} sections came; at most {MAX_SECTIONS} can be shown.")
    counts = Counter(len(words) for lines in found.values() for _, words in lines)
    read = _in_fours if counts[4] >= counts[2] else _in_pairs
    asked = sum(len(lines) * (len(lines) - 1) for lines in found.values())
    if read is _in_pairs and asked > MAX_LINES:
        raise InputError(
            f"Pairs for {asked:,} questions came; at most {MAX_LINES:,} can be asked. Make the "
            "sections smaller."
        )
    sections = tuple(Section(name, read(lines, errors)) for name, lines in found.items())
    questions = AnalogyQuestions(sections, by_line(errors))
    if not questions:
        raise nothing_read(
            "question",
            "a line such as : gender, then lines of four words such as man woman king queen",
            questions.errors,
        )
    return questions


def _in_fours(
    lines: Sequence[tuple[int, list[str]]], errors: list[ParseError]
) -> tuple[AnalogyQuestion, ...]:
    """Return the questions of a section with four words a line."""
    for line, words in lines:
        if len(words) != 4:
            errors.append(ParseError(line, f"{counted(words)}, expected four"))
    return tuple(AnalogyQuestion(*words) for _, words in lines if len(words) == 4)


def _in_pairs(
    lines: Sequence[tuple[int, list[str]]], errors: list[ParseError]
) -> tuple[AnalogyQuestion, ...]:
    """Return the questions of a section with two words a line."""
    pairs: dict[tuple[str, ...], int] = {}
    for line, words in lines:
        if len(words) != 2:
            errors.append(ParseError(line, f"{counted(words)}, expected two, as in most lines"))
        elif (earlier := pairs.setdefault(tuple(words), line)) != line:
            errors.append(ParseError(line, f"the same pair as in line {earlier}"))
    return tuple(AnalogyQuestion(*one, *other) for one, other in permutations(pairs, 2))
