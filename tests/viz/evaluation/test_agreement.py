import numpy as np
import pytest

from core.evaluation.ratings import Agreement, agreement
from core.formats.rated_pairs import RatedPair
from core.formats.typed import read_typed
from viz.evaluation import agreement as drawn
from viz.evaluation.agreement import LABELLED_PAIRS, agreement_figure, pair_table

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


@pytest.mark.parametrize("count", [1, 2])
def test_few_pairs_are_no_fault(count: int) -> None:
    few = agreement(FAN, PAIRS[:count])
    assert len(agreement_figure(few).data[2].text) == count
    assert len(pair_table(few)) == count
    alike = agreement(FAN, [PAIRS[0]] * count)
    assert len(agreement_figure(alike).data[0].x) == count
