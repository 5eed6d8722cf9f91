"""A logit worked out: the last vector times the token's row of W_U, term by term."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.language.models import LanguageModel
from core.language.next_word import NextWord


@dataclass(frozen=True, eq=False)
class LogitTerms:
    """The dot product behind a logit.

    Args:
        token: the id.
        row: (D,) float32, the token's row of W_U.
        final: (D,) float32, the last vector.
        terms: (D,) float64, their products, component by component.
        order: (D,) int64, the components with the largest terms first, whatever their sign.
        total: the sum of the terms.
        logit: what the model itself said.
    """

    token: int
    row: NDArray[np.float32]
    final: NDArray[np.float32]
    terms: NDArray[np.float64]
    order: NDArray[np.int64]
    total: float
    logit: float


def logit_terms(model: LanguageModel, said: NextWord, token: int) -> LogitTerms:
    """Return the dot product that is a token's logit, term by term.

    Args:
        model: the decoder that said it.
        said: its last vector and its logits.
        token: an id, 0 to V - 1.

    Raises:
        InputError: there is no such token.
        ModelError: the model is an encoder.
    """
    if not 0 <= token < len(said.logits):
        raise InputError(f"There is no token {token}. Ids go from 0 to {len(said.logits) - 1:,}.")
    row = model.unembedding[token].detach().float().cpu().numpy()
    terms = said.final.astype(np.float64) * row
    order = np.argsort(-np.abs(terms), kind="stable")
    return LogitTerms(
        token, row, said.final, terms, order, float(terms.sum()), float(said.logits[token])
    )
