"""A text as word ids: read once, stored on disk, trained from there."""

import hashlib
import itertools
import mmap
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.layouts.array_store import words_digest
from core.training.lines import UNSPACED, is_unspaced
from core.training.text import ENDS, Source, Splitting, pieces, size_of
from core.training.vocabulary import Vocabulary

Ids = NDArray[np.int32]
END = -1  # the id at the end of a sentence
MIN_BLOCK, MAX_BLOCK = 50, 10_000  # ids trained with one learning rate
CHUNK = 1 << 20  # ids processed at a time
HELD_OUT_BLOCKS = 20  # blocks whose last tenth is not trained: the loss is measured on it
MAX_RARE = 200  # words left out that a corpus names
WORD_BYTES = 200  # of memory that a word of the vocabulary takes, with its count and its id
MIN_IDS_TO_HOLD_OUT = 2_000  # of a shorter text, nothing is held out


@dataclass(frozen=True, eq=False)
class Corpus:
    """The words of a text as ids, ready for training.

    Args:
        vocabulary: the words that occur often enough.
        ids: (N,) int32, with `END` after each sentence; stored on disk in a file without a name.
        pages: that file, mapped into memory.
        words_read: how many words the text has, rare ones included.
        rare: the most frequent of the words that were left out.
        replaced: characters that were not UTF-8.
        notes: sentences on how the text was read, where that is not as usual.
        is_unspaced: whether hardly any spaces part the words of the text.
    """

    vocabulary: Vocabulary
    ids: Ids
    pages: mmap.mmap
    words_read: int
    rare: Vocabulary
    replaced: int
    notes: tuple[str, ...] = ()
    is_unspaced: bool = False

    @cached_property
    def blocks(self) -> tuple[range, ...]:
        """The ranges of ids that are trained one after another.

        Each ends with a sentence, if one ends near enough. There are a hundred or more, unless the
        text is short, so that the learning rate falls smoothly.
        """
        held = dict(self._held_out)
        return tuple(
            range(block.start, held[index].start) if index in held else block
            for index, block in enumerate(self._all_blocks)
        )

    @property
    def held_out(self) -> tuple[range, ...]:
        """The ranges of ids that are not trained; none if the text is short."""
        return tuple(held for _, held in self._held_out)

    @cached_property
    def _all_blocks(self) -> tuple[range, ...]:
        size = min(max(len(self.ids) // 100, MIN_BLOCK), MAX_BLOCK)
        cuts = [0]
        while cuts[-1] < len(self.ids):
            cuts.append(self._sentence_end(cuts[-1] + size, size))
        return tuple(range(start, stop) for start, stop in itertools.pairwise(cuts))

    @cached_property
    def _held_out(self) -> tuple[tuple[int, range], ...]:
        """The last tenth of some blocks, each with the index of its block."""
        if len(self.ids) < MIN_IDS_TO_HOLD_OUT:
            return ()
        indices = range(0, len(self._all_blocks), max(len(self._all_blocks) // HELD_OUT_BLOCKS, 1))
        tenths = []
        for index in indices:
            block = self._all_blocks[index]
            start = self._sentence_end(block.stop - len(block) // 10, len(block) // 10)
            if block.start < start < block.stop:
                tenths.append((index, range(start, block.stop)))
        return tuple(tenths)

    def _sentence_end(self, start: int, max_distance: int) -> int:
        """Return the first end of a sentence from `start` on; `start` if none is near enough."""
        start = min(start, len(self.ids))
        ends = np.flatnonzero(self.ids[start - 1 : start - 1 + max_distance] == END)
        return start + int(ends[0]) if len(ends) else start

    @cached_property
    def sentences(self) -> int:
        """How many sentences the text has, without rare words."""
        ends = sum(
            int(np.count_nonzero(self.ids[start : start + CHUNK] == END))
            for start in range(0, len(self.ids), CHUNK)
        )
        return ends + int(self.ids[-1] != END)

    @property
    def words_held_out(self) -> int:
        """How many words are not trained."""
        held = (self.ids[part.start : part.stop] for part in self.held_out)
        return sum(int(np.count_nonzero(ids != END)) for ids in held)

    @property
    def nbytes(self) -> int:
        """About how many bytes are kept: the ids, on disk, and the words, in memory."""
        return self.ids.nbytes + WORD_BYTES * len(self.vocabulary)

    def words_before(self) -> NDArray[np.int64]:
        """Return the number of words before each block, and the total as the last, (B + 1,)."""
        words = [np.count_nonzero(self.ids[b.start : b.stop] != END) for b in self.blocks]
        return np.concatenate(([0], np.cumsum(words, dtype=np.int64)))

    def release(self) -> None:
        """Release the memory of the ids that were read; they are read again when needed.

        Systems without `madvise` do so by themselves when memory runs short.
        """
        if hasattr(mmap, "MADV_DONTNEED"):
            self.pages.madvise(mmap.MADV_DONTNEED)

    def digest(self) -> str:
        """Return a digest of the ids and the vocabulary."""
        digest = hashlib.blake2b(words_digest(self.vocabulary.words).encode(), digest_size=16)
        for start in range(0, len(self.ids), CHUNK):
            digest.update(self.ids[start : start + CHUNK].tobytes())
        return digest.hexdigest()


@dataclass(frozen=True)
class ReadingProgress:
    """How much of a text has been read.

    Args:
        words: read so far.
        share: of the text, 0 to 1.
        corpus: when all is read.
    """

    words: int
    share: float
    corpus: Corpus | None = None


@dataclass(frozen=True)
class ReadingLimits:
    """How much is read of a text that somebody else sent.

    Compressed by gzip, a text can be a thousand times as long as its file.

    Args:
        words: how many may be read. Each takes at most eight bytes on disk, with the end of its
            sentence.
        distinct: how many different words may be read; they are held in memory.
        size: bytes, after decompression.
    """

    words: int
    distinct: int
    size: int

    def check(self, words: int, distinct: int, size: int, name: str) -> None:
        """Raise an InputError if one is exceeded."""
        for count, limit, unit in (
            (words, self.words, "words"),
            (distinct, self.distinct, "different words"),
            (size, self.size, "bytes"),
        ):
            if count > limit:
                raise InputError(
                    f"{name} has more than {limit:,} {unit}. Take a part of it, or train on your "
                    "own computer with python -m core.training."
                )


def read_corpus(source: Source, min_count: int = 5, splitting: Splitting | None = None) -> Corpus:
    """Return a text as ids; arguments and errors are those of `reading`.

    >>> corpus = read_corpus("The lion is the king. The king rules.", min_count=2)
    >>> corpus.vocabulary.words, corpus.ids.tolist()
    (('the', 'king'), [0, 0, 1, -1, 0, 1, -1])
    """
    *_, last = reading(source, min_count, splitting)
    assert last.corpus is not None  # noqa: S101  the last one has it
    return last.corpus


def reading(
    source: Source,
    min_count: int = 5,
    splitting: Splitting | None = None,
    limits: ReadingLimits | None = None,
) -> Iterator[ReadingProgress]:
    """Read a text and yield the progress; the last value has the corpus.

    Words are numbered in the order of their first occurrence and written to a file, and renumbered
    by frequency once all are counted: the text itself is read once.

    Args:
        source: the text itself, a file in memory, or the path of a file or folder.
        min_count: words that occur less often are left out.
        splitting: how the text is split into words.
        limits: how much is read; None for all of it.

    Raises:
        InputError: the text cannot be read, exceeds the limits, or has fewer than two words left.
    """
    splitting = splitting or Splitting()
    total = max(size_of(source), 1)
    # The characters that end a sentence have the first numbers.
    number_of: defaultdict[str, int] = defaultdict(itertools.count(len(ENDS)).__next__)
    number_of.update({sign: number for number, sign in enumerate(ENDS)})
    counts = np.zeros(1 << 12, dtype=np.int64)
    words = replaced = 0
    notes: tuple[str, ...] = ()
    unspaced = False
    last = 0  # the number written last: at first, as after the end of a sentence
    # Once it is mapped into memory, the file lives as long as the corpus, closed or not.
    with _disk_errors_explained(), tempfile.TemporaryFile() as file:
        for piece in pieces(source):
            unspaced = unspaced or (words == 0 and is_unspaced(piece.text))
            split = splitting.words(piece.text)
            numbers = np.fromiter(map(number_of.__getitem__, split), np.int32, len(split))
            # Of ends of sentences in a row the first counts.
            previous = np.concatenate(([last], numbers[:-1]))
            numbers = numbers[(numbers >= len(ENDS)) | (previous >= len(ENDS))]
            if len(numbers):
                last = int(numbers[-1])
            if len(number_of) > len(counts):
                counts = np.append(counts, np.zeros(len(number_of), dtype=np.int64))
            counts += np.bincount(numbers, minlength=len(counts))
            words = int(counts[len(ENDS) :].sum())
            if limits is not None:
                limits.check(words, len(number_of) - len(ENDS), piece.size, _name_of(source))
            file.write(numbers.data)
            replaced, notes = piece.replaced, piece.notes
            yield ReadingProgress(words, min(piece.read / total, 1.0))
        try:
            corpus = _renumbered(file, list(number_of), counts, min_count, replaced)
        except InputError as error:
            if unspaced:
                raise InputError(UNSPACED) from error
            raise
        corpus = replace(corpus, notes=notes, is_unspaced=unspaced)
    yield ReadingProgress(words, 1.0, corpus)


def _name_of(source: Source) -> str:
    return "The text" if isinstance(source, str) else source.name


def _renumbered(
    file: BinaryIO, words: list[str], counts: NDArray[np.int64], min_count: int, replaced: int
) -> Corpus:
    """Return the corpus of the numbers in a file, which is overwritten with ids."""
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
    length = _overwrite(file, id_of)
    pages = mmap.mmap(file.fileno(), 4 * length, access=mmap.ACCESS_READ)
    ids = np.frombuffer(pages, dtype=np.int32)
    vocabulary = Vocabulary(tuple(words[number] for number in order), counts[order])
    rare = np.where(often, 0, counts)
    rare[: len(ENDS)] = 0
    others = np.argsort(-rare, kind="stable")[: min(MAX_RARE, np.count_nonzero(rare))]
    left_out = Vocabulary(tuple(words[number] for number in others), counts[others])
    return Corpus(vocabulary, ids, pages, total, left_out, replaced)


def _overwrite(file: BinaryIO, id_of: Ids) -> int:
    """Replace the numbers in a file by ids, without rare words; return how many ids there are."""
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
        found = f"Only {different} distinct word was" if different else "No word was"
        return (
            f"{found} found. Training needs at least two: words are learned from the words near "
            "them. Write a few sentences."
        )
    return (
        f"{total:,} words were found, {different:,} distinct ones, but fewer than two of these "
        f"occur {min_count:,} times or more. Take a longer text or a smaller minimum count."
    )


@contextmanager
def _disk_errors_explained() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(
            f"The text could not be stored in {tempfile.gettempdir()}: {error}. Free some space "
            "there, or set the environment variable TMPDIR to another folder."
        ) from error
