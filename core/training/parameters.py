"""The two tables that are trained."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.training.config import Config

LANES = 16  # rows are filled up with zeros to a multiple of this many coordinates
HUGE = 1e6  # the length of all numbers together that nothing trained reaches
Table = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Tables:
    """The vectors being trained, changed in place by every step.

    Args:
        inputs: (V, S) float32, the vectors that are used afterwards; S is D filled up to a multiple
            of `LANES`, with zeros that stay zero.
        outputs: (V, S) float32, the vectors of the words as what is predicted.
        dimensions: D.
    """

    inputs: Table
    outputs: Table
    dimensions: int

    @property
    def vectors(self) -> Table:
        """The input vectors, (V, D): a view, which changes with the training."""
        return self.inputs[:, : self.dimensions]

    @property
    def is_sound(self) -> bool:
        """Whether the numbers are such as training makes: none is infinite, or NaN, or huge."""
        with np.errstate(all="ignore"):
            squares = [float(np.vdot(table, table)) for table in (self.inputs, self.outputs)]
        return max(squares) < HUGE**2 and not any(map(math.isnan, squares))

    def copy(self) -> "Tables":
        """Return tables of their own with the same numbers."""
        return Tables(self.inputs.copy(), self.outputs.copy(), self.dimensions)

    def take(self, other: "Tables") -> None:
        """Take the numbers of other tables."""
        self.inputs[:] = other.inputs
        self.outputs[:] = other.outputs


def initial_tables(words: int, config: Config) -> Tables:
    """Return tables to begin with.

    Args:
        words: V.
        config: says how they are filled.

    Raises:
        InputError: they do not fit into memory.
    """
    size = -(-config.dimensions // LANES) * LANES
    try:
        inputs, outputs = (np.zeros((words, size), dtype=np.float32) for _ in range(2))
    except MemoryError:
        raise InputError(
            f"{words:,} words with {config.dimensions:,} dimensions need "
            f"{8e-9 * words * size:,.1f} GB of memory. Take fewer dimensions, or a larger minimum "
            "count."
        ) from None
    rng = np.random.default_rng(config.seed)
    within = 1 / config.dimensions
    for row in inputs:  # row by row: no second table is needed meanwhile
        if config.initialisation == "uniform":
            row[: config.dimensions] = (
                rng.random(config.dimensions, dtype=np.float32) - np.float32(0.5)
            ) * np.float32(within)
        elif config.initialisation == "normal":
            row[: config.dimensions] = rng.standard_normal(
                config.dimensions, dtype=np.float32
            ) * np.float32(within)
    return Tables(inputs, outputs, config.dimensions)
