"""The tokens in a `tokenizer.json`, read as data: no tokenizer is built from it."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from core.errors import FormatError
from core.language.tokenizer import METASPACE, SPACE, names_of_tokens

TOKENIZER: Final = "tokenizer.json"
BEGINNING: Final = re.compile(rb'\s*\{\s*"\w+"\s*:')  # not the word {
MARKS: Final = (SPACE, METASPACE)  # of a space before a token


@dataclass(frozen=True)
class TokenNames:
    """The tokens of a tokenizer.

    Args:
        names: for people, by id.
        prefix: what begins the tokens that follow a space; empty if they are not marked.
    """

    names: tuple[str, ...]
    prefix: str


def is_tokenizer(path: Path) -> bool:
    """Return whether a file of labels is a tokenizer and no list of words, by its beginning."""
    try:
        with path.open("rb") as file:
            return BEGINNING.match(file.read(64)) is not None
    except OSError:
        return False


def read_tokens(path: Path, rows: int) -> TokenNames:
    """Return the tokens of an embedding matrix.

    Args:
        path: the tokenizer's file.
        rows: the number of rows of the matrix.

    Raises:
        FormatError: the file is damaged, or has a token without a row.
    """
    try:
        content = json.loads(path.read_bytes())
        model, added = content["model"], content.get("added_tokens") or []
        vocabulary: Any = model["vocab"]
        by_id = (
            {number: piece for piece, number in vocabulary.items()}
            if isinstance(vocabulary, dict)
            else {number: entry[0] for number, entry in enumerate(vocabulary)}
        )
        by_id |= {token["id"]: token["content"] for token in added}
        special = {token["id"] for token in added if token.get("special")}
        decoder = json.dumps(content.get("decoder"))
    except (
        *(OSError, ValueError, RecursionError),
        *(KeyError, IndexError, TypeError, AttributeError),
    ) as error:
        raise FormatError(
            path.name,
            f"it cannot be read as a tokenizer ({type(error).__name__}). Expected the {TOKENIZER} "
            "of a Hugging Face model.",
        ) from error
    for number, piece in by_id.items():
        if type(number) is not int or not isinstance(piece, str) or not 0 <= number < rows:
            raise FormatError(
                path.name,
                f"it gives a token the number {str(number)[:20]}, but the matrix has {rows:,} "
                "rows, numbered from 0. Choose the tokenizer and the matrix of the same model.",
            )
    if not by_id:
        raise FormatError(path.name, f"it has no tokens. Choose the {TOKENIZER} of the model.")
    pieces = {number: piece.encode("utf-8", "replace").decode() for number, piece in by_id.items()}
    names = names_of_tokens(pieces, special, byte_level="ByteLevel" in decoder)
    follows = (mark for mark in MARKS if any(_follows(mark, name) for name in names))
    return TokenNames(names, next(follows, ""))


def _follows(mark: str, name: str) -> bool:
    return name.startswith(mark) and name[1:].isalpha()
