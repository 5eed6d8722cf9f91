"""How the loss changes with the vectors: why tables of zeros learn nothing."""

from dataclasses import dataclass

import numpy as np

from core.training.config import Architecture
from core.training.tables import Tables
from core.training.windows import Windows


@dataclass(frozen=True)
class Gradient:
    """The gradient of the loss of some windows.

    Args:
        factor: the mean of |label - sigmoid(v·u)| over all pairs of vectors.
        inputs: length of the gradient of all input vectors together.
        outputs: length of that of all output vectors.
    """

    factor: float
    inputs: float
    outputs: float


def gradient_of(tables: Tables, windows: Windows, architecture: Architecture) -> Gradient:
    """Return the gradient of the negative-sampling loss, summed over windows.

    For a pair of an input vector v and an output vector u it is (sigmoid(v·u) - label)·u for v and
    (sigmoid(v·u) - label)·v for u (Mikolov et al. 2013, equation 4): a factor times the vector of
    the other table. With both tables zero, both are zero, whatever the factor.

    Args:
        tables: V words.
        windows: B windows; with skip-gram each neighbour is a v, with CBOW the neighbours' mean.
        architecture: which of the two.
    """
    if not len(windows):
        return Gradient(0.0, 0.0, 0.0)
    sizes = windows.sizes
    window_of = np.repeat(np.arange(len(windows)), sizes)
    near = tables.inputs[windows.contexts].astype(np.float64)
    hidden, row_of = near, window_of
    if architecture == "cbow":
        hidden = np.zeros((len(windows), near.shape[1]))
        np.add.at(hidden, window_of, near)
        hidden /= np.maximum(sizes, 1)[:, None]
        row_of = np.arange(len(windows))
    targets = np.column_stack((windows.centres, windows.negatives))[row_of]
    scores = np.einsum("pd,ptd->pt", hidden, tables.outputs[targets].astype(np.float64))
    factors = 1 / (1 + np.exp(-np.clip(scores, -500, 500)))
    factors[:, 0] -= 1
    factors[:, 1:] *= targets[:, 1:] != targets[:, :1]  # the centre drawn as noise
    mean = float(np.abs(factors[factors != 0]).mean()) if factors.any() else 0.0
    factors[:, 1:] *= windows.weight
    of_hidden = np.einsum("pt,ptd->pd", factors, tables.outputs[targets].astype(np.float64))
    if architecture == "cbow":
        of_hidden = (of_hidden / np.maximum(sizes, 1)[:, None])[window_of]
    of_inputs = np.zeros(tables.inputs.shape)
    np.add.at(of_inputs, windows.contexts, of_hidden)
    of_outputs = np.zeros(tables.outputs.shape)
    np.add.at(of_outputs, targets, factors[:, :, None] * hidden[:, None, :])
    return Gradient(mean, float(np.linalg.norm(of_inputs)), float(np.linalg.norm(of_outputs)))
