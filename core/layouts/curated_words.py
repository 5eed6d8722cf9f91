"""The words that a map always shows: those of the presets, directions and groups of the app."""

from functools import cache
from pathlib import Path
from typing import Final

ASSETS: Final = Path(__file__).resolve().parents[2] / "assets"
CURATED: Final = ASSETS / "curated_words.txt"


@cache
def curated_words() -> frozenset[str]:
    """Return the words of `assets/curated_words.txt`, in lower case.

    `python -m tests.core.layouts.preset_words` writes that file anew from the presets; a test tells
    when a preset has a word that is not in it.

    >>> "king" in curated_words()
    True
    """
    return frozenset(CURATED.read_text("utf-8").split())
