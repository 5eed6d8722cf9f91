"""Word vectors learned from ten million words: ours beside gensim's Word2Vec.

`python -m benchmarks.training [TEXT ...]` with text files, packed by gzip or not. Without any, the
dictionaries that Debian's packages dict-gcide, dict-wn and dict-foldoc install: real English.

Both get the same sentences in one file, and each run is a process of its own. Speed is words of the
text a second while training, after the vocabulary is known; what reading takes is told beside it.
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
SEEDS = (1, 2)  # of these runs: one differs from the next by a hundredth or two
FEWEST = 10_000_000  # words
RUNS = {
    "skipgram_1": ("skip-gram", 1),
    "skipgram_2": ("skip-gram", 2),
    "cbow_1": ("cbow", 1),
    "cbow_2": ("cbow", 2),
}


@dataclass(frozen=True)
class Run:
    """What one run took: seconds, and bytes of memory at its peak."""

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
        if words < FEWEST:
            print(f"{words:,} words; figures are compared on {FEWEST:,} or more.", file=sys.stderr)
        _measure(text, words, Path(folder))


def _measure(text: Path, words: int, folder: Path) -> None:
    pairs: dict[str, Pair] = {}
    figures: dict[str, object] = {}
    for name, (architecture, threads) in RUNS.items():
        runs: dict[str, list[Run]] = {"ours": [], "gensim": []}
        for _ in range(ROUNDS):
            for whose, found in runs.items():
                found.append(_run(whose, text, architecture, threads))
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
    """Return how good the vectors are after all epochs: for each seed, one figure.

    CBOW begins at two learning rates: gensim's default, and ours, which word2vec's own program has
    too. With several threads gensim's falls less far than it is told, since each thread counts its
    own words only.
    """
    found: dict[str, object] = {}
    for architecture, threads in RUNS.values():
        for rate, whose in product(
            sorted({RATES["skip-gram"], RATES[architecture]}), ("ours", "gensim")
        ):
            learned = partial(_learned, whose, text, architecture, threads, rate, folder)
            with ThreadPoolExecutor(max(1, CORES // threads)) as pool:
                qualities = list(pool.map(learned, SEEDS))
            found[f"{architecture} from {rate:g}, {threads} thread(s), {whose}"] = {
                name: [round(each[name], 4) for each in qualities] for name in qualities[0]
            }
    return found


def _learned(
    whose: str, text: Path, architecture: str, threads: int, rate: float, folder: Path, seed: int
) -> dict[str, float]:
    output = folder / f"{seed}.safetensors"
    _run(whose, text, architecture, threads, EPOCHS, seed, rate, output)
    return _quality(output)


def _run(
    whose: str,
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
        [sys.executable, "-m", "benchmarks._word2vec", whose, json.dumps(options)],
        check=True,
        capture_output=True,
        text=True,
    )
    return Run(**json.loads(done.stdout.splitlines()[-1]))


def _quality(path: Path) -> dict[str, float]:
    """Return the correlation with WordSim-353 and the share of Google's analogies."""
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
    """Write a sentence a line, its words apart by spaces; return how many words there are."""
    words = 0
    with path.open("w", encoding="utf-8") as file:
        for sentence in _sentences(texts):
            words += len(sentence)
            file.write(" ".join(sentence) + "\n")
    return words


def _sentences(texts: Sequence[Path]) -> Iterator[list[str]]:
    """Yield the sentences of texts; a line break ends none, since these are set in short lines."""
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
