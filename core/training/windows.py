"""Training windows: centre words of a text with their neighbours and noise words."""

from dataclasses import dataclass

import numba
import numpy as np
from numpy.typing import NDArray

from core.training.config import Config
from core.training.vocabulary import Vocabulary

# Noise words drawn for a centre, as a multiple of those that each neighbour needs. All neighbours
# share them, so that more are drawn for variety and each gets a smaller weight.
NOISE_FACTOR = 2
MAX_SENTENCE = 1_000  # words; a longer one is cut
Ids = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Windows:
    """Centre words, each with its neighbours and noise words.

    Args:
        centres: (B,) int32.
        contexts: (P,) int32, the neighbours of the first centre, of the second, ...
        ends: (B,) int32, the index in `contexts` where the neighbours of each centre end.
        negatives: (B, N) int32, noise words; one that is the centre itself has weight zero.
        weight: of each noise word.
    """

    centres: Ids
    contexts: Ids
    ends: Ids
    negatives: Ids
    weight: float = 1.0

    def __len__(self) -> int:
        return len(self.centres)

    @property
    def sizes(self) -> Ids:
        """The number of neighbours of each centre, (B,) int32."""
        return np.diff(self.ends, prepend=np.int32(0))

    def part(self, start: int, stop: int) -> "Windows":
        """Return the windows from `start` to before `stop`."""
        first = self.ends[start - 1] if start else np.int32(0)
        ends = self.ends[start:stop]
        last = ends[-1] if len(ends) else first
        return Windows(
            self.centres[start:stop],
            self.contexts[first:last],
            ends - first,
            self.negatives[start:stop],
            self.weight,
        )

    def every(self, step: int) -> "Windows":
        """Return the first window and every `step`-th after it."""
        chosen = np.arange(0, len(self), step)
        starts = self.ends[chosen] - self.sizes[chosen]
        near = [self.contexts[a:b] for a, b in zip(starts, self.ends[chosen], strict=True)]
        return Windows(
            self.centres[chosen],
            np.concatenate(near) if near else self.contexts,
            np.cumsum(self.sizes[chosen], dtype=np.int32),
            self.negatives[chosen],
            self.weight,
        )


class WindowMaker:
    """Makes the windows of a run.

    Args:
        vocabulary: V words.
        config: of the run.
    """

    def __init__(self, vocabulary: Vocabulary, config: Config) -> None:
        self._config = config
        shared = config.architecture == "skip-gram"
        self._drawn = NOISE_FACTOR * config.negatives if shared else config.negatives
        self._kept = vocabulary.kept(config.subsampling)
        self._noise = vocabulary.noise(config.exponent)

    def windows(self, ids: Ids, *stream: int) -> Windows:
        """Return the windows of a part of the text.

        Args:
            ids: (N,) int32, with -1 between sentences.
            stream: numbers that seed this part, such as the epoch and the block, together with the
                seed of the config.
        """
        config = self._config
        made = _windows(
            ids,
            self._kept,
            self._noise.probability,
            self._noise.alias,
            config.window,
            self._drawn,
            seed_of(config.seed, *stream),
        )
        return Windows(*made, config.negatives / self._drawn)


def seed_of(*numbers: int) -> np.uint64:
    """Return one seed made of several numbers by splitmix64 (Steele, Lea and Flood 2014)."""
    mask, state = (1 << 64) - 1, 0
    for number in numbers:
        state = (state ^ number) + 0x9E3779B97F4A7C15 & mask
        state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9 & mask
        state = (state ^ (state >> 27)) * 0x94D049BB133111EB & mask
        state ^= state >> 31
    return np.uint64(state or 1)


@numba.njit(inline="always")
def _next(state: np.uint64) -> np.uint64:
    """Return the next state of xorshift64 (Marsaglia 2003)."""
    state ^= state << np.uint64(13)
    state ^= state >> np.uint64(7)
    state ^= state << np.uint64(17)
    return state


@numba.njit(inline="always")
def _share(state: np.uint64) -> np.float32:
    """Return the upper 24 bits as a number in [0, 1)."""
    return np.float32(state >> np.uint64(40)) * np.float32(2.0**-24)


@numba.njit(nogil=True, error_model="numpy", cache=True)
def _windows(
    ids: Ids,
    kept: NDArray[np.float32],
    probability: NDArray[np.float32],
    alias: Ids,
    window: int,
    negatives: int,
    state: np.uint64,
) -> tuple[Ids, Ids, Ids, Ids]:
    """Return centres, contexts, ends and negatives of `ids`; see `WindowMaker.windows`."""
    size = len(ids)
    words = np.uint64(len(kept))
    centres = np.empty(size, np.int32)
    contexts = np.empty(size * min(2 * window, MAX_SENTENCE), np.int32)
    ends = np.empty(size, np.int32)
    drawn = np.empty((size, negatives), np.int32)
    sentence = np.empty(MAX_SENTENCE, np.int32)
    made = end = at = 0
    while at < size:
        length = 0
        while at < size and length < MAX_SENTENCE:
            word = ids[at]
            at += 1
            if word < 0:
                break
            state = _next(state)
            if _share(state) < kept[word]:
                sentence[length] = word
                length += 1
        for index in range(length):
            if length == 1:
                break  # a word alone has no neighbours
            state = _next(state)
            reach = 1 + int((state >> np.uint64(32)) * np.uint64(window) >> np.uint64(32))
            for other in range(max(0, index - reach), min(length, index + reach + 1)):
                if other != index:
                    contexts[end] = sentence[other]
                    end += 1
            for number in range(negatives):
                state = _next(state)
                slot = int((state >> np.uint64(32)) * words >> np.uint64(32))
                state = _next(state)
                own = _share(state) < probability[slot]
                drawn[made, number] = slot if own else alias[slot]
            centres[made] = sentence[index]
            ends[made] = end
            made += 1
    return centres[:made], contexts[:end], ends[:made], drawn[:made]
