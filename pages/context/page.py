"""Context: how a sentence changes a word's vector, layer by layer."""

from collections.abc import Callable

import streamlit as st

from pages.context.attention import attention_part
from pages.context.logit_lens import lens_part
from pages.context.paths import paths_part
from pages.context.topics import topics_part
from pages.context.window import window_part
from pages.shared.controls import choice
from pages.shared.language_models import choose_model
from pages.shared.page_frame import show_page

PARTS: dict[str, tuple[Callable[[], None], str]] = {
    "one word": (paths_part, "Where the vector of one word moves to in different sentences."),
    "attention": (attention_part, "Which other tokens each token looks at."),
    "topics": (topics_part, "What a whole sentence is about, at each layer."),
    "logit lens": (lens_part, "What the model would say next if it stopped at a layer."),
    "window": (window_part, "How far back the model can see, and what it forgets."),
}

with show_page(
    "Context",
    "A word starts with the same vector everywhere. Layer by layer its sentence changes it.",
):
    choose_model("encoder", "decoder")
    chosen = choice("Look at", tuple(PARTS), "part", label_visibility="collapsed")
    show_part, about = PARTS[chosen]
    st.caption(about)
    show_part()
