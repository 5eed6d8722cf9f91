"""The steps are those of the loss: autograd says so, and both engines agree."""

import subprocess
import sys
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
import torch

from core.training import cpu_engine
from core.training.config import Config
from core.training.corpus import read_corpus
from core.training.parameters import Parameters, initial_parameters
from core.training.torch_engine import TorchEngine, batch_of, gradients, loss
from core.training.windows import WindowMaker, Windows

ROOT = Path(__file__).resolve().parents[3]
CPU = torch.device("cpu")
Architecture = Literal["skip-gram", "cbow"]
ARCHITECTURES = pytest.mark.parametrize("architecture", ["skip-gram", "cbow"])


def random_parameters(words: int, dimensions: int, seed: int = 0) -> Parameters:
    parameters = initial_parameters(words, Config(dimensions=dimensions))
    rng = np.random.default_rng(seed)
    for table in (parameters.inputs, parameters.outputs):
        table[:, :dimensions] = rng.normal(size=(words, dimensions))
    return parameters


def random_windows(words: int, count: int, negatives: int, seed: int = 0) -> Windows:
    rng = np.random.default_rng(seed)
    ends = np.cumsum(rng.integers(1, 8, count)).astype(np.int32)
    draw = [rng.integers(0, words, shape) for shape in (count, ends[-1], (count, negatives))]
    centres, contexts, drawn = (numbers.astype(np.int32) for numbers in draw)
    return Windows(centres, contexts, ends, drawn)


@ARCHITECTURES
@pytest.mark.parametrize("count", [1, 2, 9])
def test_gradients_are_those_of_autograd(architecture: Architecture, count: int) -> None:
    parameters = random_parameters(7, 5, count)
    inputs, outputs = (
        torch.from_numpy(table).double().requires_grad_()
        for table in (parameters.inputs, parameters.outputs)
    )
    batch = batch_of(random_windows(7, count, 3, count), CPU)
    loss(inputs, outputs, batch, architecture).backward()
    with torch.no_grad():
        made = gradients(inputs, outputs, batch, architecture)
        own = made.inputs
        if architecture == "cbow":  # where each has the gradient of the mean, not its share of it
            own = own / batch.sizes[batch.window_of, None]
        of_inputs = torch.zeros_like(inputs).index_add(0, batch.contexts, own)
        of_outputs = torch.zeros_like(outputs).index_add(0, made.centre_ids, made.centres)
        of_outputs.index_add_(0, batch.noise, made.noise)
    torch.testing.assert_close(of_inputs, inputs.grad, atol=1e-6, rtol=1e-6)
    torch.testing.assert_close(of_outputs, outputs.grad, atol=1e-6, rtol=1e-6)


@ARCHITECTURES
@pytest.mark.parametrize("negatives", [1, 2, 5, 6])
@pytest.mark.parametrize("dimensions", [1, 16, 50])
def test_a_step_is_the_same_on_both_engines(
    architecture: Architecture, negatives: int, dimensions: int
) -> None:
    for seed in range(20):
        windows = random_windows(6, 1, negatives, seed)  # few words: some come twice
        mine = random_parameters(6, dimensions, seed)
        other = mine.copy()
        cpu_engine.train(mine, windows, 0.05, architecture)
        engine = TorchEngine(other, architecture, CPU)
        engine.train(windows, 0.05)
        engine.store()
        np.testing.assert_allclose(mine.inputs, other.inputs, atol=1e-5)
        np.testing.assert_allclose(mine.outputs, other.outputs, atol=1e-5)


def test_a_step_worked_out_by_hand() -> None:
    """One neighbour (1, 0), centre (1, 1), noise (0, 2): their scores are 1 and 0."""
    parameters = initial_parameters(3, Config(dimensions=2, initialisation="zeros"))
    parameters.inputs[0, :2] = 1, 0
    parameters.outputs[1, :2] = 1, 1
    parameters.outputs[2, :2] = 0, 2
    one = np.array([1], dtype=np.int32)
    windows = Windows(one, np.array([0], np.int32), one, np.array([[2]], np.int32))
    cpu_engine.train(parameters, windows, 0.1, "skip-gram")
    missing, wrong = 1 - 1 / (1 + np.exp(-1)), 0.5
    np.testing.assert_allclose(
        parameters.inputs[0, :2], [1 + 0.1 * missing, 0.1 * (missing - 2 * wrong)], atol=1e-6
    )
    np.testing.assert_allclose(parameters.outputs[1, :2], [1 + 0.1 * missing, 1], atol=1e-6)
    np.testing.assert_allclose(parameters.outputs[2, :2], [-0.1 * wrong, 2], atol=1e-6)


