"""Word vectors as some wheels carry them: a matrix in .npy, its words in a column of .parquet."""

from pathlib import Path

import numpy as np

from core.embeddings import Embeddings


def read_npy_parquet(vectors: Path, words: Path, column: str, name: str) -> Embeddings:
    """Return the embeddings.

    Args:
        vectors: a file with a (V, D) float32 matrix, in row or column order.
        words: a file with V words in the same order.
        column: where in `words` they are.
        name: what people call the embeddings.

    Raises:
        InputError: the two files do not fit together.
    """
    from pyarrow import parquet  # half a second; it is needed once, when a model is fetched

    table = parquet.read_table(words, columns=[column])
    matrix = np.load(vectors, allow_pickle=False)
    return Embeddings(name, tuple(table.column(column).to_pylist()), np.ascontiguousarray(matrix))
