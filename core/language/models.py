"""Language models on this computer: encoders, which read, and decoders, which go on writing."""

import gc
import inspect
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import psutil

from core import mapped_files
from core.catalog import folder_of, get, is_present
from core.device import device
from core.embeddings import Embeddings
from core.errors import ModelError, PlaygroundError
from core.fair_lock import FairLock
from core.language.tokenizer import SPACE, TextTokenizer, open_tokenizer

if TYPE_CHECKING:  # transformers takes seconds to import; only who loads a model pays
    import torch

Kind = Literal["encoder", "decoder"]
ENCODER: Final = "all-minilm-l6-v2"
DECODER: Final = "smollm2-135m-instruct"
MEMORY_FACTOR: Final = 1.5  # times the size of the weights: what a model takes with a pass running
DEFAULT_WINDOW: Final = 2_048  # tokens, where an architecture sets no limit

_pass_lock = FairLock()  # of all models: they share the processors
# Neither the import of transformers nor `from_pretrained`, which sets torch's default device and
# dtype, may run in two threads at once; a failed import can leave transformers unusable for good.
_loading_lock = FairLock()


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
    def _config(self) -> Any:  # noqa: ANN401  transformers has no types
        return self.network.config.get_text_config()

    @property
    def layers(self) -> int:
        """How many layers change the vectors after the embedding."""
        return int(self._config.num_hidden_layers)

    @property
    def heads(self) -> int:
        """How many attention heads a layer has."""
        return int(self._config.num_attention_heads)

    @property
    def dimensions(self) -> int:
        """How many coordinates a vector has."""
        return int(self._config.hidden_size)

    @cached_property
    def window(self) -> int:
        """How many tokens fit into the context at most."""
        limit = int(getattr(self._config, "max_position_embeddings", None) or DEFAULT_WINDOW)
        for name, module in self.network.named_modules():
            offset = getattr(module, "padding_idx", None)
            if name.endswith("position_embeddings") and offset is not None:
                # RoBERTa and its kin number positions from after the padding's on.
                limit = min(limit, int(module.num_embeddings) - offset - 1)
        return limit

    @property
    def padding_id(self) -> int:
        """The id of the token that fills up shorter texts."""
        return int(self._config.pad_token_id or 0)

    @cached_property
    def token_names(self) -> tuple[str, ...]:
        """Every token for people, by id; a row that no token has is named by its number."""
        names = self.tokenizer.names
        spare = range(len(names), int(self._config.vocab_size))
        return (*names, *(f"#{number}" for number in spare))

    @property
    def embedding(self) -> "torch.Tensor":
        """W_E, a row a token: (V, D) float32."""
        weight: torch.Tensor = self.network.get_input_embeddings().weight
        return weight.detach()

    @property
    def head(self) -> Any:  # noqa: ANN401
        """The module that turns vectors into logits.

        Raises:
            ModelError: the model is an encoder, which has none.
        """
        head = self.network.get_output_embeddings() if self.kind == "decoder" else None
        if head is None:
            raise ModelError(f"{self.title} does not write: it has no unembedding matrix.")
        return head

    @property
    def unembedding(self) -> "torch.Tensor":
        """W_U, a row a token: (V, D) float32; raises as `head` does."""
        weight: torch.Tensor = self.head.weight
        return weight.detach()

    @property
    def last_layer(self) -> Any:  # noqa: ANN401
        """The last of the layers, whatever its architecture calls them.

        Raises:
            ModelError: the model has no list of layers.
        """
        from torch.nn import ModuleList

        for module in self.network.base_model.modules():
            if isinstance(module, ModuleList) and len(module) == self.layers:
                return module[-1]
        raise ModelError(f"{self.title} has no list of {self.layers} layers. Choose another model.")

    @property
    def last_only(self) -> dict[str, int]:
        """The argument with which the network computes logits after the last token only."""
        taken = inspect.signature(self.network.forward).parameters
        return {"logits_to_keep": 1} if "logits_to_keep" in taken else {}

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run the model in the block: without gradients, and in turn with all other models.

        Raises:
            ModelError: the pass failed, for whatever reason.
        """
        import torch

        try:
            with self._pass_lock, torch.inference_mode():
                yield
        except PlaygroundError:
            raise
        except Exception as error:
            raise ModelError(
                f"{self.title} could not run on this text ({_first_line(error)}). Try a shorter "
                "text, or another model."
            ) from error


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
    with _loading_lock, _without_collections():
        _check_memory(folder)
        tokenizer = open_tokenizer(folder / "tokenizer.json")
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
    chosen = device()
    try:
        network = reader.from_pretrained(
            folder,
            local_files_only=True,
            trust_remote_code=False,
            use_safetensors=True,
            dtype="float32",
        )
        if network.config.is_encoder_decoder:
            raise ModelError(
                f"{folder} holds an encoder and a decoder in one. Choose a model that has only one "
                "of them, such as BERT or GPT-2."
            )
        network = network.eval().to(chosen)
        network.requires_grad_(requires_grad=False)
        if chosen.type == "cpu":
            from core.language.mapped_embedding import release_weights
            from core.language.onednn_linear import pack

            if pack(network):
                release_weights(network, folder)
    except PlaygroundError:
        raise
    except Exception as error:
        raise ModelError(
            f"{folder} cannot be read as a language model ({_first_line(error)}). Expected a "
            "folder that Hugging Face's `save_pretrained` wrote."
        ) from error
    return network


def _first_line(error: Exception) -> str:
    """Return what an error is and says, on one line of at most 200 characters."""
    said = str(error).strip().splitlines()
    return f"{type(error).__name__}: {said[0][:200]}" if said else type(error).__name__


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
    tokenizer = open_tokenizer(folder / "tokenizer.json")
    # As torch reads it, the matrix is a map of the file, not a copy; numpy would get a copy.
    with safe_open(folder / "model.safetensors", framework="pt") as file:
        (key,) = (
            key
            for key in file.keys()  # noqa: SIM118  it is no dictionary
            if key.endswith(("word_embeddings.weight", "embed_tokens.weight"))
        )
        vectors = file.get_tensor(key).numpy()
    prefix = SPACE if f"{SPACE}the" in tokenizer.names else ""
    title = f"{model.title} tokens"
    embeddings = Embeddings(title, tokenizer.names, vectors, "first", prefix, "token")
    mapped_files.register(embeddings, vectors.ctypes.data, vectors.nbytes)
    return embeddings


def _check_memory(folder: Path) -> None:
    """Refuse a model that does not fit, before any of it is read."""
    size = sum(path.stat().st_size for path in folder.glob("*.safetensors"))
    if not size:
        raise ModelError(f"{folder} has no weights: expected *.safetensors.")
    free = psutil.virtual_memory().available
    if size * MEMORY_FACTOR > free:
        raise ModelError(
            f"{folder.name} needs about {size * MEMORY_FACTOR / 1e9:,.1f} GB of memory, and "
            f"{free / 1e9:,.1f} GB are free. Take a smaller model, or close other programs."
        )
