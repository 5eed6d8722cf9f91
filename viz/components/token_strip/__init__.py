"""The tokens of a text as coloured chips that can be picked."""

from viz.components.token_strip.component import Chip, token_strip

__all__ = ["Chip", "token_strip"]
