"""The embedding matrix left on the disk: mapped into memory, where only rows in use are held.

`transformers` maps a whole file of weights. Once the linear layers have been packed, nothing but
the embedding matrix and some short vectors is read from that mapping any more. The vectors are
copied and the matrix is mapped anew, so that the memory of all other weights is given back.
"""

from pathlib import Path
from typing import Any

from safetensors import safe_open

from core import mapped_files
from core.errors import ModelError
from core.language.vocabularies import WEIGHTS, token_matrix_in


def release_weights(network: Any, folder: Path) -> None:  # noqa: ANN401  transformers has no types
    """Hold nothing of the file of weights but its embedding matrix.

    Args:
        network: float32, on a processor, its linear layers packed.
        folder: where it was loaded from.
    """
    embedding = network.get_input_embeddings().weight
    mapped = _mapped_embedding(folder, tuple(embedding.shape))
    for parameter in network.parameters():
        keep = parameter is embedding and mapped is not None
        parameter.data = mapped if keep else parameter.data.clone()
    if mapped is not None:
        mapped_files.register(network, mapped.data_ptr(), mapped.nbytes)


def _mapped_embedding(folder: Path, shape: tuple[int, ...]) -> Any:  # noqa: ANN401
    """Return the embedding matrix, not read yet; None where the file has no float32 one."""
    path = folder / WEIGHTS
    try:
        key = token_matrix_in(path).key
    except ModelError:  # in several files, or under another name
        return None
    opened: Any = safe_open  # which comes without types
    with opened(path, framework="pt") as file:
        matrix = file.get_slice(key)
        if tuple(matrix.get_shape()) != shape or matrix.get_dtype() != "F32":
            return None
        return file.get_tensor(key)
