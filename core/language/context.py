"""One word in several sentences: how its vector moves from layer to layer.

All sentences go through the network in one pass, padded to the longest and masked. Layer 0 is what
enters the first layer: the token's row of W_E plus its position's row (and its segment's), brought
to one scale.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError, ModelError
from core.language.hidden_states import hidden_states
from core.language.models import LanguageModel
from core.language.occurrences import occurrences

MAX_SENTENCES = 12
MAX_SENSE_CHARACTERS = 24  # characters before a colon that are taken for the name of a sense


@dataclass(frozen=True)
class Sentence:
    """A sentence and, if it has one, the name of the sense in which it uses the word.

    >>> Sentence.read("river: She sat by the bank.")
    Sentence(text='She sat by the bank.', sense='river')
    >>> Sentence.read("At 12:30 the bank closes.").sense
    ''
    """

    text: str
    sense: str = ""

    @classmethod
    def read(cls, line: str) -> "Sentence":
        """Return what a line `sense: sentence` says; the sense may be missing."""
        before, colon, after = line.partition(": ")
        named = (
            colon and 0 < len(before.strip()) <= MAX_SENSE_CHARACTERS and len(before.split()) <= 2
        )
        return cls(after.strip(), before.strip()) if named else cls(line.strip())


@dataclass(frozen=True, eq=False)
class Uses:
    """A word in several sentences, layer by layer.

    Args:
        word: as it was asked for.
        pieces: the tokens that the word is cut into.
        sentences: N sentences that have the word.
        left_out: those that do not.
        repeated: those that have it more than once; the first one counts.
        truncated: how many tokens did not fit into the network, over all sentences.
        static: (D,) float32, the word's row of W_E; the mean of several pieces' rows.
        vectors: (L + 1, N, D) float32, its vector in each sentence; the mean of its pieces'.
    """

    word: str
    pieces: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    left_out: tuple[Sentence, ...]
    repeated: tuple[Sentence, ...]
    truncated: int
    static: NDArray[np.float32]
    vectors: NDArray[np.float32]

    def __post_init__(self) -> None:
        self.static.setflags(write=False)
        self.vectors.setflags(write=False)

    @property
    def layers(self) -> int:
        """How many layers change the vectors."""
        return len(self.vectors) - 1

    @property
    def senses(self) -> tuple[str, ...]:
        """The different senses that are named, in the order in which they come."""
        return tuple(dict.fromkeys(one.sense for one in self.sentences if one.sense))


def read_sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text, one a line; empty lines are skipped.

    >>> [sentence.sense for sentence in read_sentences("box: A chest.\\n\\nHis chest.")]
    ['box', '']
    """
    read = (Sentence.read(line) for line in text.splitlines() if line.strip())
    return tuple(sentence for sentence in read if sentence.text)


def uses_of(model: LanguageModel, word: str, sentences: Sequence[Sentence]) -> Uses:
    """Return a word's vector in each sentence, layer by layer.

    Args:
        model: an encoder.
        word: one word, or several that stand together; found however it is capitalised, if the
            model's tokenizer makes no difference.
        sentences: at most `MAX_SENTENCES`.

    Raises:
        InputError: there is no word or no sentence, too many, or none that has the word.
    """
    if not model.tokenizer.normalized(word):
        raise InputError("There is no word to follow. Type one that stands in all the sentences.")
    if not sentences:
        raise InputError("There are no sentences. Type one a line, each with the word in it.")
    if len(sentences) > MAX_SENTENCES:
        raise InputError(
            f"Type at most {MAX_SENTENCES} sentences, not {len(sentences)}: more could not be told "
            "apart in a figure."
        )
    states = hidden_states(model, [sentence.text for sentence in sentences])
    spans = [
        occurrences(word, one.tokens, sentence.text, model.tokenizer)
        for one, sentence in zip(states, sentences, strict=True)
    ]
    rows = [row for row, found in enumerate(spans) if found]
    if not rows:
        raise InputError(
            f"None of the sentences has the word '{_short(word)}'. Type it as it stands in them."
        )
    # A word may be cut in another way at the beginning of a sentence: the usual way counts.
    cuts = Counter(
        tuple((token.id, token.text) for token in states[row].tokens[spans[row][0]]) for row in rows
    )
    ((pieces, _),) = cuts.most_common(1)
    vectors = np.stack([states[row].vectors[:, spans[row][0]].mean(axis=1) for row in rows], axis=1)
    static = model.embedding[[number for number, _ in pieces]].mean(dim=0).float().cpu().numpy()
    if static.shape[-1] != vectors.shape[-1]:
        raise ModelError(
            f"A row of {model.title}'s embedding matrix has {static.shape[-1]} numbers, a vector "
            f"in its layers {vectors.shape[-1]}: there is no path between them. Choose another "
            "model."
        )
    return Uses(
        word.strip(),
        tuple(text for _, text in pieces),
        tuple(sentences[row] for row in rows),
        tuple(sentence for row, sentence in enumerate(sentences) if not spans[row]),
        tuple(sentences[row] for row in rows if len(spans[row]) > 1),
        sum(one.truncated for one in states),
        static,
        vectors,
    )


def _short(word: str) -> str:
    stripped = word.strip()
    return stripped if len(stripped) <= 40 else stripped[:39] + "…"
