"""`python -m tests.core.layouts.preset_words` writes the curated words from the presets."""

import json
import re
from collections.abc import Iterator

from core.layouts.curated_words import ASSETS, CURATED

SOURCES = ("word_groups.json", "directions.json", "presets/*.json")
# Of language models and of texts to train on, whose words are not looked for on the map.
SKIPPED = ("tokens.json", "context.json", "next_word.json", "learning.json")
WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*")


def preset_words() -> set[str]:
    """Return every word of the groups, the directions and the presets."""
    paths = [path for pattern in SOURCES for path in ASSETS.glob(pattern)]
    texts: list[str] = []
    for path in paths:
        content = json.loads(path.read_text("utf-8"))
        if path.parent.name == "presets":  # a preset's keys are the names of controls
            content = [list(preset.values()) for preset in content]
        if path.name not in SKIPPED:
            texts += _texts(content)
    return {word for text in texts for word in WORD.findall(text.lower())}


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


if __name__ == "__main__":
    CURATED.write_text("\n".join(sorted(preset_words())) + "\n", "utf-8")
