"""Dot products: the similarity of two vectors as a number, and its terms."""

from pages.dot_products.heatmap import heatmap_part
from pages.dot_products.opposites import opposites_part
from pages.dot_products.two_vectors import terms_part
from pages.shared.page_frame import show_page

with show_page(
    "Dot products",
    "Multiply two vectors number by number and add up: the sum says how similar they are.",
):
    terms_part()
    heatmap_part()
    opposites_part()
