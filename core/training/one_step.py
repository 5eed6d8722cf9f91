"""One step of training, taken apart: which word pulls a vector, and which ones push it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Vectors = NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class Push:
    """How far one word moves the vector in a step.

    Args:
        is_noise: whether the word is noise, which pushes; the missing word pulls.
        chance: sigmoid(v·u), 0 to 1: how probable the vectors hold it that the words are near.
        move: (D,), the learning rate times (1 - chance)·u for the missing word, and times
            -chance·u for a noise word.
    """

    is_noise: bool
    chance: float
    move: Numbers


@dataclass(frozen=True, eq=False)
class OneStep:
    """A step, from the view of the vector that predicts.

    Args:
        vector: (D,), v before the step: with skip-gram the vector of one near word, with CBOW the
            mean of all.
        pushes: that of the missing word first, then those of the noise words.
    """

    vector: Numbers
    pushes: tuple[Push, ...]

    @property
    def move(self) -> Numbers:
        """How far v moves in all, (D,); with CBOW every near word moves that far."""
        total: Numbers = np.sum([push.move for push in self.pushes], axis=0)
        return total


def one_step(near: Vectors, missing: Vectors, noise: Vectors, rate: float) -> OneStep:
    """Return a step of skip-gram or CBOW with negative sampling (Mikolov et al. 2013, equation 4).

    It is the learning rate times the negative gradient of -log sigmoid(v·u) for the missing word
    and -log sigmoid(-v·u) for each noise word, with respect to v.

    Args:
        near: (D,) the vector v of one near word, or (N, D) of which v is the mean.
        missing: (D,), the output vector u of the missing word.
        noise: (K, D), the output vectors of the noise words; none of them is the missing word.
        rate: the learning rate.

    >>> step = one_step(np.array([1.0, 0]), np.array([0, 2.0]), np.array([[0, -1.0]]), rate=0.1)
    >>> [push.move.tolist() for push in step.pushes], step.move.round(2).tolist()
    ([[0.0, 0.1], [-0.0, 0.05]], [0.0, 0.15])
    """
    vector = np.atleast_2d(np.asarray(near, dtype=np.float64)).mean(axis=0)
    targets = np.vstack([missing, noise]).astype(np.float64)
    chances = 1 / (1 + np.exp(-np.clip(targets @ vector, -80, 80)))
    pushes = [
        Push(
            is_noise=bool(number),
            chance=float(chance),
            move=rate * ((0.0 if number else 1.0) - chance) * target,
        )
        for number, (chance, target) in enumerate(zip(chances, targets, strict=True))
    ]
    return OneStep(vector, tuple(pushes))
