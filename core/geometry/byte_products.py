"""Exact products of int8 matrices, by the method that is the fastest on this processor.

torch multiplies bytes fast where the processor has instructions for it (VNNI). Measured on one
with AVX2 alone, an AMD EPYC, floats took 1/14 of the time for 16 columns and 1/27 for 256; for one
column, where reading the matrix takes most of the time, bytes took 1/3.5 of the time of floats.
"""

import time
from collections.abc import Callable
from functools import cache

import torch

SAMPLE_ROWS, SAMPLE_WIDTH, SAMPLE_COLUMNS = 4_096, 64, 256  # 30 ms where bytes are slow
ROUNDS = 3
# A sum of so many products of two bytes, each up to 2^14, is exact in the 24 bits of a float32.
MAX_FLOAT32_WIDTH = 1 << 10


def multiply_bytes(rows: torch.Tensor, columns: torch.Tensor) -> torch.Tensor:
    """Return the product of int8 matrices (R, D) and (D, Q), (R, Q), in whole numbers.

    The type of the numbers is int32 or a floating-point type that holds them exactly.
    """
    if _bytes_are_faster(columns.shape[1] > 1):
        return _multiply_as_bytes(rows, columns)
    return _multiply_as_floats(rows, columns)


@cache
def _bytes_are_faster(many: bool) -> bool:
    """Return whether this processor multiplies bytes faster than floats: measured once.

    Args:
        many: whether by many columns or by one.
    """
    if not hasattr(torch, "_int_mm"):
        return False
    rows = torch.ones(SAMPLE_ROWS, SAMPLE_WIDTH, dtype=torch.int8)
    columns = torch.ones(SAMPLE_WIDTH, SAMPLE_COLUMNS if many else 1, dtype=torch.int8)
    return _seconds(_multiply_as_bytes, rows, columns) < _seconds(
        _multiply_as_floats, rows, columns
    )


def _seconds(
    multiply: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
    rows: torch.Tensor,
    columns: torch.Tensor,
) -> float:
    """Return the time of the fastest of some rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        multiply(rows, columns)
        times.append(time.perf_counter() - start)
    return min(times)


def _multiply_as_bytes(rows: torch.Tensor, columns: torch.Tensor) -> torch.Tensor:
    # Private by name, but torchao uses it, too.
    return torch._int_mm(rows, columns)  # noqa: SLF001


def _multiply_as_floats(rows: torch.Tensor, columns: torch.Tensor) -> torch.Tensor:
    kind = torch.float32 if rows.shape[1] <= MAX_FLOAT32_WIDTH else torch.float64
    return rows.to(kind) @ columns.to(kind)
