"""A part of a page: what the decoder would say if it stopped at a layer."""

import streamlit as st

from core.language.logit_lens import every_other_layer
from pages.context.cached import lens_on
from pages.context.notes import tell_truncated
from pages.shared.controls import choice
from pages.shared.language_models import decoder
from pages.shared.page_frame import errors_shown, plain
from pages.shared.tables import show_table
from pages.shared.text_area import text_field
from pages.shared.url_state import part
from viz.language.logit_lens import lens_figure, lens_table
from viz.style import TOOLBAR

TEXT = "The capital of France is"
ROWS = ("every 3rd layer", "every 2nd layer", "all layers")
STEPS = dict(zip(ROWS, (3, 2, 1), strict=True))


@part
def lens_part() -> None:
    """Show the grid of likeliest next tokens; a change runs this part alone."""
    model = decoder()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width=520):
            text = text_field("Text", TEXT, "lens_text", lines=1, is_continued=True)
        rows = choice("Rows", ROWS, "lens_rows")
    with errors_shown():
        lens = lens_on(model, model.name, text, every_other_layer(model, STEPS[rows]))
        names = model.token_names
        tell_truncated(lens.truncated, len(lens.tokens), "beginning")
        st.plotly_chart(
            lens_figure(lens, names),
            key="lens",
            config=TOOLBAR,
            alt=f"The likeliest next token after each of {len(lens.tokens)} tokens, at "
            f"{len(lens.layers)} layers; strong colours are high probabilities.",
        )
        last = lens.ids[:, -1, 0].tolist()
        settled = next(
            layer for index, layer in enumerate(lens.layers) if set(last[index:]) == {last[-1]}
        )
        st.markdown(
            f"After the whole text the model says **{plain(names[last[-1]])}** "
            f"({lens.probabilities[-1, -1, 0]:.1%}). Among the rows shown, it is first from layer "
            f"**{settled}** on."
        )
        st.caption(
            "A column: a token that was read, and what would come after it. A row: a layer; its "
            "vectors go through the last normalisation and $W_U$ as if it were the last one (the "
            "logit lens, nostalgebraist 2020). Strong colours are sure. Only the top row "
            "is what SmolLM2 says. At layer 0 most tokens say themselves, since $W_U$ is $W_E$. "
            "Layers in the middle do not speak the language of the last one: there the lens reads "
            "mostly commas and spaces. ␣ is a space, ↵ a line break."
        )
        with st.expander("After the last token, by layer", expanded=False):
            show_table(lens_table(lens, names), "The three likeliest next tokens by layer.")
