"""A language model in a GGUF file, made into what loads in a second.

GGUF keeps weights in few bits each; `transformers` unpacks them in a quarter of a minute. Done
once, the unpacked weights are kept as safetensors, from which they are mapped into memory.
"""

from pathlib import Path

from core.errors import FetchError


def convert_gguf(file: Path, title: str) -> None:
    """Replace a GGUF file by config.json, tokenizer.json and model.safetensors (float32) beside it.

    Raises:
        FetchError: the file is no model that can be read.
        OSError: the folder cannot be written.
    """
    from transformers import AutoModelForCausalLM, AutoTokenizer
    from transformers.utils import logging

    logging.disable_progress_bar()
    logging.set_verbosity_error()
    folder = file.parent
    try:
        packed = AutoModelForCausalLM.from_pretrained(
            folder, gguf_file=file.name, dtype="float32", local_files_only=True
        )
        tokenizer = AutoTokenizer.from_pretrained(
            folder, gguf_file=file.name, local_files_only=True
        )
    except (ValueError, KeyError, RuntimeError) as error:
        raise FetchError(f"{title} does not hold what was expected: {error}") from error
    # A model from a GGUF file counts as quantised and cannot be saved; one of the same shape can.
    config = packed.config
    del config.quantization_config
    plain = AutoModelForCausalLM.from_config(config)
    plain.load_state_dict(packed.state_dict())
    plain.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    file.unlink()
