import string
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import process
from rapidfuzz.distance import OSA

from core import spelling
from core.embeddings import Embeddings
from core.spelling import MAX_LENGTH, close_words


def slips_apart(left: str, right: str) -> int:
    """Return the optimal string alignment distance, by the textbook's table."""
    table = {(row, 0): row for row in range(len(left) + 1)}
    table |= {(0, column): column for column in range(len(right) + 1)}
    for row in range(1, len(left) + 1):
        for column in range(1, len(right) + 1):
            same = left[row - 1] == right[column - 1]
            table[row, column] = min(
                table[row - 1, column] + 1,
                table[row, column - 1] + 1,
                table[row - 1, column - 1] + (not same),
            )
            if row > 1 and column > 1 and left[row - 2 : row] == right[column - 2 : column][::-1]:
                table[row, column] = min(table[row, column], table[row - 2, column - 2] + 1)
    return table[len(left), len(right)]


def test_a_letter_left_out_comes_before_a_wrong_one() -> None:
    assert close_words("qeen", ["the", "keen", "queen", "quiz"]) == ["queen", "keen"]


@pytest.mark.parametrize("slip", ["quene", "quen", "queeen", "qeeun", "quern"])
def test_each_kind_of_slip_is_found(slip: str) -> None:
    assert close_words(slip, ["king", "queen", "monarch"]) == ["queen"]


def test_fewer_slips_come_first_whatever_the_frequency() -> None:
    assert close_words("monarhc", ["monarchs", "monarch"]) == ["monarch", "monarchs"]


def test_equal_slips_are_ordered_by_frequency() -> None:
    assert close_words("bat", ["cat", "hat", "rat"]) == ["cat", "hat", "rat"]
    assert close_words("bat", ["rat", "hat", "cat"]) == ["rat", "hat", "cat"]


def test_at_most_five_unless_told() -> None:
    words = [letter + "at" for letter in string.ascii_lowercase]
    assert len(close_words("?at", words)) == 5
    assert len(close_words("?at", words, count=2)) == 2


def test_a_short_word_may_have_one_slip_only() -> None:
    assert close_words("cat", ["cut", "cup"]) == ["cut"]
    assert close_words("cats", ["cups", "cast"]) == ["cast"]
    assert close_words("horse", ["house", "hoist"]) == ["house", "hoist"]


def test_few_common_letters_are_not_close() -> None:
    assert close_words("king", ["in", "find", "bring", "wine"]) == []
    assert close_words("queen", ["been", "quit"]) == []


@pytest.mark.parametrize("word", ["", "x" * (MAX_LENGTH + 1), "x" * 10_000])
def test_empty_and_very_long_words_have_no_close_ones(word: str) -> None:
    assert close_words(word, ["x", word, "x" * MAX_LENGTH]) == []


def test_of_no_words_none_is_close() -> None:
    assert close_words("king", []) == []


@given(st.text("ab", min_size=1, max_size=6), st.lists(st.text("ab", max_size=6), unique=True))
def test_what_is_close_is_what_the_textbook_says(word: str, words: list[str]) -> None:
    found = close_words(word, words, count=len(words) + 1)
    near = {
        other
        for other in words
        if slips_apart(word, other) <= (1 if min(len(word), len(other)) <= 4 else 2)
    }
    assert set(found) == {other for other in near if set(word) & set(other)}
    distances = [slips_apart(word, other) for other in found]
    assert distances == sorted(distances)


def test_qeen_is_queen_in_glove(glove: Embeddings) -> None:
    assert close_words("qeen", glove.words)[0] == "queen"
    assert close_words("monarhcy", glove.words)[0] == "monarchy"


@pytest.mark.parametrize(
    "word", ["qeen", "monarhcy", "brlin", "zzzzzz", "kitchn", "internationalizatoin", "vetor"]
)
def test_glove_is_scanned_once_with_a_bound(
    glove: Embeddings, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A scan that gives up each word after two slips takes a fourth of the time."""
    scans: list[dict[str, Any]] = []

    def extract(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401
        scans.append(options)
        return process.extract(*arguments, **options)

    monkeypatch.setattr(spelling, "process", SimpleNamespace(extract=extract))
    assert len(close_words(word, glove.words)) <= 5
    assert [(scan["scorer"], scan["score_cutoff"]) for scan in scans] == [
        (OSA.distance, 1 if len(word) == len("qeen") else 2)
    ]


def test_what_shares_no_letter_is_not_offered(glove: Embeddings) -> None:
    assert close_words("\N{CROWN}", glove.words) == []
    assert close_words("=", glove.words) == []
