"""A training run that can be watched, paused, saved and resumed."""

import json
import math
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.embeddings import Embeddings
from core.errors import DivergedError, InputError
from core.training import cpu_engine
from core.training.checkpoint import Checkpoint, read_checkpoint, write_checkpoint
from core.training.config import RATES, Config
from core.training.corpus import Corpus
from core.training.loss import SampleLoss
from core.training.parameters import initial_parameters
from core.training.rollback import Rollback
from core.training.windows import WindowMaker

SECONDS = 0.25  # of training between two progress values
SMALL = 1 << 23  # bytes of a matrix up to which the parameters are saved for a rollback each time
SAVED_EVERY = 5.0  # seconds of training after which larger ones are


@dataclass(frozen=True)
class TrainingProgress:
    """How far a run is.

    Args:
        blocks: of text trained so far, over all epochs.
        all_blocks: of the whole run.
        words: trained so far.
        all_words: of the whole run.
        epoch: 1 for the first.
        words_per_second: on average, since the run began.
        loss: of a fixed sample of windows; see `SampleLoss`.
        learning_rate: now.
    """

    blocks: int
    all_blocks: int
    words: int
    all_words: int
    epoch: int
    words_per_second: float
    loss: float
    learning_rate: float

    @property
    def share(self) -> float:
        """The share that is done, 0 to 1."""
        return self.blocks / self.all_blocks

    @property
    def is_done(self) -> bool:
        """Whether the run is complete."""
        return self.blocks == self.all_blocks


