"""A lock that is granted in the order of the requests."""

import threading
from collections import deque
from types import TracebackType


class FairLock:
    """A mutual exclusion lock that serves its waiting threads first come, first served.

    `threading.Lock` may be granted again and again to the thread that has just released it.
    The lock is not reentrant.

    >>> lock = FairLock()
    >>> with lock:
    ...     lock.waiting
    0
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queue: deque[threading.Event] = deque()  # its first entry belongs to the holder

    @property
    def waiting(self) -> int:
        """The number of threads that wait for the lock."""
        return max(len(self._queue) - 1, 0)

    def __enter__(self) -> None:
        granted = threading.Event()
        with self._lock:
            self._queue.append(granted)
            self._grant()
        try:
            granted.wait()
        except BaseException:  # such as a KeyboardInterrupt in the main thread
            with self._lock:
                self._queue.remove(granted)
                self._grant()
            raise

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        with self._lock:
            self._queue.popleft()
            self._grant()

    def _grant(self) -> None:
        if self._queue:
            self._queue[0].set()
