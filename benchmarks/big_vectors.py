"""Three million words: a word2vec file is converted once, reopened, and searched.

`python -m benchmarks.big_vectors [--words N] [--dimensions D] [--folder FOLDER]`. Random vectors of
plausible words are written to a temporary folder, which needs room for three times the matrix. Each
step is a process of its own: its peak memory is above what it has when everything is imported, all
pages of mapped files included. The first search also makes the one-byte copy that the others scan.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.report import report

WORDS, DIMENSIONS = 3_000_000, 300
BLOCK_ROWS = 50_000
SYLLABLES = ["".join(parts) for parts in product("bcdfgklmnprstv", "aeiou", ("", "n", "r"))]
ENDINGS = ("", "n", "s", "ing", "ed")
STEP = """
import json, sys, time
from pathlib import Path
import numpy as np
from core.formats.store import open_vectors
from core.geometry.neighbors import nearest

def memory(name):
    lines = open("/proc/self/status", encoding="ascii").read().splitlines()
    return 1024 * int(next(line for line in lines if line.startswith(name)).split()[1])

before = memory("VmRSS")
path, store, queries = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
start = time.perf_counter()
loaded = open_vectors(path, store)
taken = [time.perf_counter() - start]
vectors = loaded.embeddings.vectors
for row in range(queries):
    query = np.array(vectors[row])
    start = time.perf_counter()
    found = nearest(loaded.embeddings, query, 10)
    taken.append(time.perf_counter() - start)
result = {"seconds": taken, "peak": memory("VmHWM") - before, "own": memory("RssAnon")}
if queries:  # the last one, compared with a whole product
    scores = np.concatenate([
        (block @ query) / (np.linalg.norm(block, axis=1) * np.linalg.norm(query))
        for block in np.array_split(vectors, 600)
    ])
    assert set(np.argsort(-scores)[:10].tolist()) == set(found.indices.tolist())
print(json.dumps(result))
"""


def main() -> None:
    """Write, convert, reopen, search, report."""
    parser = argparse.ArgumentParser(description="Three million words.")
    parser.add_argument("--words", type=int, default=WORDS)
    parser.add_argument("--dimensions", type=int, default=DIMENSIONS)
    parser.add_argument("--folder", type=Path, help="where the temporary folder is made")
    options = parser.parse_args()
    size = 4 * options.words * options.dimensions
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        if shutil.disk_usage(folder).free < 3 * size:
            sys.exit(f"The disk needs {3 * size:,} free bytes.")
        _write(folder / "big.bin", options.words, options.dimensions)
        converted = _step(folder, 0)
        reopened = _step(folder, 0)
        searched = _step(folder, 5)
    first, second, *others = searched["seconds"][1:]
    report(
        f"{options.words:,} x {options.dimensions}, {size / 1e9:.1f} GB",
        {},
        {
            "seconds to convert": round(converted["seconds"][0], 1),
            "seconds to reopen": round(reopened["seconds"][0], 2),
            "seconds of the first search": round(first, 2),
            "seconds of a search": round(min(second, *others), 3),
            "peak memory of converting - matrix (GB)": _gigabytes(converted["peak"] - size),
            "peak memory of reopening (GB)": _gigabytes(reopened["peak"]),
            "peak memory of searching - matrix (GB)": _gigabytes(searched["peak"] - size),
            "memory after searching, without files (GB)": _gigabytes(searched["own"]),
            "load of the machine": round(os.getloadavg()[0], 1),
        },
    )


def _write(path: Path, count: int, dimensions: int) -> None:
    """Write random vectors of made-up words in word2vec's binary format."""
    draw = np.random.default_rng(0)
    made = map("".join, product(SYLLABLES, SYLLABLES, SYLLABLES, ENDINGS))
    with path.open("wb") as file:
        file.write(f"{count} {dimensions}\n".encode())
        for start in range(0, count, BLOCK_ROWS):
            rows = draw.standard_normal((min(BLOCK_ROWS, count - start), dimensions), np.float32)
            file.writelines(f"{next(made)} ".encode() + row.tobytes() + b"\n" for row in rows)


def _step(folder: Path, queries: int) -> Any:  # noqa: ANN401  JSON
    arguments = [str(folder / "big.bin"), str(folder / "store"), str(queries)]
    done = subprocess.run(
        [sys.executable, "-c", STEP, *arguments], check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout)


def _gigabytes(size: float) -> float:
    return round(size / 1e9, 2)


if __name__ == "__main__":
    main()
