"""Logits into probabilities, and probabilities into a choice.

Temperature, top-k and top-p in the order and with the meaning of the logits processors of
`transformers`; top-p, nucleus sampling, is from Holtzman et al. 2020, The Curious Case of Neural
Text Degeneration.
"""

import math
from typing import TYPE_CHECKING

from core.errors import InputError

if TYPE_CHECKING:
    import torch


def check_logits(logits: "torch.Tensor") -> None:
    """Raise InputError unless there are logits and all of them are finite numbers."""
    if logits.numel() == 0:
        raise InputError("There are no logits. Type at least one number.")
    if not bool(logits.isfinite().all()):
        raise InputError(
            "A logit is not a finite number. Softmax needs numbers such as -1.5, 0 or 7."
        )


def check_settings(temperature: float, top_k: int, top_p: float) -> None:
    """Raise InputError unless the settings mean something."""
    if not (math.isfinite(temperature) and temperature >= 0):
        raise InputError(
            f"The temperature is {temperature:g}. It has to be 0 or more: below 0 the least likely "
            "token would become the likeliest."
        )
    if top_k < 0:
        raise InputError(f"Top-k is {top_k}. Take 1 or more tokens, or 0 for all of them.")
    if not 0 < top_p <= 1:
        raise InputError(
            f"Top-p is {top_p:g}. It is a share of the probability: above 0, at most 1."
        )


def probabilities(
    logits: "torch.Tensor", temperature: float = 1.0, top_k: int = 0, top_p: float = 1.0
) -> "torch.Tensor":
    """Return the softmax of logits / temperature, what top-k and top-p cut off being zero.

    Args:
        logits: (..., V) floating point.
        temperature: 0 or more; at 0, its limit, all weight is on the largest logit (the first, if
            several are).
        top_k: how many of the likeliest tokens stay; 0 for all. Tokens as likely as the last stay.
        top_p: the likeliest tokens stay that reach this share together; 1 for all.

    Returns:
        (..., V), of the dtype of the logits; each row sums to one.

    Raises:
        InputError: a logit is not finite, or a setting means nothing.

    >>> import torch
    >>> probabilities(torch.tensor([0.0, 0.0])).tolist()
    [0.5, 0.5]
    >>> probabilities(torch.tensor([1.0, 2.0]), temperature=0).tolist()
    [0.0, 1.0]
    """
    import torch

    check_logits(logits)
    check_settings(temperature, top_k, top_p)
    if temperature == 0:
        best = logits.argmax(dim=-1, keepdim=True)
        return torch.zeros_like(logits).scatter_(-1, best, 1.0)
    scaled = (logits - logits.amax(dim=-1, keepdim=True)) / temperature
    if top_k:
        weakest = scaled.topk(min(top_k, scaled.shape[-1])).values[..., -1:]
        scaled = scaled.masked_fill(scaled < weakest, -math.inf)
    if top_p < 1:
        ordered, order = scaled.sort(descending=True, stable=True)
        before = ordered.softmax(dim=-1).cumsum(dim=-1).roll(1, -1)
        before[..., 0] = 0.0  # the likeliest always stays
        cut = torch.zeros_like(scaled, dtype=torch.bool).scatter_(-1, order, before >= top_p)
        scaled = scaled.masked_fill(cut, -math.inf)
    return scaled.softmax(dim=-1)


def entropy(probability: "torch.Tensor") -> "torch.Tensor":
    """Return the entropy of distributions, (..., V) -> (...), in bits.

    >>> import torch
    >>> entropy(torch.tensor([0.25, 0.25, 0.25, 0.25])).item()
    2.0
    """
    import torch

    bits: torch.Tensor = torch.special.entr(probability).sum(dim=-1) / math.log(2)
    return bits
