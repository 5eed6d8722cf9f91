import threading
import time

import pytest

from core.fair_lock import FairLock


def test_threads_are_served_one_at_a_time_in_the_order_of_their_requests() -> None:
    lock, served, inside = FairLock(), [], []

    def work(number: int) -> None:
        with lock:
            inside.append(number)
            assert inside == [number]
            served.append(number)
            time.sleep(0.005)
            inside.remove(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    with lock:
        for started, thread in enumerate(threads):
            thread.start()
            while lock.waiting <= started:
                time.sleep(0.001)
    for thread in threads:
        thread.join(10)
    assert served == list(range(8))
    assert lock.waiting == 0


def test_a_thread_that_asks_again_queues_behind_the_waiting_ones() -> None:
    lock, served = FairLock(), []

    def other() -> None:
        with lock:
            served.append("other")

    thread = threading.Thread(target=other)
    with lock:
        thread.start()
        while not lock.waiting:
            time.sleep(0.001)
    with lock:
        served.append("again")
    thread.join(10)
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
