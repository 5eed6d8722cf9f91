"""The store of layouts that take long to compute.

The layouts of the default vectors, which every visitor sees first, ship with the app; `python -m
core.layouts` computes them. All others are kept in the data folder once they are computed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from core.catalog import data_folder, get
from core.embeddings import Embeddings
from core.errors import InputError
from core.layouts import tsne as tsne_layout
from core.layouts import umap as umap_layout
from core.layouts.array_store import Key, Results, versions
from core.layouts.base import LayoutStep, upright
from core.layouts.curated_words import ASSETS
from core.layouts.map_words import MapWords, chosen, most_frequent

Method = Literal["UMAP", "t-SNE"]
Coordinates = NDArray[np.float32]

EDITION: Final = 2  # increase it when the same recipe gives other coordinates
SHIPPED_COUNT: Final = 20_000
SHIPPED_SOURCE: Final = "glove-6b-50d"
SHIPPED: Final = ASSETS / "layouts" / f"{SHIPPED_SOURCE}.npz"
ROWS: Final = "rows"  # in the shipped file: rows of the words
DIGEST: Final = "words"  # in the shipped file: digest of the words


@dataclass(frozen=True)
class Recipe:
    """The settings of a layout by the angles between vectors.

    Args:
        method: `UMAP`, or `t-SNE`, which draws in two dimensions only.
        components: 2 or 3.
        neighbors: number of neighbours of a word for UMAP; the perplexity for t-SNE.
        seed: of the random numbers.
    """

    method: Method
    components: int = 2
    neighbors: int = umap_layout.NEIGHBORS
    seed: int = 0

    def steps(self, drawn: MapWords) -> Iterator[LayoutStep]:
        """Yield the steps of the layout, each turned along the axes.

        Raises:
            InputError: as `umap_steps` and `tsne_steps` do, or t-SNE has not 2 dimensions.
        """
        for step in self._steps(drawn):
            if step.coordinates is None:
                yield step
            else:
                yield replace(step, coordinates=upright(step.coordinates))

    def _steps(self, drawn: MapWords) -> Iterator[LayoutStep]:
        if self.method == "t-SNE":
            if self.components != 2:
                raise InputError(f"t-SNE has 2 dimensions, not {self.components}.")
            return tsne_layout.tsne_steps(drawn.units, self.neighbors, self.seed)
        return umap_layout.umap_steps(drawn.units, self.components, self.neighbors, seed=self.seed)

    def settings(self) -> str:
        """Return the settings for people.

        >>> Recipe("UMAP").settings()
        '12 neighbours of a word, seed 0'
        """
        size = f"{self.neighbors} neighbours of a word"
        if self.method == "t-SNE":
            size = f"perplexity {self.neighbors}"
        return f"{size}, seed {self.seed}"

    def name(self, drawn: MapWords) -> str:
        """Return an identifier of this layout of these words."""
        settings = (self.method, self.components, self.neighbors, self.seed)
        return f"{':'.join(map(str, settings))}:{drawn.digest}"

    def key(self, drawn: MapWords) -> Key:
        """Return everything that the layout depends on."""
        return {
            "layout": self.name(drawn),
            "edition": EDITION,
            **versions("numpy", "numba", "openTSNE"),
        }


SHIPPED_RECIPES: Final = (  # the one that keeps most neighbours is shown first
    Recipe("t-SNE", 2, int(tsne_layout.PERPLEXITY)),
    Recipe("UMAP", 2),
    Recipe("UMAP", 3),
)


def find(recipe: Recipe, drawn: MapWords) -> Coordinates | None:
    """Return a layout that was computed before, (N, K) float32, or None."""
    layouts = _shipped()
    name = entry(recipe)
    if name in layouts and layouts[DIGEST].tobytes().decode() == drawn.digest:
        return layouts[name]
    kept = _results().find(recipe.key(drawn))
    if kept is None or kept.shape != (len(drawn), recipe.components) or kept.dtype != np.float32:
        return None
    return kept


def make(recipe: Recipe, drawn: MapWords) -> Iterator[LayoutStep]:
    """Yield the steps of a layout, and keep the last. To stop it, stop iterating."""
    last = None
    for last in recipe.steps(drawn):
        yield last
    if last is not None and last.coordinates is not None:
        _results().keep(recipe.key(drawn), last.coordinates)


def shipped_words(embeddings: Embeddings) -> MapWords:
    """Return the words of the layouts that ship with the app, or else the most frequent words.

    Args:
        embeddings: the default embeddings.
    """
    shipped = _shipped()
    if shipped and embeddings.name == get(SHIPPED_SOURCE).title:
        drawn = chosen(embeddings, shipped[ROWS].tolist(), SHIPPED_COUNT)
        if drawn.digest == shipped[DIGEST].tobytes().decode():
            return drawn
    return most_frequent(embeddings, SHIPPED_COUNT)


def entry(recipe: Recipe) -> str:
    """Return the name of a layout in the shipped file."""
    return f"{EDITION}:{recipe.method}:{recipe.components}:{recipe.neighbors}:{recipe.seed}"


def _results() -> Results:
    return Results(data_folder() / "results")


@cache
def _shipped() -> dict[str, NDArray[Any]]:
    """Return the layouts that ship with the app, by their names; none if the file is missing."""
    if not SHIPPED.exists():
        return {}
    with np.load(SHIPPED, allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    for array in arrays.values():
        array.flags.writeable = False
    return arrays
