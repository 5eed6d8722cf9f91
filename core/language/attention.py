"""Who looks at whom: attention weights made again from a network's queries and keys.

Each token asks with its query, every token it can see answers with its key; a softmax over the
answers shares out the token's attention (Vaswani et al. 2017, Attention Is All You Need).
"""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.language.models import LanguageModel
from core.language.tokenizer import Token

if TYPE_CHECKING:
    import torch

MOST_TOKENS = 40  # more could not be told apart in a picture


@dataclass(frozen=True, eq=False)
class Attention:
    """What each token of a text answers to each one's query.

    Args:
        tokens: T of them, the model's own ones included.
        scores: (L, H, T, T) float32, query times key over the root of their length, a row for the
            token that looks; minus infinity where it must not look.
        fallen: how many tokens at the end of the text were left out.
    """

    tokens: tuple[Token, ...]
    scores: NDArray[np.float32]
    fallen: int

    def __post_init__(self) -> None:
        self.scores.setflags(write=False)

    def weights(
        self, layer: int, head: int | None = None, temperature: float = 1.0
    ) -> NDArray[np.float64]:
        """Return how each token shares out its attention, (T, T); each row sums to one.

        Args:
            layer: 1 to L.
            head: 1 to H; the mean of all heads, when None.
            temperature: above 0; 1 is the model's own, less is sharper, more is flatter.

        Raises:
            InputError: there is no such layer or head, or the temperature means nothing.
        """
        layers, heads = self.scores.shape[:2]
        if not 1 <= layer <= layers or not (head is None or 1 <= head <= heads):
            raise InputError(
                f"Layer {layer}, head {head} came; there are layers 1 to {layers} and heads 1 to "
                f"{heads}."
            )
        if not (math.isfinite(temperature) and temperature > 0):
            raise InputError(f"The temperature came as {temperature:g}. It has to be above 0.")
        chosen = self.scores[layer - 1]
        scores = (chosen if head is None else chosen[head - 1 : head]).astype(np.float64)
        raised = np.exp((scores - scores.max(axis=-1, keepdims=True)) / temperature)
        weights: NDArray[np.float64] = (raised / raised.sum(axis=-1, keepdims=True)).mean(axis=0)
        return weights


def attention(model: LanguageModel, text: str) -> Attention:
    """Return the attention scores of every layer and head for a text.

    Args:
        model: an encoder built like BERT, or a decoder built like Llama.
        text: its first `MOST_TOKENS` tokens are read.

    Raises:
        InputError: the text is empty.
    """
    import torch

    whole = model.tokenizer.tokens(text, special=model.kind == "encoder")
    if all(token.special for token in whole):
        raise InputError("There is no text to look at. Type a sentence.")
    kept = whole
    if len(whole) > MOST_TOKENS:
        end = whole[-1:] if whole[-1].special else ()
        kept = (*whole[: MOST_TOKENS - len(end)], *end)
    with model.turn(), torch.inference_mode():
        ids = torch.tensor([[token.id for token in kept]], device=model.device)
        network = model.network.get_decoder() if model.kind == "decoder" else model.network
        states = network(input_ids=ids, output_hidden_states=True).hidden_states
        scores = _llama(network, states) if model.kind == "decoder" else _bert(network, states)
        numbers = torch.stack(scores).float().cpu().numpy()
    return Attention(kept, numbers, len(whole) - len(kept))


def _bert(network: Any, states: "tuple[torch.Tensor, ...]") -> "list[torch.Tensor]":  # noqa: ANN401
    """Return each layer's scores, (H, T, T)."""
    scores = []
    for layer, state in zip(network.encoder.layer, states, strict=False):
        own = layer.attention.self
        queries = _by_head(own.query(state), own.attention_head_size)
        keys = _by_head(own.key(state), own.attention_head_size)
        scores.append(queries @ keys.mT / math.sqrt(own.attention_head_size))
    return scores


def _llama(network: Any, states: "tuple[torch.Tensor, ...]") -> "list[torch.Tensor]":  # noqa: ANN401
    """Return each layer's scores, (H, T, T): positions turn queries and keys; nobody looks ahead.

    Several heads share one set of keys (Ainslie et al. 2023, GQA).
    """
    import torch
    from transformers.models.llama.modeling_llama import apply_rotary_pos_emb

    count = states[0].shape[1]
    places = torch.arange(count, device=states[0].device)[None]
    cosines, sines = network.rotary_emb(states[0], places)
    ahead = torch.ones(count, count, dtype=torch.bool, device=states[0].device).triu(1)
    scores = []
    for layer, state in zip(network.layers, states, strict=False):
        own, normed = layer.self_attn, layer.input_layernorm(state)
        queries = _by_head(own.q_proj(normed), own.head_dim)[None]
        keys = _by_head(own.k_proj(normed), own.head_dim)[None]
        queries, keys = apply_rotary_pos_emb(queries, keys, cosines, sines)
        shared = keys[0].repeat_interleave(own.num_key_value_groups, dim=0)
        scores.append((queries[0] @ shared.mT * own.scaling).masked_fill(ahead, -math.inf))
    return scores


def _by_head(projected: "torch.Tensor", size: int) -> "torch.Tensor":
    """Return (1, T, H * size) as (H, T, size)."""
    return projected[0].view(projected.shape[1], -1, size).transpose(0, 1)
