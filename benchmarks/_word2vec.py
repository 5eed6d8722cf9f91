"""One training run in its own process: `python -m benchmarks._word2vec ours|gensim OPTIONS`.

The options are JSON. Prints as JSON the seconds for reading and training, and the peak memory in
bytes.
"""

import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

SHARED = {"window": 5, "negative": 5, "min_count": 5, "sample": 1e-3}


@dataclass(frozen=True)
class Options:
    """The options that both implementations get."""

    text: str
    architecture: str
    threads: int
    epochs: int
    seed: int
    rate: float
    output: str | None


def main(implementation: str, options: Options) -> None:
    """Train, and print the times and the peak memory."""
    start = time.perf_counter()
    read, trained = (ours if implementation == "ours" else gensim)(options)
    taken = {
        "reading": read - start,
        "training": trained - read,
        "peak": peak(),
    }
    print(json.dumps(taken))


def peak() -> int:
    """Return the peak memory of this process in bytes.

    Not by getrusage on Linux, where it includes the process that started this one.
    """
    status = Path("/proc/self/status")
    if status.exists():
        fields = dict(line.split(":", 1) for line in status.read_text("ascii").splitlines())
        return 1024 * int(fields["VmHWM"].removesuffix(" kB"))
    memory = psutil.Process().memory_info()
    if hasattr(memory, "peak_wset"):  # Windows
        return int(memory.peak_wset)
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def ours(options: Options) -> tuple[float, float]:
    """Train with this project; return the times at which reading and training ended."""
    from core.formats.trained_vectors import write_trained
    from core.training.config import Config
    from core.training.corpus import read_corpus
    from core.training.text import Splitting
    from core.training.training import Training

    config = Config(
        architecture=options.architecture,  # type: ignore[arg-type]
        threads=options.threads,
        epochs=options.epochs,
        seed=options.seed,
        learning_rate=options.rate,
    )
    corpus = read_corpus(Path(options.text), config.min_count, Splitting(pattern=r"\S+"))
    training = Training(corpus, config)
    read = time.perf_counter()
    for _ in training.run():
        pass
    trained = time.perf_counter()
    if options.output:
        write_trained(Path(options.output), training.embeddings("ours"))
    return read, trained


def gensim(options: Options) -> tuple[float, float]:
    """Train with gensim from a corpus file, its fastest input; return the times as `ours` does."""
    from gensim.models import Word2Vec

    from core.embeddings import Embeddings
    from core.formats.trained_vectors import write_trained

    model = Word2Vec(
        vector_size=100,
        sg=int(options.architecture == "skip-gram"),
        workers=options.threads,
        seed=options.seed,
        alpha=options.rate,
        **SHARED,
    )
    model.build_vocab(corpus_file=options.text)
    read = time.perf_counter()
    model.train(
        corpus_file=options.text,
        total_words=model.corpus_total_words,
        total_examples=model.corpus_count,
        epochs=options.epochs,
    )
    trained = time.perf_counter()
    if options.output:
        vectors = Embeddings("gensim", tuple(model.wv.index_to_key), model.wv.vectors)
        write_trained(Path(options.output), vectors)
    return read, trained


if __name__ == "__main__":
    main(sys.argv[1], Options(**json.loads(sys.argv[2])))
