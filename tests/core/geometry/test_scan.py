from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from core.embeddings import Embeddings
from core.geometry.scan import (
    BATCH_QUERIES,
    Blocks,
    DenseScan,
    QuantizedScan,
    Scan,
    lengths,
)

Matrix = NDArray[np.float32]


def in_blocks(matrix: Matrix, size: int) -> Blocks:
    def blocks() -> Iterator[Matrix]:
        for start in range(0, len(matrix), size):
            yield matrix[start : start + size]

    return blocks


def scans(matrix: Matrix, offsets: Matrix | None = None, block: int = 1_000) -> list[Scan]:
    blocks = in_blocks(matrix, block)
    return [QuantizedScan(blocks, offsets), DenseScan(blocks, offsets, torch.device("cpu"))]


def assert_none_is_missed(
    scan: Scan, matrix: Matrix, queries: Matrix, count: int, offsets: Matrix | None = None
) -> None:
    scores = matrix.astype(np.float64) @ queries.astype(np.float64).T
    if offsets is not None:
        scores += offsets.astype(np.float64)[:, None]
    found = list(scan.candidates(torch.tensor(queries), count))
    assert len(found) == len(queries)
    for rows, of_query in zip(found, scores.T, strict=True):
        least = np.sort(of_query)[-count]
        assert set(np.flatnonzero(of_query >= least)) <= set(rows.tolist())
        assert all(one < next_one for one, next_one in pairwise(rows.tolist()))


def test_candidates_by_hand() -> None:
    matrix = np.array([[1, 0], [0, 1], [-1, 0]], dtype=np.float32)
    for scan in scans(matrix):
        (rows,) = scan.candidates(torch.tensor([[2.0, 1.0]]), 1)
        assert rows.tolist() == [0]
        (rows,) = scan.candidates(torch.tensor([[2.0, 1.0]]), 3)
        assert rows.tolist() == [0, 1, 2]


def test_offsets_are_added_to_the_scores() -> None:
    matrix = np.array([[1, 0], [0, 1], [-1, 0]], dtype=np.float32)
    for scan in scans(matrix, np.array([0, 0, 10], dtype=np.float32)):
        (rows,) = scan.candidates(torch.tensor([[2.0, 1.0]]), 1)
        assert rows.tolist() == [2]


finite = st.floats(-1_000, 1_000, width=32, allow_subnormal=False).map(
    lambda number: number if abs(number) > 1e-3 else 0.0
)


@st.composite
def problems(draw: st.DrawFn) -> tuple[Matrix, Matrix, Matrix, int]:
    size, dimensions = draw(st.integers(1, 70)), draw(st.integers(1, 10))
    matrix = draw(arrays(np.float32, (size, dimensions), elements=finite))
    columns = draw(arrays(np.float32, dimensions, elements=st.sampled_from([1e-4, 1, 1, 1e4])))
    queries = draw(arrays(np.float32, (draw(st.integers(1, 3)), dimensions), elements=finite))
    scale = np.float32(draw(st.sampled_from([1e-8, 1e-3, 1, 1e6])))
    offsets = draw(arrays(np.float32, size, elements=finite))
    return matrix * columns, queries * scale, offsets, draw(st.integers(1, size))


@settings(
    max_examples=100,
    suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow],
)
@given(problems(), st.sampled_from([1, 7, 1_000]))
def test_the_true_best_are_always_there(
    problem: tuple[Matrix, Matrix, Matrix, int], block: int
) -> None:
    matrix, queries, offsets, count = problem
    for scan in scans(matrix, block=block):
        assert_none_is_missed(scan, matrix, queries, count)
    for scan in scans(matrix, offsets, block):
        assert_none_is_missed(scan, matrix, queries, count, offsets)


@pytest.mark.parametrize("scale", [1e-9, 1e-6, 1e-3, 1, 1e6])
def test_small_queries_beside_large_offsets(scale: float) -> None:
    rng = np.random.default_rng(4)
    matrix = rng.normal(size=(3_000, 20)).astype(np.float32)
    queries = (scale * rng.normal(size=(20, 20))).astype(np.float32)
    # Offsets that differ in their last bits only, as the lengths of normalised rows do.
    offsets = (-0.5 + 1e-7 * rng.normal(size=3_000)).astype(np.float32)
    for scan in scans(matrix, offsets):
        assert_none_is_missed(scan, matrix, queries, 5, offsets)
        assert_none_is_missed(scan, matrix, queries[:1], 5, offsets)


@pytest.mark.parametrize("queries", [1, 2, BATCH_QUERIES, BATCH_QUERIES + 1])
@pytest.mark.parametrize("size", [1, 31, 32, 4_095, 4_096, 4_097, 9_000])
def test_groups_chunks_and_batches_may_be_cut_anywhere(size: int, queries: int) -> None:
    rng = np.random.default_rng(size)
    matrix = rng.normal(size=(size, 6)).astype(np.float32)
    asked = rng.normal(size=(queries, 6)).astype(np.float32)
    for scan in scans(matrix, block=777):
        assert_none_is_missed(scan, matrix, asked, min(3, size))


@pytest.mark.parametrize("dimensions", [300, 2_048, 5_000])
def test_many_dimensions_do_not_overflow(dimensions: int) -> None:
    matrix = np.ones((40, dimensions), dtype=np.float32)
    matrix[::2] = -1
    queries = np.ones((2, dimensions), dtype=np.float32)
    for scan in scans(matrix):
        for rows in scan.candidates(torch.tensor(queries), 1):
            assert rows.tolist() == list(range(1, 40, 2))


def test_of_real_vectors_few_are_left_over(glove: Embeddings) -> None:
    units = glove.vectors / np.linalg.norm(glove.vectors, axis=1, keepdims=True)
    scan = QuantizedScan(in_blocks(units, 50_000))
    queries = torch.tensor(units[::20_000])
    together = [len(rows) for rows in scan.candidates(queries, 10)]
    alone = [len(next(scan.candidates(query[None], 10))) for query in queries]
    assert all(10 <= left < 4_000 for left in [*together, *alone])


def test_lengths_by_hand() -> None:
    assert lengths(torch.tensor([[3.0, 4.0], [0.0, 0.0]])).tolist() == [5, 0]
    assert float(lengths(torch.tensor([5.0, 12.0]))) == 13
