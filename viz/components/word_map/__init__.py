"""A cloud of words in two or three dimensions, from one word to 400,000.

These names need no Streamlit; `component.word_map` and `notes.add_notes` are for its pages.
"""

from viz.components.word_map.event import MAX_SENT, WordMapEvent, pack, unpack
from viz.components.word_map.marks import Highlight, Link, Marker, Role
from viz.components.word_map.standalone import standalone_html

__all__ = [
    "MAX_SENT",
    "Highlight",
    "Link",
    "Marker",
    "Role",
    "WordMapEvent",
    "pack",
    "standalone_html",
    "unpack",
]
