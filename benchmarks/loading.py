"""Reading word vectors, beside gensim: GloVe 6B 50d as text and in word2vec's binary format.

`python -m benchmarks.loading [--rounds N]`. Both read the same files in turn. `same_answers` is
true if all words and all numbers are equal. The peak memory is that of a new process, above what it
has after it has read a small file, divided by the size of the matrix.
"""

import argparse
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

import numpy as np
from gensim.models import KeyedVectors

from benchmarks.report import in_turn, report
from core.catalog import load
from core.embeddings import Embeddings
from core.formats import read_vectors, word2vec_binary
from core.formats.word2vec_text import vectors_as_text

ROUNDS = 3
LINUX = sys.platform == "linux"


def main() -> None:
    """Measure, compare, report."""
    parser = argparse.ArgumentParser(description="Reading word vectors.")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    rounds = parser.parse_args().rounds
    embeddings = load("glove-6b-50d")
    with tempfile.TemporaryDirectory() as folder:
        text, binary, small = (Path(folder) / name for name in ("glove.txt", "glove.bin", "a.txt"))
        _write_glove(text, embeddings)
        with binary.open("wb") as file:
            word2vec_binary.write(file, embeddings)
        small.write_bytes(vectors_as_text(Embeddings("a", ("a",), embeddings.vectors[:1])))

        theirs = {
            text: partial(KeyedVectors.load_word2vec_format, text, no_header=True),
            binary: partial(KeyedVectors.load_word2vec_format, binary, binary=True),
        }
        pairs = {
            path.suffix: in_turn([partial(read_vectors, path)] * rounds, [other] * rounds, 1)
            for path, other in theirs.items()
        }
        same = all(_same(path, other(), embeddings) for path, other in theirs.items())
        peaks = {path.suffix: _peak(path, small) for path in theirs} if LINUX else {}
        size = text.stat().st_size
    report(
        f"Reading {len(embeddings):,} x {embeddings.dimensions}, {size // 10**6} MB of text",
        {"text": pairs[".txt"], "binary": pairs[".bin"]},
        {
            "peak memory of text / matrix": peaks.get(".txt", "Linux only"),
            "peak memory of binary / matrix": peaks.get(".bin", "Linux only"),
        },
        same_answers=same,
        peak_memory_over_matrix={"text": peaks.get(".txt"), "binary": peaks.get(".bin")},
    )


def _write_glove(path: Path, embeddings: Embeddings) -> None:
    """Write vectors as GloVe's own program does: no heading, five digits."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for word, row in zip(embeddings.words, embeddings.vectors, strict=True):
            file.write(f"{word} {' '.join(f'{number:.5g}' for number in row.tolist())}\n")


def _same(path: Path, theirs: KeyedVectors, embeddings: Embeddings) -> bool:
    ours = read_vectors(path).embeddings
    return (
        list(ours.words) == theirs.index_to_key == list(embeddings.words)
        and np.array_equal(ours.vectors, theirs.vectors)
        and np.array_equal(ours.vectors, embeddings.vectors)
    )


def _peak(path: Path, small: Path) -> float:
    """Return the peak memory of reading a file as a multiple of the matrix."""
    program = f"""
from pathlib import Path
from core.formats import read_vectors

def peak():
    lines = open("/proc/self/status", encoding="ascii").read().splitlines()
    return 1024 * int(next(line for line in lines if line.startswith("VmHWM")).split()[1])

read_vectors(Path({str(small)!r}))
before = peak()
loaded = read_vectors(Path({str(path)!r}))
print((peak() - before) / loaded.embeddings.vectors.nbytes)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    return round(float(done.stdout), 2)


if __name__ == "__main__":
    main()
