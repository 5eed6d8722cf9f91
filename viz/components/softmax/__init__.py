"""Probabilities from logits in the browser, with sliders for temperature, top-k and top-p."""

from viz.components.softmax.component import Settings, softmax

__all__ = ["Settings", "softmax"]
