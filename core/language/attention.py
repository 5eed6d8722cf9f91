"""Attention weights: how much each token of a text attends to each other one.

They are the model's own, as its attention layers compute them (Vaswani et al. 2017, Attention Is
All You Need). A temperature sharpens or flattens them afterwards: they are a softmax over scores,
so a softmax over their logarithms divided by T is the softmax over the scores divided by T.
"""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError, ModelError
from core.language.models import LanguageModel
from core.language.tokenizer import Token, first_tokens

MAX_TOKENS = 40  # more rows could not be told apart in a figure


@dataclass(frozen=True, eq=False)
class Attention:
    """The attention weights of every layer and head for a text.

    Args:
        tokens: T of them, special tokens included.
        weights: (L, H, T, T) float32, a row for each token that attends; each row sums to one, and
            is zero where the token must not look.
        truncated: the number of tokens left out at the end of the text.
    """

    tokens: tuple[Token, ...]
    weights: NDArray[np.float32]
    truncated: int

    def __post_init__(self) -> None:
        self.weights.setflags(write=False)

    def of_head(
        self, layer: int, head: int | None = None, temperature: float = 1.0
    ) -> NDArray[np.float64]:
        """Return how each token shares out its attention, (T, T); each row sums to one.

        Args:
            layer: 1 to L.
            head: 1 to H; the mean of all heads, when None.
            temperature: above 0; 1 is the model's own, less is sharper, more is flatter.

        Raises:
            InputError: there is no such layer or head, or the temperature is not above 0.
        """
        layers, heads = self.weights.shape[:2]
        if not 1 <= layer <= layers or not (head is None or 1 <= head <= heads):
            raise InputError(
                f"There is no layer {layer} with head {head}. Layers are 1 to {layers}, heads 1 "
                f"to {heads}."
            )
        if not (math.isfinite(temperature) and temperature > 0):
            raise InputError(f"The temperature is {temperature:g}. It has to be above 0.")
        chosen = self.weights[layer - 1]
        weights = (chosen if head is None else chosen[head - 1 : head]).astype(np.float64)
        with np.errstate(divide="ignore"):
            scores = np.log(weights) / temperature
        scaled = np.exp(scores - scores.max(axis=-1, keepdims=True))
        mean: NDArray[np.float64] = (scaled / scaled.sum(axis=-1, keepdims=True)).mean(axis=0)
        return mean


def attention(model: LanguageModel, text: str) -> Attention:
    """Return the attention weights of every layer and head for a text.

    Args:
        model: an encoder or a decoder.
        text: its first `MAX_TOKENS` tokens are read.

    Raises:
        InputError: the text is empty.
        ModelError: the model has no attention weights, or cannot run.
    """
    import torch

    whole = model.tokenizer.tokens(text, special=model.kind == "encoder")
    if all(token.special for token in whole):
        raise InputError("There is no text to look at. Type a sentence.")
    kept = first_tokens(whole, min(MAX_TOKENS, model.window))
    with model.running(), _eager(model.network):
        ids = torch.tensor([[token.id for token in kept]], device=model.device)
        layers = model.network.base_model(input_ids=ids, output_attentions=True).attentions
        if not layers or any(weights is None for weights in layers):
            raise ModelError(
                f"{model.title} gives no attention weights: its layers mix tokens in another way. "
                "Choose another model."
            )
        weights = torch.cat(layers).float().cpu().numpy()
    return Attention(kept, weights, len(whole) - len(kept))


@contextmanager
def _eager(network: Any) -> Iterator[None]:  # noqa: ANN401  transformers has no types
    """Let a network compute attention step by step, which is the way that yields the weights.

    What it does otherwise has a private name in transformers. Without that name, it stays at this.
    """
    usual = getattr(network.config, "_attn_implementation", "eager")
    network.set_attn_implementation("eager")
    try:
        yield
    finally:
        network.set_attn_implementation(usual)
