"""Windows hold the neighbours they should, as often as they should."""

import numpy as np
import pytest

from core.training.config import Config
from core.training.corpus import read_corpus
from core.training.windows import WindowMaker, seed_of

SENTENCE = "a b c d e f g h."


def maker(text: str, **options: object) -> tuple[WindowMaker, np.ndarray]:
    corpus = read_corpus(text, 1)
    config = Config(**{"subsampling": 0.0, "min_count": 1, **options})  # type: ignore[arg-type]
    return WindowMaker(corpus.vocabulary, config), np.asarray(corpus.ids)


def test_neighbours_are_those_within_the_reach() -> None:
    make, ids = maker(SENTENCE, window=1)
    windows = make.windows(ids, 0)
    starts = windows.ends - windows.sizes
    near = [
        windows.contexts[start:end].tolist()
        for start, end in zip(starts, windows.ends, strict=True)
    ]
    assert windows.centres.tolist() == list(range(8))
    assert near == [[1], [0, 2], [1, 3], [2, 4], [3, 5], [4, 6], [5, 7], [6]]


def test_each_reach_is_as_likely() -> None:
    make, ids = maker(SENTENCE * 2_000, window=3)
    windows = make.windows(ids, 0)
    middle = windows.sizes[(windows.centres >= 3) & (windows.centres <= 4)]
    sizes, counts = np.unique(middle, return_counts=True)
    assert sizes.tolist() == [2, 4, 6]
    np.testing.assert_allclose(counts / len(middle), 1 / 3, atol=0.03)


def test_no_window_goes_beyond_a_sentence() -> None:
    make, ids = maker("a b. " * 50 + "c d. " * 50, window=5)
    windows = make.windows(ids, 0)
    pairs = set(zip(windows.centres.tolist(), windows.contexts.tolist(), strict=True))
    assert pairs == {(0, 1), (1, 0), (2, 3), (3, 2)}


def test_a_word_alone_has_no_window() -> None:
    make, ids = maker("a. b. a b.", window=5)
    assert len(make.windows(ids, 0)) == 2


def test_noise_is_drawn_by_counts() -> None:
    make, ids = maker("a a a a a a a a b b b b b b b b c.", negatives=20, exponent=0.75)
    drawn = np.concatenate([make.windows(ids, n).negatives.ravel() for n in range(100)])
    weights = np.array([8, 8, 1]) ** 0.75
    np.testing.assert_allclose(np.bincount(drawn) / len(drawn), weights / weights.sum(), atol=0.01)


def test_frequent_words_are_left_out_now_and_then() -> None:
    text = "the the the the the the the the the the the the owl owl. " * 3_000
    make, ids = maker(text, subsampling=0.05)
    corpus = read_corpus(text, 1)
    kept = np.bincount(make.windows(ids, 0).centres) / corpus.vocabulary.counts
    np.testing.assert_allclose(kept, corpus.vocabulary.kept(0.05), atol=0.03)


def test_the_same_place_gives_the_same_windows() -> None:
    make, ids = maker(SENTENCE * 20)
    one, same, other = make.windows(ids, 1, 2), make.windows(ids, 1, 2), make.windows(ids, 2, 1)
    assert np.array_equal(one.contexts, same.contexts)
    assert np.array_equal(one.negatives, same.negatives)
    assert not np.array_equal(one.negatives, other.negatives)


def test_parts_of_windows_are_windows() -> None:
    make, ids = maker(SENTENCE * 3)
    windows = make.windows(ids, 0)
    parts = [windows.part(start, start + 5) for start in range(0, len(windows), 5)]
    assert np.array_equal(np.concatenate([part.contexts for part in parts]), windows.contexts)
    assert all(part.ends[-1] == len(part.contexts) for part in parts)
    third = windows.every(3)
    assert np.array_equal(third.centres, windows.centres[::3])
    assert np.array_equal(third.sizes, windows.sizes[::3])
    assert third.ends[-1] == len(third.contexts)


@pytest.mark.parametrize("numbers", [(0,), (0, 0), (5, 3, 1), (2**40, 7)])
def test_seeds_differ(numbers: tuple[int, ...]) -> None:
    assert seed_of(*numbers) == seed_of(*numbers)
    assert len({int(seed_of(*numbers, more)) for more in range(1_000)}) == 1_000
