"""The layouts of maps, computed once for all visitors."""

from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.embeddings import Embeddings
from core.geometry.arithmetic import evaluate
from core.geometry.projection import Projection, pca, slice_through
from core.jobs import Jobs
from core.layouts.base import LayoutStep
from core.layouts.map_words import MapWords
from pages.map.words import kept_maps


@dataclass(frozen=True)
class Layout:
    """The words of a map and their coordinates.

    Args:
        name: identifier of the layout and its words; equal names have equal coordinates.
        title: the name of the method for people.
        drawn: the words.
        coordinates: (N, K) float32, read-only.
        axis_names: one for each dimension, or none if the axes have no meaning.
        projection: the axes, if the layout is a projection.
        settings: of the method and its random numbers; empty if it has none.
    """

    name: str
    title: str
    drawn: MapWords
    coordinates: NDArray[np.float32]
    axis_names: tuple[str, ...] = ()
    projection: Projection | None = None
    settings: str = ""

    @property
    def nbytes(self) -> int:
        """The bytes of the layout and its words."""
        return self.coordinates.nbytes + self.drawn.nbytes


def principal_layout(drawn: MapWords, components: int) -> Layout:
    """Return the principal components of words."""

    def make() -> Layout:
        with st.spinner("Computing the principal components…"):
            return _principal_layout(drawn, components)

    layout: Layout = kept_maps().get_or_make(("PCA", components, drawn.digest), make)
    return layout


def _principal_layout(drawn: MapWords, components: int) -> Layout:
    projection = pca(drawn.vectors, components)
    names = tuple(
        f"component {number} ({share:.1%})" for number, share in enumerate(projection.explained, 1)
    )
    name = f"PCA:{components}:{drawn.digest}"
    return _projected(name, f"{components} principal components", drawn, names, projection)


def slice_layout(embeddings: Embeddings, drawn: MapWords, axes: tuple[str, ...]) -> Layout:
    """Return the slice of words along expressions, such as `woman - man`.

    Args:
        embeddings: the embeddings of the words.
        drawn: the words.
        axes: the expressions.

    Raises:
        InputError: as `core.geometry.arithmetic.evaluate` and `slice_through` do.
    """

    def make() -> Layout:
        with st.spinner("Computing the slice…"):
            return _slice_layout(embeddings, drawn, axes)

    layout: Layout = kept_maps().get_or_make(("slice", axes, drawn.digest), make)
    return layout


def _slice_layout(embeddings: Embeddings, drawn: MapWords, axes: tuple[str, ...]) -> Layout:
    directions = [evaluate(embeddings, axis).vector for axis in axes]
    projection = slice_through(drawn.vectors, directions, axes)
    # A later axis has only the part of its direction that is orthogonal to the axes before it.
    units = [direction / np.linalg.norm(direction) for direction in directions]
    own = np.einsum("kd,kd->k", projection.axes, np.array(units)) > 0.99
    names = tuple(
        axis if alone else f"{axis}, what is left" for axis, alone in zip(axes, own, strict=True)
    )
    name, title = f"slice:{drawn.digest}:{'|'.join(axes)}", f"the slice along {', '.join(axes)}"
    return _projected(name, title, drawn, names, projection)


def _projected(
    name: str, title: str, drawn: MapWords, axis_names: tuple[str, ...], projection: Projection
) -> Layout:
    coordinates = projection.project(drawn.vectors)
    coordinates.flags.writeable = False
    return Layout(name, title, drawn, coordinates, axis_names, projection)


@st.cache_resource(show_spinner=False)
def layout_jobs() -> Jobs[LayoutStep]:
    """Return the layout jobs of all visitors, which run one at a time."""
    return Jobs()
