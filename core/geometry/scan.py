"""Filter a large matrix for the rows that can have the largest inner products with a query.

A scan reads every row in a quantized form: one byte per coordinate instead of four. The
quantization error is bounded, so the candidates are guaranteed to include the true answers, and
only these few rows need exact arithmetic. This is a filter-and-refine search; its filter is the
quantization of LLM.int8() (Dettmers et al. 2022) with one scale per column.
"""

import math
from collections.abc import Callable, Iterator
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from core.geometry.byte_products import multiply_bytes

Rows = NDArray[np.intp]
Blocks = Callable[[], Iterator[NDArray[np.float32]]]
MIN_STEP = 1e-20  # of the quantization, so that numbers divided by it do not overflow float32

# Bytes of the matrix are at most 127 and those of the query at most 63: a processor that adds pairs
# of products in 16 bits (AVX2 without VNNI) gets sums up to (127 + 128) * 63 * 2, which still fit.
MATRIX_LEVELS = 127
QUERY_LEVELS = 63
GROUP_ROWS = 32  # rows that share one maximum
CHUNK_ROWS = 128 * GROUP_ROWS  # rows scored at a time for a batch of queries; fit into the cache
BATCH_QUERIES = 256  # queries scored at a time


def lengths(rows: torch.Tensor) -> torch.Tensor:
    """Return the Euclidean length of each row of (..., D), (...)."""
    norms: torch.Tensor = torch.linalg.vector_norm(rows, dim=-1)
    return norms


class Scan(Protocol):
    """A filter that yields, for each query, the few rows that can have its largest scores.

    The score of row x for query q is x.q, plus the row's offset if there are offsets.
    """

    def candidates(self, queries: torch.Tensor, count: int) -> Iterator[Rows]:
        """Yield, for each query, rows (R,) intp that include those of its `count` largest scores.

        Args:
            queries: (Q, D) float32.
            count: number of largest scores that must be included, 1 to V.
        """


