"""What is kept with an object goes when the object goes."""

import gc
import weakref

import numpy as np

from core.embeddings import Embeddings
from core.owned_cache import cached_per_owner


def embeddings() -> Embeddings:
    return Embeddings("mine", ["king", "queen"], np.eye(2, dtype=np.float32))


def test_the_last_results_are_kept_for_each_owner() -> None:
    calls: list[tuple[int, str]] = []

    @cached_per_owner(2)
    def found(owner: Embeddings, word: str) -> int | None:
        calls.append((id(owner), word))
        return owner.find(word)

    one, other = embeddings(), embeddings()
    for owner in (one, other):
        assert [found(owner, word) for word in ("king", "king", "queen", "king")] == [0, 0, 1, 0]
    assert calls == [(id(owner), word) for owner in (one, other) for word in ("king", "queen")]
    assert [found(one, word) for word in ("prince", "queen")] == [None, 1]
    assert calls[4:] == [(id(one), "prince"), (id(one), "queen")]


def test_an_owner_is_not_kept() -> None:
    @cached_per_owner(2)
    def count(owner: Embeddings) -> int:
        return len(owner)

    one = embeddings()
    assert count(one) == 2
    seen = weakref.ref(one)
    del one
    gc.collect()
    assert seen() is None
