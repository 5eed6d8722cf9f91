"""The numbers behind the pictures of a run, as tables."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from viz.components.training_player import Curve


def places_table(groups: Mapping[str, Sequence[str]], points: NDArray[np.float64]) -> pd.DataFrame:
    """Return where each word is drawn, a row a word.

    Args:
        groups: the N words, by the name of their group.
        points: (N, 2), where they are in one snapshot.
    """
    return pd.DataFrame(
        {
            "group": [name for name, words in groups.items() for _ in words],
            "across": points[:, 0],
            "up": points[:, 1],
        },
        index=pd.Index([word for words in groups.values() for word in words], name="word"),
    )


def curves_table(columns: Mapping[str, Curve]) -> pd.DataFrame:
    """Return the numbers of curves, a row a snapshot, from the words trained on."""
    rows = [
        pd.Series(list(curve.values), index=list(curve.words), name=name)
        for name, curve in columns.items()
    ]
    table = pd.concat([row[~row.index.duplicated(keep="last")] for row in rows], axis=1)
    return table.sort_index().rename_axis("words trained")
