"""Texts as an encoder reads them: every token's vector after every layer.

All texts go through the network in one pass, padded to the longest and masked.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.language.models import LanguageModel
from core.language.tokenizer import Token


@dataclass(frozen=True, eq=False)
class Reading:
    """A text as a network reads it.

    Args:
        tokens: T of them, the model's own ones included.
        vectors: (L + 1, T, D) float32, what each layer makes of each token.
        fallen: how many tokens at the end did not fit into the network.
    """

    tokens: tuple[Token, ...]
    vectors: NDArray[np.float32]
    fallen: int

    def __post_init__(self) -> None:
        self.vectors.setflags(write=False)


def read_texts(model: LanguageModel, texts: Sequence[str]) -> tuple[Reading, ...]:
    """Return texts as an encoder reads them, all in one pass.

    Args:
        model: an encoder, whose tokenizer puts a token of its own before and after a text.
        texts: one at least.
    """
    import torch

    whole = [model.tokenizer.tokens(text, special=True) for text in texts]
    kept = [
        tokens if len(tokens) <= model.window else (*tokens[: model.window - 1], tokens[-1])
        for tokens in whole
    ]
    longest = max(len(tokens) for tokens in kept)
    ids = torch.zeros(len(kept), longest, dtype=torch.long)
    mask = torch.zeros_like(ids)
    for row, tokens in enumerate(kept):
        ids[row, : len(tokens)] = torch.tensor([token.id for token in tokens])
        mask[row, : len(tokens)] = 1
    with model.turn(), torch.inference_mode():
        output = model.network(
            input_ids=ids.to(model.device),
            attention_mask=mask.to(model.device),
            output_hidden_states=True,
        )
        layers = torch.stack(output.hidden_states).float().cpu().numpy()
    return tuple(
        Reading(tokens, layers[:, row, : len(tokens)], len(whole[row]) - len(tokens))
        for row, tokens in enumerate(kept)
    )
