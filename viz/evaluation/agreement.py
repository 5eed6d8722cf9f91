"""The agreement of cosine similarities with people's ratings of the same pairs of words."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from core.evaluation.ratings import Agreement
from core.evaluation.vocabulary import Numbers
from viz.figure import Figure
from viz.labels import place_labels
from viz.style import BLUE, INK, LINE, TEXT_SIZE, VERMILLION, plotly_text, quiet

HEIGHT = 480  # pixels
LABELLED_PAIRS = 5  # the pairs with the largest difference of ranks
ACROSS, UP = 22, 26  # the size of the figure on a phone, in heights of a letter
TOOLBAR_HEIGHT = 34  # pixels above the points, where phones show the toolbar
MARGIN = 0.09  # of each axis beyond the points, as a share of what they cover
EDGE_WEIGHT = 8  # a label should rather cover this many points than cross an edge
WIDER = 2.4  # the width of the figure on a wide screen, in widths of that on a phone
NEAR = (12, 2.5)  # what the label of a point may cover, in heights of a letter
CURVE_POINTS = 300  # of the curve that labels keep away from
MANY_PAIRS = 100  # from here on points cover one another, and are drawn fainter
MAX_PAIRS = 4_000  # drawn pairs; more would slow down the browser


def agreement_figure(agreement: Agreement) -> go.Figure:
    """Return a point for each known pair, with people's rating on x and the cosine on y.

    The curve is the isotonic regression. Of more than `MAX_PAIRS` pairs, every second, every third
    and so on is drawn.
    """
    ratings, cosines = agreement.ratings, agreement.cosines
    drawn = np.arange(len(ratings))[:: -(-len(ratings) // MAX_PAIRS)]
    pairs = [agreement.pairs[index] for index in drawn.tolist()]
    texts = [f"{plotly_text(pair.first)} – {plotly_text(pair.second)}" for pair in pairs]
    points = {
        "type": "scatter",
        "mode": "markers",
        "x": ratings[drawn].tolist(),
        "y": cosines[drawn].tolist(),
        "text": texts,
        "marker": {
            "color": BLUE,
            "size": 8,
            "opacity": 0.35 if len(drawn) > MANY_PAIRS else 0.75,
        },
        "hovertemplate": "%{text}<br>people: %{x}<br>cosine: %{y:.3f}<extra></extra>",
    }
    order = drawn[np.argsort(ratings[drawn], kind="stable")]
    curve = {
        "type": "scatter",
        "mode": "lines",
        "x": ratings[order].tolist(),
        "y": agreement.rising_curve()[order].tolist(),
        "line": {"color": VERMILLION, "width": 3},
        "hoverinfo": "skip",
    }
    across = {
        "title": {"text": "how alike people find them"},
        "range": _range(ratings),
        "gridcolor": LINE,
        "zeroline": False,
        "tickfont": {"color": INK},
    }
    up = {
        "title": {"text": "cosine of the two vectors"},
        "range": _range(cosines),
        "gridcolor": LINE,
        "zerolinecolor": LINE,
        "tickfont": {"color": INK},
    }
    margin = {"l": 8, "r": 8, "t": TOOLBAR_HEIGHT, "b": 8}
    layout = quiet(HEIGHT) | {"xaxis": across, "yaxis": up, "margin": margin}
    return Figure(data=[points, curve, _named(agreement)], layout=layout)


def _named(agreement: Agreement) -> dict[str, object]:
    """Return the points with labels."""
    worst = _by_difference(agreement)[:LABELLED_PAIRS]
    pairs = [agreement.pairs[index] for index in worst]
    texts = [f"{pair.first} – {pair.second}" for pair in pairs]
    points = _in_letters(agreement, agreement.ratings[worst], agreement.cosines[worst])
    edges = [
        *((side, height) for side in (0, ACROSS) for height in np.arange(0, UP, 0.5)),
        *((width, side) for side in (0, UP) for width in np.arange(0, ACROSS, 0.5)),
    ]
    curve = _along_curve(agreement)
    kept_free = np.vstack(
        [
            np.repeat(edges, EDGE_WEIGHT, axis=0),
            curve,
            *(_on_wide_screen(curve, point) for point in points),
        ]
    )
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": agreement.ratings[worst].tolist(),
        "y": agreement.cosines[worst].tolist(),
        "text": [plotly_text(text) for text in texts],
        "textposition": place_labels(points, texts, 1.0, kept_free),
        "cliponaxis": False,
        "textfont": {"size": TEXT_SIZE - 2, "color": INK},
        "marker": {"color": BLUE, "size": 10},
        "hoverinfo": "skip",
    }


def _range(axis: Numbers) -> list[float]:
    """Return the ends of an axis, somewhat beyond its points."""
    beyond = MARGIN * float(np.ptp(axis)) or 0.5
    return [float(axis.min()) - beyond, float(axis.max()) + beyond]


def _in_letters(agreement: Agreement, ratings: Numbers, cosines: Numbers) -> Numbers:
    """Return where points are in the figure on a phone, (N, 2), in heights of a letter."""
    (left, right), (low, high) = _range(agreement.ratings), _range(agreement.cosines)
    return np.column_stack(
        [(ratings - left) / (right - left) * ACROSS, (cosines - low) / (high - low) * UP]
    )


def _along_curve(agreement: Agreement) -> Numbers:
    """Return points at equal distances along the curve, (N, 2), in heights of a letter."""
    order = np.argsort(agreement.ratings, kind="stable")
    corners = _in_letters(agreement, agreement.ratings[order], agreement.rising_curve()[order])
    walked = np.concatenate([[0], np.linalg.norm(np.diff(corners, axis=0), axis=1).cumsum()])
    stops = np.linspace(0, walked[-1], CURVE_POINTS)
    return np.column_stack([np.interp(stops, walked, axis) for axis in corners.T])


def _on_wide_screen(curve: Numbers, point: Numbers) -> Numbers:
    """Return where the part of the curve that is near a point is from it on a wide screen."""
    wide = point + (curve - point) * [WIDER, 1]
    return wide[(np.abs(wide - point) < NEAR).all(axis=1)]


def pair_table(agreement: Agreement) -> pd.DataFrame:
    """Return all known pairs, sorted by the difference of their two ranks."""
    by_people, by_vectors = agreement.ranks()
    order = _by_difference(agreement)
    return pd.DataFrame(
        {
            "first": [agreement.pairs[index].first for index in order],
            "second": [agreement.pairs[index].second for index in order],
            "rating": agreement.ratings[order],
            "cosine": agreement.cosines[order],
            "place of rating": by_people[order],
            "place of cosine": by_vectors[order],
        }
    )


def _by_difference(agreement: Agreement) -> list[int]:
    order: list[int] = np.argsort(-agreement.differences(), kind="stable").tolist()
    return order
