"""The device that torch computes on, chosen once per process."""

import os
from functools import cache
from typing import TYPE_CHECKING

from core.errors import InputError

if TYPE_CHECKING:  # importing torch takes seconds
    import torch

DEVICE_VARIABLE = "EMBEDDING_PLAYGROUND_DEVICE"
NAMES = ("cuda", "mps", "cpu")


@cache
def device() -> "torch.device":
    """Return CUDA where there is one, else the CPU, or what EMBEDDING_PLAYGROUND_DEVICE names.

    Apple's GPU (`mps`) is used only if the variable names it: it has not been tested.

    Raises:
        InputError: the variable names no device, or one that this computer does not have.
    """
    import torch

    present = {
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
        "cpu": True,
    }
    usable = [name for name in NAMES if present[name]]
    chosen = os.environ.get(DEVICE_VARIABLE) or ("cuda" if present["cuda"] else "cpu")
    if chosen not in usable:
        reason = "is not on this computer" if chosen in NAMES else "is not a device"
        raise InputError(
            f"{DEVICE_VARIABLE} is '{chosen}', which {reason}. Use {' or '.join(usable)}, "
            "or leave it unset."
        )
    return torch.device(chosen)
