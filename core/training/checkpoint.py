"""A run on the disk, so that it can be taken up again."""

import json
from dataclasses import dataclass
from pathlib import Path

from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from core.errors import InputError
from core.formats.whole_file import written_whole
from core.training.parameters import Tables

FORMAT = "embedding-playground-training-1"


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """All that a run needs to go on.

    Args:
        tables: as they are.
        blocks: how many were trained.
        seconds: that training took.
        config: of the run, as JSON.
        text: a digest of the text.
    """

    tables: Tables
    blocks: int
    seconds: float
    config: str
    text: str


def write_checkpoint(path: Path, checkpoint: Checkpoint) -> None:
    """Write a run; on a full disk the file that was there stays.

    Raises:
        InputError: it could not be written.
    """
    metadata = {
        "format": FORMAT,
        "blocks": str(checkpoint.blocks),
        "seconds": repr(checkpoint.seconds),
        "dimensions": str(checkpoint.tables.dimensions),
        "config": checkpoint.config,
        "text": checkpoint.text,
    }
    tensors = {"inputs": checkpoint.tables.inputs, "outputs": checkpoint.tables.outputs}
    with written_whole(path) as part:
        save_file(tensors, part, metadata)


def read_checkpoint(path: Path) -> Checkpoint:
    """Return the run in a file.

    Raises:
        InputError: there is no such file, or it holds no run.
    """
    try:
        with safe_open(path, framework="numpy") as file:
            told = file.metadata() or {}
            if told.get("format") != FORMAT:
                raise InputError(f"{path} holds no training run.")
            tables = Tables(
                file.get_tensor("inputs"), file.get_tensor("outputs"), int(told["dimensions"])
            )
        return Checkpoint(
            tables, int(told["blocks"]), float(told["seconds"]), told["config"], told["text"]
        )
    except (OSError, SafetensorError, KeyError, ValueError, json.JSONDecodeError) as error:
        raise InputError(f"{path} cannot be read as a training run: {error}.") from error
