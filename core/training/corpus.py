"""A text as numbers: read once, kept on the disk, trained from there."""

import hashlib
import itertools
import mmap
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.layouts.array_store import words_digest
from core.training.text import ENDS, Splitting, pieces, size_of
from core.training.vocabulary import Vocabulary

Ids = NDArray[np.int32]
END = -1  # in the ids, where a sentence ends
FEWEST, MOST = 50, 10_000  # ids trained with one learning rate
CHUNK = 1 << 20  # ids handled at a time
HELD_OUT = 20  # blocks whose last tenth is not trained, so that the loss can be measured on it
FEWEST_TO_HOLD_OUT = 2_000  # ids; of less text, nothing is held out


@dataclass(frozen=True, eq=False)
class Corpus:
    """The words of a text as their ids, ready to be trained.

    Args:
        vocabulary: the words that occur often enough.
        ids: (N,) int32, and `END` after each sentence; on the disk, in a file without a name.
        pages: that file, mapped into memory.
        words_read: how many words the text has, the rare ones too.
        replaced: characters that were no UTF-8.
    """

    vocabulary: Vocabulary
    ids: Ids
    pages: mmap.mmap
    words_read: int
    replaced: int

    @cached_property
    def blocks(self) -> tuple[range, ...]:
        """The stretches of ids that are trained one after another.

        Each ends with a sentence, if one ends near enough; there are about a hundred or more,
        unless the text is short, so that the learning rate falls smoothly.
        """
        held = dict(self._held_out)
        return tuple(
            range(block.start, held[place].start) if place in held else block
            for place, block in enumerate(self._all_blocks)
        )

    @property
    def held_out(self) -> tuple[range, ...]:
        """The stretches of ids that are not trained; none if the text is short."""
        return tuple(held for _, held in self._held_out)

    @cached_property
    def _all_blocks(self) -> tuple[range, ...]:
        size = min(max(len(self.ids) // 100, FEWEST), MOST)
        cuts = [0]
        while cuts[-1] < len(self.ids):
            cuts.append(self._sentence_end(cuts[-1] + size, size))
        return tuple(range(start, stop) for start, stop in itertools.pairwise(cuts))

    @cached_property
    def _held_out(self) -> tuple[tuple[int, range], ...]:
        """The last tenth of some blocks, with the places of these blocks."""
        if len(self.ids) < FEWEST_TO_HOLD_OUT:
            return ()
        places = range(0, len(self._all_blocks), max(len(self._all_blocks) // HELD_OUT, 1))
        tenths = []
        for place in places:
            block = self._all_blocks[place]
            start = self._sentence_end(block.stop - len(block) // 10, len(block) // 10)
            if block.start < start < block.stop:
                tenths.append((place, range(start, block.stop)))
        return tuple(tenths)

    def _sentence_end(self, at: int, most: int) -> int:
        """Return where the first sentence ends at or after `at`; `at` if none does soon enough."""
        at = min(at, len(self.ids))
        ends = np.flatnonzero(self.ids[at - 1 : at - 1 + most] == END)
        return at + int(ends[0]) if len(ends) else at

    def words_before(self) -> NDArray[np.int64]:
        """Return how many words come before each block, and as the last how many there are."""
        words = [np.count_nonzero(self.ids[b.start : b.stop] != END) for b in self.blocks]
        return np.concatenate(([0], np.cumsum(words, dtype=np.int64)))

    def release(self) -> None:
        """Give back the memory that what was read of `ids` takes; it is read again when needed.

        Where the system cannot do that, it takes memory back when it runs short.
        """
        if hasattr(mmap, "MADV_DONTNEED"):
            self.pages.madvise(mmap.MADV_DONTNEED)

    def digest(self) -> str:
        """Return what stands for this text: another one, or other words of it, differ."""
        digest = hashlib.blake2b(words_digest(self.vocabulary.words).encode(), digest_size=16)
        for start in range(0, len(self.ids), CHUNK):
            digest.update(self.ids[start : start + CHUNK].tobytes())
        return digest.hexdigest()


@dataclass(frozen=True)
class Reading:
    """How far the reading of a text is.

    Args:
        words: read so far.
        share: of the text, 0 to 1.
        corpus: when all is read.
    """

    words: int
    share: float
    corpus: Corpus | None = None


def read_corpus(
    source: str | Path, min_count: int = 5, splitting: Splitting | None = None
) -> Corpus:
    """Return a text as numbers; arguments and errors are those of `reading`.

    >>> corpus = read_corpus("The lion is the king. The king rules.", min_count=2)
    >>> corpus.vocabulary.words, corpus.ids.tolist()
    (('the', 'king'), [0, 0, 1, -1, 0, 1, -1])
    """
    *_, last = reading(source, min_count, splitting)
    assert last.corpus is not None  # noqa: S101  the last one has it
    return last.corpus


def reading(
    source: str | Path, min_count: int = 5, splitting: Splitting | None = None
) -> Iterator[Reading]:
    """Yield how far the reading of a text is; the last has the corpus.

    Words are numbered as they first occur and written to a file, and renumbered by frequency when
    all are counted: the text itself is read once.

    Args:
        source: the text itself; or the path of a file or folder.
        min_count: words that occur less often are left out.
        splitting: how the text becomes words.

    Raises:
        InputError: the text cannot be read, or less than two words of it are left.
    """
    splitting = splitting or Splitting()
    size = max(size_of(source), 1)
    # The signs that end a sentence have the first numbers.
    number_of: defaultdict[str, int] = defaultdict(itertools.count(len(ENDS)).__next__)
    number_of.update({sign: number for number, sign in enumerate(ENDS)})
    counts = np.zeros(1 << 12, dtype=np.int64)
    words = replaced = 0
    # Once it is mapped into memory, the file lives as long as the corpus, closed or not.
    with _disk_errors_explained(), tempfile.TemporaryFile() as file:
        for piece in pieces(source):
            found = splitting.words(piece.text)
            numbers = np.fromiter(map(number_of.__getitem__, found), np.int32, len(found))
            file.write(numbers.data)
            if len(number_of) > len(counts):
                counts = np.append(counts, np.zeros(len(number_of), dtype=np.int64))
            counts += np.bincount(numbers, minlength=len(counts))
            words, replaced = int(counts[len(ENDS) :].sum()), piece.replaced
            yield Reading(words, min(piece.read / size, 1.0))
        corpus = _renumbered(file, list(number_of), counts, min_count, replaced)
    yield Reading(words, 1.0, corpus)


def _renumbered(
    file: BinaryIO, words: list[str], counts: NDArray[np.int64], min_count: int, replaced: int
) -> Corpus:
    """Return the corpus of the numbers in a file, which is written over with ids."""
    counts = counts[: len(words)]
    often = counts >= min_count
    often[: len(ENDS)] = False
    total = int(counts[len(ENDS) :].sum())
    if np.count_nonzero(often) < 2:
        raise InputError(_too_few(total, len(words) - len(ENDS), min_count))
    order = np.argsort(-np.where(often, counts, 0), kind="stable")[: np.count_nonzero(often)]
    id_of = np.full(len(words), -2, dtype=np.int32)  # -2: a rare word
    id_of[: len(ENDS)] = END
    id_of[order] = np.arange(len(order), dtype=np.int32)
    length = _write_over(file, id_of)
    pages = mmap.mmap(file.fileno(), 4 * length, access=mmap.ACCESS_READ)
    ids = np.frombuffer(pages, dtype=np.int32)
    vocabulary = Vocabulary(tuple(words[number] for number in order), counts[order])
    return Corpus(vocabulary, ids, pages, total, replaced)


def _write_over(file: BinaryIO, id_of: Ids) -> int:
    """Replace the numbers in a file by ids without rare words; return how many are left."""
    length, read, last = 0, 0, END
    while True:
        file.seek(4 * read)
        numbers = np.frombuffer(file.read(4 * CHUNK), dtype=np.int32)
        if not len(numbers):
            break
        read += len(numbers)
        ids = id_of[numbers]
        ids = ids[ids > -2]
        before = np.concatenate(([last], ids[:-1]))
        ids = ids[(ids != END) | (before != END)]  # no sentence without words
        if len(ids):
            last = int(ids[-1])
        file.seek(4 * length)
        file.write(ids.data)
        length += len(ids)
    file.truncate(4 * length)
    file.flush()
    return length


def _too_few(total: int, different: int, min_count: int) -> str:
    if different < 2:
        return (
            f"{total:,} words came, {different} of them different. Words are learned from those "
            "near them: write a few sentences."
        )
    return (
        f"{total:,} words came, {different:,} different ones, and fewer than two of these occur "
        f"{min_count:,} times or more. Take a longer text, or a smaller minimum count."
    )


@contextmanager
def _disk_errors_explained() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(
            f"The text could not be stored as numbers in {tempfile.gettempdir()}: {error}. Make "
            "room there, or name another folder in the environment variable TMPDIR."
        ) from error
