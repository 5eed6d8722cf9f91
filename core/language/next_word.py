"""The next word: a logit for every token, from the model's own forward pass."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.language.models import LanguageModel

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True, eq=False)
class NextWord:
    """What a decoder predicts for the token after a text.

    Args:
        ids: the token ids that were read, T of them.
        truncated: the number of ids at the beginning that did not fit into the window.
        final: (D,) float32, the vector that the unembedding matrix W_U is multiplied with.
        logits: (V,) float32.
    """

    ids: tuple[int, ...]
    truncated: int
    final: NDArray[np.float32]
    logits: NDArray[np.float32]


def next_word(model: LanguageModel, ids: Sequence[int], window: int | None = None) -> NextWord:
    """Return the logits for the token after some tokens.

    Args:
        model: a decoder.
        ids: token ids, the text's first one first.
        window: how many of the last ones are read; as many as the model takes, when None.

    Raises:
        InputError: there are no ids.
        ModelError: the model is an encoder, or cannot run.
    """
    import torch

    fit = min(window or model.window, model.window)
    kept = tuple(ids)[-fit:]
    if not kept:
        raise InputError("There is no text to go on from. Type a few words.")
    finals: list[torch.Tensor] = []

    def keep(_head: object, vectors: "tuple[torch.Tensor, ...]") -> None:
        finals.append(vectors[0][0, -1])

    with model.running(), model.head.register_forward_pre_hook(keep):
        given = torch.tensor([kept], device=model.device)
        logits = model.network(given, use_cache=False, **model.last_only).logits[0, -1]
    return NextWord(
        kept,
        len(ids) - len(kept),
        finals[-1].float().cpu().numpy(),
        logits.float().cpu().numpy(),
    )
