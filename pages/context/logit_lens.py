"""A part of a page: the next tokens that a decoder would predict at each layer."""

import streamlit as st

from core.language.logit_lens import every_other_layer
from pages.context.cached import lens_on
from pages.context.notes import show_truncated
from pages.shared.controls import choice, examples
from pages.shared.figures import show_figure
from pages.shared.hint import show_hint
from pages.shared.language_models import decoder
from pages.shared.page_frame import errors_shown, plain
from pages.shared.tables import show_table
from pages.shared.text_area import text_field
from pages.shared.url_state import part
from viz.language.logit_lens import lens_figure, lens_table

TEXT = "The capital of France is"
ROWS = ("every 3rd layer", "every 2nd layer", "all layers")
STEPS = dict(zip(ROWS, (3, 2, 1), strict=True))


@part
def lens_part() -> None:
    """Show the grid of likeliest next tokens; a change reruns this part alone."""
    model = decoder()
    otherwise = {"lens_rows": ROWS[0]}
    marking = examples("context", "lens_example", otherwise, part="logit lens")
    with marking, st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width=520):
            text = text_field("Text", TEXT, "lens_text", lines=1, is_continued=True)
        rows = choice("Rows", ROWS, "lens_rows")
    with errors_shown():
        lens = lens_on(model, model.name, text, every_other_layer(model, STEPS[rows]))
        names = model.token_names
        show_truncated(lens.truncated, len(lens.tokens), "beginning")
        last = lens.ids[:, -1, 0].tolist()
        settled = next(
            layer for index, layer in enumerate(lens.layers) if set(last[index:]) == {last[-1]}
        )
        show_hint(
            f"After the whole text the model predicts **{plain(names[last[-1]])}** "
            f"({lens.probabilities[-1, -1, 0]:.1%}). Among the rows shown, it comes first from "
            f"layer **{settled}** on."
        )
        show_figure(
            lens_figure(lens, names),
            key="lens",
            alt=f"The likeliest next token after each of {len(lens.tokens)} tokens, at "
            f"{len(lens.layers)} layers; strong colours are high probabilities.",
        )
        st.caption(
            "Each column is a token of the text, with the predicted next tokens. Each row is a "
            "layer: its vectors go through the last normalisation and $W_U$ as if it were the last "
            "layer (the logit lens, nostalgebraist 2020). Strong colours are high probabilities. "
            "Only the top row is what SmolLM2 predicts. At layer 0 most tokens predict themselves, "
            "since $W_U$ is $W_E$. The vectors of the middle layers are not made for $W_U$: there "
            "the lens shows mostly commas and spaces. ␣ is a space, ↵ a line break."
        )
        with st.expander("After the last token, by layer", expanded=False):
            show_table(lens_table(lens, names), "The three likeliest next tokens by layer.")
