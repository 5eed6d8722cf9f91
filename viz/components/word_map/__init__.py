"""A cloud of words in two or three dimensions, from one word to 400,000."""

from viz.components.word_map.component import word_map
from viz.components.word_map.event import MAX_SENT, WordMapEvent, pack, unpack
from viz.components.word_map.marks import Highlight, Link, Marker, Role
from viz.components.word_map.notes import add_notes
from viz.components.word_map.standalone import standalone_html

__all__ = [
    "MAX_SENT",
    "Highlight",
    "Link",
    "Marker",
    "Role",
    "WordMapEvent",
    "add_notes",
    "pack",
    "standalone_html",
    "unpack",
    "word_map",
]
