"""Tokens: how text becomes rows of numbers, the input of a network."""

from pages.shared.page_frame import show_page
from pages.tokens.cuts import cut_part
from pages.tokens.input_sum import inputs_part
from pages.tokens.positions import positions_part, sizes_part

with show_page(
    "Tokens",
    "Text is cut into tokens; each has a number, its id, and the id picks a row of numbers.",
):
    cut_part()
    inputs_part()
    positions_part()
    sizes_part()
