import numpy as np
import plotly.graph_objects as go
import pytest

from core.evaluation.ratings import Agreement, agreement
from core.formats.rated_pairs import RatedPair
from core.formats.typed import read_typed
from viz.evaluation import agreement as drawn
from viz.evaluation.agreement import LABELLED_PAIRS, agreement_figure, pair_table
from viz.labels import GAP, LETTER, SIDES

FAN = read_typed("a 1 0\n<b> 1 1\nc 0 1\nd -1 1\ne -1 0\nf -1 -1\ng 0.5 1")
RATINGS = {"<b>": 2.0, "c": 9.0, "d": 5.0, "e": 1.0, "f": 4.0, "g": 8.0}
PAIRS = [RatedPair("a", word, rating) for word, rating in RATINGS.items()]


def found() -> Agreement:
    return agreement(FAN, PAIRS)


def test_a_point_for_each_pair() -> None:
    points, curve, named = agreement_figure(found()).data
    assert list(points.x) == list(RATINGS.values())
    assert list(points.y) == pytest.approx(found().cosines)
    assert points.text[1] == "a – c"
    assert list(curve.x) == sorted(RATINGS.values())
    assert (np.diff(curve.y) >= 0).all()
    assert len(named.text) == LABELLED_PAIRS


def test_those_are_named_that_are_placed_most_differently() -> None:
    # By rating c, g, d, f, <b>, e; by cosine <b>, g, c, d, f, e: <b> is fifth and first.
    named = agreement_figure(found()).data[2]
    assert named.text[0] == "a – &lt;b&gt;"
    assert (named.x[0], named.y[0]) == pytest.approx((2, 0.5**0.5))
    table = pair_table(found())
    assert table["second"].tolist() == ["<b>", "c", "d", "f", "e", "g"]
    assert table["place of rating"].tolist() == [5, 1, 3, 4, 6, 2]
    assert table["place of cosine"].tolist() == [1, 3, 4.5, 4.5, 6, 2]
    assert table["rating"].tolist()[:2] == [2, 9]


def test_html_is_escaped() -> None:
    json = agreement_figure(found()).to_json()
    assert "<b>" not in json
    assert "\\u003cb\\u003e" not in json


def test_of_very_many_pairs_some_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn, "MAX_PAIRS", 4)
    points, curve, _ = agreement_figure(found()).data
    assert list(points.x) == list(RATINGS.values())[::2]
    assert list(curve.x) == sorted(points.x)


def label_boxes(figure: go.Figure, across: float, up: float) -> list[tuple[float, ...]]:
    """Return left, bottom, right and top of the labels in a plot of this size in letters."""
    named, layout = figure.data[2], figure.layout
    boxes = []
    for x, y, text, side in zip(named.x, named.y, named.text, named.textposition, strict=True):
        center = [
            (value - axis.range[0]) / (axis.range[1] - axis.range[0]) * span
            for value, axis, span in ((x, layout.xaxis, across), (y, layout.yaxis, up))
        ]
        right, above = SIDES[side]
        half = len(text) * LETTER / 2, 0.5
        middle = [
            at + step * (size + GAP)
            for at, step, size in zip(center, (right, above), half, strict=True)
        ]
        boxes.append(
            (middle[0] - half[0], middle[1] - half[1], middle[0] + half[0], middle[1] + half[1])
        )
    return boxes


RISING = read_typed("tiger 1 0\ncat .62 .78\nbook 0 1\npaper .75 .66\nking 1 0\ncabbage .11 1")
LIKE_THE_EXAMPLE = [
    RatedPair("tiger", "cat", 7.4),
    RatedPair("book", "paper", 7.5),
    RatedPair("king", "cabbage", 0.2),
]


@pytest.mark.parametrize("across", [drawn.ACROSS, drawn.WIDER * drawn.ACROSS])
def test_labels_are_whole_and_apart_from_the_curve(across: float) -> None:
    for result in (found(), agreement(RISING, LIKE_THE_EXAMPLE)):
        figure = agreement_figure(result)
        curve = figure.data[1]
        (left, right), (low, high) = figure.layout.xaxis.range, figure.layout.yaxis.range
        steps = np.linspace(0, len(curve.x) - 1, 500)
        x = np.interp(steps, range(len(curve.x)), curve.x)
        y = np.interp(steps, range(len(curve.x)), curve.y)
        x, y = (x - left) / (right - left) * across, (y - low) / (high - low) * drawn.UP
        for box in label_boxes(figure, across, drawn.UP):
            assert box[0] >= 0
            assert box[2] <= across
            assert box[3] <= drawn.UP
            assert not ((x > box[0]) & (x < box[2]) & (y > box[1]) & (y < box[3])).any()


@pytest.mark.parametrize("count", [1, 2])
def test_few_pairs_are_no_fault(count: int) -> None:
    few = agreement(FAN, PAIRS[:count])
    assert len(agreement_figure(few).data[2].text) == count
    assert len(pair_table(few)) == count
    alike = agreement(FAN, [PAIRS[0]] * count)
    assert len(agreement_figure(alike).data[0].x) == count
