"""A run gone through snapshot by snapshot: words on the move and curves, over one slider."""

from viz.components.training_player.component import Chart, Curve, Strip, Track, film

__all__ = ["Chart", "Curve", "Strip", "Track", "film"]
