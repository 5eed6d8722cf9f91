import os
import subprocess
import sys
import textwrap
from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.neighbors import NearestNeighbors

from core.embeddings import Embeddings
from core.errors import InputError
from core.layouts.neighbor_graph import (
    BLOCK_NUMBERS,
    NeighborGraph,
    neighbor_graph,
    neighbor_graph_steps,
    smallest,
)

ROOT = Path(__file__).resolve().parents[3]
Rows = NDArray[np.float32]


def normal(*shape: int) -> Rows:
    return np.random.default_rng(3).normal(size=shape).astype(np.float32)


def units(rows: Rows) -> Rows:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def assert_sound(graph: NeighborGraph, vectors: Rows, count: int) -> None:
    """Check all that can be known of a graph without looking for neighbours."""
    total = len(vectors)
    assert graph.indices.shape == graph.distances.shape == (total, count)
    assert (graph.indices.dtype, graph.distances.dtype) == (np.int32, np.float32)
    assert graph.indices.min() >= 0
    assert graph.indices.max() < total
    assert not (graph.indices == np.arange(total)[:, None]).any(), "a vector is its own neighbour"
    assert (np.diff(np.sort(graph.indices, axis=1)) > 0).all(), "a neighbour came twice"
    assert (np.diff(graph.distances) >= 0).all(), "the nearest is not first"
    wide = vectors.astype(np.float64)
    apart = np.linalg.norm(wide[:, None] - wide[graph.indices], axis=2)
    np.testing.assert_allclose(graph.distances, apart, rtol=1e-6, atol=1e-30)


def nearest_by_scikit_learn(vectors: Rows, count: int) -> NDArray[np.float64]:
    search = NearestNeighbors(n_neighbors=count, algorithm="brute").fit(vectors.astype(np.float64))
    distances: NDArray[np.float64] = search.kneighbors()[0]  # of the others, itself left out
    return distances


# By hand


def test_five_points_by_hand() -> None:
    #  2 .           4
    #  1 . .
    #  0 . .   (0: 0,0   1: 1,0   2: 0,3   3: 5,0   4: 5,1)
    points = np.array([[0, 0], [1, 0], [0, 3], [5, 0], [5, 1]], dtype=np.float32)
    graph = neighbor_graph(points, 2)
    assert graph.indices.tolist() == [[1, 2], [0, 2], [0, 1], [4, 1], [3, 1]]
    root = np.sqrt
    expected = [[1, 3], [1, root(10)], [3, root(10)], [1, 4], [1, root(17)]]
    np.testing.assert_allclose(graph.distances, expected, rtol=1e-6)


def test_two_points_have_one_another() -> None:
    graph = neighbor_graph(np.array([[1], [4]], dtype=np.float32), 1)
    assert graph.indices.tolist() == [[1], [0]]
    assert graph.distances.tolist() == [[3], [3]]


def test_as_many_neighbours_as_there_are_other_rows() -> None:
    rows = normal(40, 6)
    graph = neighbor_graph(rows, 39)
    assert_sound(graph, rows, 39)
    np.testing.assert_allclose(graph.distances, nearest_by_scikit_learn(rows, 39), rtol=1e-5)


# Outside oracles


def test_scikit_learn_finds_the_same_neighbours(glove: Embeddings) -> None:
    rows = glove.vectors[:3_000]
    assert len(rows) ** 2 > BLOCK_NUMBERS, "more than one block"
    graph = neighbor_graph(rows, 15)
    assert_sound(graph, rows, 15)
    np.testing.assert_allclose(graph.distances, nearest_by_scikit_learn(rows, 15), rtol=1e-6)


def test_faiss_finds_the_same_neighbours(glove: Embeddings) -> None:
    rows = units(glove.vectors[:3_000])
    graph = neighbor_graph(rows, 90)
    assert_sound(graph, rows, 90)
    index = faiss.IndexFlatL2(rows.shape[1])
    index.add(rows)
    squares, found = index.search(rows, 91)
    np.testing.assert_array_equal(found[:, 0], np.arange(len(rows)))
    np.testing.assert_allclose(graph.distances, np.sqrt(squares[:, 1:]), rtol=1e-4)
    assert (graph.indices == found[:, 1:]).mean() > 0.999  # but for ties in the last digit


@pytest.mark.parametrize(("far", "spread"), [(100, 1), (10_000, 1), (1, 0.01), (-3_000, 0.5)])
def test_rows_far_from_zero_keep_their_neighbours(far: float, spread: float) -> None:
    rows = (far + spread * normal(800, 8)).astype(np.float32)
    graph = neighbor_graph(rows, 10)
    assert_sound(graph, rows, 10)
    np.testing.assert_allclose(graph.distances, nearest_by_scikit_learn(rows, 10), rtol=1e-5)


