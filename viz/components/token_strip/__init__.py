"""Tokens in the order of a text, each a coloured chip; one of them can be picked."""

from viz.components.token_strip.component import Chip, token_strip

__all__ = ["Chip", "token_strip"]
