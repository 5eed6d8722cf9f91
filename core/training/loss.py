"""What training makes smaller: the loss, and its gradient, which says why zeros learn nothing."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.training.config import Config
from core.training.corpus import Corpus
from core.training.parameters import Tables
from core.training.windows import WindowMaker, Windows

MOST = 1_000  # windows that the loss is measured on, about
AT_A_TIME = 64  # of them: their rows of both tables are copied
NO_EPOCH = 1 << 40  # their noise words are others than those of any epoch
Numbers = NDArray[np.float32]


@dataclass(frozen=True)
class Gradient:
    """The gradient of the loss, added up over all pairs of the sample.

    Args:
        factor: the mean of |label - sigmoid(v·u)| over all pairs of vectors.
        inputs: length of the gradient of all input vectors together.
        outputs: length of that of all output vectors.
    """

    factor: float
    inputs: float
    outputs: float


@dataclass(frozen=True, eq=False)
class _Pairs:
    """What predicts, with what is predicted.

    Args:
        hidden: (P, D), input vectors v: with skip-gram each neighbour's, with CBOW their mean.
        targets: (P, 1 + K), the centre of each and its K noise words.
        outputs: (P, 1 + K, D), their output vectors u.
        scores: (P, 1 + K), v·u.
        counted: (P, 1 + K), how much each pair counts: a centre drawn as noise not at all.
    """

    hidden: Numbers
    targets: NDArray[Any]
    outputs: Numbers
    scores: Numbers
    counted: Numbers


class Objective:
    """The negative-sampling loss on a fixed sample of windows.

    They come from the part of the text that is not trained, or if the text is too short for one,
    from the text itself.

    Args:
        corpus: the text.
        config: of the run.
        maker: of windows.
    """

    def __init__(self, corpus: Corpus, config: Config, maker: WindowMaker) -> None:
        self.is_held_out = bool(corpus.held_out)
        stretches = corpus.held_out or (range(MOST),)
        ids = np.concatenate([corpus.ids[part.start : part.stop] for part in stretches])
        windows = maker.windows(ids, NO_EPOCH)
        # From all over the text: only a part of each stretch.
        every = max(len(windows) // MOST, 1)
        self.windows = windows.every(every)
        self._is_cbow = config.architecture == "cbow"

    def loss(self, tables: Tables) -> float:
        """Return the loss of a pair, the mean of the sample's pairs.

        -log sigmoid(v·u) of the neighbour v and its centre u, and -log sigmoid(-v·u) for each noise
        word u (Mikolov et al. 2013, equation 4). With vectors of length zero it is (1 + K) log 2
        for K noise words. With CBOW, v is the mean of the neighbours.

        Returns:
            The loss, 0 or more; NaN if no sentence has two words.
        """
        if not len(self.windows):
            return float("nan")
        total, count = 0.0, 0
        for start in range(0, len(self.windows), AT_A_TIME):
            pairs = self._pairs(tables, self.windows.part(start, start + AT_A_TIME))
            losses = np.logaddexp(0, pairs.scores)
            losses[:, 0] = np.logaddexp(0, -pairs.scores[:, 0])
            total += float((pairs.counted * losses).sum(dtype=np.float64))
            count += len(losses)
        return total / count

    def gradient(self, tables: Tables) -> Gradient:
        """Return the gradient of the loss, all pairs added up.

        For a pair of v and u it is (sigmoid(v·u) - label)·u for v and (sigmoid(v·u) - label)·v for
        u: a factor times the vector of the other table. With both tables zero, both are zero,
        whatever the factor.
        """
        if not len(self.windows):
            return Gradient(0.0, 0.0, 0.0)
        pairs = self._pairs(tables, self.windows)
        factors = 1 / (1 + np.exp(-np.clip(pairs.scores, -80, 80)))
        factors[:, 0] -= 1
        mean = float(np.abs(factors[pairs.counted > 0]).mean())
        factors *= pairs.counted
        of_hidden = np.einsum("pt,ptd->pd", factors, pairs.outputs)
        sizes = self.windows.sizes
        if self._is_cbow:
            of_hidden = np.repeat(of_hidden / sizes[:, None], sizes, axis=0)
        of_inputs, of_outputs = np.zeros_like(tables.inputs), np.zeros_like(tables.outputs)
        np.add.at(of_inputs, self.windows.contexts, of_hidden)
        np.add.at(of_outputs, pairs.targets, factors[:, :, None] * pairs.hidden[:, None, :])
        return Gradient(mean, float(np.linalg.norm(of_inputs)), float(np.linalg.norm(of_outputs)))

    def _pairs(self, tables: Tables, windows: Windows) -> _Pairs:
        hidden: Numbers = tables.inputs[windows.contexts]
        targets = np.column_stack((windows.centres, windows.negatives))
        if self._is_cbow:
            starts = np.concatenate(([0], windows.ends[:-1]))
            hidden = np.add.reduceat(hidden, starts)
            hidden /= windows.sizes[:, None]
        else:
            targets = np.repeat(targets, windows.sizes, axis=0)
        outputs = tables.outputs[targets]
        counted = np.where(targets != targets[:, :1], np.float32(windows.weight), np.float32(0))
        counted[:, 0] = 1
        return _Pairs(hidden, targets, outputs, np.einsum("pd,ptd->pt", hidden, outputs), counted)
