"""The settings of a training run."""

import math
from dataclasses import dataclass, fields
from typing import Final, Literal, get_args

from core.errors import InputError

Architecture = Literal["skip-gram", "cbow"]
Initialisation = Literal["uniform", "normal", "zeros"]
Engine = Literal["cpu", "torch"]

RATES: Final = {"skip-gram": 0.025, "cbow": 0.05}  # those of word2vec's own program
LIMITS: Final = {  # the smallest and the largest value of each number
    "dimensions": (1, 4_096),
    "window": (1, 100),
    "negatives": (1, 100),
    "exponent": (-2.0, 2.0),
    "learning_rate": (0.0, 1_000.0),
    "final_learning_rate": (0.0, 1_000.0),
    "epochs": (1, 100_000),
    "min_count": (1, 1_000_000_000),
    "subsampling": (0.0, 1.0),
    "seed": (0, 2**63 - 1),
    "threads": (1, 256),
}


@dataclass(frozen=True)
class Config:
    """How word vectors are learned: skip-gram or CBOW with negative sampling (Mikolov et al. 2013).

    Two runs with the same text, the same config and one thread give the same vectors, bit for bit.

    Args:
        architecture: with `skip-gram` each neighbour predicts the centre, with `cbow` their mean.
        dimensions: D, coordinates of a vector.
        window: the largest distance of a neighbour; each centre draws its own, 1 to `window`.
        negatives: noise words for each neighbour of a centre.
        exponent: noise words are drawn in proportion to their counts to this power.
        learning_rate: at the beginning; by default that of `RATES`.
        final_learning_rate: at the end; the rate falls linearly.
        epochs: passes over the text.
        min_count: words that occur less often are left out.
        subsampling: words more frequent than this share are skipped at random; 0: never.
        seed: of all random numbers.
        initialisation: `uniform` as in word2vec: input vectors within ±1/(2D), output vectors zero;
            `normal`: input vectors with a standard deviation of 1/D; `zeros`: both tables zero.
        threads: of the cpu engine.
        engine: `cpu` is compiled for processors; `torch` makes matrix products of many windows,
            for graphics cards.

    Raises:
        InputError: a value is not among the choices, or outside its limits.
    """

    architecture: Architecture = "skip-gram"
    dimensions: int = 100
    window: int = 5
    negatives: int = 5
    exponent: float = 0.75
    learning_rate: float = None  # type: ignore[assignment]  # set below
    final_learning_rate: float = 0.0001
    epochs: int = 5
    min_count: int = 5
    subsampling: float = 1e-3
    seed: int = 0
    initialisation: Initialisation = "uniform"
    threads: int = 1
    engine: Engine = "cpu"

    def __post_init__(self) -> None:
        given: float | None = self.learning_rate
        if given is None:
            object.__setattr__(self, "learning_rate", RATES.get(self.architecture, 0.0))
        choices = {"architecture": Architecture, "initialisation": Initialisation, "engine": Engine}
        for field in fields(self):
            value = getattr(self, field.name)
            name = field.name.replace("_", " ")
            if field.name in choices:
                allowed = get_args(choices[field.name])
                if value not in allowed:
                    raise InputError(f"The {name} is '{value}'. Use {' or '.join(allowed)}.")
                continue
            low, high = LIMITS[field.name]
            if not math.isfinite(value) or not low <= value <= high:
                raise InputError(f"The {name} is {value}. Use {low:,} to {high:,}.")