class Training:
    """Word vectors being learned from a text.

    Iterating over `run` trains. To pause, stop iterating; a later `run` goes on from there.

    Args:
        corpus: the text.
        config: the settings.

    Attributes:
        parameters: the vectors, changed in place.
        loss: of a sample of windows.
        done: how many blocks have been trained, over all epochs.

    Raises:
        InputError: the parameters do not fit into memory.

    >>> from core.training.corpus import read_corpus
    >>> corpus = read_corpus("A king rules. A queen rules. A king reads." * 9, min_count=1)
    >>> training = Training(corpus, Config(dimensions=8, epochs=2))
    >>> for progress in training.run():
    ...     pass
    >>> progress.is_done, training.embeddings("mine").words
    (True, ('a', 'king', 'rules', 'queen', 'reads'))
    """

    def __init__(self, corpus: Corpus, config: Config) -> None:
        self.corpus = corpus
        self.config = config
        self.parameters = initial_parameters(len(corpus.vocabulary), config)
        self._maker = WindowMaker(corpus.vocabulary, config)
        self.loss = SampleLoss(corpus, config, self._maker)
        self._words = np.diff(corpus.words_before())
        self.done = 0
        self._seconds = 0.0
        self._rollback = Rollback()
        self._saved_at = float("-inf")
        self.check()
        self._engine = None
        if config.engine == "torch":
            from core.device import device
            from core.training.torch_engine import TorchEngine

            self._engine = TorchEngine(self.parameters, config.architecture, device())
        else:
            cpu_engine.make_ready(config)

    @property
    def blocks(self) -> int:
        """How many blocks an epoch has."""
        return len(self.corpus.blocks)

    @property
    def all_blocks(self) -> int:
        """How many blocks all epochs have."""
        return self.blocks * self.config.epochs

    def run(self, blocks: int | None = None) -> Iterator[TrainingProgress]:
        """Train, and yield the progress.

        Args:
            blocks: how many are trained between two values; None for a few values a second.

        Raises:
            DivergedError: as `check` does.
        """
        while self.done < self.all_blocks:
            if blocks is None:
                self.advance(self.all_blocks, SECONDS)
            else:
                self.advance(min(self.done + blocks, self.all_blocks))
            yield self.progress()

    def advance(self, end: int, seconds: float = math.inf) -> None:
        """Train up to block `end`, or only the blocks begun within some seconds, one at least.

        How a run is divided into calls changes nothing in its vectors.

        Raises:
            DivergedError: as `check` does.
        """
        self.done += self.train(range(self.done, end), seconds)
        self.check()

    def check(self) -> None:
        """Raise DivergedError and restore the last finite parameters unless all are finite.

        They are saved with each call; large ones only after some seconds of training.
        """
        self.corpus.release()
        if self.parameters.is_finite:
            is_small = self.parameters.inputs.nbytes <= SMALL
            if is_small or self._seconds - self._saved_at >= SAVED_EVERY:
                self._rollback.save(self.parameters)
                self._saved_at = self._seconds
            return
        self._rollback.restore(self.parameters)
        usual = RATES.values()
        raise DivergedError(
            f"With the learning rate {self.config.learning_rate:g} the numbers grew beyond all "
            f"bounds. Take a smaller one; {min(usual):g} to {max(usual):g} is usual."
        )

    def train(self, blocks: Sequence[int], seconds: float = math.inf) -> int:
        """Train some blocks with all threads, without a check of the numbers.

        Args:
            blocks: their indices, counted over all epochs.
            seconds: after which no further block is begun; one is trained in any case.

        Returns:
            How many were trained, from the first on.
        """
        begin = time.perf_counter()
        lock, taken = threading.Lock(), 0

        def work() -> None:
            nonlocal taken
            while True:
                with lock:
                    is_late = taken and time.perf_counter() - begin >= seconds
                    if taken == len(blocks) or is_late:
                        return
                    number = blocks[taken]
                    taken += 1
                self._train_block(number)

        with ThreadPoolExecutor(self.config.threads) as pool:
            for thread in [pool.submit(work) for _ in range(self.config.threads)]:
                thread.result()
        if self._engine is not None:
            self._engine.store()
        self._seconds += time.perf_counter() - begin
        return taken

    def progress(self) -> TrainingProgress:
        """Return how far the run is now."""
        epoch, block = divmod(self.done, self.blocks)
        all_words = int(self._words.sum())
        order = _block_order(self.config.seed, epoch, self.blocks)
        words = epoch * all_words + int(self._words[order[:block]].sum())
        return TrainingProgress(
            blocks=self.done,
            all_blocks=self.all_blocks,
            words=words,
            all_words=self.config.epochs * all_words,
            epoch=min(epoch + 1, self.config.epochs),
            words_per_second=words / self._seconds if self._seconds else 0.0,
            loss=self.loss.value(self.parameters),
            learning_rate=self._rate(self.done),
        )

    def embeddings(self, name: str) -> Embeddings:
        """Return a copy of the vectors as they are now."""
        return Embeddings(name, self.corpus.vocabulary.words, self.parameters.vectors.copy())

    def save(self, path: Path) -> None:
        """Write all that is needed to resume the run; raises as `write_checkpoint` does."""
        write_checkpoint(path, self._checkpoint())

    def resume(self, path: Path) -> None:
        """Go on from a saved run.

        With one thread, the result is the same as without the interruption.

        Raises:
            InputError: the file is not a saved run, or one of another text or config.
        """
        saved = read_checkpoint(path)
        mine = self._checkpoint()
        if saved.config != mine.config or saved.text != mine.text:
            other = "config" if saved.config != mine.config else "text"
            raise InputError(
                f"{path.name} is of a run with another {other}. Take the same text and settings, "
                "or start a new run."
            )
        self.parameters.assign(saved.parameters)
        self._rollback.save(saved.parameters)
        self.done, self._seconds = saved.blocks, saved.seconds
        if self._engine is not None:
            self._engine.load()

    def _checkpoint(self) -> Checkpoint:
        config = json.dumps(asdict(self.config), sort_keys=True)
        return Checkpoint(self.parameters, self.done, self._seconds, config, self.corpus.digest())

    def _rate(self, number: int) -> float:
        start, end = self.config.learning_rate, self.config.final_learning_rate
        return start + (end - start) * number / self.all_blocks

    def _train_block(self, number: int) -> None:
        epoch, block = divmod(number, self.blocks)
        block = int(_block_order(self.config.seed, epoch, self.blocks)[block])
        part = self.corpus.blocks[block]
        windows = self._maker.windows(self.corpus.ids[part.start : part.stop], epoch, block)
        if self._engine is not None:
            self._engine.train(windows, self._rate(number))
        else:
            cpu_engine.train(self.parameters, windows, self._rate(number), self.config.architecture)


@lru_cache(maxsize=8)
def _block_order(seed: int, epoch: int, blocks: int) -> NDArray[np.int64]:
    """Return the order in which an epoch trains the blocks.

    It differs between epochs: otherwise the end of the text would weigh most.
    """
    return np.random.default_rng([seed, epoch]).permutation(blocks)
