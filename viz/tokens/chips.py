"""Tokens of a text: as coloured chips, and as a table."""

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
LONGEST: Final = 40  # characters of a token that are shown
MOST: Final = 300  # chips; nobody reads more
MANY_TOKENS: Final = 5_000  # rows of a table


def colors_of(ids: Sequence[int]) -> dict[int, str]:
    """Return a colour for each id, in turn as they come up; the same token has the same colour.

    >>> colors_of([7, 9, 7])
    {7: '#0072B2', 9: '#E69F00'}
    """
    different = [number for number in dict.fromkeys(ids) if number != UNKNOWN]
    return {number: TINTS[index % len(TINTS)] for index, number in enumerate(different)}


def chips_of(tokens: Sequence[Token], text: str = "", segments: Sequence[int] = ()) -> list[Chip]:
    """Return a chip for each token, at most `MOST`: its text, its id below.

    Args:
        tokens: in the order of the text.
        text: what they were cut from; then a token that is not known tells what it stands for.
        segments: for each its sentence, 0 or 1, which then is its colour; none for a colour of its
            own.
    """
    colors = colors_of([token.id for token in tokens if not token.special and token.known])
    shown = tokens[:MOST]
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
    """Return a token's colour: of `colors_of`, unless it was put in or stands for the unknown."""
    if not token.known:
        return VERMILLION
    return GREY if token.special else colors[token.id]


def number_of(token: Token) -> str:
    """Return a token's id for people."""
    return "unknown" if token.id == UNKNOWN else str(token.id)


def token_table(tokens: Sequence[Token], text: str) -> pd.DataFrame:
    """Return tokens, ids and characters, a row a token.

    Args:
        tokens: at most `MANY_TOKENS` of them are in the table.
        text: what they were cut from.
    """
    shown = tokens[:MANY_TOKENS]
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
    # Cut first: a text may be one endless word.
    characters = text[token.start : min(token.end, token.start + LONGEST + 1)]
    return "special" if token.special else short(visible(characters))


def short(text: str) -> str:
    """Return a token's text so that it can be shown: not too long, and never invisible."""
    if text and all(unicodedata.category(sign).startswith("M") for sign in text[: LONGEST + 1]):
        text = f"◌{text}"  # an accent or a vowel sign by itself has nothing to sit on
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
