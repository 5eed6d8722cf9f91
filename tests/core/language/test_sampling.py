import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from transformers import (
    LogitsProcessorList,
    TemperatureLogitsWarper,
    TopKLogitsWarper,
    TopPLogitsWarper,
)

from core.errors import InputError
from core.language.sampling import entropy, probabilities


def oracle(logits: torch.Tensor, temperature: float, top_k: int, top_p: float) -> torch.Tensor:
    """Return what the processors of transformers make of logits."""
    processors = LogitsProcessorList([TemperatureLogitsWarper(temperature)])
    if top_k:
        processors.append(TopKLogitsWarper(top_k))
    if top_p < 1:
        processors.append(TopPLogitsWarper(top_p))
    ids = torch.zeros((len(logits), 1), dtype=torch.long)
    return processors(ids, logits).softmax(dim=-1)


@pytest.mark.parametrize("temperature", [0.2, 1.0, 1.7])
@pytest.mark.parametrize("top_k", [0, 1, 7, 5_000])
@pytest.mark.parametrize("top_p", [0.05, 0.5, 0.95, 1.0])
def test_the_same_as_the_processors_of_transformers(
    temperature: float, top_k: int, top_p: float
) -> None:
    logits = 4 * torch.randn(3, 1_000, generator=torch.Generator().manual_seed(3))
    ours = probabilities(logits, temperature, top_k, top_p)
    theirs = oracle(logits.double(), temperature, top_k, top_p)
    torch.testing.assert_close(ours.double(), theirs, atol=1e-6, rtol=1e-4)
    exact = probabilities(logits.double(), temperature, top_k, top_p)
    torch.testing.assert_close(exact, theirs)
    assert (exact > 0).equal(theirs > 0)


numbers = st.lists(st.floats(-50, 50), min_size=1, max_size=30)


@given(numbers, st.floats(0.05, 5), st.integers(0, 40), st.floats(0.01, 1))
@settings(max_examples=100)
def test_a_distribution_whatever_the_settings(
    logits: list[float], temperature: float, top_k: int, top_p: float
) -> None:
    made = probabilities(torch.tensor(logits, dtype=torch.float64), temperature, top_k, top_p)
    assert made.sum().item() == pytest.approx(1)
    assert (made >= 0).all()
    # Logits that differ by next to nothing may have the same probability.
    assert made[logits.index(max(logits))].item() == pytest.approx(made.max().item())


@given(numbers, st.floats(-100, 100))
@settings(max_examples=50)
def test_a_constant_added_to_all_logits_changes_nothing(logits: list[float], added: float) -> None:
    one = torch.tensor(logits, dtype=torch.float64)
    torch.testing.assert_close(probabilities(one + added), probabilities(one))


@given(st.lists(st.floats(-9, 9), min_size=2, max_size=20), st.floats(0.1, 3), st.floats(0.1, 3))
@settings(max_examples=50)
def test_entropy_rises_with_temperature(logits: list[float], one: float, other: float) -> None:
    values = torch.tensor(logits, dtype=torch.float64)
    low, high = (entropy(probabilities(values, each)).item() for each in sorted((one, other)))
    assert low <= high + 1e-9
    assert high <= math.log2(len(logits)) + 1e-9


def test_probabilities_by_hand() -> None:
    made = probabilities(torch.tensor([math.log(1), math.log(3)], dtype=torch.float64))
    assert made.tolist() == pytest.approx([0.25, 0.75])
    halved = probabilities(torch.tensor([0.0, math.log(2)], dtype=torch.float64), temperature=0.5)
    assert halved.tolist() == pytest.approx([0.2, 0.8])
    assert entropy(torch.tensor([0.5, 0.5, 0.0])).item() == 1


def test_temperature_zero_is_the_limit_of_small_ones() -> None:
    logits = torch.tensor([1.0, 3.0, 2.0, 3.0])
    assert probabilities(logits, 0).tolist() == [0, 1, 0, 0]
    torch.testing.assert_close(
        probabilities(logits[:3], 0), probabilities(logits[:3], 1e-3), atol=1e-6, rtol=0
    )


def test_logits_so_large_that_their_exponentials_would_overflow() -> None:
    assert probabilities(torch.tensor([1e5, 1e5])).tolist() == [0.5, 0.5]


@pytest.mark.parametrize(
    ("logits", "given", "told"),
    [
        ([], {}, "logits"),
        ([1, math.nan], {}, "logit"),
        ([1, math.inf], {}, "logit"),
        ([1], {"temperature": -0.1}, "-0.1"),
        ([1], {"temperature": math.nan}, "nan"),
        ([1], {"top_k": -1}, "-1"),
        ([1], {"top_p": 0}, "Top-p"),
        ([1], {"top_p": 1.1}, "1.1"),
    ],
)
def test_what_means_nothing_is_refused(
    logits: list[float], given: dict[str, float], told: str
) -> None:
    with pytest.raises(InputError, match=told):
        probabilities(torch.tensor(logits, dtype=torch.float32), **given)
