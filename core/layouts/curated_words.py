"""The words of the lessons: those of the ready-made groups, directions and examples."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ASSETS = Path(__file__).resolve().parents[2] / "assets"
SOURCES = ("word_groups.json", "directions.json", "presets/*.json")
# What is about language models, or about words that are trained anew.
WITHOUT = ("tokens.json", "context.json", "next_word.json", "learning.json")
WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*")


@cache
def lesson_words() -> frozenset[str]:
    """Return every word that stands in a lesson; names of controls are among them, no matter."""
    found = [path for pattern in SOURCES for path in ASSETS.glob(pattern)]
    files = [path for path in found if path.name not in WITHOUT]
    texts = [text for path in files for text in _texts(json.loads(path.read_text("utf-8")))]
    return frozenset(word for text in texts for word in WORD.findall(text.lower()))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield name
            yield from _texts(item)
