"""The loss and its gradient against torch's."""

import numpy as np
import pytest
import torch

from core.training.config import Architecture, Config
from core.training.corpus import read_corpus
from core.training.loss import SampleLoss
from core.training.parameters import Parameters
from core.training.windows import WindowMaker


@pytest.mark.parametrize("architecture", ["skip-gram", "cbow"])
def test_they_are_those_of_torch(architecture: Architecture) -> None:
    corpus = read_corpus("The king rules the land. A queen rules. The lion sleeps.", min_count=1)
    config = Config(architecture=architecture, dimensions=4, window=2, subsampling=0)
    sample = SampleLoss(corpus, config, WindowMaker(corpus.vocabulary, config))
    windows = sample.windows
    rng = np.random.default_rng(0)
    shape = (len(corpus.vocabulary), 16)
    parameters = Parameters(*(rng.normal(size=shape).astype(np.float32) for _ in range(2)), 4)
    found = sample.gradient(parameters)
    inputs, outputs = (
        torch.tensor(table, dtype=torch.float64, requires_grad=True)
        for table in (parameters.inputs, parameters.outputs)
    )
    loss = torch.tensor(0.0, dtype=torch.float64)
    starts = np.concatenate(([0], windows.ends[:-1]))
    for place, centre in enumerate(windows.centres.tolist()):
        near = inputs[windows.contexts[starts[place] : windows.ends[place]].tolist()]
        for hidden in near if architecture == "skip-gram" else [near.mean(0)]:
            loss = loss - torch.nn.functional.logsigmoid(hidden @ outputs[centre])
            for noise in windows.negatives[place].tolist():
                if noise != centre:
                    told = torch.nn.functional.logsigmoid(-hidden @ outputs[noise])
                    loss = loss - windows.weight * told
    loss.backward()
    assert inputs.grad is not None
    assert outputs.grad is not None
    pairs = len(windows) if architecture == "cbow" else len(windows.contexts)
    assert sample.value(parameters) == pytest.approx(loss.item() / pairs, rel=1e-5)
    assert found.inputs == pytest.approx(float(inputs.grad.norm()), rel=1e-5)
    assert found.outputs == pytest.approx(float(outputs.grad.norm()), rel=1e-5)
