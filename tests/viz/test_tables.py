import numpy as np
import pytest

from core.formats.typed import read_typed
from core.geometry.arithmetic import solve
from core.geometry.interpolation import Segment
from core.geometry.neighbors import METRICS, Metric, nearest
from viz.tables import SCORE_NAMES, both_rankings, interpolation_table, neighbor_table

TOY = read_typed("king 4 1\nqueen 4 4\nman 1 1\nwoman 1 4\nlord 5 0")


def test_every_metric_has_a_name() -> None:
    assert set(SCORE_NAMES) == set(METRICS)


@pytest.mark.parametrize("metric", METRICS)
def test_both_rankings_stand_side_by_side(metric: Metric) -> None:
    answer = solve(TOY, "king - man + woman", metric=metric)
    table = both_rankings(answer)
    assert table.index.tolist() == [1, 2, 3, 4, 5]
    everyone, scores, others, other_scores = (table[name] for name in table.columns)
    assert scores.tolist() == answer.with_inputs.scores.tolist()
    assert others.dropna().tolist() == list(answer.without_inputs.words)
    assert other_scores.dropna().tolist() == answer.without_inputs.scores.tolist()
    assert len(everyone) == 5
    assert SCORE_NAMES[metric] in table.columns


def test_inputs_are_marked_and_others_are_not() -> None:
    table = both_rankings(solve(TOY, "king - man + woman", metric="euclidean"))
    words = table.iloc[:, 0].tolist()
    plain = {"queen", "lord"}
    assert plain <= set(words)
    marked = set(words) - plain
    assert len(marked) == 3
    for word in ("king", "man", "woman"):
        assert word not in words
        assert sum(other.startswith(f"{word} ") for other in marked) == 1


def test_no_other_words() -> None:
    table = both_rankings(solve(read_typed("a 1 2\nb 2 1"), "a + b"))
    assert len(table) == 2
    assert table.iloc[:, 2].isna().all()


def test_neighbours_a_row_a_place() -> None:
    table = neighbor_table(nearest(TOY, [4, 4], 3, "euclidean"))
    assert table.index.tolist() == [1, 2, 3]
    assert table["word"].tolist() == ["queen", "king", "woman"]
    assert table["distance"].tolist() == [0, 3, 3]


def test_a_walk_in_percent() -> None:
    steps = [Segment("prince", 3, 0.0, 0.25, 0.8), Segment("son", 5, 0.26, 1.0, 0.7)]
    table = interpolation_table(steps, "cosine")
    assert table["word"].tolist() == ["prince", "son"]
    np.testing.assert_allclose(table.iloc[:, 1:].to_numpy(), [[0, 25, 0.8], [26, 100, 0.7]])
    assert table.columns[-1] == "cosine"
    assert len(interpolation_table([], "dot")) == 0
