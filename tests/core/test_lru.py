import threading

import pytest

from core.lru import LRU
from tests.bounds import MAX_SECONDS


def test_the_least_recently_used_values_are_dropped_beyond_the_bound() -> None:
    cache = LRU[str, bytes](10, size=len)
    cache.put("a", b"1234")
    cache.put("b", b"1234")
    assert cache.get("a") == b"1234"
    cache.put("c", b"1234")
    assert [key for key in "abc" if key in cache] == ["a", "c"]
    assert len(cache) == 2


def test_the_bound_itself_is_allowed() -> None:
    cache = LRU[str, bytes](8, size=len)
    cache.put("a", b"1234")
    cache.put("b", b"1234")
    assert len(cache) == 2


def test_a_value_larger_than_the_bound_is_returned_and_not_kept() -> None:
    cache = LRU[str, bytes](3, size=len)
    cache.put("small", b"1")
    assert cache.get_or_make("large", lambda: b"1234") == b"1234"
    assert "large" not in cache
    assert "small" in cache


def test_a_value_replaced_counts_once() -> None:
    cache = LRU[str, bytes](8, size=len)
    cache.put("a", b"1234")
    cache.put("b", b"1234")
    cache.put("b", b"123")
    assert (cache.get("a"), cache.get("b")) == (b"1234", b"123")


def test_values_that_grow_are_measured_anew() -> None:
    cache = LRU[str, list[int]](4, size=len)
    growing = [1]
    cache.put("growing", growing)
    cache.put("other", [1, 2])
    growing += [2, 3]
    assert cache.get("other") == [1, 2]
    assert "growing" not in cache


def test_a_value_is_made_once_for_threads_that_ask_at_the_same_time() -> None:
    cache = LRU[str, bytes](10, size=len)
    made, go_on, begun = [], threading.Event(), threading.Event()

    def make() -> bytes:
        made.append(1)
        begun.set()
        assert go_on.wait(MAX_SECONDS)
        return b"value"

    found: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: found.append(cache.get_or_make("key", make)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    assert begun.wait(MAX_SECONDS)
    assert cache.get_or_make("another", lambda: b"now") == b"now"  # it does not wait for "key"
    go_on.set()
    for thread in threads:
        thread.join(MAX_SECONDS)
    assert found == [b"value"] * 4
    assert len(made) == 1


def test_a_failure_is_raised_and_the_next_call_tries_again() -> None:
    cache = LRU[str, bytes](10, size=len)
    with pytest.raises(ZeroDivisionError):
        cache.get_or_make("key", lambda: bytes(1 // 0))
    assert cache.get_or_make("key", lambda: b"value") == b"value"