@ARCHITECTURES
def test_zeros_never_move(architecture: Architecture) -> None:
    parameters = initial_parameters(9, Config(dimensions=4, initialisation="zeros"))
    windows = random_windows(9, 50, 5)
    cpu_engine.train(parameters, windows, 0.5, architecture)
    engine = TorchEngine(parameters, architecture, CPU)
    engine.train(windows, 0.5)
    engine.store()
    assert not parameters.inputs.any()
    assert not parameters.outputs.any()


def test_the_centre_drawn_as_noise_counts_for_nothing() -> None:
    parameters = random_parameters(4, 3)
    before = parameters.copy()
    same = np.array([[2, 2]], dtype=np.int32)
    none = Windows(np.array([2], np.int32), np.array([0], np.int32), np.array([1], np.int32), same)
    cpu_engine.train(parameters, none, 0.1, "skip-gram")
    score = before.inputs[0] @ before.outputs[2]
    step = 0.1 / (1 + np.exp(score)) * before.outputs[2]
    np.testing.assert_allclose(parameters.inputs[0], before.inputs[0] + step, atol=1e-6)


@ARCHITECTURES
def test_columns_that_only_fill_up_stay_zero(architecture: Architecture) -> None:
    parameters = random_parameters(50, 20)
    cpu_engine.train(parameters, random_windows(50, 200, 5), 0.1, architecture)
    assert not parameters.inputs[:, 20:].any()
    assert not parameters.outputs[:, 20:].any()
    assert parameters.vectors.shape == (50, 20)


@pytest.mark.gpu
def test_a_step_is_the_same_on_a_graphics_card() -> None:
    from core.device import device

    windows = random_windows(50, 100, 5)
    parameters = random_parameters(50, 16)
    found = []
    for where in (CPU, device()):
        mine = parameters.copy()
        engine = TorchEngine(mine, "skip-gram", where)
        engine.train(windows, 0.05)
        engine.store()
        found.append(mine.inputs)
    np.testing.assert_allclose(*found, atol=1e-4)


def test_windows_of_a_real_text_train_alike() -> None:
    corpus = read_corpus("the king rules the land and the queen rules the sea. " * 40, 1)
    config = Config(dimensions=8, min_count=1, subsampling=0)
    windows = WindowMaker(corpus.vocabulary, config).windows(np.asarray(corpus.ids), 0)
    mine, other = (random_parameters(len(corpus.vocabulary), 8) for _ in range(2))
    engine = TorchEngine(other, "skip-gram", CPU)
    for start in range(len(windows)):
        one = windows.part(start, start + 1)
        cpu_engine.train(mine, one, 0.02, "skip-gram")
        engine.train(one, 0.02)
    engine.store()
    np.testing.assert_allclose(mine.inputs, other.inputs, atol=1e-4)


ONLY_READY = """
from core.training import cpu_engine
from core.training.config import Config
from core.training.corpus import read_corpus
from core.training.training import Training

step = {"skip-gram": cpu_engine._skip_gram, "cbow": cpu_engine._cbow}[ARCHITECTURE]
config = Config(architecture=ARCHITECTURE, dimensions=5, epochs=1)
training = Training(read_corpus("the owl eats. the cat sleeps. " * 50, 1), config)
ready = list(step.signatures)
for _ in training.run():
    pass
print(len(ready), ready == step.signatures)
"""


@ARCHITECTURES
def test_nothing_is_compiled_while_it_trains(architecture: Architecture) -> None:
    """Else the first step would be told to be slow. In a process where nothing was trained."""
    program = ONLY_READY.replace("ARCHITECTURE", repr(architecture))
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.stdout.split() == ["1", "True"], done.stderr
