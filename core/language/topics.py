"""Which topic a network's state leans to, layer by layer.

At each layer the state of a text is the mean of its tokens' vectors. A topic is the middle of its
words, each read alone and taken at the same layer. What all topics share is taken off; the cosine
of what is left says which way the state leans.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.geometry.units import unit_rows
from core.language.hidden_states import HiddenStates, hidden_states
from core.language.models import LanguageModel

MAX_TOPICS = 8
MAX_WORDS_PER_TOPIC = 12  # of a topic


@dataclass(frozen=True, eq=False)
class TopicLean:
    """The topics that a text leans to at each layer.

    Args:
        topics: K names.
        words: the words that stand for each.
        left_out: words of topics that the text itself has: they would decide the matter.
        cosines: (L + 1, K) float64, of the text's state with each topic, -1 to 1.
        truncated: how many tokens at the end of the text did not fit into the network.
    """

    topics: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    left_out: tuple[str, ...]
    cosines: NDArray[np.float64]
    truncated: int

    def __post_init__(self) -> None:
        self.cosines.setflags(write=False)


def read_topics(text: str) -> dict[str, tuple[str, ...]]:
    """Return topics typed one a line as `name: word, word`.

    Raises:
        InputError: fewer than two topics, too many, one without words, one with too many or
            one twice.

    >>> read_topics("pets: cat, dog\\ncars: wheel")
    {'pets': ('cat', 'dog'), 'cars': ('wheel',)}
    """
    topics: dict[str, tuple[str, ...]] = {}
    for line in filter(str.strip, text.splitlines()):
        name, _, listed = line.partition(":")
        words = tuple(dict.fromkeys(word.strip() for word in listed.split(",") if word.strip()))
        shown = name.strip()[:40]
        if not (words and shown):
            raise InputError(
                f"The line '{line.strip()[:40]}' names no topic with words. Write it as "
                "pets: cat, hamster, puppy."
            )
        if shown in topics:
            raise InputError(f"The topic '{shown}' is there twice. Put all its words on one line.")
        if len(words) > MAX_WORDS_PER_TOPIC:
            raise InputError(
                f"The topic '{shown}' has {len(words):,} words. Leave some out: at most "
                f"{MAX_WORDS_PER_TOPIC} can stand for a topic."
            )
        topics[shown] = words
    if not 2 <= len(topics) <= MAX_TOPICS:
        raise InputError(f"Type 2 to {MAX_TOPICS} topics, one a line, not {len(topics)}.")
    return topics


def topic_lean(model: LanguageModel, text: str, topics: Mapping[str, Sequence[str]]) -> TopicLean:
    """Return which topics a text leans to at each layer.

    Args:
        model: an encoder.
        text: a sentence.
        topics: words by topic; a topic that has no word left is left out.

    Raises:
        InputError: the text is empty, or fewer than two topics have words that it does not have.
    """
    own = {token.id for token in model.tokenizer.tokens(text)}
    if not own:
        raise InputError("There is no text to read. Type a sentence.")
    kept: dict[str, tuple[str, ...]] = {}
    for name, words in topics.items():
        if foreign := tuple(word for word in words if own.isdisjoint(model.tokenizer.ids(word))):
            kept[name] = foreign
    if len(kept) < 2:
        raise InputError(
            "Fewer than two topics have words that the sentence does not have itself. Add words."
        )
    words_read = [word for words in kept.values() for word in words]
    # Two passes, or the words would be padded to the length of the text.
    readings = [*hidden_states(model, [text]), *hidden_states(model, words_read)]
    states = np.stack([_state(reading) for reading in readings], axis=1)  # (L + 1, 1 + W, D)
    ends = np.cumsum([1, *(len(words) for words in kept.values())])
    middles = np.stack(
        [states[:, start:end].mean(axis=1) for start, end in pairwise(ends.tolist())],
        axis=1,
    )
    shared = middles.mean(axis=1, keepdims=True)
    cosines = (unit_rows(middles - shared) * unit_rows(states[:, :1] - shared)).sum(axis=-1)
    return TopicLean(
        tuple(kept),
        tuple(kept.values()),
        tuple(word for words in topics.values() for word in words if word not in words_read),
        cosines,
        readings[0].truncated,
    )


def _state(reading: HiddenStates) -> NDArray[np.float64]:
    """Return the mean of a text's own tokens at each layer, (L + 1, D)."""
    own = [index for index, token in enumerate(reading.tokens) if not token.special]
    mean: NDArray[np.float64] = reading.vectors[:, own].mean(axis=1, dtype=np.float64)
    return mean
