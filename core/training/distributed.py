"""One model trained by several processes, on one machine or on several.

Each process trains its share of the blocks, and after every few the tables are averaged, row by row
over the processes that changed the row (after McDonald, Hall and Mann 2010, who average all
parameters): most words are rare, and what one process learned of them is not to be halved by
another that did not see them.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch
import torch.distributed as dist

from core.device import device
from core.training.parameters import Table, Tables
from core.training.training import Progress, Training

AVERAGED = 20  # times an epoch, at least
MOST_BLOCKS = 50  # blocks that each process trains between two averages, at most


@contextmanager
def group() -> Iterator[None]:
    """Join the processes that `torchrun` started, for a block of code."""
    dist.init_process_group("nccl" if device().type == "cuda" else "gloo")
    try:
        yield
    finally:
        dist.destroy_process_group()


def is_first() -> bool:
    """Return whether this is the process that reports and writes."""
    return dist.get_rank() == 0


def run_together(training: Training) -> Iterator[Progress]:
    """Train with all processes of the group, and yield how far they are after each average.

    Every process has to have the same text and config.

    Args:
        training: this process's run; its tables are those of all after each step.
    """
    rank, processes = dist.get_rank(), dist.get_world_size()
    each = max(1, min(MOST_BLOCKS, training.blocks // (AVERAGED * processes)))
    while training.done < training.all_blocks:
        end = min(training.done + each * processes, training.all_blocks)
        before = training.tables.copy()
        training.train(range(training.done + rank, end, processes))
        training.done = end
        average(training.tables, before)
        yield training.progress()


def average(tables: Tables, before: Tables) -> None:
    """Give all processes the same tables: what they were, and the mean of what changed.

    Args:
        tables: of this process; are changed.
        before: what all processes had before they trained.
    """
    _average(tables.inputs, before.inputs)
    _average(tables.outputs, before.outputs)


def _average(table: Table, before: Table) -> None:
    table -= before
    changed = np.any(table, axis=1, keepdims=True).astype(np.float32)
    _sum(table)
    _sum(changed)
    table /= np.maximum(changed, 1)
    table += before


def _sum(numbers: Table) -> None:
    """Add up arrays of all processes, in place."""
    where = device() if dist.get_backend() == "nccl" else torch.device("cpu")
    shared = torch.from_numpy(numbers).to(where)
    dist.all_reduce(shared)
    numbers[...] = shared.cpu().numpy()
