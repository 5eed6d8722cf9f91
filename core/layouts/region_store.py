"""The regions of maps, kept on disk once they are computed."""

import io
import json
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from core.catalog import data_folder
from core.embeddings import Embeddings
from core.layouts.array_store import Key, Results, versions
from core.layouts.map_words import MapWords
from core.layouts.regions import COUNTS, RegionLevel, RegionStep, region_steps
from core.word_groups import shipped_groups

EDITION: Final = 2  # increase it when the same layout gives other regions
ARRAYS: Final = ("labels", "parents", "peaks", "adjacent", "kept")


def regions_of(
    embeddings: Embeddings, layout: str, drawn: MapWords, coordinates: NDArray[np.float32]
) -> tuple[RegionLevel, ...]:
    """Return the regions of a layout, from the disk if they were computed before.

    Args:
        embeddings: the embeddings of its words.
        layout: identifier of the layout and its words.
        drawn: its words.
        coordinates: (N, K) float32.
    """
    found = find_regions(embeddings, layout, drawn)
    if found is not None:
        return found
    *_, last = make_regions(embeddings, layout, drawn, coordinates)
    return last.levels


def find_regions(
    embeddings: Embeddings, layout: str, drawn: MapWords
) -> tuple[RegionLevel, ...] | None:
    """Return the regions of a layout that were computed before, or None."""
    kept = _results().find(_key(layout, drawn, groups_on(embeddings, drawn)))
    return None if kept is None else _unpacked(kept)


def make_regions(
    embeddings: Embeddings, layout: str, drawn: MapWords, coordinates: NDArray[np.float32]
) -> Iterator[RegionStep]:
    """Yield the steps of a division into regions, and keep the last."""
    groups = groups_on(embeddings, drawn)
    are_texts = drawn.unit == "text"
    for step in region_steps(drawn.words, drawn.units, coordinates, groups, are_texts=are_texts):
        if step.share == 1:
            _results().keep(_key(layout, drawn, groups), _packed(step.levels))
        yield step


def groups_on(embeddings: Embeddings, drawn: MapWords) -> dict[str, list[int]]:
    """Return the positions of each shipped word group's words among the words of a map."""
    return {
        name: [
            position
            for word in words
            if word in embeddings
            and (position := drawn.position(embeddings.index(word))) is not None
        ]
        for name, words in shipped_groups().items()
    }


def _results() -> Results:
    return Results(data_folder() / "results")


def _key(layout: str, drawn: MapWords, groups: dict[str, list[int]]) -> Key:
    """Return everything that the regions depend on."""
    return {
        "regions": layout,
        "edition": EDITION,
        "counts": COUNTS,
        "groups": groups,
        **({"named by": "words of texts"} if drawn.unit == "text" else {}),
        **versions("numpy", "scikit-learn"),
    }


def _packed(levels: tuple[RegionLevel, ...]) -> NDArray[np.uint8]:
    """Return levels as the bytes of an npz file."""
    arrays: dict[str, Any] = {"levels": np.array(len(levels))}
    for number, level in enumerate(levels):
        arrays |= {f"{name} {number}": getattr(level, name) for name in ARRAYS}
        texts = json.dumps([level.central, level.names])
        arrays[f"texts {number}"] = np.frombuffer(texts.encode(), dtype=np.uint8)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    return np.frombuffer(buffer.getvalue(), dtype=np.uint8)


def _unpacked(content: NDArray[np.uint8]) -> tuple[RegionLevel, ...]:
    """Return the levels in the bytes of an npz file."""
    with np.load(io.BytesIO(content.tobytes()), allow_pickle=False) as arrays:
        levels = []
        for number in range(int(arrays["levels"])):
            central, names = json.loads(arrays[f"texts {number}"].tobytes())
            shown = {name: arrays[f"{name} {number}"] for name in ARRAYS}
            levels.append(
                RegionLevel(central=tuple(map(tuple, central)), names=tuple(names), **shown)
            )
    return tuple(levels)
