"""Where the words of the map are drawn: chosen by each visitor, worked out once for all."""

from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit.delta_generator import DeltaGenerator

from core.geometry.arithmetic import evaluate
from core.geometry.projection import Projection, pca, slice_through
from pages.shared.controls import choice, text
from pages.shared.frame import errors_shown
from pages.shared.sources import default_embeddings

COUNTS = (100, 1_000, 5_000, 20_000, 100_000, 400_000)
USUAL_COUNT = 20_000
PROJECTIONS = ("components", "slice")
AXES = ("woman - man", "king - man", "cats - cat")


@dataclass(frozen=True)
class Layout:
    """Words on a map.

    Args:
        name: says what it is; the same name always has the same coordinates.
        title: what the axes are, for people.
        axis_names: one a dimension.
        projection: the axes.
        coordinates: (N, K) float32, read-only, for the N most frequent words.
    """

    name: str
    title: str
    axis_names: tuple[str, ...]
    projection: Projection
    coordinates: NDArray[np.float32]

    def caption(self, vocabulary_size: int, added: int) -> str:
        """Return what the picture keeps and what it leaves out.

        Args:
            vocabulary_size: how many words there are.
            added: how many rarer ones are drawn too.
        """
        shares = self.projection.explained
        words = "word that is" if added == 1 else "words that are"
        more = f", and {added} rarer {words} lit up" if added else ""
        return (
            f"Drawn: {len(self.coordinates):,} of {vocabulary_size:,} words, the most "
            f"frequent{more}. These {len(shares)} axes keep {shares.sum():.1%} of how the words "
            "differ (their variance); the rest is flattened away, so words that lie far apart can "
            "look close."
        )


def choose_layout(row: DeltaGenerator) -> Layout | None:
    """Show the controls of a layout and return the chosen one, or None if an axis is no axis.

    Args:
        row: where the controls go; the axes of a slice come below it.

    Raises:
        InputError: two axes point the same way.
    """
    with row:
        count = st.select_slider(
            "Most frequent words",
            COUNTS,
            USUAL_COUNT,
            format_func="{:,}".format,
            key="count",
            bind="query-params",
            width=240,
        )
        components = int(choice("Picture", ("2D", "3D"), "map_dimensions")[0])
        projection = choice("Axes", PROJECTIONS, "projection")
    if projection == PROJECTIONS[0]:
        return principal_layout(count, components)
    axes: list[str] = []
    for place, (column, axis) in enumerate(zip(st.columns(components), AXES, strict=False), 1):
        key = f"axis_{place}"
        with column:
            written = text(f"Axis {place}", axis, key)
            with errors_shown(key):
                evaluate(default_embeddings(), written)
                axes.append(written)
    return slice_layout(count, tuple(axes)) if len(axes) == components else None


@st.cache_resource(max_entries=16, show_spinner="Finding the axes that keep most…")
def principal_layout(count: int, components: int) -> Layout:
    """Return the principal components of the `count` most frequent words."""
    vectors = default_embeddings().vectors[:count]
    projection = pca(vectors, components)
    names = tuple(
        f"component {place} ({share:.1%})" for place, share in enumerate(projection.explained, 1)
    )
    title = f"{components} principal components"
    return _laid_out(f"pca:{count}:{components}", title, names, projection, vectors)


@st.cache_resource(max_entries=32, show_spinner="Cutting the slice…")
def slice_layout(count: int, axes: tuple[str, ...]) -> Layout:
    """Return the slice along expressions, such as `woman - man`; raises as they do."""
    embeddings = default_embeddings()
    directions = [evaluate(embeddings, axis).vector for axis in axes]
    vectors = embeddings.vectors[:count]
    projection = slice_through(vectors, directions, axes)
    title = f"the slice along {', '.join(axes)}"
    # A later axis is only the part of its direction that those before it do not have.
    units = [direction / np.linalg.norm(direction) for direction in directions]
    own = np.einsum("kd,kd->k", projection.axes, np.array(units)) > 0.99
    names = tuple(
        axis if alone else f"{axis}, what is left" for axis, alone in zip(axes, own, strict=True)
    )
    return _laid_out(f"slice:{count}:{'|'.join(axes)}", title, names, projection, vectors)


def _laid_out(
    name: str,
    title: str,
    axis_names: tuple[str, ...],
    projection: Projection,
    vectors: NDArray[np.float32],
) -> Layout:
    coordinates = projection.project(vectors)
    coordinates.flags.writeable = False
    return Layout(name, title, axis_names, projection, coordinates)
