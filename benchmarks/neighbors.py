"""Nearest neighbours among 400,000 words: ours beside faiss and gensim, and the same answers.

All on the same number of threads. A tie is a pair of words whose scores differ by less than float32
can tell; the order of a tie is nobody's error.
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
SINGLE = 250  # of them timed one by one
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
        _same(found.indices, other, units, query)
        for found, other, query in zip(ones, theirs, unit_queries, strict=True)
    )
    same_batch = sum(
        np.array_equal(one.indices, many.indices) for one, many in zip(ones, ours, strict=True)
    )
    same_as_gensim = 0
    for row, word, query in zip(rows.tolist(), words, unit_queries, strict=True):
        found = nearest(embeddings, embeddings.vectors[row], COUNT, exclude=[row])
        other = [gensim.key_to_index[near] for near, _ in gensim.most_similar(word, topn=COUNT)]
        same_as_gensim += _same(found.indices, other, units, query)

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
    """Return whether two answers are equal but for the order, or the choice, within ties."""
    mine, other = (units[list(rows)].astype(float) @ query for rows in (ours, theirs))
    swapped = [place for place in range(len(mine)) if ours[place] != theirs[place]]
    return all(abs(mine[place] - other[place]) < TIE for place in swapped)


def _memory() -> float:
    """Return what matrix, scan and a batch of queries take together at most, as a multiple.

    Taken in a process of its own, since memory once asked for is seldom given back.
    """
    program = f"""
import torch
from core.catalog import load
from core.geometry.neighbors import nearest_each, warm_up

def most():
    lines = open("/proc/self/status", encoding="ascii").read().splitlines()
    return 1024 * int(next(line for line in lines if line.startswith("VmHWM")).split()[1])

embeddings = load("glove-6b-50d")
torch._int_mm(torch.zeros(64, 64, dtype=torch.int8), torch.zeros(64, 64, dtype=torch.int8))
before = most()
warm_up(embeddings)
nearest_each(embeddings, embeddings.vectors[:{QUERIES}].copy(), {COUNT})
print((most() - before) / embeddings.vectors.nbytes)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    return float(done.stdout)


if __name__ == "__main__":
    main()
