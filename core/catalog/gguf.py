"""Convert a language model in a GGUF file to safetensors, which load in a second.

GGUF quantizes weights to a few bits each; `transformers` needs about ten seconds to undo that.
This is done once: the float32 weights are stored as safetensors and mapped into memory when loaded.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from core.errors import FetchError


def convert_gguf(file: Path, title: str) -> None:
    """Replace a GGUF file by config.json, tokenizer.json and model.safetensors (float32) beside it.

    Raises:
        FetchError: the file does not hold a model that can be read.
        OSError: the folder cannot be written.
    """
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer
    from transformers.utils import logging

    logging.disable_progress_bar()
    logging.set_verbosity_error()
    folder = file.parent
    try:
        with _work_done_once():
            packed = AutoModelForCausalLM.from_pretrained(
                folder, gguf_file=file.name, dtype="float32", local_files_only=True
            )
            tokenizer = AutoTokenizer.from_pretrained(
                folder, gguf_file=file.name, local_files_only=True
            )
    except (ValueError, KeyError, RuntimeError) as error:
        raise FetchError(f"{title} does not hold what was expected: {error}") from error
    # transformers marks a model from a GGUF file as quantized and does not save it. Its weights
    # are therefore given to an unmarked model of the same configuration.
    config = packed.config
    del config.quantization_config
    with torch.device("meta"):
        plain = AutoModelForCausalLM.from_config(config)
    plain.load_state_dict(packed.state_dict(), assign=True)
    plain.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    file.unlink()


@contextmanager
def _work_done_once() -> Iterator[None]:
    """Let `transformers` do in the block once what it does again and again.

    It reads the file for the configuration, for the weights and for the tokenizer, and makes the
    table of the tensors' names for each of the network's modules. Both takes seconds.
    """
    import gguf

    library: Any = gguf
    names = ("GGUFReader", "get_tensor_name_map")
    slow = {name: getattr(library, name) for name in names}
    for name, function in slow.items():
        setattr(library, name, lru_cache(maxsize=1)(function))
    try:
        yield
    finally:
        for name, function in slow.items():
            setattr(library, name, function)
