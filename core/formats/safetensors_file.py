"""One matrix of a safetensors file, such as a model's embeddings, and its words beside it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open

from core.enumeration import listed
from core.errors import FormatError
from core.formats.checked_rows import as_float32
from core.formats.labels import labels_beside
from core.formats.matrices import with_words
from core.formats.tokenizer_json import TOKENIZER, is_tokenizer, read_tokens
from core.formats.vector_file import ChoiceError, Choices, Loaded, VectorFile

NAME: Final = "tensors (safetensors)"
# What embeddings are called in models, after the last point but one.
EMBEDDINGS: Final = (
    *("word_embeddings.weight", "embed_tokens.weight", "wte.weight", "shared.weight"),
    *("tokens_embed.weight", "tok_embeddings.weight", "embed_in.weight", "embedding.weight"),
    *("embeddings.weight", "embeddings", "embedding", "vectors"),
)
DTYPES: Final = {"F16": "<f2", "F32": "<f4", "F64": "<f8", "BF16": "<u2"}
MAX_NAMED: Final = 10  # matrices in a sentence


@dataclass(frozen=True)
class Tensor:
    """Where a matrix is in a file.

    Args:
        key: its name there.
        dtype: the format's name of its numbers.
        shape: V and D.
        offset: of its first byte in the file.
    """

    key: str
    dtype: str
    shape: tuple[int, int]
    offset: int


def sniff(file: VectorFile) -> bool:
    """Return whether the file begins with the length of a JSON object, and that object."""
    head = file.head
    return head[8:9] == b"{" and head[6:8] == b"\0\0"


def read(file: VectorFile, choices: Choices) -> Loaded:
    """Return the vectors of a matrix, with the words beside it.

    Raises:
        FormatError: the file is damaged, has no matrix or several, or the words do not fit.
    """
    tensor = chosen_tensor(file.name, tensors_in(file.path, file.name), choices.member)
    return loaded_tensor(file, choices, tensor, NAME)


def tensors_in(path: Path, name: str) -> tuple[Tensor, ...]:
    """Return the matrices of decimal numbers in a file, in its order.

    Args:
        path: the file.
        name: its name, for the error.

    Raises:
        FormatError: the file is damaged.
    """
    opened: Any = safe_open  # which comes without types
    try:
        with opened(path, framework="numpy"):  # it compares all sizes with that of the file
            pass
        with path.open("rb") as stream:
            length = int.from_bytes(stream.read(8), "little")
            header: dict[str, Any] = json.loads(stream.read(length))
    except (OSError, SafetensorError, ValueError) as error:
        raise FormatError(
            name,
            f"this safetensors file is cut or damaged ({str(error)[:200]}). Download or save it "
            "again.",
        ) from error
    tensors = [
        Tensor(key, about["dtype"], tuple(about["shape"]), 8 + length + about["data_offsets"][0])
        for key, about in header.items()
        if key != "__metadata__" and about["dtype"] in DTYPES and len(about["shape"]) == 2
    ]
    return tuple(each for each in tensors if each.shape[0] > 0 and each.shape[1] > 1)


def chosen_tensor(name: str, tensors: Sequence[Tensor], member: str | None) -> Tensor:
    """Return the matrix of that name; without one, the largest called embeddings, or the only one.

    Raises:
        FormatError: there is none, or there are several.
    """
    if not tensors:
        raise FormatError(
            name,
            "it has no matrix of float16, bfloat16, float32 or float64. Expected one with a row "
            "for each word.",
        )
    if member is not None:
        found = [each for each in tensors if each.key == member]
    else:
        found = [each for each in tensors if _is_called_embeddings(each.key)]
        found = sorted(found, key=lambda each: -each.shape[0] * each.shape[1])[:1]
        found = found or list(tensors)
    if len(found) != 1:
        large = sorted(tensors, key=lambda each: -each.shape[0])
        keys = listed([f"{each.key} {list(each.shape)}" for each in large], MAX_NAMED)
        missing = f"it has no matrix '{member}'" if member else "none is called embeddings"
        raise ChoiceError(
            name,
            f"{missing}; it has {len(tensors):,}. Choose one with `member`: {keys}.",
            members=[each.key for each in large],
        )
    return found[0]


def loaded_tensor(file: VectorFile, choices: Choices, tensor: Tensor, form: str) -> Loaded:
    """Return a matrix with its words: chosen, beside the file, or the tokens of a tokenizer there.

    Args:
        file: the file of the matrix; its name becomes that of the embeddings.
        choices: of the reader.
        tensor: the matrix.
        form: the name of the format.

    Raises:
        FormatError: the words cannot be read, or do not fit.
    """
    matrix = _rows(file, tensor)
    note = f"The matrix {tensor.key} was read."
    labels = choices.labels or labels_beside(file.path, file.beside)
    if labels is None and file.beside is not None and (file.beside / TOKENIZER).is_file():
        labels = file.beside / TOKENIZER
    if labels is None or not is_tokenizer(labels):
        loaded = with_words(file, choices, matrix, None, form)
        return replace(loaded, notes=(note, *loaded.notes))
    tokens = read_tokens(labels, len(matrix))
    notes = [note, f"The tokens are from {labels.name}."]
    if spare := len(matrix) - len(tokens.names):
        notes.append(f"Left out: the last {spare:,} rows, which belong to no token.")
    names = list(tokens.names)
    loaded = with_words(file, replace(choices, labels=None), matrix[: len(names)], names, form)
    embeddings = replace(loaded.embeddings, prefix=tokens.prefix, unit="token")
    return replace(loaded, embeddings=embeddings, notes=(*notes, *loaded.notes))


def _is_called_embeddings(key: str) -> bool:
    return any(key == name or key.endswith(f".{name}") for name in EMBEDDINGS)


def _rows(file: VectorFile, tensor: Tensor) -> NDArray[np.float32]:
    """Return a matrix as float32; of the file nothing else is read."""
    try:
        dtype = np.dtype(DTYPES[tensor.dtype])
        mapped: NDArray[Any] = np.memmap(
            file.path, dtype, "r", offset=tensor.offset, shape=tensor.shape
        )
    except (OSError, ValueError) as error:
        raise FormatError(file.name, f"it cannot be read: {error}.") from error
    if tensor.dtype == "BF16":  # the upper half of a float32
        wide = mapped.astype(np.uint32)
        wide <<= 16
        return wide.view(np.float32)
    return as_float32(mapped)
