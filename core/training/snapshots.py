"""A training run that is watched: pictures of its vectors, from the first on."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.embeddings import Embeddings
from core.errors import DivergedError
from core.training.config import Config
from core.training.corpus import Corpus
from core.training.loss import Gradient
from core.training.parameters import initial_tables
from core.training.training import Progress, Training

Vectors = NDArray[np.float32]
SNAPSHOTS = 100  # of a whole run
MOST_BYTES = 32_000_000  # of all snapshots of a run together


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The vectors at one moment of a run.

    Args:
        progress: how far the run was; the loss is NaN as long as nothing was started.
        vectors: (R, D) float32, read-only, of the R most frequent words.
    """

    progress: Progress
    vectors: Vectors


class WatchedRun:
    """A run with its history; whoever iterates over `steps` trains, and can go on later.

    Several threads may ask for steps of one run: each step is made once.

    Args:
        corpus: the text.
        config: what the run is told.
        snapshots: about how many a whole run has, the untrained vectors not counted.

    Attributes:
        history: the snapshots so far; the first is that of the untrained vectors.
        words: the R words that are in the snapshots.
        diverged: why the run cannot go on, if its numbers grew beyond all bounds.

    Raises:
        InputError: the vectors do not fit into memory.

    >>> from core.training.corpus import read_corpus
    >>> corpus = read_corpus("A king rules. A queen rules. A king reads." * 99, min_count=1)
    >>> run = WatchedRun(corpus, Config(dimensions=8, epochs=2, subsampling=0), snapshots=10)
    >>> len(run.history), sum(1 for _ in run.steps()), run.is_over
    (1, 10, True)
    """

    def __init__(self, corpus: Corpus, config: Config, snapshots: int = SNAPSHOTS) -> None:
        self.corpus = corpus
        self.config = config
        self.diverged: DivergedError | None = None
        most = MOST_BYTES // (4 * config.dimensions * (snapshots + 2))
        self.words = corpus.vocabulary.words[: max(most, 2)]
        self.row_of = {word: row for row, word in enumerate(self.words)}
        all_blocks = len(corpus.blocks) * config.epochs
        self._blocks = max(-(-all_blocks // snapshots), 1)
        self.last = -(-all_blocks // self._blocks)
        untrained = initial_tables(len(corpus.vocabulary), config).vectors
        all_words = config.epochs * int(corpus.words_before()[-1])
        start = Progress(0, all_blocks, 0, all_words, 1, 0.0, float("nan"), config.learning_rate)
        self.history = [Snapshot(start, self._kept(untrained))]
        self._training: Training | None = None
        self._lock = threading.Lock()

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more to train."""
        return self.diverged is not None or len(self.history) > self.last

    def steps(self, until: int | None = None) -> Iterator[Snapshot]:
        """Train, and yield each new snapshot.

        Args:
            until: the place in the history where to stop; None for the end of the run.

        Raises:
            DivergedError: numbers grew beyond all bounds; the history has what came before.
        """
        goal = self.last if until is None else min(until, self.last)
        while len(self.history) <= goal:
            yield self._step(goal)

    def vectors_now(self, name: str) -> Embeddings:
        """Return the vectors of all words as they are now, in a copy.

        Of a run that diverged they are the last good ones; where the disk was too full to keep
        these, those of the last snapshot.
        """
        with self._lock:
            training = self._started()
            if not training.tables.is_sound:
                return self.embeddings(-1, name)
            return training.embeddings(name)

    def embeddings(self, place: int, name: str) -> Embeddings:
        """Return the vectors of the words kept, as they were at a place of the history.

        Args:
            place: 0 for the untrained ones.
            name: what to call them.
        """
        return Embeddings(name, self.words, self.history[place].vectors)

    def gradient(self) -> Gradient:
        """Return how the loss would change now, as `Objective.gradient` explains."""
        with self._lock:
            training = self._started()
            return training.objective.gradient(training.tables)

    def _step(self, goal: int) -> Snapshot:
        with self._lock:
            if len(self.history) > goal:  # another thread made it
                return self.history[goal]
            if self.diverged is not None:
                raise self.diverged
            training = self._started()
            try:
                progress = next(training.run(self._blocks))
            except DivergedError as error:
                self.diverged = error
                raise
            self.history.append(Snapshot(progress, self._kept(training.tables.vectors)))
            return self.history[-1]

    def _started(self) -> Training:
        """Return the training; the first time on a computer its functions are compiled."""
        if self._training is None:
            self._training = Training(self.corpus, self.config)
            self.history[0] = Snapshot(self._training.progress(), self.history[0].vectors)
        return self._training

    def _kept(self, vectors: Vectors) -> Vectors:
        kept = vectors[: len(self.words)].copy()
        kept.flags.writeable = False
        return kept
