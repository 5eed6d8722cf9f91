"""Dot products: one number that says how alike two vectors are, and what it is made of."""

from pages.shared.frame import headline
from pages.shared.heatmap import heatmap_part
from pages.shared.opposites import opposites_part
from pages.shared.term_by_term import terms_part

headline(
    "Dot products",
    "Multiply two vectors number by number and add up: the sum says how alike they are.",
)
terms_part()
heatmap_part()
opposites_part()
