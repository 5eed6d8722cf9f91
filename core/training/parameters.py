"""The two matrices that are trained."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.training.config import Config

LANES = 16  # rows are padded with zeros to a multiple of this many coordinates
MAX_NORM = 1e6  # of a whole matrix; training that works stays far below
ROWS = 1 << 12  # initialised at a time
Matrix = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Parameters:
    """The vectors being trained, changed in place by every step.

    Args:
        inputs: (V, S) float32, the word vectors; S is D padded to a multiple of `LANES`, with zeros
            that stay zero.
        outputs: (V, S) float32, the vectors of the words as predicted words.
        dimensions: D.
    """

    inputs: Matrix
    outputs: Matrix
    dimensions: int

    @property
    def vectors(self) -> Matrix:
        """The word vectors, (V, D): a view, which changes with the training."""
        return self.inputs[:, : self.dimensions]

    @property
    def is_finite(self) -> bool:
        """Whether all numbers are finite and both matrices have a norm below `MAX_NORM`."""
        with np.errstate(all="ignore"):
            squares = [float(np.vdot(matrix, matrix)) for matrix in (self.inputs, self.outputs)]
        return max(squares) < MAX_NORM**2 and not any(map(math.isnan, squares))

    def copy(self) -> "Parameters":
        """Return a copy."""
        return Parameters(self.inputs.copy(), self.outputs.copy(), self.dimensions)

    def assign(self, other: "Parameters") -> None:
        """Overwrite the numbers with those of other parameters."""
        self.inputs[:] = other.inputs
        self.outputs[:] = other.outputs


def initial_parameters(words: int, config: Config) -> Parameters:
    """Return untrained parameters.

    Args:
        words: V. Of more words, the first V rows are the same.
        config: its dimensions, initialisation and seed count.

    Raises:
        InputError: they do not fit into memory.
    """
    size = -(-config.dimensions // LANES) * LANES
    try:
        inputs, outputs = (np.zeros((words, size), dtype=np.float32) for _ in range(2))
    except MemoryError:
        raise InputError(
            f"{words:,} words with {config.dimensions:,} dimensions need "
            f"{8e-9 * words * size:,.1f} GB of memory. Take fewer dimensions or a larger minimum "
            "count."
        ) from None
    rng = np.random.default_rng(config.seed)
    scale = np.float32(1 / config.dimensions)
    for start in range(0, words, ROWS):  # a part at a time: no second matrix is needed
        rows = inputs[start : start + ROWS, : config.dimensions]
        if config.initialisation == "uniform":
            rows[:] = (rng.random(rows.shape, dtype=np.float32) - np.float32(0.5)) * scale
        elif config.initialisation == "normal":
            rows[:] = rng.standard_normal(rows.shape, dtype=np.float32) * scale
    return Parameters(inputs, outputs, config.dimensions)
