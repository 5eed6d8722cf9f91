"""Softmax worked out by hand: each exponential, their sum, the quotients."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.language.sampling import check_settings

MAX_NUMBERS = 24
_LARGEST = 300.0  # e to this power still is a number that others can be added to


@dataclass(frozen=True, eq=False)
class SoftmaxSteps:
    """Softmax of some logits, step by step; all arrays (N,) float64.

    Args:
        logits: the numbers it began with.
        temperature: 0 or more.
        shift: what was taken off each logit first, which changes no quotient; mostly 0.
        scaled: (logits - shift) / temperature.
        exponentials: e to the power of each.
        total: their sum.
        probabilities: each exponential by the sum.
    """

    logits: NDArray[np.float64]
    temperature: float
    shift: float
    scaled: NDArray[np.float64]
    exponentials: NDArray[np.float64]
    total: float
    probabilities: NDArray[np.float64]


def softmax_steps(logits: Sequence[float], temperature: float = 1.0) -> SoftmaxSteps:
    """Return softmax of logits, worked out.

    At temperature 0 it is the limit: all weight on the largest logit, the first if several are.

    Args:
        logits: 1 to `MAX_NUMBERS` finite numbers.
        temperature: 0 or more.

    Raises:
        InputError: a logit is not finite, there are none or too many, or the temperature is below
            0 or not finite.

    >>> softmax_steps([0.0, 0.0]).probabilities.tolist()
    [0.5, 0.5]
    >>> softmax_steps([1.0, 2.0], 0).probabilities.tolist()
    [0.0, 1.0]
    """
    check_settings(temperature, 0, 1.0)
    if not 1 <= len(logits) <= MAX_NUMBERS:
        raise InputError(f"Type 1 to {MAX_NUMBERS} logits, not {len(logits)}.")
    given = np.asarray(logits, dtype=np.float64)
    if not np.isfinite(given).all():
        raise InputError("A logit is not a finite number. Type numbers such as -1.5, 0 or 7.")
    if temperature == 0:
        best = int(given.argmax())
        first = np.arange(len(given)) == best
        scaled = np.where(first, 0.0, -np.inf)
        shares = first.astype(np.float64)
        return SoftmaxSteps(given, 0.0, float(given[best]), scaled, shares, 1.0, shares)
    largest = float(given.max())
    with np.errstate(over="ignore", under="ignore"):
        usual = np.abs(given).max() / temperature <= _LARGEST
        shift = 0.0 if usual else largest
        scaled = (given - shift) / temperature
        exponentials = np.exp(scaled)
    total = float(exponentials.sum())
    return SoftmaxSteps(
        given, float(temperature), shift, scaled, exponentials, total, exponentials / total
    )


def read_numbers(
    text: str, what: str = "logit", example: str = "-0.8, 3, 2.5"
) -> tuple[float, ...]:
    """Return the numbers in a text, between commas, semicolons, spaces or line breaks.

    In a text with semicolons, a comma is a decimal comma.

    Args:
        text: as typed.
        what: what each is called, in a sentence about a wrong one.
        example: numbers that could be typed, in that sentence.

    Raises:
        InputError: a piece is not a finite number, or there are none.

    >>> read_numbers("-0.8, 3  2.5"), read_numbers("0,5; 1,5")
    ((-0.8, 3.0, 2.5), (0.5, 1.5))
    """
    typed = text.replace("\N{MINUS SIGN}", "-")
    if ";" in typed:
        typed = re.sub(r"(?<=\d),(?=\d)", ".", typed)
    pieces = [piece for piece in re.split(r"[\s,;]+", typed) if piece]
    if not pieces:
        raise InputError(
            f"There is no {what}. Type numbers with commas between, such as {example}."
        )
    return tuple(
        _number(piece, f"Type numbers with commas between, such as {example}.") for piece in pieces
    )


def read_number(text: str, what: str, example: str) -> float:
    """Return the one number in a text; a comma in it is a decimal comma.

    Args:
        text: as typed.
        what: what it is called, in a sentence about a wrong one.
        example: a number that could be typed, in that sentence.

    Raises:
        InputError: the text is not one finite number.

    >>> read_number("0,5", "temperature", "0.7")
    0.5
    """
    typed = text.strip().replace("\N{MINUS SIGN}", "-").replace(",", ".")
    if not typed:
        raise InputError(f"There is no {what}. Type a number such as {example}.")
    return _number(typed, f"Type one {what}, a number such as {example}.")


def _number(piece: str, advice: str) -> float:
    try:
        number = float(piece)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        short = piece if len(piece) <= 20 else f"{piece[:20]}…"
        raise InputError(f"“{short}” is not a finite number. {advice}")
    return number
