"""Where the words of the map are drawn: worked out once for all visitors."""

from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.embeddings import Embeddings
from core.geometry.arithmetic import evaluate
from core.geometry.projection import Projection, pca, slice_through
from core.jobs import Jobs
from core.layouts.base import LayoutStep
from core.layouts.map_words import DrawnWords


@dataclass(frozen=True)
class Layout:
    """Words on a map.

    Args:
        name: says what it is; the same name always has the same coordinates.
        title: how it was made, for people.
        drawn: the words.
        coordinates: (N, K) float32, read-only.
        axis_names: one a dimension; none where the axes mean nothing.
        projection: the axes, where there are some.
    """

    name: str
    title: str
    drawn: DrawnWords
    coordinates: NDArray[np.float32]
    axis_names: tuple[str, ...] = ()
    projection: Projection | None = None


@st.cache_resource(max_entries=24, show_spinner="Finding the axes that keep most…")
def principal_layout(_drawn: DrawnWords, digest: str, components: int) -> Layout:
    """Return the principal components of words; `digest` stands for the words."""
    projection = pca(_drawn.vectors, components)
    names = tuple(
        f"component {place} ({share:.1%})" for place, share in enumerate(projection.explained, 1)
    )
    name = f"PCA:{components}:{digest}"
    return _projected(name, f"{components} principal components", _drawn, names, projection)


@st.cache_resource(max_entries=32, show_spinner="Cutting the slice…")
def slice_layout(
    _embeddings: Embeddings, _drawn: DrawnWords, digest: str, axes: tuple[str, ...]
) -> Layout:
    """Return the slice of words along expressions, such as `woman - man`; raises as they do.

    Args:
        _embeddings: what the words are of.
        _drawn: the words.
        digest: what stands for them.
        axes: the expressions.
    """
    directions = [evaluate(_embeddings, axis).vector for axis in axes]
    projection = slice_through(_drawn.vectors, directions, axes)
    # A later axis is only the part of its direction that those before it do not have.
    units = [direction / np.linalg.norm(direction) for direction in directions]
    own = np.einsum("kd,kd->k", projection.axes, np.array(units)) > 0.99
    names = tuple(
        axis if alone else f"{axis}, what is left" for axis, alone in zip(axes, own, strict=True)
    )
    name, title = f"slice:{digest}:{'|'.join(axes)}", f"the slice along {', '.join(axes)}"
    return _projected(name, title, _drawn, names, projection)


def _projected(
    name: str, title: str, drawn: DrawnWords, axis_names: tuple[str, ...], projection: Projection
) -> Layout:
    coordinates = projection.project(drawn.vectors)
    coordinates.flags.writeable = False
    return Layout(name, title, drawn, coordinates, axis_names, projection)


@st.cache_resource(show_spinner=False)
def layout_jobs() -> Jobs[LayoutStep]:
    """Return the layouts that are being made for all visitors, one at a time."""
    return Jobs()