def test_two_heaps_far_from_one_another() -> None:
    # As far apart as words get: within a heap, the cosine is 0.995 and more.
    rows = units(np.repeat(units(normal(2, 50)), 400, axis=0) + 0.01 * normal(800, 50))
    graph = neighbor_graph(rows, 10)
    assert_sound(graph, rows, 10)
    np.testing.assert_allclose(graph.distances, nearest_by_scikit_learn(rows, 10), rtol=1e-3)


# Words with the same vector


def test_copies_are_the_nearest_of_one_another() -> None:
    rows = np.repeat(normal(60, 5), 3, axis=0)
    graph = neighbor_graph(rows, 4)
    assert_sound(graph, rows, 4)
    assert (graph.distances[:, :2] == 0).all()
    assert (graph.distances[:, 2:] > 0).all()
    heap = np.arange(len(rows)) // 3
    assert (heap[graph.indices[:, :2]] == heap[:, None]).all()


def test_equal_rows_have_distance_zero() -> None:
    rows = np.ones((30, 4), dtype=np.float32)
    graph = neighbor_graph(rows, 29)
    assert_sound(graph, rows, 29)
    assert (graph.distances == 0).all()


# Steps, and what cannot be


def test_the_share_that_is_done_rises_to_one() -> None:
    rows = normal(6_000, 3)
    steps = neighbor_graph_steps(rows, 5)
    shares = []
    graph = None
    while graph is None:
        try:
            shares.append(next(steps))
        except StopIteration as done:
            graph = done.value
    assert len(shares) > 3
    assert shares == sorted(set(shares))
    assert 0 < shares[0] < 0.5
    assert shares[-1] == 1
    assert_sound(graph, rows, 5)


@pytest.mark.parametrize(("total", "count"), [(0, 1), (1, 1), (5, 0), (5, -1), (5, 5), (5, 100)])
def test_an_impossible_count_is_refused_before_any_work(total: int, count: int) -> None:
    with pytest.raises(InputError, match=f"{count} neighbours"):
        next(neighbor_graph_steps(normal(total, 2), count))


def test_the_argument_is_not_changed() -> None:
    rows = normal(50, 3)
    before = rows.copy()
    rows.flags.writeable = False
    neighbor_graph(rows, 5)
    np.testing.assert_array_equal(rows, before)
    # Rows that do not lie one after the other have the same neighbours.
    np.testing.assert_array_equal(
        neighbor_graph(np.asfortranarray(before), 5).indices, neighbor_graph(before, 5).indices
    )


# The smallest of many numbers


@given(
    st.lists(st.integers(-3, 3) | st.floats(allow_nan=False), min_size=1, max_size=40), st.data()
)
def test_the_smallest_are_those_that_sorting_finds(
    numbers: list[float], data: st.DataObject
) -> None:
    count = data.draw(st.integers(1, len(numbers)))
    found = smallest(np.array(numbers, dtype=np.float64), count)
    assert found.tolist() == np.argsort(numbers, kind="stable")[:count].tolist()


# Threads and processes


def run(code: str, **variables: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", textwrap.dedent(code)],
        cwd=ROOT,
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_threads_that_ask_at_once_do_not_end_the_process() -> None:
    # numba's own threads, all that it has without OpenMP, end the process when two use them.
    code = """
        import threading
        import numba, numpy as np
        from core.layouts.quality import layout_quality
        from core.layouts.neighbor_graph import neighbor_graph

        rows = np.random.default_rng(0).normal(size=(700, 8)).astype(np.float32)
        starting = threading.Barrier(3)

        def ask(work):
            starting.wait()
            for _ in range(30):
                work()

        flat = rows[:, :2].copy()
        works = [lambda: neighbor_graph(rows, 5)] * 2 + [lambda: layout_quality(rows, flat)]
        threads = [threading.Thread(target=ask, args=(work,)) for work in works]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        print(numba.threading_layer())
    """
    process = run(code, NUMBA_THREADING_LAYER="workqueue")
    output, _ = process.communicate(timeout=120)
    assert (process.returncode, output) == (0, "workqueue\n")


def test_processes_that_compile_at_once_share_one_cache(tmp_path: Path) -> None:
    code = """
        import numpy as np
        from core.layouts.neighbor_graph import smallest
        for _ in range(2):
            print(smallest(np.array([3.0, 1.0, 2.0]), 2).tolist())
    """
    processes = [run(code, NUMBA_CACHE_DIR=str(tmp_path)) for _ in range(2)]
    outputs = [process.communicate(timeout=120)[0] for process in processes]
    assert outputs == ["[1, 2]\n[1, 2]\n"] * 2
    assert list(tmp_path.rglob("*.nbi")), "nothing was kept for the next process"
