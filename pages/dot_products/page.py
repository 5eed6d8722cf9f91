"""Dot products: one number that says how alike two vectors are, and what it is made of."""

from pages.dot_products.heatmap import heatmap_part
from pages.dot_products.opposites import opposites_part
from pages.dot_products.two_vectors import terms_part
from pages.shared.page_frame import show_page

with show_page(
    "Dot products",
    "Multiply two vectors number by number and add up: the sum says how alike they are.",
):
    terms_part()
    heatmap_part()
    opposites_part()
