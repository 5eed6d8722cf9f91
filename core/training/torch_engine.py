"""Training steps as matrix products of many windows, on any device that torch supports.

The noise words of a batch are shared by all its neighbours, each with a weight that makes up for
their number. With one window in a batch, this is the step of `cpu_engine`.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from core.training.config import Architecture
from core.training.parameters import Parameters
from core.training.windows import Windows

MAX_WINDOWS = 128  # in a batch
# Words of the vocabulary for each window of a batch, at least: steps of several windows for a word
# are added up, and with few words the sum would be too large.
MIN_WORDS_PER_WINDOW = 8
MAX_SHARED_NOISE = 64  # noise words of a batch


@dataclass(frozen=True, eq=False)
class Batch:
    """Windows on a device.

    Args:
        centres: (B,) int64.
        contexts: (P,) int64.
        window_of: (P,) int64, the window of each neighbour.
        sizes: (B,) float32, the number of neighbours of each window.
        noise: (N,) int64, noise words, shared by all windows.
        weight: of each noise word.
    """

    centres: torch.Tensor
    contexts: torch.Tensor
    window_of: torch.Tensor
    sizes: torch.Tensor
    noise: torch.Tensor
    weight: float


@dataclass(frozen=True, eq=False)
class Gradients:
    """The gradients of the rows that a batch uses; a row can occur more than once.

    Args:
        inputs: (P, D), of the neighbours.
        centres: (B or P, D), of the centres as predicted words.
        centre_ids: their rows.
        noise: (N, D), of the noise words.
    """

    inputs: torch.Tensor
    centres: torch.Tensor
    centre_ids: torch.Tensor
    noise: torch.Tensor


class TorchEngine:
    """Trains parameters on a device.

    Args:
        parameters: the initial ones; `store` writes back into them.
        architecture: whether neighbours predict the centre one by one or by their mean.
        device: of the computation.
    """

    def __init__(
        self, parameters: Parameters, architecture: Architecture, device: torch.device
    ) -> None:
        self._parameters = parameters
        self._architecture = architecture
        self._device = device
        self.load()

    def load(self) -> None:
        """Copy the parameters to the device."""
        self.inputs = torch.from_numpy(self._parameters.inputs).to(self._device, copy=True)
        self.outputs = torch.from_numpy(self._parameters.outputs).to(self._device, copy=True)

    def store(self) -> None:
        """Copy the numbers back into the parameters."""
        self._parameters.inputs[:] = self.inputs.cpu().numpy()
        self._parameters.outputs[:] = self.outputs.cpu().numpy()

    def train(self, windows: Windows, rate: float) -> None:
        """Train with windows, a batch at a time."""
        size = max(1, min(MAX_WINDOWS, len(self.inputs) // MIN_WORDS_PER_WINDOW))
        with _one_thread() if self._device.type == "cpu" else nullcontext():
            for start in range(0, len(windows), size):
                self._step(batch_of(windows.part(start, start + size), self._device), rate)

    def _step(self, batch: Batch, rate: float) -> None:
        made = gradients(self.inputs, self.outputs, batch, self._architecture)
        self.inputs.index_add_(0, batch.contexts, made.inputs, alpha=-rate)
        self.outputs.index_add_(0, made.centre_ids, made.centres, alpha=-rate)
        self.outputs.index_add_(0, batch.noise, made.noise, alpha=-rate)


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let torch use one thread: for matrices as small as these, more are slower."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def batch_of(windows: Windows, device: torch.device) -> Batch:
    """Return windows as a batch on a device."""
    sizes = windows.sizes
    noise = windows.negatives.ravel()[: max(MAX_SHARED_NOISE, windows.negatives.shape[1])]
    window_of = np.repeat(np.arange(len(windows)), sizes)

    def ids(numbers: NDArray[np.integer]) -> torch.Tensor:
        return torch.from_numpy(numbers.astype(np.int64)).to(device)

    return Batch(
        centres=ids(windows.centres),
        contexts=ids(windows.contexts),
        window_of=ids(window_of),
        sizes=torch.from_numpy(sizes.astype(np.float32)).to(device),
        noise=ids(noise),
        weight=windows.weight * windows.negatives.shape[1] / max(len(noise), 1),
    )


def gradients(
    inputs: torch.Tensor, outputs: torch.Tensor, batch: Batch, architecture: Architecture
) -> Gradients:
    """Return the gradients of `loss`, worked out by hand (Rong 2014, arXiv:1411.2738).

    With CBOW each neighbour gets the whole gradient of the mean; see `cpu_engine`.
    """
    near = inputs[batch.contexts]
    hidden, window_of = near, batch.window_of
    if architecture == "cbow":
        hidden = _mean(near, batch)
        window_of = torch.arange(len(batch.centres), device=inputs.device)
    centre_ids = batch.centres[window_of]
    predicted, noise = outputs[centre_ids], outputs[batch.noise]
    to_centre = torch.sigmoid((hidden * predicted).sum(1)) - 1
    to_noise = torch.sigmoid(hidden @ noise.T) * _weights(batch, centre_ids)
    of_hidden = to_centre[:, None] * predicted + to_noise @ noise
    if architecture == "cbow":
        of_hidden = of_hidden[batch.window_of]
    return Gradients(of_hidden, to_centre[:, None] * hidden, centre_ids, to_noise.T @ hidden)


def loss(
    inputs: torch.Tensor, outputs: torch.Tensor, batch: Batch, architecture: Architecture
) -> torch.Tensor:
    """Return the negative-sampling loss of a batch, summed over its pairs: a scalar."""
    near = inputs[batch.contexts]
    hidden, window_of = near, batch.window_of
    if architecture == "cbow":
        hidden = _mean(near, batch)
        window_of = torch.arange(len(batch.centres), device=inputs.device)
    centre_ids = batch.centres[window_of]
    softplus = torch.nn.functional.softplus
    to_centre = softplus(-(hidden * outputs[centre_ids]).sum(1))
    to_noise = softplus(hidden @ outputs[batch.noise].T) * _weights(batch, centre_ids)
    return to_centre.sum() + to_noise.sum()


def _mean(near: torch.Tensor, batch: Batch) -> torch.Tensor:
    """Return the mean of each window's neighbours, (B, D)."""
    total = torch.zeros(len(batch.centres), near.shape[1], dtype=near.dtype, device=near.device)
    return total.index_add(0, batch.window_of, near) / batch.sizes[:, None]


def _weights(batch: Batch, centre_ids: torch.Tensor) -> torch.Tensor:
    """Return the weight of each noise word for each pair: zero if it is the centre itself."""
    return batch.weight * (batch.noise[None, :] != centre_ids[:, None])
