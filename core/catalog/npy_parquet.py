"""Word vectors as a matrix in a .npy file and its words in a column of a .parquet file."""

from pathlib import Path

import numpy as np

from core.embeddings import Embeddings


def read_npy_parquet(vectors: Path, words: Path, column: str, name: str) -> Embeddings:
    """Return the embeddings in two files.

    Args:
        vectors: a .npy file with a (V, D) float32 matrix, in row or column order.
        words: a .parquet file with V words in the same order.
        column: the column of `words` that holds the words.
        name: the name of the embeddings.

    Raises:
        InputError: the two files do not fit together.
    """
    from pyarrow import parquet  # takes half a second, and is needed only when a model is fetched

    table = parquet.read_table(words, columns=[column])
    matrix = np.load(vectors, allow_pickle=False)
    return Embeddings(name, tuple(table.column(column).to_pylist()), np.ascontiguousarray(matrix))
