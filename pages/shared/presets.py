"""Examples that a click fills in, read from the assets."""

import json
from functools import cache
from pathlib import Path
from typing import Any

ASSETS = Path(__file__).resolve().parents[2] / "assets"


@cache
def presets(page: str) -> dict[str, dict[str, object]]:
    """Return a page's examples: for each label, the values of the page's controls by key."""
    rows: list[dict[str, Any]] = json.loads(
        (ASSETS / "presets" / f"{page}.json").read_text("utf-8")
    )
    return {row["label"]: {k: v for k, v in row.items() if k != "label"} for row in rows}


@cache
def word_groups() -> dict[str, tuple[str, ...]]:
    """Return the ready-made groups of words, by name."""
    groups: dict[str, list[str]] = json.loads((ASSETS / "word_groups.json").read_text("utf-8"))
    return {name: tuple(words) for name, words in groups.items()}
