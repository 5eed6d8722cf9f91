"""Tables of the numbers that the training player shows."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from viz.components.training_player.component import Curve


def positions_table(
    groups: Mapping[str, Sequence[str]], points: NDArray[np.float64]
) -> pd.DataFrame:
    """Return the position of each word, one row per word.

    Args:
        groups: the N words, by the name of their group.
        points: (N, 2), their positions in one snapshot.
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
    """Return the values of curves, one row per snapshot, indexed by the number of words trained."""
    rows = [
        pd.Series(list(curve.values), index=list(curve.words), name=name)
        for name, curve in columns.items()
    ]
    table = pd.concat([row[~row.index.duplicated(keep="last")] for row in rows], axis=1)
    return table.sort_index().rename_axis("words trained")
