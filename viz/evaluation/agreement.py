"""The agreement of cosine similarities with people's ratings of the same pairs of words."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from core.evaluation.ratings import Agreement
from viz.figure import Figure
from viz.labels import place_labels
from viz.style import BLUE, INK, LINE, TEXT_SIZE, VERMILLION, plotly_text, quiet

HEIGHT = 480  # pixels
LABELLED_PAIRS = 5  # the pairs with the largest difference of ranks
ACROSS, UP = 24, 26  # the size of the figure on a phone, in heights of a letter
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
        "marker": {"color": BLUE, "size": 8, "opacity": 0.35},
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
        "gridcolor": LINE,
        "zeroline": False,
        "tickfont": {"color": INK},
    }
    up = {
        "title": {"text": "cosine of the two vectors"},
        "gridcolor": LINE,
        "zerolinecolor": LINE,
        "tickfont": {"color": INK},
    }
    layout = quiet(HEIGHT) | {"xaxis": across, "yaxis": up}
    return Figure(data=[points, curve, _named(agreement)], layout=layout)


def _named(agreement: Agreement) -> dict[str, object]:
    """Return the points with labels."""
    worst = _by_difference(agreement)[:LABELLED_PAIRS]
    pairs = [agreement.pairs[index] for index in worst]
    texts = [f"{pair.first} – {pair.second}" for pair in pairs]
    # In heights of a letter.
    across, up = (
        (axis[worst] - axis.min()) / max(float(np.ptp(axis)), 1e-9) * span
        for axis, span in ((agreement.ratings, ACROSS), (agreement.cosines, UP))
    )
    edges = [(side, height) for side in (-1, ACROSS + 1) for height in np.arange(0, UP, 0.5)]
    points = np.column_stack([across, up])
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": agreement.ratings[worst].tolist(),
        "y": agreement.cosines[worst].tolist(),
        "text": [plotly_text(text) for text in texts],
        "textposition": place_labels(points, texts, 1.0, edges),
        "textfont": {"size": TEXT_SIZE - 2, "color": INK},
        "marker": {"color": BLUE, "size": 10},
        "hoverinfo": "skip",
    }


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
    by_people, by_vectors = agreement.ranks()
    order: list[int] = np.argsort(-np.abs(by_people - by_vectors), kind="stable").tolist()
    return order
