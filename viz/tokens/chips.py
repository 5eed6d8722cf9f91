"""The tokens of a text as coloured chips and as a table."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from core.language.tokenizer import Token, visible
from core.language.word_tokens import UNKNOWN
from viz.components.token_strip import Chip
from viz.style import BLUE, GREEN, GREY, ORANGE, PURPLE, SKY, VERMILLION

TINTS: Final = (BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILLION)
SEGMENTS: Final = (BLUE, ORANGE)  # the colours of the first and the second sentence
MAX_CHARACTERS: Final = 40  # of a token's text
MAX_CHIPS: Final = 300
MAX_ROWS: Final = 5_000  # of a table


def colors_of(ids: Sequence[int]) -> dict[int, str]:
    """Return a colour for each distinct id, in the order in which they first occur.

    >>> colors_of([7, 9, 7])
    {7: '#0072B2', 9: '#E69F00'}
    """
    different = [number for number in dict.fromkeys(ids) if number != UNKNOWN]
    return {number: TINTS[index % len(TINTS)] for index, number in enumerate(different)}


def chips_of(tokens: Sequence[Token], text: str = "", segments: Sequence[int] = ()) -> list[Chip]:
    """Return a chip for each of the first `MAX_CHIPS` tokens, with its text and its id.

    Args:
        tokens: the tokens in the order of the text.
        text: the text of the tokens; if given, the tip of an unknown token has its characters.
        segments: the sentence of each token, 0 or 1, which decides its colour; if empty, each
            distinct token has its own colour.
    """
    colors = colors_of([token.id for token in tokens if not token.special and token.known])
    shown = tokens[:MAX_CHIPS]
    return [
        Chip(
            short(token.text),
            number_of(token),
            color_of(token, colors) if not segments else SEGMENTS[segments[index]],
            strength=0.3 if token.special else 1.0 if token.known else 0.0,
            dashed=token.special or not token.known,
            tip=_tip(token, text),
        )
        for index, token in enumerate(shown)
    ]


def color_of(token: Token, colors: Mapping[int, str]) -> str:
    """Return a token's colour: the one in `colors`, unless the token is special or unknown."""
    if not token.known:
        return VERMILLION
    return GREY if token.special else colors[token.id]


def number_of(token: Token) -> str:
    """Return a token's id as text."""
    return "unknown" if token.id == UNKNOWN else str(token.id)


def token_table(tokens: Sequence[Token], text: str) -> pd.DataFrame:
    """Return tokens, ids and characters, one row per token.

    Args:
        tokens: the tokens; the table has the first `MAX_ROWS`.
        text: the text of the tokens.
    """
    shown = tokens[:MAX_ROWS]
    return pd.DataFrame(
        {
            "token": [short(token.text) for token in shown],
            "id": [number_of(token) for token in shown],
            "characters": [_characters(token, text) for token in shown],
        },
        index=range(1, len(shown) + 1),
    ).rename_axis("position")


def _tip(token: Token, text: str) -> str:
    if token.special:
        return "a special token, added by the model"
    if token.known:
        return ""
    return f"{_characters(token, text)}: not in the vocabulary".removeprefix(": ")


def _characters(token: Token, text: str) -> str:
    # Truncated first, since a text may be one very long word.
    characters = text[token.start : min(token.end, token.start + MAX_CHARACTERS + 1)]
    return "special" if token.special else short(visible(characters))


def short(text: str) -> str:
    """Return a token's text truncated, and with a base for a combining mark alone."""
    if text and all(
        unicodedata.category(sign).startswith("M") for sign in text[: MAX_CHARACTERS + 1]
    ):
        text = f"◌{text}"  # an accent or a vowel sign needs a base character
    return text if len(text) <= MAX_CHARACTERS else f"{text[: MAX_CHARACTERS - 1]}…"
