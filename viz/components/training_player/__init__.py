"""A player for training runs: moving words and curves below one bar with a slider."""

from viz.components.training_player.component import (
    Action,
    Chart,
    Curve,
    Strip,
    Track,
    training_player,
)

__all__ = ["Action", "Chart", "Curve", "Strip", "Track", "training_player"]
