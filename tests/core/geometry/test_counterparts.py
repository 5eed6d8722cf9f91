import numpy as np
import pytest

from core.embeddings import Embeddings
from core.geometry.arithmetic import solve
from core.geometry.counterparts import MIN_COSINE, counterpart

PAIRS = {"gender": [("man", "woman"), ("boy", "girl")], "plural": [("cat", "cats")]}


@pytest.mark.parametrize(
    ("word", "end"), [("king", "queen"), ("queen", "king"), ("man", "woman"), ("dogs", "dog")]
)
def test_the_way_there_and_back_by_plain_arithmetic(glove: Embeddings, word: str, end: str) -> None:
    found = counterpart(glove, word, PAIRS)
    assert found is not None
    assert (found.word, found.end) == (word, end)
    low, high = found.low, found.high
    assert word not in (low, high)
    assert solve(glove, f"{word} - {low} + {high}").without_inputs.words[0] == end
    assert solve(glove, f"{end} - {high} + {low}").without_inputs.words[0] == word
    step = glove.vector(end).astype(float) - glove.vector(word)
    known = glove.vector(high).astype(float) - glove.vector(low)
    cosine = step @ known / np.linalg.norm(step) / np.linalg.norm(known)
    assert found.cosine == pytest.approx(cosine)
    assert found.cosine >= MIN_COSINE


@pytest.mark.parametrize("word", ["palace", "the", "42"])
def test_where_no_step_fits_there_is_none(glove: Embeddings, word: str) -> None:
    assert counterpart(glove, word, PAIRS) is None


def test_without_steps_there_is_none(glove: Embeddings) -> None:
    assert counterpart(glove, "king", {}) is None
    assert counterpart(glove, "king", {"own": [("king", "queen")]}) is None


def test_a_way_back_to_another_word_does_not_fit() -> None:
    # From c the step leads to d, but from d the way back is nearer to e than to c.
    points = {"a": [0, 1], "b": [1, 1], "c": [2, -1], "d": [3.2, -1], "e": [2.2, -1]}
    toy = Embeddings("toy", [*points], np.array([*points.values()], dtype=np.float32))
    assert counterpart(toy, "c", {"step": [("a", "b")]}) is None
