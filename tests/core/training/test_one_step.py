"""One step taken apart, against torch's gradient and the engine that trains."""

import numpy as np
import pytest
import torch

from core.training import cpu_engine
from core.training.config import Architecture
from core.training.one_step import one_step
from core.training.parameters import Parameters
from core.training.windows import Windows

RATE = 0.05
rng = np.random.default_rng(0)
NEAR, TARGETS = rng.normal(size=(3, 7)), rng.normal(size=(6, 7))


@pytest.mark.parametrize("count", [1, 3])  # of near words: skip-gram has one, CBOW their mean
def test_pull_and_pushes_are_the_gradient_of_torch(count: int) -> None:
    step = one_step(NEAR[:count], TARGETS[0], TARGETS[1:], RATE)
    vector = torch.tensor(NEAR[:count].mean(axis=0), requires_grad=True)
    losses = []
    for number, target in enumerate(torch.tensor(TARGETS)):
        score = vector @ target
        losses.append(-torch.nn.functional.logsigmoid(-score if number else score))
    for push, loss in zip(step.pushes, losses, strict=True):
        (gradient,) = torch.autograd.grad(loss, vector, retain_graph=True)
        np.testing.assert_allclose(push.move, -RATE * gradient.numpy(), rtol=1e-12)
    (gradient,) = torch.autograd.grad(torch.stack(losses).sum(), vector)
    np.testing.assert_allclose(step.move, -RATE * gradient.numpy(), rtol=1e-12)
    assert [push.is_noise for push in step.pushes] == [False, *[True] * 5]


@pytest.mark.parametrize(("architecture", "near"), [("skip-gram", [1]), ("cbow", [1, 2, 3])])
def test_it_is_what_the_engine_does(architecture: Architecture, near: list[int]) -> None:
    inputs, outputs = (
        np.pad(rng.normal(size=(9, 7)), ((0, 0), (0, 9))).astype(np.float32) for _ in range(2)
    )
    centre, noise = 0, [4, 5, 6]
    step = one_step(inputs[near, :7], outputs[centre, :7], outputs[noise, :7], RATE)
    parameters = Parameters(inputs.copy(), outputs.copy(), 7)
    windows = Windows(
        np.array([centre], np.int32),
        np.array(near, np.int32),
        np.array([len(near)], np.int32),
        np.array([noise], np.int32),
    )
    cpu_engine.train(parameters, windows, RATE, architecture)
    for word in near:
        moved = parameters.vectors[word] - inputs[word, :7]
        np.testing.assert_allclose(moved, step.move, atol=1e-6)


def test_the_loss_falls_along_the_step() -> None:
    step = one_step(NEAR[0], TARGETS[0], TARGETS[1:], 1e-3)

    def loss(vector: np.ndarray) -> float:
        scores = TARGETS @ vector
        scores[1:] *= -1
        return float(np.logaddexp(0, -scores).sum())

    assert loss(step.vector + step.move) < loss(step.vector)


def test_the_pull_is_with_the_missing_word_and_a_push_against_the_noise() -> None:
    step = one_step(NEAR[0], TARGETS[0], TARGETS[1:], RATE)
    assert step.pushes[0].move @ TARGETS[0] > 0
    assert all(
        push.move @ target < 0 for push, target in zip(step.pushes[1:], TARGETS[1:], strict=True)
    )


def test_zeros_move_nothing() -> None:
    step = one_step(np.zeros(4), np.zeros(4), np.zeros((2, 4)), RATE)
    assert not step.move.any()
    assert [push.chance for push in step.pushes] == [0.5] * 3


def test_very_large_scores_stay_finite() -> None:
    step = one_step(np.full(2, 1e5), np.full(2, 1e5), np.full((1, 2), -1e5), RATE)
    assert np.isfinite(step.move).all()
