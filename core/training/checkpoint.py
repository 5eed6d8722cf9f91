"""A run saved on disk, to be resumed."""

import json
from dataclasses import dataclass
from pathlib import Path

from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from core.errors import InputError
from core.files import atomic_write
from core.training.parameters import Parameters

FORMAT = "embedding-playground-training-1"


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """All that is needed to resume a run.

    Args:
        parameters: at this moment.
        blocks: how many were trained.
        seconds: of training so far.
        config: of the run, as JSON.
        text: a digest of the text.
    """

    parameters: Parameters
    blocks: int
    seconds: float
    config: str
    text: str


def write_checkpoint(path: Path, checkpoint: Checkpoint) -> None:
    """Write a checkpoint; on a full disk the previous file stays.

    Raises:
        InputError: it could not be written.
    """
    metadata = {
        "format": FORMAT,
        "blocks": str(checkpoint.blocks),
        "seconds": repr(checkpoint.seconds),
        "dimensions": str(checkpoint.parameters.dimensions),
        "config": checkpoint.config,
        "text": checkpoint.text,
    }
    tensors = {"inputs": checkpoint.parameters.inputs, "outputs": checkpoint.parameters.outputs}
    with atomic_write(path) as part:
        save_file(tensors, part, metadata)


def read_checkpoint(path: Path) -> Checkpoint:
    """Return the checkpoint in a file.

    Raises:
        InputError: there is no such file, or it is not a checkpoint.
    """
    try:
        with safe_open(path, framework="numpy") as file:
            metadata = file.metadata() or {}
            if metadata.get("format") != FORMAT:
                raise InputError(f"{path} is not a saved training run.")
            parameters = Parameters(
                file.get_tensor("inputs"), file.get_tensor("outputs"), int(metadata["dimensions"])
            )
        return Checkpoint(
            parameters,
            int(metadata["blocks"]),
            float(metadata["seconds"]),
            metadata["config"],
            metadata["text"],
        )
    except (OSError, SafetensorError, KeyError, ValueError, json.JSONDecodeError) as error:
        raise InputError(f"{path} cannot be read as a training run: {error}.") from error
