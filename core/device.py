"""The device that torch computes on, decided once."""

import os
from functools import cache
from typing import TYPE_CHECKING

from core.errors import InputError

if TYPE_CHECKING:  # importing torch takes seconds; only who asks for the device pays
    import torch

DEVICE_VARIABLE = "EMBEDDING_PLAYGROUND_DEVICE"
CHOICES = ("cuda", "mps", "cpu")


@cache
def device() -> "torch.device":
    """Return the fastest device there is, or the one EMBEDDING_PLAYGROUND_DEVICE names.

    Raises:
        InputError: the variable names no device, or one that this computer does not have.
    """
    import torch

    there = {
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
        "cpu": True,
    }
    usable = [name for name in CHOICES if there[name]]
    chosen = os.environ.get(DEVICE_VARIABLE) or usable[0]
    if chosen not in usable:
        reason = "is not on this computer" if chosen in CHOICES else "is no device"
        raise InputError(
            f"{DEVICE_VARIABLE} is '{chosen}', which {reason}. Use {' or '.join(usable)}, "
            "or leave it unset."
        )
    return torch.device(chosen)
