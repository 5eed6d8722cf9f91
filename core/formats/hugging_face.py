"""The folder of a language model (Hugging Face): its tokens and their embedding matrix."""

import json
from pathlib import Path
from typing import Final

from core.errors import FormatError
from core.formats.safetensors_file import Tensor, chosen_tensor, loaded_tensor, tensors_in
from core.formats.vector_file import Choices, Loaded, VectorFile

NAME: Final = "a language model's folder (Hugging Face)"
WEIGHTS: Final = "model.safetensors"
INDEX: Final = "model.safetensors.index.json"  # of weights in several files
PICKLES: Final = ("*.bin", "*.pt", "*.pth", "*.ckpt")
MAX_FILES: Final = 1_000


def sniff(file: VectorFile) -> bool:
    """Return whether the file is a folder with weights, or with the settings of a model."""
    folder = file.path
    try:
        return folder.is_dir() and ((folder / "config.json").is_file() or bool(_weights(folder)))
    except OSError:  # it must not be looked into
        return False


def read(file: VectorFile, choices: Choices) -> Loaded:
    """Return a model's tokens and their input embeddings; the model itself is not run.

    Raises:
        FormatError: there are no weights as safetensors, or the tokens do not fit.
    """
    folder = file.path
    try:
        paths = _weights(folder)
        pickles = sorted(path.name for form in PICKLES for path in folder.glob(form))
    except OSError as error:
        raise FormatError(file.name, f"the folder cannot be read: {error}.") from error
    if not paths:
        instead = (
            f"its weights are in {pickles[0]}, a pickle, which can contain programs and is "
            "therefore never opened here. If you trust it, load the model in Python and save it "
            "with `model.save_pretrained(folder)`, which writes safetensors."
            if pickles
            else f"it has no {WEIGHTS}. Choose the folder of a whole model."
        )
        raise FormatError(file.name, instead)
    holders: dict[Tensor, Path] = {}
    for path in paths:
        holders |= dict.fromkeys(tensors_in(path, f"{file.name}/{path.name}"), path)
    tensor = chosen_tensor(file.name, list(holders), choices.member)
    return loaded_tensor(VectorFile(holders[tensor], file.name, folder), choices, tensor, NAME)


def _weights(folder: Path) -> list[Path]:
    """Return the files of weights: one, those that an index names, or all that there are."""
    if (folder / WEIGHTS).is_file():
        return [folder / WEIGHTS]
    try:
        named = set(json.loads((folder / INDEX).read_bytes())["weight_map"].values())
    except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return sorted(folder.glob("*.safetensors"))[:MAX_FILES]
    # Names of files in this folder, never paths that lead out of it.
    inside = [path for path in sorted(folder.glob("*.safetensors")) if path.name in named]
    return inside[:MAX_FILES]
