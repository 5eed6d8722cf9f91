"""A part of a page: attention weights by layer and head."""

import numpy as np
import streamlit as st

from core.language.attention import Attention
from pages.context.cached import attention_in
from pages.context.notes import show_note, show_truncated
from pages.shared.controls import choice, examples, select, slider
from pages.shared.figures import show_figure
from pages.shared.hint import show_hint
from pages.shared.language_models import decoder, encoder
from pages.shared.page_frame import errors_shown, plain
from pages.shared.tables import show_table
from pages.shared.text_area import text_field
from pages.shared.url_state import part
from viz.language.attention import attention_lines, attention_matrix, attention_table

TEXT = "The animal did not cross the street because it was too tired."
MODELS = ("MiniLM", "SmolLM2")
MEAN = "mean"
LAYER, HEAD, LOOKS = 4, "2", "10 it"  # a head of MiniLM that looks from "it" to its antecedent
SETTINGS = {"attention_temperature": 1.0, "attention_model": MODELS[0], "looks": "all"}


@part
def attention_part() -> None:
    """Show the attention weights of one head; a change reruns this part alone."""
    with examples("context", "attention_example", SETTINGS, part="attention"):
        text = text_field("Sentence", TEXT, "attention_text", lines=1)
        with st.container(horizontal=True):
            name = choice(
                "Model",
                MODELS,
                "attention_model",
                help="**MiniLM** is an encoder: each token can look at all tokens. **SmolLM2** is "
                "a decoder: a token can look only at itself and the tokens before it.",
            )
            model = encoder() if name == MODELS[0] else decoder()
            layer = slider("Layer", 1, model.layers, LAYER, "attention_layer", width=300)
            head = select(
                "Head",
                [MEAN, *(str(head) for head in range(1, model.heads + 1))],
                "attention_head",
                HEAD,
                width=160,
                help="A layer has several heads, each with its own queries and keys. **mean**: the "
                "mean of all heads.",
            )
            temperature = slider(
                "Temperature",
                0.1,
                4.0,
                1.0,
                "attention_temperature",
                step=0.1,
                width=240,
                help="1 is the model's own temperature. If it is lower, each token looks at fewer "
                "others; if it is higher, the weights become more equal. Only this layer is "
                "changed, not the layers before it.",
            )
    with errors_shown():
        scores = attention_in(model, model.name, text)
        weights = scores.of_head(layer, None if head == MEAN else int(head), temperature)
        _show(scores, weights, f"layer {layer}, head {head}")
        show_note("attention_text", text)


def _show(scores: Attention, weights: np.ndarray, where: str) -> None:
    """Show the weights as cells, as lines and as a table."""
    tokens = [token.text for token in scores.tokens]
    show_truncated(scores.truncated, len(tokens))
    options = ["all", *(f"{index} {token}" for index, token in enumerate(tokens, 1))]
    above = st.container()
    cells, lines = st.columns(2, gap="medium")
    with cells:
        show_figure(
            attention_matrix(tokens, weights),
            key="attention_matrix",
            alt=f"The attention weights of {len(tokens)} tokens, {where}: a row for each token "
            "that looks.",
        )
        st.caption(
            "Each row is a token that looks; its cells add up to 1. Pieces that continue a word "
            "start with \\#\\#; ␣ is a space. [CLS] and [SEP] are added by MiniLM. A head that has "
            "nothing to look for often looks at them; a head of SmolLM2, at the first token."
        )
    with lines:
        looks = select("Lines of", options, "looks", LOOKS, width=160)
        chosen = options.index(looks) - 1
        show_figure(
            attention_lines(tokens, weights, None if chosen < 0 else chosen),
            key="attention_lines",
            alt=f"Lines from each token to the tokens it looks at, {where}; thick lines are large "
            "weights.",
        )
        st.caption("Thick lines are large weights; the smallest ones are not drawn.")
    with above:
        show_hint(strongest(tokens, weights, None if chosen < 0 else chosen))
    st.caption(
        "At temperature 1 these are the model's own weights: a softmax over the dot products of "
        "queries and keys. Another temperature divides the products before the softmax."
    )
    with st.expander("The weights as numbers"):
        show_table(attention_table(tokens, weights), "The attention weights.")


def strongest(tokens: list[str], weights: np.ndarray, chosen: int | None) -> str:
    """Return, in Markdown, the largest weight between two different tokens."""
    others = weights.copy()
    np.fill_diagonal(others, -1)
    if chosen is not None:
        others[np.arange(len(tokens)) != chosen] = -1
    looks, seen = np.unravel_index(int(others.argmax()), others.shape)
    if others[looks, seen] < 0:
        return "There is only one token, which can look only at itself."
    return (
        f"Strongest: **{plain(tokens[looks])}** gives {weights[looks, seen]:.0%} of its attention "
        f"to **{plain(tokens[seen])}**."
    )
