"""Neighbours, and analogies scored on the vectors of a snapshot."""

import numpy as np
import pytest

from core.errors import ExpressionError, InputError
from core.training.analogy import AnalogyScore, read_analogy, score
from core.training.classroom import ANALOGIES, CONFIG, classroom_text
from core.training.corpus import read_corpus
from core.training.snapshot_words import nearest_words, row_in
from core.training.snapshots import RecordedRun

ABCD = {"a": 0, "b": 1, "c": 2, "d": 3}
ROYAL = {"king": 0, "man": 1, "queen": 2}


def test_nearest_words() -> None:
    vectors = np.array([[1, 0], [2, 0.1], [0, 3], [-1, 0]], dtype=np.float32)
    words, cosines = nearest_words(vectors, "abcd", 0, 5)
    assert words == ("b", "c", "d")
    assert cosines == pytest.approx([0.99875, 0, -1], abs=1e-4)


def test_ties_are_no_answer() -> None:
    alike = np.ones((4, 3), dtype=np.float32)
    analogy = read_analogy("a + b = c", ABCD)
    assert score(alike, analogy) == AnalogyScore(2, 1.0)


@pytest.mark.parametrize("rows", [(0, 1, 2, 3), (2,), (0, 1)])
def test_what_has_no_length_has_no_rank(rows: tuple[int, ...]) -> None:
    vectors = np.ones((4, 3), dtype=np.float32)
    vectors[[*rows]] = 0
    found = score(vectors, read_analogy("a + b = c", ABCD))
    assert found.rank is None
    assert np.isnan(found.cosine)


@pytest.mark.parametrize(
    ("text", "error"),
    [("king - man", InputError), ("king =", InputError), ("= queen", ExpressionError),
     ("king + = queen", ExpressionError), ("king - mann = queen", InputError),
     ("king - queen = queen", InputError), ("", InputError), ("king = owl", InputError)],
)  # fmt: skip
def test_what_is_no_analogy(text: str, error: type[InputError]) -> None:
    with pytest.raises(error):
        read_analogy(text, ROYAL)


def test_words_are_found_in_lower_case_and_close_ones_named() -> None:
    assert row_in({"king": 0, "queen": 1}, "Queen") == 1
    with pytest.raises(InputError, match=r"'qeen'.*Close: queen"):
        row_in({"king": 0, "queen": 1}, "qeen")


def test_after_the_classroom_text_analogies_hold_and_did_not_before() -> None:
    run = RecordedRun(read_corpus(classroom_text(), min_count=1), CONFIG)
    for _ in run.steps():
        pass
    before, after = [], []
    for text, answer in ANALOGIES.items():
        analogy = read_analogy(f"{text} = {answer}", run.row_of)
        before.append(score(run.history[0].vectors, analogy).rank)
        after.append(score(run.history[-1].vectors, analogy).rank)
    assert after[0] == 1
    assert after.count(1) >= len(after) - 1
    assert before.count(1) == 0
    words, _ = nearest_words(run.history[-1].vectors, run.words, run.row_of["king"], 5)
    assert {"queen", "prince", "royal"} <= set(words)


def test_words_are_found_in_any_case_and_encoding() -> None:
    row_of = {"Fée": 0, "roi": 1, "e\u0301lan": 2, "fée": 3}
    rows = {"FE\u0301E": 3, "Roi": 1, "\u00c9lan": 2, "Fée": 0}
    assert {word: row_in(row_of, word) for word in rows} == rows
    assert row_in({"Fée": 0, "roi": 1}, "fée") == 0
    assert read_analogy("roi + \u00e9lan = FÉE", row_of).words == ("roi", "e\u0301lan", "fée")
