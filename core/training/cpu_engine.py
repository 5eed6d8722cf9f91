"""Training steps compiled for processors.

A step takes one centre word, its neighbours and its noise words: a few rows of both matrices, and
small matrix products between them. The neighbours share the noise words, so that rows are fetched
once and used many times (Ji et al. 2016, arXiv:1604.04661). Several threads train the same
parameters without locks (Hogwild, Niu et al. 2011): they rarely update the same row at once, and
what is lost when they do is small.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from core.training.config import Architecture, Config
from core.training.parameters import Matrix, Parameters, initial_parameters
from core.training.windows import Ids, Windows

Rows = NDArray[np.float32]
compiled: Callable[[Any], Any] = numba.njit(
    nogil=True, fastmath=True, error_model="numpy", cache=True
)


class _Work(NamedTuple):
    """What both kernels are given: parameters, windows as in `Windows`, and learning rates.

    Args:
        inputs: (V, S), changed in place.
        outputs: (V, S), changed in place.
        centres: (B,).
        contexts: (P,).
        ends: (B,).
        negatives: (B, N).
        rate: of the pairs of neighbours and centres.
        noise_rate: of the pairs with noise words.
    """

    inputs: Matrix
    outputs: Matrix
    centres: Ids
    contexts: Ids
    ends: Ids
    negatives: Ids
    rate: np.float32
    noise_rate: np.float32


def train(
    parameters: Parameters, windows: Windows, rate: float, architecture: Architecture
) -> None:
    """Train with windows, one after another.

    Args:
        parameters: changed in place.
        windows: the training data.
        rate: the learning rate.
        architecture: whether neighbours predict the centre one by one or by their mean.
    """
    if not len(windows):
        return
    step = _skip_gram if architecture == "skip-gram" else _cbow
    step(
        _Work(
            parameters.inputs,
            parameters.outputs,
            windows.centres,
            windows.contexts,
            windows.ends,
            windows.negatives,
            np.float32(rate),
            np.float32(rate * windows.weight),
        )
    )


def make_ready(config: Config) -> None:
    """Compile the functions, or load them from the cache, before the training is timed."""
    word, noise = np.zeros(1, np.int32), np.zeros((1, config.negatives), np.int32)
    window = Windows(word, word, np.ones(1, np.int32), noise)
    train(initial_parameters(1, config), window, 0.0, config.architecture)


@numba.njit(inline="always")
def _sigmoid(x: np.float32) -> np.float32:
    """Return 1 / (1 + exp(-x)) to about 1e-7, without a call that stops vectorization.

    As (1 + tanh(x / 2)) / 2, with the rational approximation of tanh that Eigen uses
    (`generic_fast_tanh_float`).
    """
    x = min(max(x * np.float32(0.5), np.float32(-7.9)), np.float32(7.9))
    square = x * x
    above = np.float32(-2.76076847742355e-16)
    above = above * square + np.float32(2.00018790482477e-13)
    above = above * square + np.float32(-8.60467152213735e-11)
    above = above * square + np.float32(5.12229709037114e-08)
    above = above * square + np.float32(1.48572235717979e-05)
    above = above * square + np.float32(6.37261928935436e-04)
    above = above * square + np.float32(4.89352455891786e-03)
    below = np.float32(1.19825839466702e-06)
    below = below * square + np.float32(1.18534705686654e-04)
    below = below * square + np.float32(2.26843463243900e-03)
    below = below * square + np.float32(4.89352518554385e-03)
    return np.float32(0.5) + np.float32(0.5) * x * above / below


@compiled
def _skip_gram(work: _Work) -> None:
    """Let each neighbour predict its centre, and not the noise words.

    Neighbours are processed two at a time and targets three at a time, so that loaded numbers are
    used several times. Their counts are padded with rows of weight zero.
    """
    inputs, outputs, centres, contexts, ends, negatives, rate, noise_rate = work
    targets = negatives.shape[1] + 1
    filled = (targets + 2) // 3 * 3
    target = np.zeros(filled, np.int32)
    before = np.zeros((filled, inputs.shape[1]), np.float32)
    widest = np.diff(ends).max() if len(ends) > 1 else 0
    near = np.zeros(max(widest, ends[0]) + 1, np.int32)
    weights = np.zeros((len(near), filled), np.float32)
    start = 0
    for made in range(len(centres)):
        count = ends[made] - start
        near[:count] = contexts[start : ends[made]]
        near[count] = near[0]
        target[0] = centres[made]
        target[1:targets] = negatives[made]
        start = ends[made]
        _copy_rows(outputs, target, before)
        _score(inputs, near, count, before, weights)
        for n in range(count):
            _weigh(weights[n], target, targets, rate, noise_rate)
        weights[count] = np.float32(0)
        _move_outputs(outputs, target[:targets], inputs, near, count, weights)
        _move_inputs(inputs, near, count, before, weights)


@compiled
def _copy_rows(matrix: Matrix, ids: Ids, rows: Rows) -> None:
    """Copy rows of a matrix, as they are before the step."""
    for index in range(len(ids)):
        row = matrix[ids[index]]
        for d in range(len(row)):
            rows[index, d] = row[d]


@compiled
def _score(inputs: Matrix, near: Ids, count: int, before: Rows, weights: Rows) -> None:
    """Write the dot product of every neighbour with every target into `weights`."""
    for n in range(0, count, 2):
        first, second = inputs[near[n]], inputs[near[n + 1]]
        for t in range(0, len(before), 3):
            a, b, c = before[t], before[t + 1], before[t + 2]
            a1 = b1 = c1 = a2 = b2 = c2 = np.float32(0)
            for d in range(len(first)):
                a1 += first[d] * a[d]
                b1 += first[d] * b[d]
                c1 += first[d] * c[d]
                a2 += second[d] * a[d]
                b2 += second[d] * b[d]
                c2 += second[d] * c[d]
            weights[n, t] = a1
            weights[n, t + 1] = b1
            weights[n, t + 2] = c1
            weights[n + 1, t] = a2
            weights[n + 1, t + 1] = b2
            weights[n + 1, t + 2] = c2


@compiled
def _weigh(row: Rows, target: Ids, targets: int, rate: np.float32, noise_rate: np.float32) -> None:
    """Turn scores into step sizes: the rate times (label - sigmoid of the score)."""
    missing = rate * _sigmoid(-row[0])
    for t in range(len(row)):
        row[t] = -noise_rate * _sigmoid(row[t])
    row[0] = missing
    for t in range(1, targets):
        if target[t] == target[0]:
            row[t] = np.float32(0)  # the centre drawn as noise
    for t in range(targets, len(row)):
        row[t] = np.float32(0)


@compiled
def _move_outputs(
    outputs: Matrix, target: Ids, inputs: Matrix, near: Ids, count: int, weights: Rows
) -> None:
    """Move the targets' rows by the neighbours'."""
    for t in range(len(target)):
        row = outputs[target[t]]
        for n in range(0, count, 2):
            first, second = inputs[near[n]], inputs[near[n + 1]]
            x, y = weights[n, t], weights[n + 1, t]
            for d in range(len(row)):
                row[d] += x * first[d] + y * second[d]


@compiled
def _move_inputs(inputs: Matrix, near: Ids, count: int, before: Rows, weights: Rows) -> None:
    """Move the neighbours' rows by the targets' as they were."""
    for n in range(count):
        row = inputs[near[n]]
        for t in range(0, len(before), 3):
            a, b, c = before[t], before[t + 1], before[t + 2]
            x, y, z = weights[n, t], weights[n, t + 1], weights[n, t + 2]
            for d in range(len(row)):
                row[d] += x * a[d] + y * b[d] + z * c[d]


@compiled
def _cbow(work: _Work) -> None:
    """Let the mean of the neighbours predict the centre, and not the noise words.

    Each neighbour moves by the whole gradient of the mean, as in word2vec's program and in gensim:
    that is its own gradient times the number of neighbours (Irsoy, Benton and Stratos 2021,
    arXiv:2012.15332).
    """
    inputs, outputs, centres, contexts, ends, negatives, rate, noise_rate = work
    targets = negatives.shape[1] + 1
    target = np.zeros(targets, np.int32)
    before = np.zeros((targets, inputs.shape[1]), np.float32)
    weights = np.zeros(targets, np.float32)
    mean, move = np.zeros((2, inputs.shape[1]), np.float32)
    start = 0
    for made in range(len(centres)):
        near = contexts[start : ends[made]]
        start = ends[made]
        target[0] = centres[made]
        target[1:] = negatives[made]
        _mean(inputs, near, mean)
        _copy_rows(outputs, target, before)
        for t in range(targets):
            row, score = before[t], np.float32(0)
            for d in range(len(mean)):
                score += mean[d] * row[d]
            weights[t] = score
        _weigh(weights, target, targets, rate, noise_rate)
        for t in range(targets):
            row, x = outputs[target[t]], weights[t]
            for d in range(len(mean)):
                row[d] += x * mean[d]
        move[:] = np.float32(0)
        for t in range(targets):
            row, x = before[t], weights[t]
            for d in range(len(move)):
                move[d] += x * row[d]
        for word in near:
            row = inputs[word]
            for d in range(len(move)):
                row[d] += move[d]


@compiled
def _mean(inputs: Matrix, near: Ids, mean: Rows) -> None:
    """Write the mean of some rows into `mean`."""
    mean[:] = np.float32(0)
    for word in near:
        row = inputs[word]
        for d in range(len(mean)):
            mean[d] += row[d]
    share = np.float32(1) / np.float32(len(near))
    for d in range(len(mean)):
        mean[d] *= share
