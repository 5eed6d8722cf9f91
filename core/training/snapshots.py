"""A training run that keeps snapshots of its vectors, from the untrained ones on."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.embeddings import Embeddings
from core.errors import DivergedError
from core.training.config import Config
from core.training.corpus import Corpus
from core.training.example import example_of
from core.training.loss import Gradient, SampleLoss
from core.training.one_step import OneStep, one_step
from core.training.parameters import LANES, Parameters, initial_parameters
from core.training.training import SECONDS, Training, TrainingProgress
from core.training.windows import WindowMaker

Vectors = NDArray[np.float32]
SNAPSHOTS = 100  # of a whole run
MAX_HISTORY_BYTES = 32_000_000  # of all snapshots of a run together


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The vectors at one moment of a run.

    Args:
        progress: how far the run was; the loss is NaN until training starts.
        vectors: (R, D) float32, read-only, of the R most frequent words.
        outputs: (E, D) float32, read-only, the output vectors of the E words of the run's example.
    """

    progress: TrainingProgress
    vectors: Vectors
    outputs: Vectors


class RecordedRun:
    """A training run with its history of snapshots.

    Iterating over `steps` trains. Several threads may iterate: each step is made once. Reading the
    history never waits for a step.

    Args:
        corpus: the text.
        config: the settings.
        snapshots: about how many a whole run has, besides the untrained one.

    Attributes:
        history: the snapshots so far; the first has the untrained vectors.
        words: the R words of the snapshots.
        example: a sentence of the text, to show one step of training on.
        diverged: why the run cannot go on, if its numbers grew beyond all bounds.

    >>> from core.training.corpus import read_corpus
    >>> corpus = read_corpus("A king rules. A queen rules. A king reads." * 99, min_count=1)
    >>> run = RecordedRun(corpus, Config(dimensions=8, epochs=2, subsampling=0), snapshots=10)
    >>> for step in run.steps():
    ...     pass
    >>> len(run.history), run.is_over
    (11, True)
    """

    def __init__(self, corpus: Corpus, config: Config, snapshots: int = SNAPSHOTS) -> None:
        self.corpus = corpus
        self.config = config
        self.diverged: DivergedError | None = None
        kept = MAX_HISTORY_BYTES // (4 * config.dimensions * (snapshots + 2))
        self.words = corpus.vocabulary.words[: max(kept, 2)]
        self.row_of = {word: row for row, word in enumerate(self.words)}
        self.example = example_of(corpus, config, len(self.words))
        self._example_rows = list(self.example.words)
        all_blocks = len(corpus.blocks) * config.epochs
        self._blocks = max(-(-all_blocks // snapshots), 1)  # between two snapshots
        self.last = -(-all_blocks // self._blocks)
        untrained = initial_parameters(len(self.words), config)
        all_words = config.epochs * int(corpus.words_before()[-1])
        start = TrainingProgress(
            0, all_blocks, 0, all_words, 1, 0.0, float("nan"), config.learning_rate
        )
        self.history = [self._snapshot(start, untrained)]
        self._training: Training | None = None
        self._gradient: Gradient | None = None
        self._lock = threading.Lock()

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more to train."""
        return self.diverged is not None or len(self.history) > self.last

    @property
    def nbytes(self) -> int:
        """About how many bytes it takes: its snapshots, and the parameters once it has begun."""
        row = -(-self.config.dimensions // LANES) * LANES
        parameters = 8 * row * len(self.corpus.vocabulary) if self._training is not None else 0
        first = self.history[0]
        return parameters + len(self.history) * (first.vectors.nbytes + first.outputs.nbytes)

    def steps(self, until: int | None = None) -> Iterator[Snapshot]:
        """Train, and yield the newest snapshot: a few times a second, and when there is a new one.

        Args:
            until: the index in the history where to stop; None for the end of the run.

        Raises:
            DivergedError: numbers grew beyond all bounds; the history has the snapshots before.
            InputError: the vectors do not fit into memory.
        """
        goal = self.last if until is None else min(until, self.last)
        while len(self.history) <= goal:
            self._step(goal)
            yield self.history[-1]

    def vectors_now(self, name: str) -> Embeddings:
        """Return the newest vectors, of all words.

        If the snapshots have all words, they are those of the last one; else a copy of the
        parameters as they are now. Of a run that diverged, these are the last finite ones; if the
        disk was too full to save any, the last snapshot is returned.
        """
        if len(self.words) == len(self.corpus.vocabulary):
            return self.embeddings(-1, name)
        with self._lock:
            training = self._started()
            if not training.parameters.is_finite:
                return self.embeddings(-1, name)
            return training.embeddings(name)

    def embeddings(self, index: int, name: str) -> Embeddings:
        """Return the vectors of a snapshot.

        Args:
            index: in the history; 0 for the untrained ones.
            name: what to call them.
        """
        return Embeddings(name, self.words, self.history[index].vectors)

    def step_at(self, index: int, gap: int, near: int) -> OneStep:
        """Return the step that training makes for a gap in the example, with a snapshot's vectors.

        Args:
            index: of the snapshot in the history.
            gap: the position of the missing word in the sentence.
            near: the position of the near word that predicts it. CBOW takes all near words.
        """
        snapshot, example = self.history[index], self.example
        row_of = {word: row for row, word in enumerate(self._example_rows)}
        is_cbow = self.config.architecture == "cbow"
        predicting = [example.sentence[at] for at in (example.near(gap) if is_cbow else (near,))]
        return one_step(
            snapshot.vectors[predicting],
            snapshot.outputs[row_of[example.sentence[gap]]],
            snapshot.outputs[[row_of[word] for word in example.noise_for(gap)]],
            snapshot.progress.learning_rate,
        )

    def untrained_gradient(self) -> Gradient:
        """Return the gradient of the loss before the first step; see `SampleLoss.gradient`."""
        if self._gradient is None:
            maker = WindowMaker(self.corpus.vocabulary, self.config)
            parameters = initial_parameters(len(self.corpus.vocabulary), self.config)
            self._gradient = SampleLoss(self.corpus, self.config, maker).gradient(parameters)
        return self._gradient

    def _step(self, goal: int) -> None:
        """Train for a moment, or to the next snapshot if that is sooner."""
        with self._lock:
            if len(self.history) > goal:  # another thread made it
                return
            if self.diverged is not None:
                raise self.diverged
            training = self._started()
            end = min(len(self.history) * self._blocks, training.all_blocks)
            try:
                training.advance(end, SECONDS)
            except DivergedError as error:
                self.diverged = error
                raise
            if training.done == end:
                self.history.append(self._snapshot(training.progress(), training.parameters))

    def _started(self) -> Training:
        """Return the training; the first time on a computer its functions are compiled."""
        if self._training is None:
            self._training = Training(self.corpus, self.config)
            self.history[0] = replace(self.history[0], progress=self._training.progress())
        return self._training

    def _snapshot(self, progress: TrainingProgress, parameters: Parameters) -> Snapshot:
        vectors = parameters.vectors[: len(self.words)].copy()
        outputs = parameters.outputs[self._example_rows, : parameters.dimensions]
        for kept in (vectors, outputs):
            kept.flags.writeable = False
        return Snapshot(progress, vectors, outputs)
