"""A sentence of the text with noise words, to show one step of training on."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from core.training.config import Config
from core.training.corpus import END, Corpus

WORDS: Final = 14  # of the sentence, at most
ENOUGH_WORDS: Final = 6  # of the sentence, if the text has one
READ_IDS: Final = 20_000  # from the beginning of the text


@dataclass(frozen=True)
class Example:
    """A sentence, and words drawn as noise for it.

    Args:
        sentence: the ids of its words, two or more.
        noise: different ids, drawn as training draws noise words; one more than it needs, since one
            may be the missing word.
        window: the largest distance of a neighbour.
        negatives: how many noise words are used for a missing word.
    """

    sentence: tuple[int, ...]
    noise: tuple[int, ...]
    window: int
    negatives: int

    @property
    def words(self) -> tuple[int, ...]:
        """The different ids of the sentence and the noise words."""
        return tuple(dict.fromkeys(self.sentence + self.noise))

    def near(self, gap: int) -> tuple[int, ...]:
        """Return the positions of the words near a gap, with the window at its widest.

        >>> Example((4, 7, 9, 4), (2,), window=1, negatives=1).near(2)
        (1, 3)
        """
        first, end = max(gap - self.window, 0), min(gap + self.window + 1, len(self.sentence))
        return tuple(at for at in range(first, end) if at != gap)

    def noise_for(self, gap: int) -> tuple[int, ...]:
        """Return the noise words for the word at a gap; the word itself is none.

        >>> Example((4, 7), (2, 7, 5), window=1, negatives=2).noise_for(1)
        (2, 5)
        """
        missing = self.sentence[gap]
        return tuple(word for word in self.noise if word != missing)[: self.negatives]


def example_of(corpus: Corpus, config: Config, words: int) -> Example:
    """Return the first sentence of a text with six words or more, else its longest one.

    Args:
        corpus: the text.
        config: of the run; its seed draws the noise words.
        words: R; the example has only ids below R. If no sentence has two such words, the most
            frequent words are the sentence.
    """
    best, sentence = list[int](), list[int]()
    for word in [*corpus.ids[:READ_IDS].tolist(), END]:
        if word != END:
            sentence.append(word)
            continue
        if max(sentence, default=words) < words and len(sentence) > len(best):
            best = sentence
        if len(best) >= ENOUGH_WORDS:
            break
        sentence = []
    if len(best) < 2:
        best = list(range(min(words, ENOUGH_WORDS)))
    weights = corpus.vocabulary.counts[:words].astype(np.float64) ** config.exponent
    count = min(config.negatives + 1, words)
    rng = np.random.default_rng(config.seed)
    noise = rng.choice(words, size=count, replace=False, p=weights / weights.sum())
    return Example(tuple(best[:WORDS]), tuple(noise.tolist()), config.window, config.negatives)
