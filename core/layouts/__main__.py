"""`python -m core.layouts` computes the layouts that come with the app."""

from pathlib import Path
from typing import Any

import numpy as np

from core.catalog import load
from core.layouts.base import finished
from core.layouts.map_words import most_frequent
from core.layouts.store import (
    DIGEST,
    ROWS,
    SHIPPED,
    SHIPPED_COUNT,
    SHIPPED_RECIPES,
    SHIPPED_SOURCE,
    entry,
)


def main(path: Path = SHIPPED) -> None:
    """Compute the layouts of the most frequent words and write them to a file."""
    drawn = most_frequent(load(SHIPPED_SOURCE), SHIPPED_COUNT)
    arrays: dict[str, Any] = {
        ROWS: drawn.rows.astype(np.uint32),
        DIGEST: np.frombuffer(drawn.digest.encode(), dtype=np.uint8),
    }
    for recipe in SHIPPED_RECIPES:
        print(f"{recipe.method} in {recipe.components} dimensions…")
        arrays[entry(recipe)] = finished(recipe.steps(drawn))
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, allow_pickle=False, **arrays)


if __name__ == "__main__":
    main()
