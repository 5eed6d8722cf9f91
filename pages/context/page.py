"""Context: how a sentence changes a word's vector, layer by layer."""

from collections.abc import Callable

from pages.context.attention import attention_part
from pages.context.logit_lens import lens_part
from pages.context.paths import paths_part
from pages.context.topics import topics_part
from pages.context.window import window_part
from pages.shared.controls import choice
from pages.shared.language_models import choose_model
from pages.shared.page_frame import show_page

PARTS: dict[str, Callable[[], None]] = {
    "one word": paths_part,
    "attention": attention_part,
    "topics": topics_part,
    "logit lens": lens_part,
    "window": window_part,
}

with show_page(
    "Context",
    "A word starts with the same vector everywhere. Layer by layer its sentence changes it.",
):
    choose_model("encoder", "decoder")
    PARTS[choice("Look at", tuple(PARTS), "part", label_visibility="collapsed")]()
