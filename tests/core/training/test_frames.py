"""Pictures of a run: axes that stand still, neighbours, and analogies scored."""

import numpy as np
import pytest
from sklearn.decomposition import PCA

from core.errors import ExpressionError, InputError
from core.training.classroom import ANALOGIES, CONFIG, classroom_text
from core.training.corpus import read_corpus
from core.training.frames import (
    Score,
    axes_of,
    nearest_words,
    read_puzzle,
    row_in,
    score,
)
from core.training.snapshots import RecordedRun

rng = np.random.default_rng(0)
CLOUD = rng.normal(size=(30, 6)) * [5, 3, 1, 0.5, 0.2, 0.1]


def test_the_axes_are_the_principal_ones() -> None:
    found = axes_of(CLOUD)
    oracle = PCA(2).fit(CLOUD)
    assert np.abs(found.axes) == pytest.approx(np.abs(oracle.components_), abs=1e-9)
    assert found.project(CLOUD).mean(axis=0) == pytest.approx([0, 0], abs=1e-9)


def test_a_picture_made_anew_does_not_jump() -> None:
    before = axes_of(CLOUD)
    moved = CLOUD + rng.normal(size=CLOUD.shape) * 0.05
    after = axes_of(moved, before)
    assert np.abs(after.project(moved) - before.project(CLOUD)).max() < 0.3
    # The same plane upside down and turned is turned back.
    angle = 2.0
    turn = np.array([[np.cos(angle), np.sin(angle)], [np.sin(angle), -np.cos(angle)]])
    turned = type(before)(turn @ before.axes, before.center)
    assert axes_of(CLOUD, turned).project(CLOUD) == pytest.approx(turned.project(CLOUD), abs=1e-9)


@pytest.mark.parametrize("vectors", [np.zeros((5, 4)), np.ones((1, 3)), np.eye(4, 1)])
def test_vectors_without_two_dimensions_are_drawn(vectors: np.ndarray) -> None:
    drawn = axes_of(vectors).project(vectors)
    assert drawn.shape == (len(vectors), 2)
    assert np.isfinite(drawn).all()


def test_nearest_words() -> None:
    vectors = np.array([[1, 0], [2, 0.1], [0, 3], [-1, 0]], dtype=np.float32)
    words, cosines = nearest_words(vectors, "abcd", 0, 5)
    assert words == ("b", "c", "d")
    assert cosines == pytest.approx([0.99875, 0, -1], abs=1e-4)


def test_ties_are_no_answer() -> None:
    alike = np.ones((4, 3), dtype=np.float32)
    puzzle = read_puzzle("a + b = c", "abcd")
    assert score(alike, puzzle) == Score(2, 1.0)


@pytest.mark.parametrize("rows", [(0, 1, 2, 3), (2,), (0, 1)])
def test_what_has_no_length_has_no_place(rows: tuple[int, ...]) -> None:
    vectors = np.ones((4, 3), dtype=np.float32)
    vectors[[*rows]] = 0
    found = score(vectors, read_puzzle("a + b = c", "abcd"))
    assert found.place is None
    assert np.isnan(found.cosine)


@pytest.mark.parametrize(
    ("text", "error"),
    [("king - man", InputError), ("king =", InputError), ("= queen", ExpressionError),
     ("king + = queen", ExpressionError), ("king - mann = queen", InputError),
     ("king - queen = queen", InputError), ("", InputError), ("king = owl", InputError)],
)  # fmt: skip
def test_what_is_no_analogy(text: str, error: type[InputError]) -> None:
    with pytest.raises(error):
        read_puzzle(text, ("king", "man", "queen"))


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
        puzzle = read_puzzle(f"{text} = {answer}", run.words)
        before.append(score(run.history[0].vectors, puzzle).place)
        after.append(score(run.history[-1].vectors, puzzle).place)
    assert after[0] == 1
    assert after.count(1) >= len(after) - 1
    assert before.count(1) == 0
    words, _ = nearest_words(run.history[-1].vectors, run.words, run.row_of["king"], 5)
    assert {"queen", "prince", "royal"} <= set(words)
