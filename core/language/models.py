"""Language models on this computer: encoders, which read, and decoders, which go on writing."""

import gc
import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import psutil

from core.catalog import folder_of, get, is_present
from core.device import device
from core.embeddings import Embeddings
from core.errors import ModelError
from core.fair_lock import FairLock
from core.language.tokenizer import SPACE, TextTokenizer

if TYPE_CHECKING:  # transformers takes seconds to import; only who loads a model pays
    import torch

Kind = Literal["encoder", "decoder"]
ENCODER: Final = "all-minilm-l6-v2"
DECODER: Final = "smollm2-135m-instruct"
ROOM: Final = 1.5  # times the size of the weights: what a model takes with a pass running

_pass_lock = FairLock()  # of all models: they share the processors


@dataclass(frozen=True, eq=False)
class LanguageModel:
    """A network with its tokenizer, ready to run.

    Args:
        name: for addresses and caches.
        title: what people call it.
        kind: an encoder sees the whole text at once, a decoder only what came before.
        tokenizer: cuts text into the network's tokens.
        network: the `transformers` model, in evaluation mode, float32.
        device: where it runs.
    """

    name: str
    title: str
    kind: Kind
    tokenizer: TextTokenizer
    network: Any
    device: "torch.device"
    _pass_lock: FairLock = field(default=_pass_lock, repr=False)

    @property
    def layers(self) -> int:
        """How many layers change the vectors after the embedding."""
        return int(self.network.config.num_hidden_layers)

    @property
    def heads(self) -> int:
        """How many attention heads a layer has."""
        return int(self.network.config.num_attention_heads)

    @property
    def dimensions(self) -> int:
        """How many coordinates a vector has."""
        return int(self.network.config.hidden_size)

    @property
    def window(self) -> int:
        """How many tokens fit into the context at most."""
        return int(self.network.config.max_position_embeddings)

    @property
    def embedding(self) -> "torch.Tensor":
        """W_E, a row a token: (V, D) float32."""
        weight: torch.Tensor = self.network.get_input_embeddings().weight
        return weight.detach()

    @property
    def unembedding(self) -> "torch.Tensor":
        """W_U, a row a token: (V, D) float32.

        Raises:
            ModelError: the model is an encoder, which has none.
        """
        head = self.network.get_output_embeddings() if self.kind == "decoder" else None
        if head is None:
            raise ModelError(f"{self.title} does not write: it has no unembedding matrix.")
        weight: torch.Tensor = head.weight
        return weight.detach()

    def turn(self) -> AbstractContextManager[None]:
        """Return a block in which this computer runs nobody else's pass; those wait in order."""
        return self._pass_lock


def load(name: str) -> LanguageModel:
    """Return a language model of the catalogue.

    Raises:
        UnknownModelError: there is no such model.
        ModelError: it is no language model, or is not on this computer yet.
    """
    model = get(name)
    if model.kind == "word vectors":
        raise ModelError(f"{model.title} is a list of word vectors, no language model.")
    if not is_present(name):
        raise ModelError(
            f"{model.title} is not on this computer yet. Start the playground once with "
            f'`python run.py`, or fetch it: `core.catalog.fetch("{name}")`.'
        )
    return load_folder(folder_of(name), name, model.title)


def load_folder(folder: Path, name: str = "", title: str = "") -> LanguageModel:
    """Return the language model in a folder that `transformers` can read.

    Args:
        folder: with config.json, tokenizer.json and weights as safetensors. Code in it is not run.
        name: for addresses; the folder's name if it is empty.
        title: for people; likewise.

    Raises:
        ModelError: the folder is no such model, or the model does not fit into memory.
    """
    kind = kind_of(folder)
    _check_room(folder)
    tokenizer = TextTokenizer(folder / "tokenizer.json")
    with _without_collections():
        network = _read_network(folder, kind)
    return LanguageModel(
        name or folder.name, title or folder.name, kind, tokenizer, network, device()
    )


def _read_network(folder: Path, kind: Kind) -> Any:  # noqa: ANN401  transformers has no types
    """Return the network in a folder, on its device and ready to run; raises as `load_folder`."""
    from transformers import AutoModel, AutoModelForCausalLM
    from transformers.utils import logging

    logging.disable_progress_bar()
    reader = AutoModelForCausalLM if kind == "decoder" else AutoModel
    try:
        network = reader.from_pretrained(
            folder,
            local_files_only=True,
            trust_remote_code=False,
            use_safetensors=True,
            dtype="float32",
            attn_implementation="sdpa",
        )
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise ModelError(
            f"{folder} cannot be read as a language model: {str(error).splitlines()[0]}"
        ) from error
    chosen = device()
    network = network.eval().to(chosen)
    network.requires_grad_(requires_grad=False)
    if chosen.type == "cpu":
        from core.language.onednn_linear import pack

        pack(network)
    return network


@contextmanager
def _without_collections() -> Iterator[None]:
    """Let nothing look for garbage in the block.

    Importing transformers makes very many objects that stay; looking through them again and again
    takes a fifth of the time until the model is there.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def kind_of(folder: Path) -> Kind:
    """Return what kind of model a folder holds; raises ModelError if it holds none."""
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        built = str(config["architectures"][0])
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise ModelError(
            f"{folder} is no language model: its config.json is missing or cannot be read. "
            "Expected a folder that Hugging Face's `save_pretrained` wrote."
        ) from error
    return "decoder" if built.endswith(("ForCausalLM", "LMHeadModel")) else "encoder"


def token_table(name: str) -> Embeddings:
    """Return the embedding matrix of a catalogue's language model as embeddings of its tokens.

    Only the matrix is read, not the model. Raises as `load` does.
    """
    from safetensors import safe_open

    model, folder = get(name), folder_of(name)
    if not is_present(name):
        raise ModelError(f"{model.title} is not on this computer yet.")
    tokenizer = TextTokenizer(folder / "tokenizer.json")
    with safe_open(folder / "model.safetensors", framework="numpy") as file:
        (key,) = (
            key
            for key in file.keys()  # noqa: SIM118  it is no dictionary
            if key.endswith(("word_embeddings.weight", "embed_tokens.weight"))
        )
        vectors = file.get_tensor(key)
    prefix = SPACE if f"{SPACE}the" in tokenizer.names else ""
    return Embeddings(f"{model.title} tokens", tokenizer.names, vectors, "first", prefix)


def _check_room(folder: Path) -> None:
    """Refuse a model that does not fit, before any of it is read."""
    size = sum(path.stat().st_size for path in folder.glob("*.safetensors"))
    if not size:
        raise ModelError(f"{folder} has no weights: expected *.safetensors.")
    free = psutil.virtual_memory().available
    if size * ROOM > free:
        raise ModelError(
            f"{folder.name} needs about {size * ROOM / 1e9:,.1f} GB of memory, and "
            f"{free / 1e9:,.1f} GB are free. Take a smaller model, or close other programs."
        )
