"""A small picture and a sentence, below the link to a page."""

from viz.components.path_picture.component import LINK_KEY, Picture, path_picture

__all__ = ["LINK_KEY", "Picture", "path_picture"]
