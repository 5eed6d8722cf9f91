"""What a decoder would say if it stopped at a layer.

The logit lens (nostalgebraist 2020, interpreting GPT: the logit lens): the last normalisation and
W_U, which are made for the last layer's vectors, are applied to those of the layers before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.language.models import LanguageModel
from core.language.tokenizer import Token

MOST_TOKENS = 24  # columns that can be read side by side


@dataclass(frozen=True, eq=False)
class LogitLens:
    """The likeliest next tokens by layer and position.

    Args:
        tokens: the T tokens that were read.
        layers: R layers, rising; 0 is what enters the first one.
        ids: (R, T, K) int64, the likeliest next tokens, the likeliest first.
        probabilities: (R, T, K) float32, theirs.
        fallen: how many tokens at the beginning of the text were left out.
    """

    tokens: tuple[Token, ...]
    layers: tuple[int, ...]
    ids: NDArray[np.int64]
    probabilities: NDArray[np.float32]
    fallen: int

    def __post_init__(self) -> None:
        self.ids.setflags(write=False)
        self.probabilities.setflags(write=False)


def every_other_layer(model: LanguageModel, step: int = 2) -> tuple[int, ...]:
    """Return each `step`-th layer counted back from the last, 0 included."""
    return (0, *sorted(range(model.layers, 0, -step)))


def logit_lens(
    model: LanguageModel, text: str, layers: Sequence[int] | None = None, count: int = 3
) -> LogitLens:
    """Return what each layer would say after each token.

    Args:
        model: a decoder.
        text: its last `MOST_TOKENS` tokens are read.
        layers: which, 0 to L; all, when None.
        count: how many of the likeliest tokens are kept, K.

    Raises:
        InputError: the text is empty, or there is no such layer.
        ModelError: the model is an encoder.
    """
    import torch

    chosen = tuple(sorted(set(range(model.layers + 1) if layers is None else layers)))
    if not chosen or chosen[0] < 0 or chosen[-1] > model.layers:
        raise InputError(f"Layers {list(chosen)} came; there are 0 to {model.layers}.")
    whole = model.tokenizer.tokens(text)
    kept = whole[-MOST_TOKENS:]
    if not kept:
        raise InputError("There is no text to go on from. Type a few words.")
    model.unembedding  # noqa: B018  raises for an encoder
    network = model.network.get_decoder()
    best, numbers = [], []
    with model.turn(), torch.inference_mode():
        ids = torch.tensor([[token.id for token in kept]], device=model.device)
        states = network(input_ids=ids, output_hidden_states=True).hidden_states
        for layer in chosen:
            # The library hands out the last layer's vectors normalised already.
            state = states[layer] if layer == model.layers else network.norm(states[layer])
            logits = model.network.get_output_embeddings()(state[0]).float()
            top = logits.topk(min(count, logits.shape[-1]))
            best.append(top.indices.cpu().numpy())
            shares = (top.values - logits.logsumexp(dim=-1, keepdim=True)).exp()
            numbers.append(shares.cpu().numpy())
    return LogitLens(kept, chosen, np.stack(best), np.stack(numbers), len(whole) - len(kept))
