"""The examples and word groups of the pages, read from the assets."""

import json
from functools import cache
from pathlib import Path
from typing import Any

ABOUT = {"label", "note"}  # the keys of an example that are not controls
ASSETS = Path(__file__).resolve().parents[2] / "assets"


@cache
def presets(page: str) -> dict[str, dict[str, object]]:
    """Return the examples of a page: for each label, the values of controls by key."""
    return {
        row["label"]: {name: value for name, value in row.items() if name not in ABOUT}
        for row in _rows(page)
    }


def notes(page: str, key: str) -> dict[str, str]:
    """Return the notes of a page's examples, by the value of one of their controls."""
    return {row[key]: row["note"] for row in _rows(page) if "note" in row}


def _rows(page: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(
        (ASSETS / "presets" / f"{page}.json").read_text("utf-8")
    )
    return rows
