import math

import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InputError
from core.language.softmax_steps import MAX_NUMBERS, read_number, read_numbers, softmax_steps

SEVEN = [-0.8, -5.0, 0.5, 1.5, 3.4, -2.3, 2.5]
finite = st.floats(-1e300, 1e300)


def test_the_well_known_seven() -> None:
    steps = softmax_steps(SEVEN)
    assert steps.probabilities.round(2).tolist() == [0.01, 0.0, 0.03, 0.09, 0.61, 0.0, 0.25]
    assert steps.shift == 0
    assert steps.exponentials == pytest.approx(np.exp(SEVEN), rel=1e-15)
    assert steps.total == pytest.approx(math.fsum(map(math.exp, SEVEN)))


@given(st.lists(finite, min_size=1, max_size=MAX_NUMBERS), st.floats(0, 100))
def test_a_distribution_whatever_is_typed(logits: list[float], temperature: float) -> None:
    steps = softmax_steps(logits, temperature)
    assert ((steps.probabilities >= 0) & (steps.probabilities <= 1)).all()
    assert steps.probabilities.sum() == pytest.approx(1, abs=1e-12)
    assert steps.probabilities.argmax() == np.argmax(logits) or np.isclose(
        steps.probabilities.max(), steps.probabilities[np.argmax(logits)]
    )


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=9), st.floats(0.1, 10))
def test_the_same_as_scipy(logits: list[float], temperature: float) -> None:
    made = softmax_steps(logits, temperature).probabilities
    assert made == pytest.approx(scipy.special.softmax(np.array(logits) / temperature), abs=1e-12)


def test_temperature_zero_is_all_on_the_first_of_the_largest() -> None:
    assert softmax_steps([1, 3, 3], 0).probabilities.tolist() == [0, 1, 0]


def test_large_logits_are_shifted() -> None:
    steps = softmax_steps([1000, 999])
    assert steps.shift == 1000
    assert steps.probabilities == pytest.approx(scipy.special.softmax([1000, 999]))


@pytest.mark.parametrize("logits", [[], [np.nan], [1, np.inf], [0.0] * (MAX_NUMBERS + 1)])
def test_logits_that_mean_nothing(logits: list[float]) -> None:
    with pytest.raises(InputError):
        softmax_steps(logits)


@pytest.mark.parametrize("temperature", [-1, np.nan, np.inf])
def test_temperatures_that_mean_nothing(temperature: float) -> None:
    with pytest.raises(InputError):
        softmax_steps([1, 2], temperature)


@pytest.mark.parametrize("text", ["", " , ", "1, two", "nan", "1 inf", "1e999", "x" * 100_000])
def test_texts_without_numbers(text: str) -> None:
    with pytest.raises(InputError):
        read_numbers(text)


def test_numbers_however_separated() -> None:
    assert read_numbers("\N{MINUS SIGN}1;2\n3,, 4e-1") == (-1, 2, 3, 0.4)


def test_decimal_commas() -> None:
    assert read_numbers("0,5; 1,5") == (0.5, 1.5)
    assert read_number(" 0,5 ", "temperature", "0.7") == 0.5


@pytest.mark.parametrize("text", ["", "1, 2", "1 2", "1,2,3", "nan", "hot"])
def test_texts_that_are_not_one_number(text: str) -> None:
    with pytest.raises(InputError):
        read_number(text, "temperature", "0.7")
