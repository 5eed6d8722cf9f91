"""A part of a page: the vectors of one word in several sentences, layer by layer."""

import numpy as np
import streamlit as st

from core.language.context import Uses
from core.language.layer_paths import Paths
from core.language.use_similarity import UseSimilarity, cosines_by_layer
from pages.context.cached import paths_in, use_similarity_in, uses_in
from pages.context.curves import show_curves
from pages.context.notes import show_note
from pages.shared.controls import choice, examples, slider, text
from pages.shared.figures import show_figure
from pages.shared.hint import show_hint
from pages.shared.language_models import encoder
from pages.shared.page_frame import errors_shown, plain
from pages.shared.tables import show_table
from pages.shared.text_area import text_field
from pages.shared.url_state import part
from pages.shared.word_links import show_word_links
from viz.language.similarity import uses_heatmap, uses_table
from viz.language.trajectories import path_table, trajectories_figure

WORD = "bank"
SENTENCES = """money: He went to the bank to deposit money.
river: She sat by the bank of the river.
money: The bank approved my loan.
river: We fished from the muddy bank of the stream.
money: The bank raised interest rates.
river: Grass grows along the bank near the water."""
VIEWS = ("what differs", "everything")
MIN_GAP = 0.01  # between the mean cosines within and between senses that counts


@part
def paths_part() -> None:
    """Show the paths, the similarity of the uses, and the numbers; a change reruns this part."""
    model = encoder()
    with examples("context", "example", {"shown": VIEWS[0]}, part="one word"):
        picture, typed = st.columns([3, 2], gap="medium")
        with typed:
            word = text("The word", WORD, "shared_word", max_chars=60)
            sentences = text_field(
                "Sentences with it, one per line",
                SENTENCES,
                "sentences",
                lines=7,
                about="Write a sense and a colon before a sentence, as in `river: She sat by the "
                "bank.`, to give sentences of the same sense the same colour. Up to 12 sentences.",
            )
            view = choice(
                "The picture shows",
                VIEWS,
                "shown",
                help="**what differs**: at each layer, the mean over all sentences is subtracted. "
                "**everything**: nothing is subtracted; then the picture shows mostly the "
                "differences between the layers.",
            )
    below = st.container()
    with picture, errors_shown():
        uses = uses_in(model, model.name, word, sentences)
        alone = len(uses.sentences) == 1
        drawn = paths_in(model, model.name, word, sentences, view == VIEWS[0] and not alone)
        similarity = use_similarity_in(model, model.name, word, sentences)
        if not alone:
            show_hint(verdict(uses, similarity))
        _show_paths(uses, drawn)
        with typed:
            _show_remarks(uses)
            if not alone:
                st.markdown(summary(uses, similarity))
            show_word_links("context", uses.word)
            show_note("sentences", sentences)
        with below:
            _show_similarity(uses, similarity)
            with st.expander("The ends of the paths as numbers"):
                show_table(path_table(uses, drawn), "The end of each sentence's path.")


def _show_paths(uses: Uses, drawn: Paths) -> None:
    """Show the paths of the word through the layers."""
    show_figure(
        trajectories_figure(uses, drawn),
        key="paths",
        alt=f"The path of '{uses.word}' through {uses.layers} layers in {len(uses.sentences)} "
        "sentences, one line each, from the same static vector to a different end.",
    )
    if drawn.explained:
        kept = f"The plane keeps {drawn.explained:.0%} of the differences (PCA over all layers)."
    else:
        kept = "There is no difference to draw."
    st.caption(
        "All paths start at **static**: the word's row of the embedding matrix, the same numbers "
        f"in every sentence. The number of a sentence is at its end, after layer {uses.layers}. "
        + kept
        + ("" if len(uses.sentences) > 1 else " A single sentence differs from no other.")
    )


