import threading
import time

import pytest

from core.fair_lock import Turns


def test_one_at_a_time_in_the_order_in_which_they_came() -> None:
    turns, served, inside = Turns(), [], []

    def come(number: int) -> None:
        with turns.turn():
            inside.append(number)
            assert inside == [number]
            served.append(number)
            time.sleep(0.005)
            inside.remove(number)

    threads = [threading.Thread(target=come, args=(number,)) for number in range(8)]
    with turns.turn():
        for place, thread in enumerate(threads):
            thread.start()
            while turns.waiting <= place:
                time.sleep(0.001)
    for thread in threads:
        thread.join(10)
    assert served == list(range(8))
    assert turns.waiting == 0


def test_who_comes_again_waits_behind_those_who_wait() -> None:
    turns, served = Turns(), []

    def other() -> None:
        with turns.turn():
            served.append("other")

    thread = threading.Thread(target=other)
    with turns.turn():
        thread.start()
        while not turns.waiting:
            time.sleep(0.001)
    with turns.turn():
        served.append("again")
    thread.join(10)
    assert served == ["other", "again"]


def test_a_turn_ends_with_an_error_too() -> None:
    turns = Turns()
    with pytest.raises(ZeroDivisionError), turns.turn():
        raise ZeroDivisionError
    with turns.turn():
        assert turns.waiting == 0
