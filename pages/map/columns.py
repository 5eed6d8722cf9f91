"""Further columns that came with the vectors: they colour the words, or are their coordinates."""

from typing import Any, Final

import numpy as np
import pandas as pd

from core.errors import InputError
from core.layouts.map_words import MapWords
from pages.map.layouts import Layout
from viz.components.word_map.colors import MAX_GROUPS
from viz.geometry.map import colors_by_label

OTHERS: Final = "other"
EMPTY: Final = "(empty)"
NAME_LENGTH: Final = 40  # characters of a value in the legend


def color_columns(columns: pd.DataFrame) -> list[str]:
    """Return the names of columns that may colour the words, first those with few kinds.

    A number that only counts the rows comes last.
    """

    def order(name: str) -> int:
        column = columns[name]
        if pd.api.types.is_integer_dtype(column) and column.is_unique:
            return 3
        if pd.api.types.is_numeric_dtype(column):
            return 1
        return 0 if 1 < column.astype("string").nunique() <= len(column) / 2 else 2

    return sorted(map(str, columns.columns), key=order)


def colors_by_column(drawn: MapWords, column: pd.Series) -> dict[str, Any]:
    """Return the arguments of the word map for colours by a column.

    Numbers have a scale, unless they are so few that each gets a colour. Of other values, the most
    frequent have a colour each, and the others share one.

    Args:
        drawn: the words of the map.
        column: a value for each row of the embeddings.
    """
    values = column.iloc[drawn.rows]
    if pd.api.types.is_numeric_dtype(values) and values.nunique() > MAX_GROUPS:
        numbers = values.to_numpy(dtype=np.float64, na_value=np.nan)
        return {"values": numbers, "value_name": str(column.name)}
    if pd.api.types.is_float_dtype(values):
        values = values.map("{:g}".format, na_action="ignore")
    texts = values.astype("string").fillna("").replace("", EMPTY).str.slice(0, NAME_LENGTH)
    counts = texts.value_counts()
    names = list(counts.index[:MAX_GROUPS])
    if len(counts) > MAX_GROUPS:
        names = [*names[: MAX_GROUPS - 1], OTHERS]
    label_of = {name: label for label, name in enumerate(names)}
    labels = np.array([label_of.get(text, len(names) - 1) for text in texts], dtype=np.int16)
    return colors_by_label(labels, names)


def given_layout(drawn: MapWords, columns: pd.DataFrame, axes: tuple[str, str]) -> Layout:
    """Return the layout that came with the vectors.

    Args:
        drawn: the words of the map.
        columns: a row for each row of the embeddings.
        axes: the names of the columns with the coordinates.

    Raises:
        InputError: words have no coordinates.
    """
    chosen = columns[list(axes)].iloc[drawn.rows].apply(pd.to_numeric, errors="coerce")
    coordinates = np.ascontiguousarray(chosen.to_numpy(dtype=np.float32, na_value=np.nan))
    if without := int((~np.isfinite(coordinates).all(axis=1)).sum()):
        raise InputError(
            f"{without:,} of {len(drawn):,} {drawn.unit}s have no numbers in the columns "
            f"{axes[0]} and {axes[1]}. Choose another picture, or complete the file."
        )
    coordinates.flags.writeable = False
    name = f"given:{axes}:{drawn.digest}"
    return Layout(name, "the coordinates in the file", drawn, coordinates, axes)
