"""One computation at a time: who came first goes first."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """A queue for something that only one can use at a time.

    A plain lock may be given again and again to the thread that just let it go; here those who wait
    are served in the order in which they came.

    >>> turns = Turns()
    >>> with turns.turn():
    ...     turns.waiting
    0
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queue: deque[threading.Event] = deque()

    @property
    def waiting(self) -> int:
        """How many wait behind the one whose turn it is."""
        return max(len(self._queue) - 1, 0)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for the turn, and have it for the length of the block."""
        mine = threading.Event()
        with self._lock:
            self._queue.append(mine)
            if self._queue[0] is mine:
                mine.set()
        mine.wait()
        try:
            yield
        finally:
            with self._lock:
                self._queue.popleft()
                if self._queue:
                    self._queue[0].set()