class QuantizedScan:
    """The filter for a CPU, on which reading memory takes most of the time.

    It keeps V * D bytes (D rounded up to a multiple of 64), but not the matrix itself.

    Args:
        blocks: called twice; yields (B, D) float32 blocks, which together are the (V, D) matrix.
            The largest coordinate should be near one.
        offsets: (V,) float32, or None.
    """

    def __init__(self, blocks: Blocks, offsets: NDArray[np.float32] | None = None) -> None:
        # With numpy: on a busy machine, torch's threads wait for each other at every small step.
        extremes = [(len(block), np.abs(block).max(axis=0)) for block in blocks()]
        size, largest = sum(rows for rows, _ in extremes), np.max([most for _, most in extremes], 0)
        step = np.maximum(largest / MATRIX_LEVELS, MIN_STEP, dtype=np.float32)
        codes = np.zeros((size, -(-len(step) // 64) * 64), dtype=np.int8)
        self._rounding = 0.0  # largest distance between a row and its bytes
        self._code_length = 0.0  # of the longest row of bytes
        start = 0
        for block in blocks():
            rounded = np.rint(block / step)
            codes[start : start + len(block), : len(step)] = rounded
            start += len(block)
            apart = np.linalg.norm(block - rounded * step, axis=1).max()
            self._rounding = max(self._rounding, float(apart))
            length = np.linalg.norm(rounded, axis=1).max()
            self._code_length = max(self._code_length, float(length))
        self._codes, self._step = torch.from_numpy(codes), torch.from_numpy(step)
        self._offsets = None if offsets is None else torch.from_numpy(offsets)
        self._largest_offset = 0.0 if offsets is None else float(np.abs(offsets).max())

    def candidates(self, queries: torch.Tensor, count: int) -> Iterator[Rows]:
        """Yield the candidates of each query; see `Scan.candidates`."""
        for batch in torch.split(queries, BATCH_QUERIES):
            scaled = batch * self._step
            step = (scaled.abs().amax(1) / QUERY_LEVELS).clamp(min=MIN_STEP)
            codes = (scaled / step[:, None]).round_()
            columns = torch.zeros(self._codes.shape[1], len(batch), dtype=torch.int8)
            columns[: codes.shape[1]] = codes.to(torch.int8).T
            # |x.q - bytes.bytes| <= |x - x'| |q| + |bytes(x)| |q - q'|, by Cauchy and Schwarz.
            error = self._rounding * lengths(batch) + self._code_length * lengths(
                scaled - codes * step[:, None]
            )
            error += 2.0**-22 * self._largest_offset  # rounding of float32 beside an offset
            # A row is no candidate if its score, in steps, is below the count-th largest by more
            # than the slack. The 2 covers the rounding of float32 with a margin.
            slack = 2 * error / step + 2
            if len(batch) == 1:
                yield self._of_one(columns, step, count, float(slack[0]))
            else:
                yield from self._of_many(columns, step, count, slack)

    def _scores(self, columns: torch.Tensor, step: torch.Tensor, rows: slice) -> torch.Tensor:
        """Return the scores of some rows, in steps of each query, (rows, Q)."""
        scores = multiply_bytes(self._codes[rows], columns)
        if self._offsets is not None:
            scores = scores + self._offsets[rows, None] / step
        return scores

    def _of_one(self, column: torch.Tensor, step: torch.Tensor, count: int, slack: float) -> Rows:
        scores = self._scores(column, step, slice(None)).view(-1)
        whole = len(scores) // GROUP_ROWS * GROUP_ROWS
        # The count-th largest maximum of a group is never above the count-th largest score.
        maxima = torch.cat([scores[:whole].view(-1, GROUP_ROWS).amax(1), scores[whole:]])
        if len(maxima) < count:
            maxima = scores
        threshold = float(maxima.topk(count).values[-1]) - slack
        if self._offsets is None:  # the scores are integers
            threshold = max(math.ceil(threshold), torch.iinfo(torch.int32).min)
        candidates: Rows = np.flatnonzero(scores.numpy() >= threshold)
        return candidates

    def _of_many(
        self, columns: torch.Tensor, step: torch.Tensor, count: int, slack: torch.Tensor
    ) -> Iterator[Rows]:
        """Score all rows, keep each group's maximum, then score the best groups' rows again."""
        size = len(self._codes)
        best = torch.full((-(-size // GROUP_ROWS), columns.shape[1]), -torch.inf)
        for start in range(0, size, CHUNK_ROWS):
            scores = self._scores(columns, step, slice(start, start + CHUNK_ROWS))
            whole = len(scores) // GROUP_ROWS * GROUP_ROWS
            first = start // GROUP_ROWS
            last = first + whole // GROUP_ROWS
            best[first:last] = (
                scores[:whole].view(last - first, GROUP_ROWS, scores.shape[1]).amax(1)
            )
            if whole < len(scores):
                best[last] = scores[whole:].amax(0)
        of_query = best.T.contiguous()
        if count <= len(best):
            lowest = of_query.topk(count, dim=1).values[:, -1] - slack
        else:
            lowest = torch.full((len(of_query),), -torch.inf)
        codes, queries = self._codes.numpy(), columns.T.to(torch.float32).numpy()
        for query, least in enumerate(lowest.tolist()):
            groups = np.flatnonzero(of_query[query].numpy() >= least)
            rows = (groups[:, None] * GROUP_ROWS + np.arange(GROUP_ROWS)).ravel()
            rows = rows[rows < size]
            values = codes[rows].astype(np.float32) @ queries[query]
            if self._offsets is not None:
                values += (self._offsets.numpy()[rows]) / float(step[query])
            yield rows[values >= least]


class DenseScan:
    """The filter for a GPU, on which float32 is fast enough.

    Args:
        blocks: yields (B, D) float32 blocks, which together are the (V, D) matrix.
        offsets: (V,) float32, or None.
        device: the device that keeps the matrix and computes the scores.
    """

    def __init__(
        self, blocks: Blocks, offsets: NDArray[np.float32] | None, device: torch.device
    ) -> None:
        self._matrix = torch.cat([torch.from_numpy(block).to(device) for block in blocks()])
        shifts = np.zeros(1, dtype=np.float32) if offsets is None else offsets
        self._offsets = torch.from_numpy(shifts).to(device)
        self._longest = float(lengths(self._matrix).max())
        self._largest_offset = float(self._offsets.abs().max())

    def candidates(self, queries: torch.Tensor, count: int) -> Iterator[Rows]:
        """Yield the candidates of each query; see `Scan.candidates`."""
        for query in queries.to(self._matrix.device):
            scores = self._matrix @ query + self._offsets
            # A float32 sum of D products errs by at most D 2^-24 |x| |q| (Higham 2002, 3.1).
            largest = self._longest * float(lengths(query)) + self._largest_offset
            error = (len(query) + 2) * 2.0**-24 * largest
            threshold = scores.topk(count).values[-1] - 2 * error
            candidates: Rows = (scores >= threshold).nonzero().view(-1).cpu().numpy()
            yield candidates
