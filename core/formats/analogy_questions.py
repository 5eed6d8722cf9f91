"""Analogy questions in Google's format: a line `: section`, then lines of four words.

If most lines have two words, they are read as pairs: each pair of a section makes a question with
every other pair of it. Tabs, semicolons or commas separate the words, which may then be phrases
with spaces; else spaces do. Slashes separate several right answers, as in `king man/person/ruler`.
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
COMMA = r"(?<!\d)[,;]|[,;](?!\d)"  # none between two digits
COLUMN_NAMES = frozenset((
    "a", "b", "c", "d", "x", "y", "w", "word", "term", "cue", "question", "answer", "answers",
    "expected", "source", "target", "first", "second", "third", "fourth",
))  # fmt: skip
UNNAMED = "questions"  # the section of the lines before the first heading


@dataclass(frozen=True, slots=True)
class AnalogyQuestion:
    """An analogy: a is to b as c is to the expected word.

    Args:
        a, b, c: the words of the question.
        expected: the word that is expected first.
        also: other right answers.
    """

    a: str
    b: str
    c: str
    expected: str
    also: tuple[str, ...] = ()

    @property
    def answers(self) -> tuple[str, ...]:
        """All right answers, the expected word first."""
        return (self.expected, *self.also)


@dataclass(frozen=True)
class Section:
    """Analogy questions of one kind, under the section's name in the file."""

    name: str
    questions: tuple[AnalogyQuestion, ...]


@dataclass(frozen=True)
class AnalogyQuestions:
    """An analogy file.

    Args:
        sections: in the order of the file.
        errors: the lines that could not be read.
        note: a sentence on what was not as usual; may be empty.
    """

    sections: tuple[Section, ...]
    errors: tuple[ParseError, ...] = ()
    note: str = ""

    def __len__(self) -> int:
        return sum(len(section.questions) for section in self.sections)


def read_questions(data: bytes) -> AnalogyQuestions:
    """Return the analogy questions of a file in Google's format.

    Args:
        data: the file, as in `core.formats.text_lines`.

    Raises:
        InputError: the file is empty, too large or not a text file, or none of its lines can be
            read.

    >>> read_questions(b": gender\\nman woman king queen").sections[0].questions[0].expected
    'queen'
    """
    file = text_lines(data)
    errors = list(file.errors)
    lines_of: dict[str, list[tuple[int, list[str]]]] = {}
    name, note = UNNAMED, file.note
    for index, (line, text) in enumerate(file.lines):
        if index == 0 and _is_heading(text):
            note = f"{note} Line {line} names the columns.".lstrip()
        elif text.startswith(":"):
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
    questions = AnalogyQuestions(sections, by_line(errors), note)
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
    alone = re.compile(rf"(?<![^\s,;/]){re.escape(written)}(?![^\s,;/])")
    lines = text.split("\n")
    return "\n".join(
        line if line.lstrip().startswith((":", "#")) else alone.sub(lambda _: word, line)
        for line in lines
    )


def _words(text: str) -> list[str]:
    """Return the words of a line; a comma inside a word, as in 1,000, separates nothing.

    >>> _words("man, woman;king queen"), _words("new york\\tusa"), _words("new york, usa")
    (['man', 'woman', 'king', 'queen'], ['new york', 'usa'], ['new york', 'usa'])
    >>> _words("1,000 thousand")
    ['1,000', 'thousand']
    """
    columns = [column for column in re.split(r"\t+| {2,}", text) if column.strip()]
    if "\t" in text and len(columns) in (2, 4):
        return [column.strip(" ,;") for column in columns]
    columns = [column for each in re.split(COMMA, text) if (column := each.strip())]
    words = [word for column in columns for word in column.split()]
    # Of two columns of two words each, as in `man woman, king queen`, four words are more likely.
    is_phrases = len(columns) == 4 or (len(columns) == 2 and len(words) != 4)
    return columns if is_phrases else words


def _is_heading(text: str) -> bool:
    """Return whether a line with tabs or commas names four or two columns.

    >>> [_is_heading(text) for text in ("a\\tb\\tc\\td", "Word1,Word2", "man,woman", "a b c d")]
    [True, True, False, False]
    """
    names = [name.lower().strip(" \"'") for name in re.split(r"[\t,;]", text)]
    if len(names) not in (2, 4) or len(set(names)) < len(names):
        return False
    stems = [re.sub(r"[\s_]*[\d*']+$", "", name) for name in names]
    half = len(stems) // 2
    is_numbered = stems != names and stems[:half] == stems[half:]
    return is_numbered or all(name in COLUMN_NAMES for name in stems)


def _alternatives(word: str) -> tuple[str, ...]:
    """Return the words between slashes, and then the whole: it may be one word, such as km/h.

    >>> _alternatives("man/ruler"), _alternatives("king")
    (('man', 'ruler', 'man/ruler'), ('king',))
    """
    parts = [part.strip() for part in word.split("/")]
    return (*parts, word) if len(parts) > 1 and all(parts) else (word,)


def _question(a: str, b: str, c: str, expected: str) -> AnalogyQuestion:
    first, *others = _alternatives(expected)
    return AnalogyQuestion(a, b, c, first, tuple(others))


def _in_fours(
    lines: Sequence[tuple[int, list[str]]], errors: list[ParseError], expected: str
) -> tuple[AnalogyQuestion, ...]:
    """Return the questions of a section with four words per line."""
    for line, words in lines:
        if len(words) != 4:
            errors.append(ParseError(line, f"{counted(words)}, expected {expected}"))
    return tuple(_question(*words) for _, words in lines if len(words) == 4)


def _in_pairs(
    lines: Sequence[tuple[int, list[str]]], errors: list[ParseError], _: str
) -> tuple[AnalogyQuestion, ...]:
    """Return the questions of a section with two words per line."""
    pairs: dict[tuple[str, str], int] = {}
    for line, words in lines:
        if len(words) != 2:
            errors.append(ParseError(line, f"{counted(words)}, expected two, as in most lines"))
        elif (earlier := pairs.setdefault((words[0], words[1]), line)) != line:
            errors.append(ParseError(line, f"the same pair as on line {earlier}"))
    if len(pairs) == 1:
        (line,) = pairs.values()
        errors.append(ParseError(line, "one pair makes no question: its section needs two"))
    return tuple(
        _question(a, _alternatives(b)[0], *other) for (a, b), other in permutations(pairs, 2)
    )
