import threading
from collections.abc import Callable

import pytest

from core.fair_lock import FairLock
from tests.bounds import MAX_SECONDS


class Request(threading.Event):
    """What the lock makes for each request; it tells when its thread is about to wait."""

    def __init__(self, queued: threading.Semaphore) -> None:
        super().__init__()
        self._queued = queued

    def wait(self, timeout: float | None = None) -> bool:
        self._queued.release()
        return super().wait(timeout)


class Requests:
    """The requests for a lock, in their order, and whether each has been granted."""

    def __init__(self) -> None:
        self._requests: list[Request] = []
        self._queued = threading.Semaphore(0)

    def add(self) -> Request:
        """Return the next one."""
        self._requests.append(Request(self._queued))
        return self._requests[-1]

    def queue(self, thread: threading.Thread) -> None:
        """Start a thread, and wait until it waits for the lock."""
        thread.start()
        assert self._queued.acquire(timeout=MAX_SECONDS)

    @property
    def granted(self) -> list[bool]:
        """Whether each has been granted."""
        return [request.is_set() for request in self._requests]


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Requests]:
    """Return a function that watches all requests from now on, for threads that are made before."""

    def watch() -> Requests:
        requests = Requests()
        monkeypatch.setattr(threading, "Event", requests.add)
        return requests

    return watch


def test_threads_are_served_one_at_a_time_in_the_order_of_their_requests(
    watched: Callable[[], Requests],
) -> None:
    lock = FairLock()
    served: list[int] = []
    granted: list[list[bool]] = []

    def work(number: int) -> None:
        with lock:
            served.append(number)
            granted.append(requests.granted)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    with lock:
        requests = watched()
        for queued, thread in enumerate(threads):
            requests.queue(thread)
            assert lock.waiting == queued + 1
        assert not any(requests.granted)
    for thread in threads:
        thread.join(MAX_SECONDS)
    assert served == list(range(8))
    # While one thread has the lock, all those behind it wait.
    assert granted == [[True] * (number + 1) + [False] * (7 - number) for number in range(8)]
    assert lock.waiting == 0


def test_a_thread_that_asks_again_queues_behind_the_waiting_ones(
    watched: Callable[[], Requests],
) -> None:
    lock = FairLock()
    served: list[str] = []

    def other() -> None:
        with lock:
            served.append("other")

    thread = threading.Thread(target=other)
    with lock:
        watched().queue(thread)
    with lock:
        served.append("again")
    thread.join(MAX_SECONDS)
    assert served == ["other", "again"]


def test_an_exception_releases_the_lock() -> None:
    lock = FairLock()
    with pytest.raises(ZeroDivisionError), lock:
        raise ZeroDivisionError
    with lock:
        assert lock.waiting == 0


def test_an_interrupted_wait_leaves_the_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    lock = FairLock()

    class Interrupted(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            raise KeyboardInterrupt

    with lock:
        monkeypatch.setattr(threading, "Event", Interrupted)
        with pytest.raises(KeyboardInterrupt), lock:
            pass
        monkeypatch.undo()
        assert lock.waiting == 0
    with lock:
        pass
