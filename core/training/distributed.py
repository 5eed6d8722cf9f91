"""One model trained by several processes, on one machine or on several.

Each process trains its share of the blocks. After every few blocks the parameters are averaged, row
by row over the processes that changed the row (after McDonald, Hall and Mann 2010, who average all
parameters): most words are rare, and what one process learned of them should not be halved by
another that did not see them.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch
import torch.distributed as dist

from core.device import device
from core.training.parameters import Matrix, Parameters
from core.training.training import Training, TrainingProgress

MIN_AVERAGES = 20  # an epoch
MAX_BLOCKS = 50  # that each process trains between two averages


@contextmanager
def process_group() -> Iterator[None]:
    """Join the processes that `torchrun` started, for the length of a block."""
    dist.init_process_group("nccl" if device().type == "cuda" else "gloo")
    try:
        yield
    finally:
        dist.destroy_process_group()


def is_first() -> bool:
    """Return whether this is the process that reports and writes."""
    return dist.get_rank() == 0


def train_together(training: Training) -> Iterator[TrainingProgress]:
    """Train with all processes of the group, and yield the progress after each average.

    Every process needs the same text and config.

    Args:
        training: the run of this process; after each step, all have the same parameters.

    Raises:
        DivergedError: the parameters are not finite; in all processes at once. They are restored
            as `Training.run` does.
    """
    rank, processes = dist.get_rank(), dist.get_world_size()
    each = max(1, min(MAX_BLOCKS, training.blocks // (MIN_AVERAGES * processes)))
    while training.done < training.all_blocks:
        end = min(training.done + each * processes, training.all_blocks)
        before = training.parameters.copy()
        training.train(range(training.done + rank, end, processes))
        training.done = end
        average(training.parameters, before)
        training.check()
        yield training.progress()


def average(parameters: Parameters, before: Parameters) -> None:
    """Give all processes the same parameters: those before, plus the mean of the changes.

    Args:
        parameters: of this process, changed in place.
        before: what all processes had before they trained.
    """
    with np.errstate(all="ignore"):  # `Training.check` finds what is not finite
        _average(parameters.inputs, before.inputs)
        _average(parameters.outputs, before.outputs)


def _average(matrix: Matrix, before: Matrix) -> None:
    matrix -= before
    changed = np.any(matrix, axis=1, keepdims=True).astype(np.float32)
    _sum(matrix)
    _sum(changed)
    matrix /= np.maximum(changed, 1)
    matrix += before


def _sum(numbers: Matrix) -> None:
    """Add up the arrays of all processes, in place."""
    target = device() if dist.get_backend() == "nccl" else torch.device("cpu")
    shared = torch.from_numpy(numbers).to(target)
    dist.all_reduce(shared)
    numbers[...] = shared.cpu().numpy()
