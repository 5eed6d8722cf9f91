"""One word in several sentences: how its vector moves from layer to layer.

All sentences go through the network in one pass, padded to the longest and masked. Layer 0 is what
enters the first layer: the token's row of W_E plus its position's row (and its segment's), brought
to one scale.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError, ModelError
from core.geometry.projection import pca
from core.geometry.units import unit_rows
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


@dataclass(frozen=True, eq=False)
class Likeness:
    """How alike the uses of a word are at each layer, as mean cosines.

    Args:
        same: (L + 1,) float64, of pairs of the same sense; NaN where there are none.
        different: (L + 1,) float64, of pairs of different senses; likewise.
        every: (L + 1,) float64, of all pairs.
        nearest: (L + 1,) int, for how many uses the most alike other one has the same sense.
        asked: of how many: those whose sense another one shares.
    """

    same: NDArray[np.float64]
    different: NDArray[np.float64]
    every: NDArray[np.float64]
    nearest: NDArray[np.int64]
    asked: int


@dataclass(frozen=True, eq=False)
class Paths:
    """A word's way through the layers, drawn flat.

    Args:
        positions: (L + 2, N, 2) float32; first the static vector, then layers 0 to L.
        explained: the share of the variance that the picture keeps, 0 to 1.
        differences: whether what the uses share was taken off at each layer.
    """

    positions: NDArray[np.float32]
    explained: float
    differences: bool

    def __post_init__(self) -> None:
        self.positions.setflags(write=False)


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
            f"{len(sentences)} sentences came; up to {MAX_SENTENCES} can be told apart in a "
            "picture. Leave some out."
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


def likeness(uses: Uses) -> Likeness:
    """Return how alike the uses are at each layer: within a sense, between senses, over all."""
    cosines = cosines_by_layer(uses)
    senses = [sentence.sense for sentence in uses.sentences]
    pairs = list(combinations(range(len(senses)), 2))
    named = [(one, other) for one, other in pairs if senses[one] and senses[other]]
    same = [pair for pair in named if senses[pair[0]] == senses[pair[1]]]
    different = [pair for pair in named if senses[pair[0]] != senses[pair[1]]]
    asked = sorted({row for pair in same for row in pair}) if different else []
    others = cosines.copy()
    others[:, np.arange(len(senses)), np.arange(len(senses))] = -np.inf
    others[:, :, [row for row, sense in enumerate(senses) if not sense]] = -np.inf
    best = others.argmax(axis=2)
    nearest = [sum(senses[layer[row]] == senses[row] for row in asked) for layer in best]
    return Likeness(
        _mean(cosines, same),
        _mean(cosines, different),
        _mean(cosines, pairs),
        np.array(nearest, dtype=np.int64),
        len(asked),
    )


def cosines_by_layer(uses: Uses) -> NDArray[np.float64]:
    """Return the cosine of each two uses at each layer, (L + 1, N, N), -1 to 1."""
    vectors: NDArray[np.float64] = unit_rows(uses.vectors)
    return np.clip(vectors @ vectors.swapaxes(1, 2), -1, 1)


def paths(uses: Uses, *, differences: bool = True) -> Paths:
    """Return the uses' ways through the layers, on the two principal components of all of them.

    Vectors are brought to length 1 first, since it is their directions that are compared.

    Args:
        uses: from `uses_of`.
        differences: whether the mean of the uses is taken off at each layer. The layers differ
            from one another far more than the uses do; without it, one sees mostly that.
    """
    static = np.repeat(uses.static[None, None], uses.vectors.shape[1], axis=1)
    stops = unit_rows(np.concatenate([static, uses.vectors]))
    if differences:
        stops -= stops.mean(axis=1, keepdims=True)
    points = stops.reshape(-1, stops.shape[-1]).astype(np.float32)
    projection = pca(points)
    positions = projection.project(points).reshape(*stops.shape[:2], 2)
    return Paths(positions, float(projection.explained.sum()), differences)


def _mean(cosines: NDArray[np.float64], pairs: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
    if not pairs:
        return np.full(len(cosines), np.nan)
    one, other = zip(*pairs, strict=True)
    mean: NDArray[np.float64] = cosines[:, one, other].mean(axis=1)
    return mean


def _short(word: str) -> str:
    stripped = word.strip()
    return stripped if len(stripped) <= 40 else stripped[:39] + "…"
