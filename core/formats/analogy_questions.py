"""Analogy questions in Google's format: a line `: section`, then lines of four words.

If most lines have two words, they are read as pairs: each pair of a section makes a question with
every other pair of it. Spaces separate the words, and commas or semicolons may stand after them.
"""

import re
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
    """Analogy questions of one kind, under the section's name in the file."""

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
        InputError: the file is empty, too large or not a text file, or none of its lines can be
            read.

    >>> read_questions(b": gender\\nman woman king queen").sections[0].questions[0].expected
    'queen'
    """
    errors: list[ParseError] = []
    lines_of: dict[str, list[tuple[int, list[str]]]] = {}
    name = UNNAMED
    for line, text in text_lines(data, errors):
        if text.startswith(":"):
            name = text[1:].strip() or UNNAMED
            lines_of.setdefault(name, [])
        else:
            lines_of.setdefault(name, []).append((line, _words(text)))
    if len(lines_of) > MAX_SECTIONS:
        raise InputError(
            f"There are {len(lines_of):,} sections; at most {MAX_SECTIONS} can be shown."
        )
    counts = Counter(len(words) for lines in lines_of.values() for _, words in lines)
    read = _in_fours if counts[4] >= counts[2] else _in_pairs
    expected = "four" if counts[4] else "four or two"
    count = sum(len(lines) * (len(lines) - 1) for lines in lines_of.values())
    if read is _in_pairs and count > MAX_LINES:
        raise InputError(
            f"The pairs make {count:,} questions; at most {MAX_LINES:,} can be asked. Make the "
            "sections smaller."
        )
    sections = tuple(
        Section(name, read(lines, errors, expected)) for name, lines in lines_of.items()
    )
    questions = AnalogyQuestions(sections, by_line(errors))
    if not questions:
        raise nothing_read(
            "question",
            "lines of four words, such as man woman king queen, or two or more lines of two words, "
            "such as man woman",
            questions.errors,
        )
    return questions


def replace_in_questions(text: str, written: str, word: str) -> str:
    """Return typed questions in which every occurrence of the word `written` is replaced.

    >>> replace_in_questions(": qeen\\nman woman king qeen\\nqeen, qeens", "qeen", "queen")
    ': qeen\\nman woman king queen\\nqueen, qeens'
    """
    # Whatever surrounds a word, its other characters stay: a comma, or a space before it.
    alone = re.compile(rf"(?<![^\s,;]){re.escape(written)}(?![^\s,;])")
    lines = text.split("\n")
    return "\n".join(
        line if line.lstrip().startswith((":", "#")) else alone.sub(lambda _: word, line)
        for line in lines
    )


def _words(text: str) -> list[str]:
    """Return the words of a line; a comma inside a word, as in 1,000, separates nothing.

    >>> _words("man, woman;king queen")
    ['man', 'woman', 'king', 'queen']
    >>> _words("1,000 thousand")
    ['1,000', 'thousand']
    """
    words = text.split()
    if len(words) == 1 or any(word.strip(",;") != word for word in words):
        return [word for word in re.split(r"[\s,;]+", text) if word]
    return words


def _in_fours(
    lines: Sequence[tuple[int, list[str]]], errors: list[ParseError], expected: str
) -> tuple[AnalogyQuestion, ...]:
    """Return the questions of a section with four words per line."""
    for line, words in lines:
        if len(words) != 4:
            errors.append(ParseError(line, f"{counted(words)}, expected {expected}"))
    return tuple(AnalogyQuestion(*words) for _, words in lines if len(words) == 4)


def _in_pairs(
    lines: Sequence[tuple[int, list[str]]], errors: list[ParseError], _: str
) -> tuple[AnalogyQuestion, ...]:
    """Return the questions of a section with two words per line."""
    pairs: dict[tuple[str, ...], int] = {}
    for line, words in lines:
        if len(words) != 2:
            errors.append(ParseError(line, f"{counted(words)}, expected two, as in most lines"))
        elif (earlier := pairs.setdefault(tuple(words), line)) != line:
            errors.append(ParseError(line, f"the same pair as on line {earlier}"))
    if len(pairs) == 1:
        (line,) = pairs.values()
        errors.append(ParseError(line, "one pair makes no question: its section needs two"))
    return tuple(AnalogyQuestion(*one, *other) for one, other in permutations(pairs, 2))
