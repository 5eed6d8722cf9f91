"""A part of a page: who looks at whom, by layer and head."""

import numpy as np
import streamlit as st

from core.language.attention import Attention
from pages.context.cached import attention_in
from pages.context.notes import show_note, tell_truncated
from pages.shared.controls import choice, select, slider
from pages.shared.language_models import decoder, encoder
from pages.shared.page_frame import errors_shown, plain
from pages.shared.tables import show_table
from pages.shared.text_area import text_field
from pages.shared.url_state import part
from viz.language.attention import attention_lines, attention_matrix, attention_table
from viz.style import TOOLBAR

TEXT = "The animal did not cross the street because it was too tired."
MODELS = ("MiniLM", "SmolLM2")
MEAN = "mean"
LAYER, HEAD, LOOKS = 4, "2", "10 it"  # where a head of MiniLM finds what "it" stands for
SETTINGS = {"attention_temperature": 1.0, "attention_model": MODELS[0], "looks": "all"}


@part
def attention_part() -> None:
    """Show the weights of one head; a change runs this part alone."""
    text = text_field("Sentence", TEXT, "attention_text", lines=1)
    with st.container(horizontal=True):
        name = choice(
            "Model",
            MODELS,
            "attention_model",
            help="**MiniLM** reads: each token may look at all. **SmolLM2** writes: a token sees "
            "only itself and what comes before it.",
        )
        model = encoder() if name == MODELS[0] else decoder()
        layer = slider("Layer", 1, model.layers, LAYER, "attention_layer", width=300)
        head = select(
            "Head",
            [MEAN, *(str(head) for head in range(1, model.heads + 1))],
            "attention_head",
            HEAD,
            width=160,
            help="A layer has several heads, each with queries and keys of its own. **mean**: of "
            "all.",
        )
        temperature = slider(
            "Temperature",
            0.1,
            4.0,
            1.0,
            "attention_temperature",
            step=0.1,
            width=240,
            help="1 is the model's own. Less: each token looks at fewer. More: at all alike. It is "
            "changed in this layer only, the layers before it stay as they are.",
        )
    with errors_shown():
        found = attention_in(model, model.name, text)
        weights = found.of_head(layer, None if head == MEAN else int(head), temperature)
        _show(found, weights, f"layer {layer}, head {head}")
        show_note("attention_text", text)


def _show(found: Attention, weights: np.ndarray, where: str) -> None:
    """Show the weights as cells, as lines and as numbers."""
    tokens = [token.text for token in found.tokens]
    tell_truncated(found.truncated, len(tokens))
    cells, lines = st.columns(2, gap="medium")
    with cells:
        st.plotly_chart(
            attention_matrix(tokens, weights),
            key="attention_matrix",
            config=TOOLBAR,
            alt=f"How each of {len(tokens)} tokens shares out its attention, {where}: "
            "a row for each that looks.",
        )
        st.caption(
            "A row: the token that looks. Its cells add up to 1. Pieces that go on a word start "
            "with \\#\\#; ␣ is a space. [CLS] and [SEP] are MiniLM's own. A head that finds "
            "nothing often looks there; one of SmolLM2, at the first token."
        )
    with lines:
        options = ["all", *(f"{index} {token}" for index, token in enumerate(tokens, 1))]
        looks = select("Lines of", options, "looks", LOOKS, width=160)
        chosen = options.index(looks) - 1
        st.plotly_chart(
            attention_lines(tokens, weights, None if chosen < 0 else chosen),
            key="attention_lines",
            config=TOOLBAR,
            alt=f"Lines from each token to those it looks at, {where}; thick lines are large "
            "weights.",
        )
        st.caption("Thick lines are large weights; the smallest ones are not drawn.")
    st.markdown(strongest(tokens, weights, None if chosen < 0 else chosen))
    with st.expander("The weights as numbers"):
        show_table(attention_table(tokens, weights), "The attention weights.")


def strongest(tokens: list[str], weights: np.ndarray, chosen: int | None) -> str:
    """Return, in Markdown, who looks at whom most, apart from each token at itself."""
    others = weights.copy()
    np.fill_diagonal(others, -1)
    if chosen is not None:
        others[np.arange(len(tokens)) != chosen] = -1
    looks, seen = np.unravel_index(int(others.argmax()), others.shape)
    if others[looks, seen] < 0:
        return "There is only one token: all it can look at is itself."
    return (
        f"Strongest: **{plain(tokens[looks])}** gives {weights[looks, seen]:.0%} of its attention "
        f"to **{plain(tokens[seen])}**. At temperature 1 these are the model's own weights: a "
        "softmax over the dot products of queries and keys. Another temperature divides the "
        "products before the softmax."
    )
