"""One word in several sentences: how its vector moves from layer to layer.

All sentences go through the network in one pass, padded to the longest and masked. Layer 0 is what
enters the first layer: the token's row of W_E plus its position's row (and its segment's), brought
to one scale.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.geometry.projection import pca
from core.geometry.units import unit_rows
from core.language.hidden_states import Reading, read_texts
from core.language.models import LanguageModel
from core.language.tokenizer import TextTokenizer, Token

MOST_SENTENCES = 12
LONGEST_SENSE = 24  # characters before a colon that are taken for the name of a sense


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
        named = colon and 0 < len(before.strip()) <= LONGEST_SENSE and len(before.split()) <= 2
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
        fallen: how many tokens did not fit into the network, over all sentences.
        static: (D,) float32, the word's row of W_E; the mean of several pieces' rows.
        vectors: (L + 1, N, D) float32, its vector in each sentence; the mean of its pieces'.
    """

    word: str
    pieces: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    left_out: tuple[Sentence, ...]
    repeated: tuple[Sentence, ...]
    fallen: int
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
        sentences: at most `MOST_SENTENCES`.

    Raises:
        InputError: there is no word or no sentence, too many, or none that has the word.
    """
    asked = _tokens_of_word(model.tokenizer, word)
    if not sentences:
        raise InputError("There are no sentences. Type one a line, each with the word in it.")
    if len(sentences) > MOST_SENTENCES:
        raise InputError(
            f"{len(sentences)} sentences came; up to {MOST_SENTENCES} can be told apart in a "
            "picture. Leave some out."
        )
    readings = read_texts(model, [sentence.text for sentence in sentences])
    found = [
        _places(word, asked, reading, sentence.text)
        for reading, sentence in zip(readings, sentences, strict=True)
    ]
    rows = [row for row, places in enumerate(found) if places]
    if not rows:
        raise InputError(
            f"None of the sentences has the word '{_short(word)}'. Type it as it stands in them."
        )
    size = len(asked)
    vectors = [
        readings[row].vectors[:, found[row][0] : found[row][0] + size].mean(axis=1) for row in rows
    ]
    rows_of_word = model.embedding[[token.id for token in asked]]
    return Uses(
        word.strip(),
        tuple(token.text for token in asked),
        tuple(sentences[row] for row in rows),
        tuple(sentence for row, sentence in enumerate(sentences) if not found[row]),
        tuple(sentences[row] for row in rows if len(found[row]) > 1),
        sum(reading.fallen for reading in readings),
        rows_of_word.mean(dim=0).float().cpu().numpy(),
        np.stack(vectors, axis=1),
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


def _tokens_of_word(tokenizer: TextTokenizer, word: str) -> tuple[Token, ...]:
    tokens = tokenizer.tokens(word.strip())
    if not tokens:
        raise InputError("There is no word to follow. Type one that stands in all the sentences.")
    return tokens


def _places(word: str, asked: Sequence[Token], reading: Reading, text: str) -> list[int]:
    """Return at which tokens the word begins, as a whole word."""
    ids = [token.id for token in reading.tokens]
    wanted = [token.id for token in asked]
    known = all(token.known for token in asked)
    places = []
    for start in range(len(ids) - len(wanted) + 1):
        end = start + len(wanted)
        if ids[start:end] != wanted or reading.tokens[start].special:
            continue
        goes_on = end < len(ids) and reading.tokens[end].text.startswith("##")
        written = text[reading.tokens[start].start : reading.tokens[end - 1].end]
        # All unknown words share a token; they are the same only if they are written the same.
        if not goes_on and (known or written.casefold() == word.strip().casefold()):
            places.append(start)
    return places


def _mean(cosines: NDArray[np.float64], pairs: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
    if not pairs:
        return np.full(len(cosines), np.nan)
    one, other = zip(*pairs, strict=True)
    mean: NDArray[np.float64] = cosines[:, one, other].mean(axis=1)
    return mean


def _short(word: str) -> str:
    stripped = word.strip()
    return stripped if len(stripped) <= 40 else stripped[:39] + "…"
