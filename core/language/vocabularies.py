"""Vocabularies side by side: how each cuts a text, and the row of numbers behind each token."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from safetensors import SafetensorError, safe_open

from core.embeddings import Embeddings, Matrix
from core.errors import InputError, ModelError
from core.language.tokenizer import MAX_CHARACTERS, TextTokenizer, Token
from core.language.word_tokens import word_tokens

WEIGHTS: Final = "model.safetensors"
_TOKEN_MATRICES = ("word_embeddings.weight", "embed_tokens.weight", "wte.weight")


@dataclass(frozen=True, eq=False)
class TokenVocabulary:
    """The tokens that a model knows, and its embedding matrix.

    Args:
        title: the model's, for people.
        size: V, how many tokens it knows: the rows of the matrix.
        dimensions: D, how many numbers a row has.
        cut: returns the tokens of a text.
        rows: returns the rows of some ids, (N, D) float32.
    """

    title: str
    size: int
    dimensions: int
    cut: Callable[[str], tuple[Token, ...]]
    rows: Callable[[Sequence[int]], Matrix]


def word_vocabulary(embeddings: Embeddings) -> TokenVocabulary:
    """Return the vocabulary of word vectors."""

    def rows(ids: Sequence[int]) -> Matrix:
        picked: Matrix = embeddings.vectors[np.asarray(ids, dtype=np.intp)]
        return picked

    return TokenVocabulary(
        embeddings.name,
        len(embeddings),
        embeddings.dimensions,
        lambda text: word_tokens(text, embeddings),
        rows,
    )


def model_vocabulary(folder: Path, title: str, tokenizer: TextTokenizer) -> TokenVocabulary:
    """Return the vocabulary of a language model; of its weights only the rows asked for are read.

    Args:
        folder: where its weights are.
        title: for people.
        tokenizer: cuts a text into its tokens.

    Raises:
        ModelError: the weights cannot be read.
    """
    path = folder / WEIGHTS
    matrix = token_matrix_in(path)
    return TokenVocabulary(
        title,
        matrix.size,
        matrix.dimensions,
        lambda text: tokenizer.tokens(text, special=True),
        lambda ids: read_rows(path, matrix.key, ids),
    )


def dropped_characters(tokens: Sequence[Token], text: str) -> str:
    """Return the characters, spaces aside, that no token stands for: models drop some silently.

    Args:
        tokens: of the text, in order.
        text: what was cut; what is beyond `MAX_CHARACTERS` is not asked about.
    """
    covered = bytearray(min(len(text), MAX_CHARACTERS))
    for token in tokens:
        covered[token.start : token.end] = b"\1" * (token.end - token.start)
    signs = zip(text, covered, strict=False)
    return "".join(sign for sign, there in signs if not there and not sign.isspace())


def read_rows(path: Path, key: str, ids: Sequence[int]) -> Matrix:
    """Return rows of a matrix in a file of weights, (N, D) float32, without reading the others.

    Raises:
        InputError: the matrix has no such row.
        ModelError: the file or the matrix is not there.
    """
    with _opened(path) as file:
        matrix = file.get_slice(key)
        size, dimensions = matrix.get_shape()
        if wrong := [number for number in ids if not 0 <= number < size]:
            raise InputError(f"{key} has no row {wrong[0]}; its rows are 0 to {size - 1:,}.")
        rows = [matrix[number : number + 1] for number in ids]
    if not rows:
        return np.zeros((0, dimensions), dtype=np.float32)
    return np.concatenate(rows).astype(np.float32, copy=False)


def read_matrix(path: Path, key: str) -> Matrix:
    """Return a whole tensor of a file of weights, float32 and read-only; raises ModelError."""
    with _opened(path) as file:
        tensor: Matrix = file.get_tensor(key).astype(np.float32, copy=False)
    tensor.flags.writeable = False
    return tensor


def names_in(path: Path) -> tuple[str, ...]:
    """Return the names of the tensors in a file of weights; raises ModelError."""
    with _opened(path) as file:
        return tuple(file.keys())


@dataclass(frozen=True)
class TokenMatrix:
    """Where the embedding matrix is in a file of weights, and how large.

    Args:
        key: its name there.
        size: V, its rows.
        dimensions: D, its columns.
    """

    key: str
    size: int
    dimensions: int


def token_matrix_in(path: Path) -> TokenMatrix:
    """Return the embedding matrix of a file of weights.

    Raises:
        ModelError: the file cannot be read, or has none, or several.
    """
    with _opened(path) as file:
        found = [key for key in file.keys() if key.endswith(_TOKEN_MATRICES)]  # noqa: SIM118
        shape = file.get_slice(found[0]).get_shape() if found else []
    if len(found) != 1:
        raise ModelError(
            f"{path} has {len(found)} embedding matrices; expected one, named "
            f"{' or '.join(_TOKEN_MATRICES)}."
        )
    return TokenMatrix(found[0], int(shape[0]), int(shape[1]))


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """Open a file of weights to read from; what goes wrong is said for people."""
    opened: Any = safe_open  # which comes without types
    try:
        with opened(path, framework="numpy") as file:
            yield file
    except (OSError, SafetensorError) as error:
        raise ModelError(f"{path} cannot be read as weights of a model: {error}") from error
