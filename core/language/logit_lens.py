"""What a decoder would predict if it stopped at a layer.

The logit lens (nostalgebraist 2020, interpreting GPT: the logit lens): what the model applies after
its last layer, which is a normalisation and W_U, is applied to the vectors of earlier layers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.language.models import LanguageModel
from core.language.tokenizer import Token

if TYPE_CHECKING:
    import torch

MAX_TOKENS = 24  # columns that can be read side by side
MAX_LOGITS = 16_000_000  # computed in one pass: 64 MB


@dataclass(frozen=True, eq=False)
class LogitLens:
    """The likeliest next tokens by layer and position.

    Args:
        tokens: the T tokens that were read.
        layers: R layers, rising; 0 is what enters the first one.
        ids: (R, T, K) int64, the likeliest next tokens, the likeliest first.
        probabilities: (R, T, K) float32, theirs.
        truncated: the number of tokens left out at the beginning of the text.
    """

    tokens: tuple[Token, ...]
    layers: tuple[int, ...]
    ids: NDArray[np.int64]
    probabilities: NDArray[np.float32]
    truncated: int

    def __post_init__(self) -> None:
        self.ids.setflags(write=False)
        self.probabilities.setflags(write=False)


def every_other_layer(model: LanguageModel, step: int = 2) -> tuple[int, ...]:
    """Return each `step`-th layer counted back from the last, 0 included."""
    return (0, *sorted(range(model.layers, 0, -step)))


def logit_lens(
    model: LanguageModel, text: str, layers: Sequence[int] | None = None, count: int = 3
) -> LogitLens:
    """Return what each layer would predict after each token.

    Args:
        model: a decoder.
        text: its last `MAX_TOKENS` tokens are read.
        layers: which, 0 to L; all, when None.
        count: how many of the likeliest tokens are kept, K.

    Raises:
        InputError: the text is empty, or there is no such layer.
        ModelError: the model is an encoder, or cannot run.
    """
    import torch

    chosen = tuple(sorted(set(range(model.layers + 1) if layers is None else layers)))
    if not chosen or chosen[0] < 0 or chosen[-1] > model.layers:
        raise InputError(f"Layers go from 0 to {model.layers}; these do not: {list(chosen)}.")
    whole = model.tokenizer.tokens(text)
    kept = whole[-min(MAX_TOKENS, model.window) :]
    if not kept:
        raise InputError("There is no text to go on from. Type a few words.")
    best, shares = [], []
    with model.running():
        ids = torch.tensor([[token.id for token in kept]], device=model.device)
        for logits in _logits_by_layer(model, ids, chosen):
            top = logits.topk(min(count, logits.shape[-1]))
            best.append(top.indices.cpu().numpy())
            share = (top.values - logits.logsumexp(dim=-1, keepdim=True)).exp()
            shares.append(share.cpu().numpy())
    return LogitLens(
        kept, chosen, np.concatenate(best), np.concatenate(shares), len(whole) - len(kept)
    )


def _logits_by_layer(
    model: LanguageModel, ids: "torch.Tensor", layers: Sequence[int]
) -> "Iterator[torch.Tensor]":
    """Yield the logits of some layers at a time, (R, T, V) float32, for ids (1, T).

    In a second pass the last layer's output is replaced by the vectors of the layers asked for, as
    if they were several texts. What follows it in the model is the model's own, whatever it is.
    """
    import torch

    states = list(model.network.base_model(input_ids=ids, output_hidden_states=True).hidden_states)
    per_pass = max(1, MAX_LOGITS // (ids.shape[1] * len(model.tokenizer)))
    for start in range(0, len(layers), per_pass):
        some = layers[start : start + per_pass]

        def replace(_layer: object, _given: object, output: Any) -> Any:  # noqa: ANN401
            last = output[0] if isinstance(output, tuple) else output
            # The library gives the last layer's vectors as they are after the normalisation.
            vectors = torch.cat([last if k == model.layers else states[k] for k in some])  # noqa: B023
            return (vectors, *output[1:]) if isinstance(output, tuple) else vectors

        with model.last_layer.register_forward_hook(replace):
            yield model.network(ids, use_cache=False).logits.float()
