"""Logits into probabilities in the browser: temperature, top-k and top-p follow the finger."""

from viz.components.softmax.component import Settings, softmax

__all__ = ["Settings", "softmax"]
