"""Which rows of a large matrix can have the largest inner products with a query.

A scan reads every row, but reads it small: a byte a coordinate instead of four. The error of the
small numbers is bounded, so the rows that it leaves over are certain to contain the true answers,
and only those few need exact arithmetic. This is a filter-and-refine search with the
quantisation of LLM.int8() (Dettmers et al. 2022, one scale a column) as its filter.
"""

import math
from collections.abc import Callable, Iterator
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray

Rows = NDArray[np.intp]
Blocks = Callable[[], Iterator[NDArray[np.float32]]]
TINY = 1e-20  # the smallest step: what is divided by it stays inside float32

# Bytes of the matrix run to 127 and those of the query to 63: where a processor adds pairs of
# products in 16 bits (AVX2 without VNNI), (127 + 128) * 63 * 2 is the most that still fits.
MATRIX_LEVELS = 127
QUERY_LEVELS = 63
GROUP = 32  # rows that share one maximum
CHUNK = 128 * GROUP  # rows scored at a time for a batch of queries: their scores fit the cache
BATCH = 256  # queries scored at a time


def lengths(rows: torch.Tensor) -> torch.Tensor:
    """Return the Euclidean length of each row of (..., D), (...)."""
    norms: torch.Tensor = torch.linalg.vector_norm(rows, dim=-1)
    return norms


class Scan(Protocol):
    """A filter: for each query, the few rows that can have its largest scores.

    The score of row x for query q is x.q, plus the offset of the row where there are offsets.
    """

    def candidates(self, queries: torch.Tensor, count: int) -> Iterator[Rows]:
        """Yield, for each query, rows among which are those of its `count` largest scores.

        Args:
            queries: (Q, D) float32.
            count: how many of the largest must be there, 1 to V.
        """


class QuantizedScan:
    """The filter for a CPU, where reading memory is what takes the time.

    Args:
        blocks: called twice; yields (B, D) float32 blocks, which together are the (V, D) matrix.
            The largest coordinate should be near one.
        offsets: (V,) float32, or None.

    It keeps V * D bytes (D rounded up to a multiple of 64) and never the matrix itself.
    """

    def __init__(self, blocks: Blocks, offsets: NDArray[np.float32] | None = None) -> None:
        # In numpy: on a busy machine torch's threads wait for one another at every small step.
        extremes = [(len(block), np.abs(block).max(axis=0)) for block in blocks()]
        size, largest = sum(rows for rows, _ in extremes), np.max([most for _, most in extremes], 0)
        step = np.maximum(largest / MATRIX_LEVELS, TINY, dtype=np.float32)
        codes = np.zeros((size, -(-len(step) // 64) * 64), dtype=np.int8)
        self._rounding = 0.0  # the most that a row and its bytes are apart
        self._code_length = 0.0  # the longest row of bytes
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
        """Yield the rows for each query, as `Scan` says."""
        for some in torch.split(queries, BATCH):
            scaled = some * self._step
            step = (scaled.abs().amax(1) / QUERY_LEVELS).clamp(min=TINY)
            codes = (scaled / step[:, None]).round_()
            columns = torch.zeros(self._codes.shape[1], len(some), dtype=torch.int8)
            columns[: codes.shape[1]] = codes.to(torch.int8).T
            # |x.q - bytes.bytes| <= |x - x'| |q| + |bytes(x)| |q - q'|, by Cauchy and Schwarz.
            error = self._rounding * lengths(some) + self._code_length * lengths(
                scaled - codes * step[:, None]
            )
            error += 2.0**-22 * self._largest_offset  # what float32 rounds off beside an offset
            # A score, in steps, that is below the count-th largest by more than this is out. The
            # two more are some ten-thousandths of the largest: far above float32's rounding.
            slack = 2 * error / step + 2
            if len(some) == 1:
                yield self._of_one(columns, step, count, float(slack[0]))
            else:
                yield from self._of_many(columns, step, count, slack)

    def _scores(self, columns: torch.Tensor, step: torch.Tensor, rows: slice) -> torch.Tensor:
        """Return the scores of some rows, in steps of each query, (rows, Q)."""
        # torch's one product of bytes on a CPU. Private in name; torchao stands on it too.
        scores: torch.Tensor = torch._int_mm(self._codes[rows], columns)  # noqa: SLF001
        if self._offsets is not None:
            scores = scores + self._offsets[rows, None] / step
        return scores

    def _of_one(self, column: torch.Tensor, step: torch.Tensor, count: int, slack: float) -> Rows:
        scores = self._scores(column, step, slice(None)).view(-1)
        whole = len(scores) // GROUP * GROUP
        # The count-th largest of some scores is never above the count-th largest of all.
        some = torch.cat([scores[:whole].view(-1, GROUP).amax(1), scores[whole:]])
        if len(some) < count:
            some = scores
        threshold = float(some.topk(count).values[-1]) - slack
        if self._offsets is None:  # whole numbers, compared as such
            threshold = max(math.ceil(threshold), torch.iinfo(torch.int32).min)
        found: Rows = np.flatnonzero(scores.numpy() >= threshold)
        return found

    def _of_many(
        self, columns: torch.Tensor, step: torch.Tensor, count: int, slack: torch.Tensor
    ) -> Iterator[Rows]:
        """Score all rows once, keep the best of each group, look again at the best groups."""
        size = len(self._codes)
        best = torch.full((-(-size // GROUP), columns.shape[1]), -torch.inf)
        for start in range(0, size, CHUNK):
            scores = self._scores(columns, step, slice(start, start + CHUNK))
            whole = len(scores) // GROUP * GROUP
            first = start // GROUP
            last = first + whole // GROUP
            best[first:last] = scores[:whole].view(last - first, GROUP, scores.shape[1]).amax(1)
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
            rows = (groups[:, None] * GROUP + np.arange(GROUP)).ravel()
            rows = rows[rows < size]
            values = codes[rows].astype(np.float32) @ queries[query]
            if self._offsets is not None:
                values += (self._offsets.numpy()[rows]) / float(step[query])
            yield rows[values >= least]


class DenseScan:
    """The filter for a GPU, in float32, which is fast there without tricks.

    Args:
        blocks: yields (B, D) float32 blocks, which together are the (V, D) matrix.
        offsets: (V,) float32, or None.
        device: where the matrix is kept and the work is done.
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
        """Yield the rows for each query, as `Scan` says."""
        for query in queries.to(self._matrix.device):
            scores = self._matrix @ query + self._offsets
            # A float32 sum of D products errs by at most D 2^-24 |x| |q| (Higham 2002, 3.1).
            largest = self._longest * float(lengths(query)) + self._largest_offset
            error = (len(query) + 2) * 2.0**-24 * largest
            threshold = scores.topk(count).values[-1] - 2 * error
            found: Rows = (scores >= threshold).nonzero().view(-1).cpu().numpy()
            yield found
