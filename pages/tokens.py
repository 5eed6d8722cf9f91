"""Tokens: how text becomes rows of numbers, and what enters a network."""

from pages.shared.frame import headline
from pages.shared.token_cut import cut_part
from pages.shared.token_inputs import inputs_part
from pages.shared.token_positions import positions_part, sizes_part

headline(
    "Tokens",
    "Text is cut into tokens; each has a number, its id, and the id picks a row of numbers.",
)
cut_part()
inputs_part()
positions_part()
sizes_part()
