"""Language models of one's own: folders on disk, or names on the Hugging Face hub.

Only who starts the app names them, with `python run.py --model`; visitors choose among them.
"""

import os
from pathlib import Path

from core.catalog import data_folder
from core.errors import FetchError, ModelError
from core.language.models import LanguageModel, kind_of, load_folder

VARIABLE = "EMBEDDING_PLAYGROUND_MODELS"  # what was named, parted as in PATH
SUFFIX = ".safetensors"


def custom_models() -> dict[str, Path]:
    """Return the folders of the models that were named and are there, by what they are called."""
    named = [name for name in os.environ.get(VARIABLE, "").split(os.pathsep) if name]
    folders = {name: folder_of(name) for name in named}
    return {folder.name: folder for folder in folders.values() if folder.is_dir()}


def folder_of(name: str) -> Path:
    """Return the folder of a model, or the one that it will have when it came from the hub."""
    folder = Path(name).expanduser().absolute()
    if folder.is_dir():
        return folder
    return data_folder() / "models" / "hub" / name.replace("/", "--")


def fetch_custom(name: str) -> Path:
    """Return the folder of a model, downloaded from the hub unless it is on this computer.

    Only configuration, tokenizer and weights as safetensors are downloaded, no code.

    Raises:
        FetchError: it is neither a folder nor a model that the hub gives.
        ModelError: the folder holds no language model.
    """
    folder = folder_of(name)
    if not folder.is_dir():
        _download(name, folder)
    kind_of(folder)
    if not (folder / "tokenizer.json").is_file() or not any(folder.glob(f"*{SUFFIX}")):
        raise ModelError(
            f"{folder} lacks tokenizer.json or *{SUFFIX}: it cannot be read without running code "
            "that came with it, which the playground never does."
        )
    return folder


def load_custom(name: str) -> LanguageModel:
    """Return one of `custom_models`; raises as `load_folder` does."""
    models = custom_models()
    if name not in models:
        raise ModelError(f"'{name}' was not named when the app was started.")
    return load_folder(models[name])


def _download(name: str, folder: Path) -> None:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    patterns = ["*.json", f"*{SUFFIX}"]
    try:
        snapshot_download(name, allow_patterns=patterns, local_dir=folder)
    except (HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, OSError) as error:
        first = str(error).strip().splitlines()[0]
        raise FetchError(
            f"'{name}' is no folder on this computer, and the Hugging Face hub did not give a "
            f"model of that name: {first}"
        ) from error