def _show_remarks(uses: Uses) -> None:
    """Show how the word was cut, and which sentences and tokens were left out."""
    word = plain(uses.word)
    if len(uses.pieces) > 1:
        pieces = " ".join(plain(piece) for piece in uses.pieces)
        st.caption(
            f"The model cuts {word} into {len(uses.pieces)} tokens: {pieces}. The mean of their "
            "vectors is drawn. (Pieces that continue a word start with \\#\\#.)"
        )
    if uses.left_out:
        named = "; ".join(f"“{plain(one.text[:60])}”" for one in uses.left_out)
        st.caption(f"Left out, since {word} is not in them: {named}")
    if uses.repeated:
        named = "; ".join(f"“{plain(one.text[:60])}”" for one in uses.repeated)
        st.caption(f"The word is more than once in {named}: only the first one is used.")
    if uses.truncated:
        st.caption(
            f"A sentence is longer than the model can read: its last tokens, {uses.truncated:,} in "
            "all, are left out."
        )


def _show_similarity(uses: Uses, similarity: UseSimilarity) -> None:
    """Show the mean cosines by layer, and the cosines of all pairs of uses at one layer."""
    if len(uses.sentences) < 2:
        st.info("Type a second sentence with the word to see how similar the two uses are.")
        return
    curves = {"same sense": similarity.same, "different": similarity.different}
    if not np.isfinite(similarity.different).all():
        curves = {"all pairs": similarity.all_pairs}
    left, right = st.columns(2, gap="medium")
    with left:
        st.subheader("Similarity by layer", anchor=False)
        show_curves(
            curves,
            "mean cosine",
            f"Mean cosine of {' and of '.join(curves)} at layers 0 to {uses.layers}.",
            "likeness",
        )
    with right:
        st.subheader("All pairs at one layer", anchor=False)
        _layer_part(uses)


@part
def _layer_part(uses: Uses) -> None:
    """Show the cosines of all pairs of uses at the selected layer."""
    layer = slider("Layer", 0, uses.layers, uses.layers, "uses_layer")
    cosines = cosines_by_layer(uses)
    show_figure(
        uses_heatmap(uses, cosines[layer], float(cosines.min())),
        key="uses",
        alt=f"The cosines of all pairs of {len(uses.sentences)} sentences at layer {layer}.",
    )
    st.caption(
        "The cosine of the word's two vectors: 1 is the same direction. Layer 0 is the input of "
        "the first layer: token, position and segment."
    )
    with st.expander("As numbers"):
        show_table(uses_table(uses, cosines[layer]), "The cosines of all pairs of uses.")


def verdict(uses: Uses, similarity: UseSimilarity) -> str:
    """Return, in Markdown, whether the paths of the senses part, counted at the last layer."""
    first, last = similarity.all_pairs[0], similarity.all_pairs[-1]
    if not (np.isfinite(similarity.different).all() and np.isfinite(similarity.same).all()):
        return (
            f"The mean cosine of two uses goes from {first:.3f} before the first layer to "
            f"**{last:.3f}** at layer {uses.layers}."
        )
    near, count = int(similarity.nearest[-1]), similarity.comparable
    if similarity.same[-1] - similarity.different[-1] <= MIN_GAP:
        outcome = "**The senses are not separated**"
    elif near == count:
        outcome = "**The senses are separated**"
    else:
        outcome = "**The senses are partly separated**"
    return (
        f"{outcome}: at the last layer, {near} of {count} uses find their closest partner in the "
        "same sense."
    )


def summary(uses: Uses, similarity: UseSimilarity) -> str:
    """Return, in Markdown, the mean cosines of the uses at the first and the last layer."""
    if not np.isfinite(similarity.different).all():
        return "Write a sense before each sentence (`river: …`) to compare the senses."
    same, different = similarity.same, similarity.different
    if not np.isfinite(same).all():
        return (
            "Every sentence has a different sense: the mean cosine of two uses is "
            f"{different[0]:.3f} at layer 0, {different[-1]:.3f} at layer {uses.layers}."
        )
    gaps = same - different
    widest = int(gaps.argmax())
    start = (
        "Before the first layer the uses are nearly equal: they differ only by their positions"
        if gaps[0] < 0.05
        else "Uses of the same sense are more similar from the start, since their positions are"
    )
    return (
        f"The mean cosine at the last layer is {same[-1]:.3f} within a sense, "
        f"{different[-1]:.3f} between senses; the gap is widest at layer {widest}, "
        f"{same[widest]:.3f} against {different[widest]:.3f}. {start} "
        f"({same[0]:.3f} against {different[0]:.3f})."
    )
