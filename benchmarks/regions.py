"""The regions of the default map: how long they take, and how well they hold.

- `seconds_20000`: seconds for the regions of the 20,000 words that are drawn by default.
- `groups_apart`: of the words of our groups, the share in regions of the second level that hold no
  other group. A region holds a group if at least a quarter of the group's words are in it.
- `neighbours_kept`: how many of a word's ten nearest neighbours are among the ten drawn nearest to
  it, on the layout shown first.

The peer is k-means of scikit-learn with as many clusters in all dimensions: the share of our
groups' words that it keeps apart is printed beside ours. It knows no map.

With `--all`, the regions of 400,000 words are measured, too, on their principal components.
"""

import statistics
import sys
import time
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans

from benchmarks.report import Pair, report
from core.catalog import load
from core.geometry.projection import pca
from core.layouts.map_words import most_frequent
from core.layouts.quality import layout_quality
from core.layouts.region_store import groups_on
from core.layouts.regions import COUNTS, RegionLevel, regions
from core.layouts.store import SHIPPED_RECIPES, find, shipped_words

ROUNDS = 3
HELD = 0.25  # share of a group's words in a region that holds the group
Groups = Mapping[str, Sequence[int]]


def main() -> None:
    """Measure and report."""
    embeddings = load("glove-6b-50d")
    drawn = shipped_words(embeddings)
    groups = groups_on(embeddings, drawn)
    figures: dict[str, object] = {}
    shares: list[dict[str, float]] = []
    kept: list[float] = []
    times: list[float] = []
    for recipe in SHIPPED_RECIPES:
        layout = find(recipe, drawn)
        if layout is None:
            raise SystemExit("The layouts that ship are not those of these words.")
        levels: tuple[RegionLevel, ...] = ()
        for _ in range(ROUNDS):
            start = time.perf_counter()
            levels = regions(drawn.words, drawn.units, layout, groups)
            times.append(time.perf_counter() - start)
        name = f"{recipe.method} {recipe.components}D"
        shares.append(apart(levels[1].labels, groups))
        kept.append(layout_quality(drawn.units, layout).kept)
        figures[f"{name}, groups apart"] = shares[-1]
        figures[f"{name}, neighbours kept"] = kept[-1]
        figures[f"{name}, neighbours in the same region"] = [
            round(float(np.average(level.kept, weights=np.bincount(level.labels))), 3)
            for level in levels
        ]
    start = time.perf_counter()
    peer = KMeans(COUNTS[1], n_init=1, random_state=0).fit_predict(drawn.units)
    peer_time = time.perf_counter() - start
    figures["k-means, groups apart"] = apart(peer, groups)
    if "--all" in sys.argv:
        many = most_frequent(embeddings, len(embeddings))
        start = time.perf_counter()
        flat = pca(many.units, 2).project(many.units)
        regions(many.words, many.units, flat, groups_on(embeddings, many))
        figures["seconds_400000"] = round(time.perf_counter() - start, 2)
    report(
        f"Regions of {len(drawn):,} words",
        {"regions": Pair(tuple(times), (peer_time,))},
        figures,
        seconds_20000=round(statistics.median(times), 3),
        groups_apart=shares[0]["all"],
        neighbours_kept=kept[0],
    )


def apart(labels: NDArray[np.integer], groups: Groups) -> dict[str, float]:
    """Return the share of each group's words, and of all, in regions that hold no other group."""
    held = {
        name: np.bincount(labels[list(rows)], minlength=labels.max() + 1) / len(rows)
        for name, rows in groups.items()
    }
    alone = {
        name: [
            all(shares[labels[row]] < HELD for other, shares in held.items() if other != name)
            for row in rows
        ]
        for name, rows in groups.items()
    }
    of_group = {name: round(float(np.mean(each)), 3) for name, each in alone.items()}
    every = [one for each in alone.values() for one in each]
    return {**of_group, "all": round(float(np.mean(every)), 3)}


if __name__ == "__main__":
    main()
