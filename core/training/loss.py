"""The loss that training minimises, and its gradient."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.training.config import Config
from core.training.corpus import Corpus
from core.training.parameters import Parameters
from core.training.windows import WindowMaker, Windows

SAMPLED_WINDOWS = 1_000  # about as many
BATCH = 64  # windows whose rows of both matrices are copied at a time
NO_EPOCH = 1 << 40  # seeds other noise words than any epoch does
Numbers = NDArray[np.float32]


@dataclass(frozen=True)
class Gradient:
    """The gradient of the loss, summed over all pairs of the sample.

    Args:
        factor: the mean of |label - sigmoid(v·u)| over all pairs of vectors.
        inputs: the norm of the gradient of all input vectors together.
        outputs: that of all output vectors.
    """

    factor: float
    inputs: float
    outputs: float


@dataclass(frozen=True, eq=False)
class _Pairs:
    """Pairs of predicting and predicted vectors.

    Args:
        hidden: (P, D), input vectors v: with skip-gram each neighbour's, with CBOW their mean.
        targets: (P, 1 + K), the centre of each and its K noise words.
        outputs: (P, 1 + K, D), their output vectors u.
        scores: (P, 1 + K), v·u.
        weights: (P, 1 + K), of each pair: zero for a noise word that is the centre itself.
    """

    hidden: Numbers
    targets: NDArray[Any]
    outputs: Numbers
    scores: Numbers
    weights: Numbers


class SampleLoss:
    """The negative-sampling loss on a fixed sample of windows.

    The windows come from the held-out part of the text, or from the text itself if it is too short
    to have one.

    Args:
        corpus: the text.
        config: of the run.
        maker: of windows.
    """

    def __init__(self, corpus: Corpus, config: Config, maker: WindowMaker) -> None:
        parts = corpus.held_out or (range(SAMPLED_WINDOWS),)
        ids = np.concatenate([corpus.ids[part.start : part.stop] for part in parts])
        windows = maker.windows(ids, NO_EPOCH)
        # From all over the text: only some windows of each part.
        every = max(len(windows) // SAMPLED_WINDOWS, 1)
        self.windows = windows.every(every)
        self._is_cbow = config.architecture == "cbow"

    def value(self, parameters: Parameters) -> float:
        """Return the mean loss of the sample's pairs.

        -log sigmoid(v·u) of the neighbour v and its centre u, and -log sigmoid(-v·u) for each noise
        word u (Mikolov et al. 2013, equation 4). With vectors of length zero it is (1 + K) log 2
        for K noise words. With CBOW, v is the mean of the neighbours.

        Returns:
            The loss, 0 or more; NaN if no sentence has two words.
        """
        if not len(self.windows):
            return float("nan")
        total, count = 0.0, 0
        for start in range(0, len(self.windows), BATCH):
            pairs = self._pairs(parameters, self.windows.part(start, start + BATCH))
            losses = np.logaddexp(0, pairs.scores)
            losses[:, 0] = np.logaddexp(0, -pairs.scores[:, 0])
            total += float((pairs.weights * losses).sum(dtype=np.float64))
            count += len(losses)
        return total / count

    def gradient(self, parameters: Parameters) -> Gradient:
        """Return the gradient of the loss, summed over all pairs.

        For a pair of v and u it is (sigmoid(v·u) - label)·u for v and (sigmoid(v·u) - label)·v for
        u: a factor times the vector of the other matrix. With both matrices zero, both gradients
        are zero, whatever the factor.
        """
        if not len(self.windows):
            return Gradient(0.0, 0.0, 0.0)
        of_inputs, of_outputs = (np.zeros(parameters.inputs.shape, np.float32) for _ in range(2))
        size, count = 0.0, 0
        for start in range(0, len(self.windows), BATCH):
            windows = self.windows.part(start, start + BATCH)
            pairs = self._pairs(parameters, windows)
            factors = 1 / (1 + np.exp(-np.clip(pairs.scores, -80, 80)))
            factors[:, 0] -= 1
            size += float(np.abs(factors[pairs.weights > 0]).sum(dtype=np.float64))
            count += int(np.count_nonzero(pairs.weights))
            factors *= pairs.weights
            of_hidden = np.einsum("pt,ptd->pd", factors, pairs.outputs)
            if self._is_cbow:
                of_hidden = np.repeat(of_hidden / windows.sizes[:, None], windows.sizes, axis=0)
            np.add.at(of_inputs, windows.contexts, of_hidden)
            np.add.at(of_outputs, pairs.targets, factors[:, :, None] * pairs.hidden[:, None, :])
        norms = [float(np.linalg.norm(matrix)) for matrix in (of_inputs, of_outputs)]
        return Gradient(size / count, *norms)

    def _pairs(self, parameters: Parameters, windows: Windows) -> _Pairs:
        hidden: Numbers = parameters.inputs[windows.contexts]
        targets = np.column_stack((windows.centres, windows.negatives))
        if self._is_cbow:
            starts = np.concatenate(([0], windows.ends[:-1]))
            hidden = np.add.reduceat(hidden, starts)
            hidden /= windows.sizes[:, None]
        else:
            targets = np.repeat(targets, windows.sizes, axis=0)
        outputs = parameters.outputs[targets]
        weights = np.where(targets != targets[:, :1], np.float32(windows.weight), np.float32(0))
        weights[:, 0] = 1
        return _Pairs(hidden, targets, outputs, np.einsum("pd,ptd->pt", hidden, outputs), weights)
