"""Nearest neighbours among 400,000 words compared with faiss and gensim: time and equal answers.

All use the same number of threads. The order of ties, words whose scores differ by less than the
rounding error of float32, may differ.
"""

import subprocess
import sys
import time
from collections.abc import Sequence
from functools import partial

import faiss
import numpy as np
import torch
from gensim.models import KeyedVectors
from numpy.typing import NDArray

from benchmarks.report import in_turn, report
from core.catalog import load
from core.geometry.neighbors import nearest, nearest_each, warm_up

QUERIES = 1_000
SINGLE = 250  # of the queries are also timed one by one
COUNT = 10
TIE = 2e-6
BATCHES = 7
LINUX = sys.platform == "linux"


def main() -> None:
    """Measure, compare, report."""
    start = time.perf_counter()
    embeddings = load("glove-6b-50d")
    _ = "king" in embeddings
    loading = time.perf_counter() - start
    warm_up(embeddings)

    threads = torch.get_num_threads()
    faiss.omp_set_num_threads(threads)
    units = embeddings.vectors / np.linalg.norm(embeddings.vectors, axis=1, keepdims=True)
    index = faiss.IndexFlatIP(embeddings.dimensions)
    index.add(units)
    gensim = KeyedVectors(embeddings.dimensions)
    gensim.add_vectors(list(embeddings.words), embeddings.vectors)
    gensim.fill_norms()

    rows = np.random.default_rng(0).choice(len(embeddings), QUERIES, replace=False)
    queries, unit_queries = embeddings.vectors[rows], units[rows]
    words = [embeddings.words[row] for row in rows.tolist()]

    batch = [partial(nearest_each, embeddings, queries, COUNT)] * BATCHES
    some = list(zip(queries, unit_queries, words, rows.tolist(), strict=True))[:SINGLE]
    pairs = {
        "faiss_single": in_turn(
            [partial(nearest, embeddings, query, COUNT) for query, *_ in some],
            [partial(index.search, unit[None], COUNT) for _, unit, *_ in some],
        ),
        "gensim_single": in_turn(
            [partial(nearest, embeddings, q, COUNT, exclude=[row]) for q, _, _, row in some],
            [partial(gensim.most_similar, word, topn=COUNT) for _, _, word, _ in some],
        ),
        "faiss_batch": in_turn(batch, [partial(index.search, unit_queries, COUNT)] * BATCHES),
    }

    ours = nearest_each(embeddings, queries, COUNT)
    ones = [nearest(embeddings, query, COUNT) for query in queries]
    _, theirs = index.search(unit_queries, COUNT)
    same_as_faiss = sum(
        _same(mine.indices, other, units, query)
        for mine, other, query in zip(ones, theirs, unit_queries, strict=True)
    )
    same_batch = sum(
        np.array_equal(one.indices, many.indices) for one, many in zip(ones, ours, strict=True)
    )
    same_as_gensim = 0
    for row, word, query in zip(rows.tolist(), words, unit_queries, strict=True):
        mine = nearest(embeddings, embeddings.vectors[row], COUNT, exclude=[row])
        other = [gensim.key_to_index[near] for near, _ in gensim.most_similar(word, topn=COUNT)]
        same_as_gensim += _same(mine.indices, other, units, query)

    report(
        f"Top {COUNT} of {len(embeddings):,} x {embeddings.dimensions}, {threads} threads",
        pairs,
        {
            "same as faiss": same_as_faiss,
            "same as gensim": same_as_gensim,
            "same alone and in a batch": same_batch,
            "queries": QUERIES,
            "vectors loaded (s)": round(loading, 2),
            "peak memory / float32 matrix": round(_memory(), 2) if LINUX else "Linux only",
        },
        same_answers=same_as_faiss == same_as_gensim == same_batch == QUERIES,
    )


def _same(
    ours: Sequence[int] | NDArray[np.intp],
    theirs: Sequence[int] | NDArray[np.int64],
    units: NDArray[np.float32],
    query: NDArray[np.float32],
) -> bool:
    """Return whether two answers are equal except for ties."""
    mine, other = (units[list(rows)].astype(float) @ query for rows in (ours, theirs))
    swapped = [rank for rank in range(len(mine)) if ours[rank] != theirs[rank]]
    return all(abs(mine[rank] - other[rank]) < TIE for rank in swapped)


def _memory() -> float:
    """Return the peak memory of matrix, scan and a batch of queries as a multiple of the matrix.

    Measured in a new process, since freed memory is seldom returned to the system.
    """
    program = f"""
import torch
from core.catalog import load
from core.geometry.neighbors import nearest_each, warm_up

def peak():
    lines = open("/proc/self/status", encoding="ascii").read().splitlines()
    return 1024 * int(next(line for line in lines if line.startswith("VmHWM")).split()[1])

embeddings = load("glove-6b-50d")
torch._int_mm(torch.zeros(64, 64, dtype=torch.int8), torch.zeros(64, 64, dtype=torch.int8))
before = peak()
warm_up(embeddings)
nearest_each(embeddings, embeddings.vectors[:{QUERIES}].copy(), {COUNT})
print((peak() - before) / embeddings.vectors.nbytes)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    return float(done.stdout)


if __name__ == "__main__":
    main()
