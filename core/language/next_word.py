"""The next word: the last vector times the unembedding matrix gives a logit for every token."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.language.models import LanguageModel


@dataclass(frozen=True, eq=False)
class NextWord:
    """What a decoder says about the token after a text.

    Args:
        ids: the token ids that were read, T of them.
        fallen: how many ids at the beginning did not fit into the window.
        final: (D,) float32, the last vector, after the last normalisation.
        logits: (V,) float32, the dot products of `final` with the rows of W_U.
    """

    ids: tuple[int, ...]
    fallen: int
    final: NDArray[np.float32]
    logits: NDArray[np.float32]


def next_word(model: LanguageModel, ids: Sequence[int], window: int | None = None) -> NextWord:
    """Return the logits for the token after some tokens.

    Args:
        model: a decoder.
        ids: token ids, the text's first one first.
        window: how many of the last ones are read; what the model can take, when None.

    Raises:
        InputError: there are no ids.
        ModelError: the model is an encoder.
    """
    import torch

    fit = min(window or model.window, model.window)
    kept = tuple(ids)[-fit:]
    if not kept:
        raise InputError("There is no text to go on from. Type a few words.")
    model.unembedding  # noqa: B018  raises for an encoder
    with model.turn(), torch.inference_mode():
        read = model.network.get_decoder()(torch.tensor([kept], device=model.device))
        final = read.last_hidden_state[0, -1]
        logits = model.network.get_output_embeddings()(final)
    return NextWord(
        kept, len(ids) - len(kept), final.float().cpu().numpy(), logits.float().cpu().numpy()
    )
