"""A player for training runs: moving words and curves over one slider."""

from viz.components.training_player.component import Chart, Curve, Strip, Track, training_player

__all__ = ["Chart", "Curve", "Strip", "Track", "training_player"]
