"""The likeliest tokens as a table, and the probability of all others."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.language.sampling import entropy, probabilities
from viz.components.softmax import Settings


def likeliest(logits: NDArray[np.float32], count: int) -> list[int]:
    """Return the ids of the `count` largest of V logits, the largest first.

    >>> likeliest(np.array([0.0, 2.0, 1.0], dtype=np.float32), 2)
    [1, 2]
    """
    best: list[int] = np.argsort(-logits, kind="stable")[:count].tolist()
    return best


def outside(logits: NDArray[np.float32], count: int, temperature: float) -> float:
    """Return the probability of all tokens but the `count` likeliest.

    >>> outside(np.zeros(4, dtype=np.float32), 1, 1.0)
    0.75
    """
    import torch

    made = probabilities(torch.from_numpy(logits).double(), temperature)
    return float(1 - made.sort(descending=True).values[:count].sum())


@dataclass(frozen=True)
class Uncertainty:
    """How sure a model is of the next token.

    Args:
        best: the id of the likeliest token.
        share: its probability, 0 to 1.
        choices: 2 to the power of the entropy in bits: the number of equally likely tokens with the
            same entropy, 1 or more.
    """

    best: int
    share: float
    choices: float


def uncertainty(logits: NDArray[np.float32], settings: Settings) -> Uncertainty:
    """Return how sure a model is of the next token, with the settings of the sliders.

    >>> uncertainty(np.zeros(4, dtype=np.float32), Settings())
    Uncertainty(best=0, share=0.25, choices=4.0)
    """
    import torch

    given = torch.from_numpy(logits).double()
    shares = probabilities(given, settings.temperature, settings.top_k, settings.top_p)
    best = likeliest(logits, 1)[0]
    return Uncertainty(best, float(shares[best]), 2 ** float(entropy(shares)))


def likeliest_table(
    logits: NDArray[np.float32], names: Sequence[str], count: int, settings: Settings
) -> pd.DataFrame:
    """Return the likeliest tokens: id, logit, probability at T = 1 and with the settings."""
    import torch

    given = torch.from_numpy(logits).double()
    best = likeliest(logits, count)
    own = probabilities(given)
    made = probabilities(given, settings.temperature, settings.top_k, settings.top_p)
    return pd.DataFrame(
        {
            "token": [names[number] for number in best],
            "id": [str(number) for number in best],
            "logit": logits[best],
            "model's own": own[best].numpy(),
            "as set": made[best].numpy(),
        },
        index=pd.RangeIndex(1, len(best) + 1, name="rank"),
    )
