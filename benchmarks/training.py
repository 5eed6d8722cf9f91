"""Training word vectors on ten million words compared with gensim's Word2Vec.

`python -m benchmarks.training [TEXT ...]` with text files, compressed with gzip or not. The default
are the dictionaries of Debian's packages dict-gcide, dict-wn and dict-foldoc.

Both read the same file of sentences, and each run has its own process. The speed is in words of the
text per second of training, without building the vocabulary; the time for reading is reported
separately.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path

from gensim.test.utils import datapath

from benchmarks.report import Pair, report
from core.evaluation.analogies import answer
from core.evaluation.ratings import agreement
from core.formats.analogy_questions import read_questions
from core.formats.rated_pairs import read_rated_pairs
from core.formats.trained_vectors import read_trained
from core.training.config import RATES
from core.training.text import ENDS, Splitting, pieces

DICTIONARIES = Path("/usr/share/dictd")
ROUNDS = 3
CORES = os.cpu_count() or 1
EPOCHS = 5  # of the runs whose quality is measured
SEEDS = (1, 2)  # of these runs; the quality varies by 0.01 to 0.02 between seeds
MIN_WORDS = 10_000_000
RUNS = {
    "skipgram_1": ("skip-gram", 1),
    "skipgram_2": ("skip-gram", 2),
    "cbow_1": ("cbow", 1),
    "cbow_2": ("cbow", 2),
}


@dataclass(frozen=True)
class Run:
    """The seconds for reading and training in one run, and its peak memory in bytes."""

    reading: float
    training: float
    peak: int


def main(arguments: Sequence[str]) -> None:
    """Measure, compare, report."""
    given = [Path(argument) for argument in arguments]
    texts = given or sorted(DICTIONARIES.glob("*.dict.dz"))
    if not texts:
        sys.exit("Name text files, or install Debian's dict-gcide, dict-wn and dict-foldoc.")
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "sentences.txt"
        words = _write_sentences(texts, text)
        if words < MIN_WORDS:
            print(
                f"The text has {words:,} words; use {MIN_WORDS:,} or more to compare results.",
                file=sys.stderr,
            )
        _measure(text, words, Path(folder))


def _measure(text: Path, words: int, folder: Path) -> None:
    pairs: dict[str, Pair] = {}
    figures: dict[str, object] = {}
    for name, (architecture, threads) in RUNS.items():
        runs: dict[str, list[Run]] = {"ours": [], "gensim": []}
        for _ in range(ROUNDS):
            for implementation, done in runs.items():
                done.append(_run(implementation, text, architecture, threads))
        ours, theirs = runs["ours"], runs["gensim"]
        pairs[name] = Pair(
            tuple(run.training for run in ours), tuple(run.training for run in theirs)
        )
        figures[f"{name}: words/s, ours and gensim"] = [
            round(words / statistics.median(run.training for run in some))
            for some in (ours, theirs)
        ]
        figures[f"{name}: reading included"] = round(
            statistics.median(run.reading + run.training for run in theirs)
            / statistics.median(run.reading + run.training for run in ours),
            2,
        )
        figures[f"{name}: peak memory, ours to gensim"] = round(
            max(run.peak for run in ours) / max(run.peak for run in theirs), 2
        )
    figures |= _qualities(text, folder)
    report(f"{words:,} words, 100 dimensions, one epoch, {ROUNDS} rounds", pairs, figures)


def _qualities(text: Path, folder: Path) -> dict[str, object]:
    """Return the quality of the vectors after all epochs, one figure per seed.

    CBOW is trained with two learning rates: gensim's default, and ours, which is also the default
    of the original word2vec. With several threads, gensim's rate does not fall to its final value,
    since each thread counts only its own words.
    """
    figures: dict[str, object] = {}
    for architecture, threads in RUNS.values():
        for rate, implementation in product(
            sorted({RATES["skip-gram"], RATES[architecture]}), ("ours", "gensim")
        ):
            quality = partial(
                _trained_quality, implementation, text, architecture, threads, rate, folder
            )
            with ThreadPoolExecutor(max(1, CORES // threads)) as pool:
                qualities = list(pool.map(quality, SEEDS))
            figures[f"{architecture} from {rate:g}, {threads} thread(s), {implementation}"] = {
                name: [round(each[name], 4) for each in qualities] for name in qualities[0]
            }
    return figures


def _trained_quality(
    implementation: str,
    text: Path,
    architecture: str,
    threads: int,
    rate: float,
    folder: Path,
    seed: int,
) -> dict[str, float]:
    output = folder / f"{seed}.safetensors"
    _run(implementation, text, architecture, threads, EPOCHS, seed, rate, output)
    return _quality(output)


def _run(
    implementation: str,
    text: Path,
    architecture: str,
    threads: int,
    epochs: int = 1,
    seed: int = 1,
    rate: float | None = None,
    output: Path | None = None,
) -> Run:
    options = {
        "text": str(text),
        "architecture": architecture,
        "threads": threads,
        "epochs": epochs,
        "seed": seed,
        "rate": rate or RATES[architecture],
        "output": str(output) if output else None,
    }
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks._word2vec", implementation, json.dumps(options)],
        check=True,
        capture_output=True,
        text=True,
    )
    return Run(**json.loads(done.stdout.splitlines()[-1]))


def _quality(path: Path) -> dict[str, float]:
    """Return the correlation with WordSim-353 and the accuracy on Google's analogies."""
    embeddings = read_trained(path)
    rated = agreement(
        embeddings, read_rated_pairs(Path(datapath("wordsim353.tsv")).read_bytes()).pairs
    )
    questions = read_questions(Path(datapath("questions-words.txt")).read_bytes())
    *_, answers = answer(embeddings, questions.sections)
    return {
        "WordSim-353 Spearman": rated.spearman or 0.0,
        "pairs": len(rated.pairs),
        "analogies": answers.total.accuracy,
        "questions": answers.total.asked,
    }


def _write_sentences(texts: Sequence[Path], path: Path) -> int:
    """Write one sentence per line, its words separated by spaces; return the number of words."""
    words = 0
    with path.open("w", encoding="utf-8") as file:
        for sentence in _sentences(texts):
            words += len(sentence)
            file.write(" ".join(sentence) + "\n")
    return words


def _sentences(texts: Sequence[Path]) -> Iterator[list[str]]:
    """Yield the sentences of texts; a single line break does not end a sentence."""
    splitting = Splitting(pattern=r"\w+")
    for text in texts:
        sentence: list[str] = []
        for piece in pieces(text):
            for word in splitting.words(piece.text.replace("\n\n", ".").replace("\n", " ")):
                if word not in ENDS:
                    sentence.append(word)
                elif sentence:
                    yield sentence
                    sentence = []
        if sentence:
            yield sentence


if __name__ == "__main__":
    main(sys.argv[1:])
