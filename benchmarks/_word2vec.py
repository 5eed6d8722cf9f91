"""One training run in a process of its own: `python -m benchmarks._word2vec WHOSE JSON`.

Prints as JSON how long reading and training took, in seconds, and the peak of the memory in bytes.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import psutil

SHARED = {"window": 5, "negative": 5, "min_count": 5, "sample": 1e-3}


def main(whose: str, options: dict[str, Any]) -> None:
    """Train, and print what it took."""
    start = time.perf_counter()
    read, trained = (ours if whose == "ours" else gensim)(**options)
    taken = {
        "reading": read - start,
        "training": trained - read,
        "peak": psutil.Process().memory_info().rss if sys.platform == "win32" else peak(),
    }
    print(json.dumps(taken))


def peak() -> int:
    """Return the most memory that this process has had, in bytes."""
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else 1024 * most


def ours(
    text: str,
    architecture: str,
    threads: int,
    epochs: int,
    seed: int,
    rate: float,
    output: str | None,
) -> tuple[float, float]:
    """Train with this project; return the times when the text was read and when all was trained."""
    from core.formats.trained_vectors import write_trained
    from core.training.config import Config
    from core.training.corpus import read_corpus
    from core.training.text import Splitting
    from core.training.training import Training

    config = Config(
        architecture=architecture,  # type: ignore[arg-type]
        threads=threads,
        epochs=epochs,
        seed=seed,
        learning_rate=rate,
    )
    corpus = read_corpus(Path(text), config.min_count, Splitting(pattern=r"\S+"))
    training = Training(corpus, config)
    read = time.perf_counter()
    for _ in training.run():
        pass
    trained = time.perf_counter()
    if output:
        write_trained(Path(output), training.embeddings("ours"))
    return read, trained


def gensim(
    text: str,
    architecture: str,
    threads: int,
    epochs: int,
    seed: int,
    rate: float,
    output: str | None,
) -> tuple[float, float]:
    """Train with gensim, from its fastest input; returns what `ours` returns."""
    from gensim.models import Word2Vec

    from core.embeddings import Embeddings
    from core.formats.trained_vectors import write_trained

    model = Word2Vec(
        vector_size=100,
        sg=int(architecture == "skip-gram"),
        workers=threads,
        seed=seed,
        alpha=rate,
        **SHARED,
    )
    model.build_vocab(corpus_file=text)
    read = time.perf_counter()
    model.train(
        corpus_file=text,
        total_words=model.corpus_total_words,
        total_examples=model.corpus_count,
        epochs=epochs,
    )
    trained = time.perf_counter()
    if output:
        vectors = Embeddings("gensim", tuple(model.wv.index_to_key), model.wv.vectors)
        write_trained(Path(output), vectors)
    return read, trained


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
