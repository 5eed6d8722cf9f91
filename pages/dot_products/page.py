"""Dot products: the similarity of two vectors as a number, and its terms."""

from collections.abc import Callable

import streamlit as st

from pages.dot_products.heatmap import heatmap_part
from pages.dot_products.opposites import opposites_part
from pages.dot_products.two_vectors import terms_part
from pages.shared.controls import choice
from pages.shared.page_frame import show_page
from pages.shared.url_state import is_opening

PARTS: dict[str, Callable[[], None]] = {
    "two vectors": terms_part,
    "many words": heatmap_part,
    "opposites": opposites_part,
}
# Values by which a link tells its part; a link without any opens the first part.
KEYS = {
    "two vectors": {"source", "toy", "first", "second"},
    "many words": {"words", "topic", "measure", "order", "table"},
    "opposites": {"opposites"},
}


def part_of_link() -> str:
    """Return the part that a link without the name of one is about."""
    query = set(st.query_params) if is_opening() else set()
    return next((part for part, keys in KEYS.items() if keys & query), next(iter(PARTS)))


with show_page(
    "Dot products",
    "Multiply two vectors number by number and add up: the sum says how similar they are.",
):
    default = part_of_link()
    PARTS[choice("Look at", tuple(PARTS), "part", default, label_visibility="collapsed")]()
