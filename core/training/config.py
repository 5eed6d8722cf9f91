"""What a training run is told."""

import math
from dataclasses import dataclass, fields
from typing import Final, Literal, get_args

from core.errors import InputError

Architecture = Literal["skip-gram", "cbow"]
Initialisation = Literal["uniform", "normal", "zeros"]
Engine = Literal["cpu", "torch"]

RATES: Final = {"skip-gram": 0.025, "cbow": 0.05}  # those of word2vec's own program
LIMITS: Final = {  # of the numbers: smallest and largest
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
        architecture: `skip-gram` has each word near a centre predict it, `cbow` their mean.
        dimensions: D, coordinates of a vector.
        window: the farthest that a neighbour may be; each centre draws its reach, 1 to `window`.
        negatives: noise words for each neighbour of a centre.
        exponent: noise words are drawn in proportion to their count to the power of this.
        learning_rate: at the beginning; if none is given, that of `RATES`.
        final_learning_rate: at the end; in between the rate falls in a straight line.
        epochs: how often the text is read.
        min_count: words that occur less often are left out.
        subsampling: words more frequent than this share are left out now and then; 0: never.
        seed: of all that is drawn.
        initialisation: `uniform` as in word2vec: input vectors within ±1/(2D), output vectors zero;
            `normal`: input vectors with a standard deviation of 1/D; `zeros`: both tables zero.
        threads: how many train at once, on the cpu engine.
        engine: `cpu` is compiled and made for processors; `torch` makes matrix products of many
            windows, for graphics cards.

    Raises:
        InputError: a value is not one of those, or beyond its limits.
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
                    raise InputError(f"The {name} came as '{value}'. Take {' or '.join(allowed)}.")
                continue
            low, high = LIMITS[field.name]
            if not math.isfinite(value) or not low <= value <= high:
                raise InputError(f"The {name} came as {value}. Take {low:,} to {high:,}.")
