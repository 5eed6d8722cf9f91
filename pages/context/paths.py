"""A part of a page: one word in the visitor's sentences, layer by layer."""

import numpy as np
import streamlit as st

from core.language.context import Uses
from core.language.layer_paths import Paths
from core.language.use_similarity import UseSimilarity, cosines_by_layer
from pages.context.cached import paths_in, use_similarity_in, uses_in
from pages.context.curves import show_curves
from pages.context.notes import show_note
from pages.shared.controls import choice, slider, text
from pages.shared.language_models import encoder
from pages.shared.page_frame import errors_shown, plain
from pages.shared.tables import show_table
from pages.shared.text_area import text_field
from pages.shared.url_state import part
from viz.language.similarity import uses_heatmap, uses_table
from viz.language.trajectories import path_table, trajectories_figure
from viz.style import TOOLBAR

WORD = "bank"
SENTENCES = """money: He went to the bank to deposit money.
river: She sat by the bank of the river.
money: The bank approved my loan.
river: We fished from the muddy bank of the stream.
money: The bank raised interest rates.
river: Grass grows along the bank near the water."""
SHOWN = ("what differs", "everything")


@part
def paths_part() -> None:
    """Show the paths, how alike the uses are, and the numbers; a change runs this part alone."""
    model = encoder()
    picture, typed = st.columns([3, 2], gap="medium")
    with typed:
        word = text("The word", WORD, "shared_word", max_chars=60)
        sentences = text_field(
            "Sentences with it, one a line",
            SENTENCES,
            "sentences",
            lines=7,
            about="Write a sense and a colon before a sentence, as in `river: She sat by the "
            "bank.`, and sentences of the same sense get the same colour. Up to 12 sentences.",
        )
        shown = choice(
            "The picture shows",
            SHOWN,
            "shown",
            help="**what differs**: at each layer, what all the sentences share is taken off. "
            "**everything**: nothing is. Then one sees mostly how the layers differ.",
        )
    below = st.container()
    with picture, errors_shown():
        uses = uses_in(model, model.name, word, sentences)
        alone = len(uses.sentences) == 1
        drawn = paths_in(model, model.name, word, sentences, shown == SHOWN[0] and not alone)
        _show_paths(uses, drawn)
        found = use_similarity_in(model, model.name, word, sentences)
        with typed:
            _tell(uses)
            if not alone:
                st.markdown(verdict(uses, found))
            show_note("sentences", sentences)
        with below:
            _show_likeness(uses, found)
            with st.expander("Where each path ends, as numbers"):
                show_table(path_table(uses, drawn), "The end of each sentence's path.")


def _show_paths(uses: Uses, drawn: Paths) -> None:
    """Show where the layers take the word."""
    st.plotly_chart(
        trajectories_figure(uses, drawn),
        key="paths",
        config=TOOLBAR,
        alt=f"The way of '{uses.word}' through {uses.layers} layers in {len(uses.sentences)} "
        "sentences, a line each, from its one static vector to where its sentence takes it.",
    )
    st.caption(
        "All start at **static**: the same numbers in every sentence, the word's row of the "
        f"embedding matrix. A number stands where layer {uses.layers} leaves its sentence. The "
        f"plane keeps {drawn.explained:.0%} of the differences (PCA over all layers)."
        + ("" if len(uses.sentences) > 1 else " One sentence has nothing to differ from.")
    )


def _tell(uses: Uses) -> None:
    """Say what of the word and the sentences is not as one might think."""
    word = plain(uses.word)
    if len(uses.pieces) > 1:
        pieces = " ".join(plain(piece) for piece in uses.pieces)
        st.caption(
            f"The model cuts {word} into {len(uses.pieces)} tokens: {pieces}. What is drawn is the "
            "mean of their vectors. (Pieces that go on a word start with \\#\\#.)"
        )
    if uses.left_out:
        named = "; ".join(f"“{plain(one.text[:60])}”" for one in uses.left_out)
        st.caption(f"Without the word {word}, left out: {named}")
    if uses.repeated:
        named = "; ".join(f"“{plain(one.text[:60])}”" for one in uses.repeated)
        st.caption(f"More than once in {named}: the first one counts.")
    if uses.truncated:
        st.caption(
            f"A sentence is longer than the model can read: its last tokens, {uses.truncated:,} in "
            "all, are left out."
        )


def _show_likeness(uses: Uses, found: UseSimilarity) -> None:
    """Show the mean cosines by layer, and each two uses at one layer."""
    if len(uses.sentences) < 2:
        st.info("Type a second sentence with the word to see how alike the two uses are.")
        return
    curves = {"same sense": found.same, "different": found.different}
    if not np.isfinite(found.different).all():
        curves = {"all pairs": found.all_pairs}
    left, right = st.columns(2, gap="medium")
    with left:
        st.subheader("How alike, by layer", anchor=False)
        show_curves(
            curves,
            "mean cosine",
            f"Mean cosine of {' and of '.join(curves)} at layers 0 to {uses.layers}.",
            "likeness",
        )
    with right:
        st.subheader("Each two at one layer", anchor=False)
        _layer_part(uses)


@part
def _layer_part(uses: Uses) -> None:
    """Show the cosine of each two uses at the chosen layer."""
    layer = slider("Layer", 0, uses.layers, uses.layers, "uses_layer")
    cosines = cosines_by_layer(uses)
    st.plotly_chart(
        uses_heatmap(uses, cosines[layer], float(cosines.min())),
        key="uses",
        config=TOOLBAR,
        alt=f"The cosine of each two of {len(uses.sentences)} sentences at layer {layer}.",
    )
    st.caption(
        "The cosine of the word's two vectors: 1 is the same direction. Layer 0 is what enters "
        "the first layer: token, position and segment."
    )
    with st.expander("As numbers"):
        show_table(uses_table(uses, cosines[layer]), "The cosine of each two uses.")


def verdict(uses: Uses, found: UseSimilarity) -> str:
    """Return, in Markdown, whether the model keeps the senses apart."""
    first, last = found.all_pairs[0], found.all_pairs[-1]
    if not np.isfinite(found.different).all():
        return (
            f"The mean cosine of two uses goes from {first:.3f} at layer 0 to {last:.3f} at layer "
            f"{uses.layers}. Write a sense before each sentence (`river: …`) to compare the same "
            "sense with different ones."
        )
    if not np.isfinite(found.same).all():
        return (
            f"Every sentence has a sense of its own: {found.different[0]:.3f} at layer 0, "
            f"{found.different[-1]:.3f} at layer {uses.layers}."
        )
    gaps = found.same - found.different
    widest = int(gaps.argmax())
    start = (
        "Before the first layer the uses are nearly one: they differ by their positions only"
        if gaps[0] < 0.05
        else "Uses of the same sense are more alike from the start, since their positions are"
    )
    near, count = int(found.nearest[-1]), found.comparable
    if gaps[-1] <= 0.01:
        apart = "**The senses do not come apart**"
    elif near == count:
        apart = "**The senses come apart**"
    else:
        apart = "**The senses come apart in part**"
    return (
        f"{apart}: at the last layer, {near} of {count} uses find their closest partner in the "
        f"same sense. The mean cosine there is {found.same[-1]:.3f} within a sense, "
        f"{found.different[-1]:.3f} between senses; the gap is widest at layer {widest}, "
        f"{found.same[widest]:.3f} against {found.different[widest]:.3f}. {start} "
        f"({found.same[0]:.3f} against {found.different[0]:.3f})."
    )
