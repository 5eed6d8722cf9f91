"""The hidden states of an encoder: the vector of every token after every layer.

All texts go through the network in one pass, padded to the longest and masked.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.language.models import LanguageModel
from core.language.tokenizer import Token, first_tokens


@dataclass(frozen=True, eq=False)
class HiddenStates:
    """A text's vectors, layer by layer.

    Args:
        tokens: T of them, special tokens included.
        vectors: (L + 1, T, D) float32; layer 0 is what enters the first layer.
        truncated: the number of tokens at the end that did not fit into the window.
    """

    tokens: tuple[Token, ...]
    vectors: NDArray[np.float32]
    truncated: int

    def __post_init__(self) -> None:
        self.vectors.setflags(write=False)


def hidden_states(model: LanguageModel, texts: Sequence[str]) -> tuple[HiddenStates, ...]:
    """Return the hidden states of texts, all from one pass.

    Args:
        model: an encoder.
        texts: at least one.

    Raises:
        ModelError: the model cannot run.
    """
    import torch

    whole = [model.tokenizer.tokens(text, special=True) for text in texts]
    kept = [first_tokens(tokens, model.window) for tokens in whole]
    longest = max(len(tokens) for tokens in kept)
    ids = torch.full((len(kept), longest), model.padding_id)
    mask = torch.zeros_like(ids)
    for row, tokens in enumerate(kept):
        ids[row, : len(tokens)] = torch.tensor([token.id for token in tokens])
        mask[row, : len(tokens)] = 1
    with model.running():
        output = model.network(
            input_ids=ids.to(model.device),
            attention_mask=mask.to(model.device),
            output_hidden_states=True,
        )
        layers = torch.stack(output.hidden_states).float().cpu().numpy()
    return tuple(
        HiddenStates(tokens, layers[:, row, : len(tokens)], len(whole[row]) - len(tokens))
        for row, tokens in enumerate(kept)
    )
