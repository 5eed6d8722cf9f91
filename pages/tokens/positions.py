"""Parts of a page: the similarity of position vectors, and the sizes of embedding matrices."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from core.geometry.similarity import similarities
from core.language.sizes import Sizes
from pages.shared.controls import choice
from pages.shared.figures import show_figure
from pages.shared.hint import show_hint
from pages.shared.page_frame import errors_shown, plain
from pages.shared.tables import show_table
from pages.shared.url_state import part
from pages.tokens.cached import all_sizes, input_tables
from viz.numbers import fixed
from viz.tokens.input_strips import positions_figure, positions_table

POSITIONS = {"the first 64": range(64), "every 8th of 512": range(0, 512, 8)}


@st.cache_resource(show_spinner=False)
def _similarity() -> NDArray[np.float64]:
    return similarities(input_tables().positions)


@part
def positions_part() -> None:
    """Show the similarity of position vectors."""
    st.subheader("Near positions are similar", anchor=False)
    left, right = st.columns([3, 2], gap="medium")
    with left, errors_shown():
        every = _similarity()
        positions = POSITIONS[choice("Positions", tuple(POSITIONS), "positions")]
        shown = every[np.ix_(positions, positions)]
        show_hint(positions_hint(shown, positions))
        show_figure(
            positions_figure(shown, positions),
            key="positions_figure",
            alt="The similarity of position vectors: a bright diagonal that fades away from it.",
        )
        with right:
            st.markdown(_summary(every))
            st.markdown(
                "**SmolLM2 has no such table.** It adds nothing to a token's row. Instead, inside "
                "each layer, where one token looks at another, it *rotates* their vectors by an "
                "angle that grows with the position. Then only the angle between the two counts: "
                "their distance, not their positions. This is called rotary position embedding "
                "(RoPE, Su et al. 2021)."
            )
            show_table(positions_table(shown, positions), "The cosines of the positions shown.")


def positions_hint(shown: NDArray[np.float64], positions: Sequence[int]) -> str:
    """Return, in Markdown, the mean cosine of the next positions and of those that are far apart.

    Args:
        shown: the cosines of P positions, (P, P) float64.
        positions: P positions at equal distances.

    """
    step, apart = positions[1] - positions[0], len(positions) // 2
    near, far = float(shown.diagonal(1).mean()), float(shown.diagonal(apart).mean())
    return (
        f"Beside the diagonal are positions {step} apart, with a mean cosine of "
        f"**{fixed(near, 2)}**. Of positions {step * apart} apart it is **{fixed(far, 2)}**."
    )


def _summary(every: NDArray[np.float64]) -> str:
    """Return, in Markdown, what the figure shows, in numbers over all positions but the first."""
    later = every[1:, 1:]
    near, far, farther = (float(later.diagonal(step).mean()) for step in (1, 32, 256))
    lengths = np.linalg.norm(input_tables().positions, axis=1)
    averages = f"positions 32 apart {far:.2f}, 256 apart {farther:.2f}".replace("-", "−")
    return (
        f"Each cell is the cosine of two of MiniLM's {len(every)} position vectors, which were "
        f"learned in training. Neighbours have **{near:.2f}** on average, {averages}; in between, "
        "the cosine rises and falls like a wave, which makes the stripes. Position 0, where [CLS] "
        f"always is, is similar to no other ({every[0, 1:].mean():.2f} on average), and its vector "
        f"is {lengths[0] / lengths[1:].mean():.1f} times as long as the others."
    )


def sizes_part() -> None:
    """Show the sizes of the matrices as products of rows and columns."""
    st.subheader("How large is an embedding matrix?", anchor=False)
    with errors_shown():
        st.markdown(
            "**W_E** turns tokens into vectors, **W_U** turns the last vector into a score for "
            "each token, so it has the same size. In SmolLM2, W_U *is* W_E, used in the other "
            "direction: it needs no further weights. MiniLM does not write and has no W_U. The "
            "context is the number of tokens that a model reads at once; GloVe takes each word by "
            "itself. GPT-3's sizes are those of its paper (Brown et al. 2020), the others those of "
            "the matrices used here."
        )
        show_hint(sizes_hint(all_sizes()))
        st.dataframe(
            size_table(all_sizes()),
            hide_index=True,
            column_config={"model": st.column_config.TextColumn(pinned=True)},
            alt="Tokens times dimensions of four models, and the tokens that they read at once.",
        )


def sizes_hint(sizes: Sequence[Sizes]) -> str:
    """Return, in Markdown, which model has the largest embedding matrix, and how large it is."""
    smallest, *_, largest = sorted(sizes, key=lambda one: one.weights)
    times = largest.weights / smallest.weights
    return (
        f"The largest of these matrices is that of **{plain(largest.title)}**: its "
        f"{largest.weights:,} weights are **{times:,.0f} times** as many as those of "
        f"{plain(smallest.title)}."
    )


def size_table(sizes: tuple[Sizes, ...]) -> pd.DataFrame:
    """Return the sizes of models and their products, one row per model."""
    return pd.DataFrame([_size_row(one) for one in sizes])


def _size_row(one: Sizes) -> dict[str, Any]:
    weights = f"{one.weights:,}"
    unembedding = {"its own": f"{weights} more", "the same matrix": "W_E again: 0 more"}
    return {
        "model": one.title,
        "tokens × dimensions = weights of W_E": f"{one.tokens:,} × {one.dimensions:,} = {weights}",
        "weights of W_U": unembedding.get(one.unembedding, "none"),
        "context": f"{one.context:,}" if one.context else "none",
    }
