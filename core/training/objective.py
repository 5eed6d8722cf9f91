"""What training makes smaller, measured on windows that are always the same."""

import numpy as np

from core.training.config import Config
from core.training.corpus import Corpus
from core.training.tables import Tables
from core.training.windows import WindowMaker

MOST = 1_000  # windows that the loss is measured on, about
NO_EPOCH = 1 << 40  # their noise words are others than those of any epoch


class Objective:
    """The loss on a fixed sample of windows.

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
        """Return the negative-sampling loss of a pair, the mean of the sample's pairs.

        -log sigmoid(v·u) of the neighbour v and its centre u, and -log sigmoid(-v·u) for each noise
        word u (Mikolov et al. 2013, equation 4). With vectors of length zero it is (1 + K) log 2
        for K noise words. With CBOW, v is the mean of the neighbours.

        Returns:
            The loss, 0 or more; NaN if no sentence has two words.
        """
        windows = self.windows
        if not len(windows):
            return float("nan")
        window_of = np.repeat(np.arange(len(windows)), windows.sizes)
        hidden = tables.inputs[windows.contexts]
        if self._is_cbow:
            starts = np.concatenate(([0], windows.ends[:-1]))
            hidden = np.add.reduceat(hidden, starts)
            hidden /= windows.sizes[:, None]
            window_of = np.arange(len(windows))
        targets = np.column_stack((windows.centres, windows.negatives))[window_of]
        scores = np.einsum("pd,ptd->pt", hidden, tables.outputs[targets])
        counted = targets != targets[:, :1]
        of_noise = windows.weight * np.where(counted, np.logaddexp(0, scores), 0).sum(1)
        return float(np.mean(of_noise + np.logaddexp(0, -scores[:, 0])))
