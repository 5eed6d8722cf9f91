"""A cache that is bounded in bytes."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class LRU(Generic[Key, Value]):
    """A thread-safe mapping that drops its least recently used values beyond a number of bytes.

    Values may grow while they are kept: they are measured anew with every access. A value that is
    larger than the bound is not kept.

    Args:
        max_bytes: the bound on the sum of all sizes.
        size: returns the size of a value in bytes.

    >>> cache = LRU[str, bytes](10, size=len)
    >>> cache.put("a", b"12345")
    >>> cache.get_or_make("b", lambda: b"123456")
    b'123456'
    >>> cache.get("a") is None
    True
    """

    def __init__(self, max_bytes: int, size: Callable[[Value], int]) -> None:
        self._max_bytes = max_bytes
        self._size = size
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._being_made: dict[Key, Future[Value]] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, key: Key) -> bool:
        return key in self._values

    def get(self, key: Key) -> Value | None:
        """Return the value of a key, or None."""
        with self._lock:
            if key not in self._values:
                return None
            value = self._values[key]
            self._keep(key, value)
            return value

    def put(self, key: Key, value: Value) -> None:
        """Keep a value under a key, in place of the one that is there."""
        with self._lock:
            self._keep(key, value)

    def get_or_make(self, key: Key, make: Callable[[], Value]) -> Value:
        """Return the value of a key; make it if it is not kept.

        Threads that ask for the same key at once share one call of `make`, and its exception; the
        other keys are not locked meanwhile.
        """
        with self._lock:
            if key in self._values:
                value = self._values[key]
                self._keep(key, value)
                return value
            result = Future[Value]()
            shared = self._being_made.setdefault(key, result)
        if shared is not result:
            return shared.result()
        try:
            value = make()
        except BaseException as error:
            with self._lock:
                del self._being_made[key]
            result.set_exception(error)
            raise
        with self._lock:
            del self._being_made[key]
            self._keep(key, value)
        result.set_result(value)
        return value

    def _keep(self, key: Key, value: Value) -> None:
        """Make a value the most recently used one; the lock is held."""
        self._values[key] = value
        self._values.move_to_end(key)
        sizes = {kept: self._size(each) for kept, each in self._values.items()}
        total = sum(sizes.values())
        if sizes[key] > self._max_bytes:  # by itself, so that it does not drive out the others
            del self._values[key]
            total -= sizes.pop(key)
        for kept, size in sizes.items():
            if total <= self._max_bytes:
                break
            del self._values[kept]
            total -= size
