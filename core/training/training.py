"""A training run: step by step, to be watched, paused, saved and taken up again."""

import json
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
from core.training.loss import Objective
from core.training.parameters import initial_tables
from core.training.rollback import LastGood
from core.training.windows import WindowMaker

SECONDS = 0.25  # between two reports
SMALL = 1 << 23  # bytes of tables whose last good numbers are kept at each report
KEPT_EVERY = 5.0  # seconds of training after which those of larger ones are


@dataclass(frozen=True)
class Progress:
    """How far a run is.

    Args:
        blocks: done of the text, all epochs counted.
        all_blocks: how many there are.
        words: trained so far.
        all_words: how many there will be.
        epoch: 1 for the first.
        words_per_second: on average, since the run began.
        loss: of a fixed sample of windows; see `Objective`.
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
        """How much is done, 0 to 1."""
        return self.blocks / self.all_blocks

    @property
    def is_done(self) -> bool:
        """Whether the run is at its end."""
        return self.blocks == self.all_blocks


class Training:
    """Word vectors being learned from a text.

    Whoever iterates over `run` trains; who stops iterating pauses, and can go on later.

    Args:
        corpus: the text.
        config: what the run is told.

    Attributes:
        tables: the vectors, changed while it trains.
        objective: measures the loss.
        done: how many blocks have been trained, all epochs counted.

    Raises:
        InputError: the tables do not fit into memory.

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
        self.tables = initial_tables(len(corpus.vocabulary), config)
        self._maker = WindowMaker(corpus.vocabulary, config)
        self.objective = Objective(corpus, config, self._maker)
        self._words = np.diff(corpus.words_before())
        self.done = 0
        self._seconds = 0.0
        self._good = LastGood()
        self._kept_at = float("-inf")
        self._check()
        self._engine = None
        if config.engine == "torch":
            from core.device import device
            from core.training.torch_engine import TorchEngine

            self._engine = TorchEngine(self.tables, config.architecture, device())
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

    def run(self, blocks: int | None = None) -> Iterator[Progress]:
        """Train, and yield how far it is: after so many blocks, or a few times a second.

        Raises:
            DivergedError: numbers grew beyond all bounds. The tables are again those of the last
                report, or, if they are large, of one some seconds ago.
        """
        seconds = SECONDS if blocks is None else float("inf")
        while self.done < self.all_blocks:
            end = self.all_blocks if blocks is None else min(self.done + blocks, self.all_blocks)
            self.done += self.train(range(self.done, end), seconds)
            self._check()
            yield self.progress()

    def train(self, places: Sequence[int], seconds: float = float("inf")) -> int:
        """Train some blocks with all threads, without reporting.

        Args:
            places: which, counted through all epochs.
            seconds: after which no further block is begun.

        Returns:
            How many were trained, from the first on.
        """
        begin = time.perf_counter()
        taking, taken = threading.Lock(), 0

        def work() -> None:
            nonlocal taken
            while True:
                with taking:
                    if taken == len(places) or time.perf_counter() - begin > seconds:
                        return
                    place = places[taken]
                    taken += 1
                self._train_block(place)

        with ThreadPoolExecutor(self.config.threads) as pool:
            for thread in [pool.submit(work) for _ in range(self.config.threads)]:
                thread.result()
        if self._engine is not None:
            self._engine.store()
        self._seconds += time.perf_counter() - begin
        return taken

    def progress(self) -> Progress:
        """Return how far the run is now."""
        epoch, block = divmod(self.done, self.blocks)
        all_words = int(self._words.sum())
        words = epoch * all_words + int(self._words[self._order(epoch)[:block]].sum())
        return Progress(
            blocks=self.done,
            all_blocks=self.all_blocks,
            words=words,
            all_words=self.config.epochs * all_words,
            epoch=min(epoch + 1, self.config.epochs),
            words_per_second=words / self._seconds if self._seconds else 0.0,
            loss=self.objective.loss(self.tables),
            learning_rate=self._rate(self.done),
        )

    def embeddings(self, name: str) -> Embeddings:
        """Return the vectors as they are now, in a copy."""
        return Embeddings(name, self.corpus.vocabulary.words, self.tables.vectors.copy())

    def save(self, path: Path) -> None:
        """Write all that is needed to go on; raises as `write_checkpoint` does."""
        write_checkpoint(path, self._checkpoint())

    def resume(self, path: Path) -> None:
        """Go on where the run that was saved stood.

        With one thread, the result is the same as if it had never stopped.

        Raises:
            InputError: the file is none of these, or is of another text or config.
        """
        found = read_checkpoint(path)
        mine = self._checkpoint()
        if found.config != mine.config or found.text != mine.text:
            other = "config" if found.config != mine.config else "text"
            raise InputError(
                f"{path.name} is of a run with another {other}. Take the same text and settings, "
                "or begin anew."
            )
        self.tables.take(found.tables)
        self._good.keep(found.tables)
        self.done, self._seconds = found.blocks, found.seconds
        if self._engine is not None:
            self._engine.load()

    def _checkpoint(self) -> Checkpoint:
        config = json.dumps(asdict(self.config), sort_keys=True)
        return Checkpoint(self.tables, self.done, self._seconds, config, self.corpus.digest())

    @lru_cache(maxsize=2)  # noqa: B019  it is small, and goes with the run
    def _order(self, epoch: int) -> NDArray[np.int64]:
        """Return the order in which an epoch takes the blocks.

        It is another one each time: else what stands last in the text would weigh most.
        """
        return np.random.default_rng([self.config.seed, epoch]).permutation(self.blocks)

    def _rate(self, place: int) -> float:
        start, end = self.config.learning_rate, self.config.final_learning_rate
        return start + (end - start) * place / self.all_blocks

    def _train_block(self, place: int) -> None:
        epoch, block = divmod(place, self.blocks)
        block = int(self._order(epoch)[block])
        stretch = self.corpus.blocks[block]
        windows = self._maker.windows(self.corpus.ids[stretch.start : stretch.stop], epoch, block)
        if self._engine is not None:
            self._engine.train(windows, self._rate(place))
        else:
            cpu_engine.train(self.tables, windows, self._rate(place), self.config.architecture)

    def _check(self) -> None:
        """Notice numbers that are none, and go back to the last that were."""
        self.corpus.release()
        if self.tables.is_sound:
            is_small = self.tables.inputs.nbytes <= SMALL
            if is_small or self._seconds - self._kept_at >= KEPT_EVERY:
                self._good.keep(self.tables)
                self._kept_at = self._seconds
            return
        self._good.give_back(self.tables)
        usual = RATES.values()
        raise DivergedError(
            f"With the learning rate {self.config.learning_rate:g} the numbers grew beyond all "
            f"bounds. Take a smaller one; {min(usual):g} to {max(usual):g} is usual."
        )
