"""What enters an encoder of BERT's kind: token + position + segment, then a normalization."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.embeddings import Matrix
from core.geometry.similarity import similarities
from core.language.tokenizer import TextTokenizer, Token
from core.language.vocabularies import WEIGHTS, read_matrix, read_rows

EPSILON: Final = 1e-12  # BERT's, in the normalization


@dataclass(frozen=True)
class TokenSequence:
    """The tokens that enter an encoder, in order.

    Args:
        tokens: N tokens, those that were put in included.
        segments: for each, 0 for the first sentence and 1 for the second.
        left_out: tokens that did not fit, of the first and of the second sentence.
    """

    tokens: tuple[Token, ...]
    segments: tuple[int, ...]
    left_out: tuple[int, int] = (0, 0)

    @property
    def ids(self) -> list[int]:
        """The id of each token."""
        return [token.id for token in self.tokens]


@dataclass(frozen=True, eq=False)
class Inputs:
    """What enters the network for each token, and what it is made of. All (N, D) float32.

    Args:
        sequence: the N tokens.
        token: their rows of the table of tokens.
        position: row 0 of the table of positions for the first token, row 1 for the next...
        segment: row 0 of the table of segments for the first sentence, row 1 for the second.
        total: the sum of the three.
        normalized: the sum after the normalization: what the first layer gets.
    """

    sequence: TokenSequence
    token: Matrix
    position: Matrix
    segment: Matrix
    total: Matrix
    normalized: Matrix


@dataclass(frozen=True, eq=False)
class InputTables:
    """An encoder's tables and its normalization; of the tokens, only rows asked for are read.

    Args:
        path: the file of weights.
        positions: (P, D) float32, a row a position in the text.
        segments: (2, D) float32, a row a sentence.
        scale: (D,) float32, of the normalization.
        shift: (D,) float32, likewise.
    """

    path: Path
    positions: Matrix
    segments: Matrix
    scale: NDArray[np.float32]
    shift: NDArray[np.float32]

    def inputs(self, sequence: TokenSequence) -> Inputs:
        """Return what enters the network for a sequence of at most P tokens.

        J. Devlin et al. (2019), BERT: Pre-training of Deep Bidirectional Transformers for Language
        Understanding, figure 2; J. L. Ba et al. (2016), Layer Normalization.
        """
        token = read_rows(self.path, "embeddings.word_embeddings.weight", sequence.ids)
        position = self.positions[: len(sequence.ids)]
        segment = self.segments[list(sequence.segments)]
        total = token + position + segment
        return Inputs(sequence, token, position, segment, total, self.normalized(total))

    def normalized(self, rows: Matrix) -> Matrix:
        """Return rows (N, D) with mean 0 and variance 1 each, then scaled and shifted."""
        centred = rows - rows.mean(axis=1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=1, keepdims=True) + EPSILON)
        changed: Matrix = (centred / spread * self.scale + self.shift).astype(np.float32)
        return changed


def read_input_tables(folder: Path) -> InputTables:
    """Return the tables of an encoder of BERT's kind; raises ModelError if they are not there."""
    path = folder / WEIGHTS
    names = ("position_embeddings", "token_type_embeddings", "LayerNorm")
    positions, segments, scale = (read_matrix(path, f"embeddings.{name}.weight") for name in names)
    return InputTables(
        path, positions, segments, scale.ravel(), read_matrix(path, "embeddings.LayerNorm.bias")
    )


def single(tokenizer: TextTokenizer, text: str, most: int) -> TokenSequence:
    """Return a text as `[CLS] text [SEP]`, all of it the first segment.

    Args:
        tokenizer: of an encoder of BERT's kind.
        text: whatever it holds is text, names of special tokens too.
        most: how many tokens the network takes.
    """
    begin, *body, end = tokenizer.tokens(text, special=True)
    kept = body[: most - 2]
    tokens = (begin, *kept, end)
    return TokenSequence(tokens, (0,) * len(tokens), (len(body) - len(kept), 0))


def pair(tokenizer: TextTokenizer, first: str, second: str, most: int) -> TokenSequence:
    """Return two texts as `[CLS] first [SEP] second [SEP]`, in two segments.

    If they do not fit, the longer one loses its end until they do or both are of one length.

    Args:
        tokenizer: of an encoder of BERT's kind.
        first: the first text; whatever it holds is text.
        second: the second.
        most: how many tokens the network takes.
    """
    begin, *left, end = tokenizer.tokens(first, special=True)
    _, *right, _ = tokenizer.tokens(second, special=True)
    room = most - 3
    kept_left = left[: max(room - room // 2, room - len(right))]
    kept_right = right[: room - len(kept_left)]
    tokens = (begin, *kept_left, end, *kept_right, end)
    segments = (0,) * (len(kept_left) + 2) + (1,) * (len(kept_right) + 1)
    left_out = (len(left) - len(kept_left), len(right) - len(kept_right))
    return TokenSequence(tokens, segments, left_out)


@dataclass(frozen=True, eq=False)
class SharedToken:
    """A token that two texts have in common.

    Args:
        token: as it stands in the first text.
        first: its position in the first sequence.
        second: its position in the second.
        difference: the largest difference of its two rows of the table of tokens.
        row_cosine: of these rows.
        input_cosine: of what enters the network at the two positions, before the normalization.
    """

    token: Token
    first: int
    second: int
    difference: float
    row_cosine: float
    input_cosine: float


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two texts, each by itself, and what their inputs have in common.

    Args:
        first: what enters for the first text.
        second: what enters for the second.
        shared: the tokens that both have, those put in left out, in the order of the first; each
            as often as both have it.
    """

    first: Inputs
    second: Inputs
    shared: tuple[SharedToken, ...]

    @property
    def same_tokens(self) -> bool:
        """Whether both texts have the same tokens equally often, in whatever order."""
        return sorted(self.first.sequence.ids) == sorted(self.second.sequence.ids)

    @property
    def same_order(self) -> bool:
        """Whether both texts are the same tokens in the same order."""
        return self.first.sequence.ids == self.second.sequence.ids


def compare(tables: InputTables, first: TokenSequence, second: TokenSequence) -> Comparison:
    """Return what two sequences have in common, and where the same token enters differently."""
    one, other = tables.inputs(first), tables.inputs(second)
    indices: dict[int, list[int]] = {}
    for index, token in enumerate(second.tokens):
        if not token.special:
            indices.setdefault(token.id, []).append(index)
    shared = []
    for index, token in enumerate(first.tokens):
        if token.special or not indices.get(token.id):
            continue
        there = indices[token.id].pop(0)
        rows = one.token[index], other.token[there]
        shared.append(
            SharedToken(
                token,
                index,
                there,
                float(np.abs(rows[0] - rows[1]).max()),
                _cosine(*rows),
                _cosine(one.total[index], other.total[there]),
            )
        )
    return Comparison(one, other, tuple(shared))


def _cosine(first: NDArray[np.float32], second: NDArray[np.float32]) -> float:
    return float(similarities(np.stack([first, second]))[0, 1])
