"""Scores for a moved tip, compared with those of the moved vector itself."""

import numpy as np
import pytest

from core.embeddings import Embeddings
from core.formats.typed import read_typed
from core.geometry.arithmetic import solve
from core.geometry.construction import construct
from core.geometry.moved_tip import movable_tip
from core.geometry.neighbors import METRICS, Metric, nearest

TIPS = [(0.0, 0.0), (1.5, -2.0), (-30.0, 4.0)]


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("text", ["king - man + woman", "king", "2*paris - france/3 + rome + two"])
def test_the_scores_are_those_of_the_moved_vector(
    glove: Embeddings, metric: Metric, text: str
) -> None:
    answer = solve(glove, text, 40, metric)
    drawing = construct(glove, answer)
    tip = movable_tip(glove, answer, drawing)
    assert tip.words == answer.without_inputs.words
    for moved in (drawing.tip, *(drawing.tip + np.array(step) for step in TIPS)):
        vector = answer.sum.vector + (moved - drawing.tip) @ drawing.axes
        everywhere = nearest(glove, vector, len(glove), metric)
        score = dict(zip(everywhere.indices.tolist(), everywhere.scores.tolist(), strict=True))
        expected = [score[row] for row in answer.without_inputs.indices.tolist()]
        np.testing.assert_allclose(tip.scores(moved, metric), expected, rtol=2e-4, atol=2e-4)


def test_at_the_tip_the_scores_are_the_answers(glove: Embeddings) -> None:
    answer = solve(glove, "king - man + woman", 20)
    drawing = construct(glove, answer)
    tip = movable_tip(glove, answer, drawing)
    np.testing.assert_allclose(
        tip.scores(drawing.tip, "cosine"), answer.without_inputs.scores, atol=1e-5
    )


def test_words_are_where_they_are_drawn() -> None:
    toy = read_typed("a 1 2 0\nb 1 0 0\nc 4 0 0\nanswer 4 2 0.5\nother 4 3 5")
    answer = solve(toy, "a - b + c")
    drawing = construct(toy, answer)
    tip = movable_tip(toy, answer, drawing)
    drawn = {point.word: point.position for point in drawing.points}
    for word, position in zip(tip.words, tip.positions, strict=True):
        np.testing.assert_allclose(position, drawn[word], atol=1e-6)
