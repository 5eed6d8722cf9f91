import gc
import weakref

import pytest

from core.embeddings import Embeddings
from core.layouts.map_words import MapWords, chosen, most_frequent
from pages.map import words
from pages.map.layouts import principal_layout
from pages.map.words import frequent_words, kept_maps, own_words

MAX_BYTES = 2_000_000


@pytest.fixture
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "MAX_BYTES", MAX_BYTES)
    kept_maps.clear()


@pytest.mark.usefixtures("_small", "glove")
def test_the_words_and_layouts_of_all_visitors_are_bounded_in_bytes() -> None:
    alive: weakref.WeakSet[MapWords] = weakref.WeakSet()
    for start in range(0, 20_000, 1_000):
        one = own_words(tuple(range(start, start + 1_000)), "GloVe")
        _ = one.units
        principal_layout(one, 2)
        alive.add(one)
    del one
    gc.collect()
    assert 0 < sum(kept.nbytes for kept in alive) <= MAX_BYTES
    kept_maps.clear()


@pytest.mark.usefixtures("_small", "glove")
def test_the_same_words_are_kept_once() -> None:
    assert frequent_words(1_000) is frequent_words(1_000)
    assert own_words((3, 4, 5, 6), "GloVe") is own_words((3, 4, 5, 6), "GloVe")
    assert principal_layout(frequent_words(1_000), 2) is principal_layout(frequent_words(1_000), 2)
    kept_maps.clear()


def test_the_size_of_words_grows_with_what_is_computed(glove: Embeddings) -> None:
    view, copied = most_frequent(glove, 100), chosen(glove, range(100))
    assert view.nbytes < copied.vectors.nbytes < copied.nbytes
    before = copied.nbytes
    _ = copied.units
    assert copied.nbytes == before + 100 * 50 * 4
