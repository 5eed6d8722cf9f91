import numpy as np
import pytest

from core.embeddings import Embeddings
from core.geometry.all_pairs import PairCosine, compare_pairs, count_cosines
from viz.geometry.opposites import BARS, opposites_figure, opposites_table
from viz.style import DIVERGING

BELOW, ABOVE = DIVERGING[0][1], DIVERGING[-1][1]
EVERYONE = count_cosines(np.random.default_rng(0).normal(size=(60, 8)))
PAIRS = (
    PairCosine("large", "<b>", 26.1, 0.97, 0.999),
    PairCosine("king", "velvet", -2.0, -0.45, 0.01),
)


def test_the_hill_is_the_share_of_pairs_at_each_cosine() -> None:
    hill, _ = opposites_figure(PAIRS, EVERYONE, "all").data
    assert sum(hill.y) == pytest.approx(1)
    negative = [share for middle, share in zip(hill.x, hill.y, strict=True) if middle < 0]
    assert sum(negative) == pytest.approx(EVERYONE.negative / EVERYONE.pairs)
    colors = list(hill.marker.color)
    assert colors[: BARS // 2] == [BELOW] * (BARS // 2)
    assert BELOW not in colors[BARS // 2 :]


def test_a_bar_is_a_pair_on_the_same_axis() -> None:
    figure = opposites_figure(PAIRS, EVERYONE, "all")
    hill, bars = figure.data
    assert list(bars.x) == [0.97, -0.45]
    assert list(bars.marker.color) == [ABOVE, BELOW]
    assert bars.xaxis == hill.xaxis
    assert [text.strip() for text in figure.layout.yaxis.ticktext] == [
        "large – &lt;b&gt;",
        "king – velvet",
    ]
    low, high = figure.layout.xaxis.range
    assert low < -0.45 < 0.97 < high
    bottom, top = figure.layout.yaxis.range
    assert top < min(bars.y)
    assert bars.y[0] < bars.y[1] < bottom  # the first pair is on top
    assert figure.layout.yaxis.domain[1] < figure.layout.yaxis2.domain[0]


def test_more_pairs_make_a_taller_picture_and_none_is_no_fault() -> None:
    heights = [
        opposites_figure(PAIRS * times, EVERYONE, "all").layout.height for times in (0, 1, 5)
    ]
    assert heights == sorted(set(heights))


def test_opposites_lie_at_the_right_end(glove: Embeddings) -> None:
    all_pairs = count_cosines(glove.vectors[:5_000])
    pairs = compare_pairs(glove, [("large", "small"), ("hot", "cold"), ("up", "down")], all_pairs)
    hill, bars = opposites_figure(pairs, all_pairs, "all").data
    top = hill.x[int(np.argmax(hill.y))]
    assert top == pytest.approx(0.3, abs=0.05)
    assert min(bars.x) > 0.8
    table = opposites_table(pairs)
    assert table["dot product"].round(1).tolist() == [26.1, 20.2, 26.6]
    assert table["cosine"].round(2).tolist() == [0.97, 0.80, 0.95]
    assert table["percentile"].min() > 99.7
