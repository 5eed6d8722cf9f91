"""Arrows in a plane whose tips can be dragged."""

from viz.components.arrow_plane.component import arrow_plane

__all__ = ["arrow_plane"]
