import threading
from collections.abc import Callable, Iterator

import pytest

from core.errors import InputError, PlaygroundError
from core.jobs import MAX_ENDED, Job, Jobs
from tests.bounds import MAX_SECONDS


class Steps:
    """Work that goes on by one value when it is told to, and says when it is asked for the next."""

    def __init__(self, last: int = 3) -> None:
        self.last = last
        self.started = threading.Event()
        self.closed = threading.Event()
        self._allowed = threading.Semaphore(0)
        self._asked = threading.Semaphore(0)

    def __call__(self) -> Iterator[int]:
        self.started.set()
        try:
            for value in range(1, self.last + 1):
                assert self._allowed.acquire(timeout=MAX_SECONDS)
                yield value
                self._asked.release()
        finally:
            self.closed.set()

    def step(self) -> None:
        """Let one value come, and wait until the next one is asked for."""
        self._allowed.release()
        assert self._asked.acquire(timeout=MAX_SECONDS)

    def let(self, count: int) -> None:
        """Let values come, and do not wait."""
        for _ in range(count):
            self._allowed.release()


def until_ended(job: Job[int]) -> Job[int]:
    """Return a job when it has ended."""
    assert job.wait(MAX_SECONDS)
    assert job.ended
    return job


@pytest.fixture
def jobs() -> Jobs[int]:
    return Jobs(watch_seconds=60)


# One job


def test_progress_and_result(jobs: Jobs[int]) -> None:
    steps = Steps()
    job = jobs.start("one", steps, "anna")
    assert steps.started.wait(MAX_SECONDS)
    assert (job.state, job.latest, job.ended) == ("running", None, False)
    for value in (1, 2):
        steps.step()
        assert (job.state, job.latest, job.ended) == ("running", value, False)
    steps.step()
    assert until_ended(job).state == "done"
    assert (job.latest, job.error, job.ended) == (3, None, True)


def test_work_without_a_value_is_done(jobs: Jobs[int]) -> None:
    job = until_ended(jobs.start("one", lambda: iter(()), "anna"))
    assert (job.state, job.latest, job.error) == ("done", None, None)


def test_a_job_is_found_by_its_name(jobs: Jobs[int]) -> None:
    assert jobs.find("one") is None
    job = jobs.start("one", lambda: iter((1,)), "anna")
    assert jobs.find("one") is job
    assert jobs.find("two") is None
    assert jobs.find(None) is None
    until_ended(job)
    assert jobs.find("one") is job


def test_who_asks_for_what_is_done_has_it_at_once(jobs: Jobs[int]) -> None:
    job = until_ended(jobs.start("one", lambda: iter((1, 2)), "anna"))
    steps = Steps()
    assert jobs.start("one", steps, "ben") is job
    assert (job.state, job.latest) == ("done", 2)
    assert not steps.started.is_set()


# Those who watch


def test_two_watchers_share_one_job(jobs: Jobs[int]) -> None:
    steps, never = Steps(), Steps()
    job = jobs.start("one", steps, "anna")
    assert jobs.start("one", never, "ben") is job
    steps.let(3)
    assert until_ended(job).state == "done"
    assert not never.started.is_set()


def test_one_who_leaves_does_not_stop_it_for_the_other(jobs: Jobs[int]) -> None:
    steps = Steps()
    job = jobs.start("one", steps, "anna")
    jobs.start("one", steps, "ben")
    steps.step()
    job.leave("anna")
    steps.step()
    job.leave("anna")  # once more, and one who was never there
    job.leave("clara")
    steps.let(1)
    assert until_ended(job).state == "done"
    assert job.latest == 3


def test_when_the_last_one_leaves_it_stops_between_two_values(jobs: Jobs[int]) -> None:
    steps = Steps()
    job = jobs.start("one", steps, "anna")
    jobs.start("one", steps, "ben")
    steps.step()
    job.leave("anna")
    job.leave("ben")
    assert (job.state, job.latest) == ("running", 1)  # it is in the midst of the second value
    steps.let(1)
    assert until_ended(job).state == "stopped"
    assert (job.latest, job.error) == (2, None)  # what there is of it is kept
    assert steps.closed.wait(MAX_SECONDS)  # the work itself has ended, so that it can tidy up


def test_who_comes_back_in_time_keeps_it_going(jobs: Jobs[int]) -> None:
    steps = Steps()
    job = jobs.start("one", steps, "anna")
    steps.step()
    job.leave("anna")
    job.watch("ben")
    steps.let(2)
    assert until_ended(job).state == "done"


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("core.jobs.time", clock)
    return clock


def test_a_hidden_tab_that_misses_one_of_its_timers_keeps_its_job(clock: Clock) -> None:
    jobs: Jobs[int] = Jobs()
    steps = Steps()
    job = jobs.start("one", steps, "anna")
    clock.now += 125  # browsers slow the timers of hidden tabs to one a minute
    steps.step()
    assert job.state == "running"
    steps.let(2)
    assert until_ended(job).state == "done"


def test_a_job_whose_watchers_are_silent_is_stopped(clock: Clock) -> None:
    jobs: Jobs[int] = Jobs(watch_seconds=20)
    steps = Steps()
    job = jobs.start("one", steps, "anna")
    clock.now += 19.9  # a browser was closed, and nobody could say so
    steps.step()
    assert job.state == "running"
    clock.now += 0.2
    steps.let(1)
    assert until_ended(job).state == "stopped"
    assert job.latest == 2


def test_a_watcher_who_returns_keeps_it_running(clock: Clock) -> None:
    jobs: Jobs[int] = Jobs(watch_seconds=20)
    steps = Steps(last=6)
    job = jobs.start("one", steps, "anna")
    for _ in range(5):
        clock.now += 15
        job.watch("anna")
        steps.step()
    steps.let(1)
    assert until_ended(job).state == "done"  # though it took longer than the patience of one look


# The queue


def test_one_at_a_time_and_how_many_are_ahead(jobs: Jobs[int]) -> None:
    works = {name: Steps(last=1) for name in ("one", "two", "three")}
    started = {name: jobs.start(name, steps, "anna") for name, steps in works.items()}
    assert works["one"].started.wait(MAX_SECONDS)
    assert [job.state for job in started.values()] == ["running", "waiting", "waiting"]
    assert [job.ahead for job in started.values()] == [0, 1, 2]
    works["one"].let(1)
    assert works["two"].started.wait(MAX_SECONDS)
    assert [job.state for job in started.values()] == ["done", "running", "waiting"]
    assert [job.ahead for job in started.values()] == [0, 0, 1]
    works["two"].let(1)
    works["three"].let(1)
    assert until_ended(started["three"]).state == "done"
    assert [job.ahead for job in started.values()] == [0, 0, 0]


def test_two_at_once_when_there_is_room_for_two() -> None:
    both: Jobs[int] = Jobs(at_once=2, watch_seconds=60)
    works = {name: Steps(last=1) for name in ("one", "two", "three")}
    started = {name: both.start(name, steps, "anna") for name, steps in works.items()}
    assert works["one"].started.wait(MAX_SECONDS)
    assert works["two"].started.wait(MAX_SECONDS)
    assert [job.ahead for job in started.values()] == [0, 0, 2]
    works["two"].let(1)
    assert works["three"].started.wait(MAX_SECONDS)
    assert started["one"].state == "running"
    works["one"].let(1)
    works["three"].let(1)
    assert {until_ended(job).state for job in started.values()} == {"done"}


def test_turns_are_taken_in_the_order_of_asking(jobs: Jobs[int]) -> None:
    order: list[int] = []
    first = Steps(last=1)
    jobs.start("first", first, "anna")

    def note(name: int) -> Callable[[], Iterator[int]]:
        return lambda: iter((order.append(name) or name,))

    waiting = [jobs.start(name, note(name), "anna") for name in range(20)]
    assert [job.ahead for job in waiting] == list(range(1, 21))
    first.let(1)
    assert {until_ended(job).state for job in waiting} == {"done"}
    assert order == list(range(20))


def test_a_job_that_nobody_watches_any_more_is_not_counted(jobs: Jobs[int]) -> None:
    first = Steps(last=1)
    jobs.start("one", first, "anna")
    left = jobs.start("two", Steps(), "ben")
    waiting = jobs.start("three", lambda: iter((1,)), "clara")
    assert waiting.ahead == 2
    left.leave("ben")
    assert waiting.ahead == 1
    first.let(1)
    assert until_ended(waiting).ahead == 0


def test_queued_jobs_take_no_threads() -> None:
    jobs: Jobs[int] = Jobs(at_once=2, watch_seconds=60)
    before = threading.active_count()
    works = [Steps(last=1) for _ in range(30)]
    started = [jobs.start(number, steps, "anna") for number, steps in enumerate(works)]
    assert threading.active_count() <= before + 2
    for steps in works:
        steps.let(1)
    assert {until_ended(job).state for job in started} == {"done"}


def test_one_that_nobody_waits_for_is_not_begun(jobs: Jobs[int]) -> None:
    first, second, third = Steps(last=1), Steps(last=1), Steps(last=1)
    running = jobs.start("one", first, "anna")
    left = jobs.start("two", second, "ben")
    wanted = jobs.start("three", third, "clara")
    assert first.started.wait(MAX_SECONDS)
    left.leave("ben")
    first.let(1)
    third.let(1)
    assert until_ended(left).state == "stopped"
    assert not second.started.is_set()
    assert left.latest is None
    assert until_ended(running).state == "done"
    assert until_ended(wanted).state == "done"


def test_a_waiting_one_that_is_asked_for_again_keeps_its_place(jobs: Jobs[int]) -> None:
    first, second = Steps(last=1), Steps(last=1)
    jobs.start("one", first, "anna")
    waiting = jobs.start("two", second, "ben")
    waiting.leave("ben")
    assert jobs.start("two", Steps(), "clara") is waiting
    first.let(1)
    second.let(1)
    assert until_ended(waiting).state == "done"


# What goes wrong


def failing(error: BaseException, after: int = 1) -> Callable[[], Iterator[int]]:
    def work() -> Iterator[int]:
        yield from range(1, after + 1)
        raise error

    return work


def test_a_failure_that_is_meant_for_people_is_told(jobs: Jobs[int]) -> None:
    error = InputError("Too few words.")
    job = until_ended(jobs.start("one", failing(error), "anna"))
    assert (job.state, job.error, job.latest, job.ended) == ("failed", error, 1, True)


def test_a_failure_before_the_first_value_is_told(jobs: Jobs[int]) -> None:
    def refuse() -> Iterator[int]:
        raise InputError("Not like this.")

    job = until_ended(jobs.start("one", refuse, "anna"))
    assert job.state == "failed"
    assert str(job.error) == "Not like this."


def test_too_little_memory_says_what_to_do(jobs: Jobs[int]) -> None:
    job = until_ended(jobs.start("one", failing(MemoryError()), "anna"))
    assert job.state == "failed"
    assert isinstance(job.error, PlaygroundError)
    assert "memory" in str(job.error)


@pytest.mark.parametrize("error", [ZeroDivisionError("by zero"), KeyboardInterrupt()])
def test_a_bug_goes_to_the_log_and_not_to_the_screen(
    jobs: Jobs[int], error: BaseException, caplog: pytest.LogCaptureFixture
) -> None:
    job = until_ended(jobs.start("one", failing(error), "anna"))
    assert job.state == "failed"
    assert isinstance(job.error, PlaygroundError)
    assert "by zero" not in str(job.error)
    assert [record.exc_info[1] for record in caplog.records if record.exc_info] == [error]
    next_one = jobs.start("two", lambda: iter((1,)), "anna")
    assert until_ended(next_one).state == "done"


def test_after_a_failure_it_is_the_turn_of_the_next(jobs: Jobs[int]) -> None:
    until_ended(jobs.start("one", failing(InputError("No.")), "anna"))
    assert until_ended(jobs.start("two", lambda: iter((1,)), "anna")).state == "done"


# Once more


def test_what_was_stopped_starts_again_from_the_beginning(jobs: Jobs[int]) -> None:
    steps = Steps()
    stopped = jobs.start("one", steps, "anna")
    stopped.leave("anna")
    steps.let(1)
    until_ended(stopped)
    again = Steps()
    job = jobs.start("one", again, "anna")
    assert job is not stopped
    assert jobs.find("one") is job
    assert (job.latest, job.error) == (None, None)
    again.let(3)
    assert until_ended(job).state == "done"
    assert stopped.state == "stopped"


def test_what_has_failed_starts_again_and_comes_last(jobs: Jobs[int]) -> None:
    failed = until_ended(jobs.start("one", failing(InputError("No.")), "anna"))
    other = Steps(last=1)
    first = jobs.start("two", other, "ben")
    job = jobs.start("one", lambda: iter((1,)), "anna")
    assert job is not failed
    assert job.ahead == 1
    other.let(1)
    assert until_ended(job).state == "done"
    assert until_ended(first).state == "done"


def test_only_the_last_ones_that_ended_are_remembered(jobs: Jobs[int]) -> None:
    count = MAX_ENDED + 3
    for name in range(count):
        until_ended(jobs.start(name, lambda: iter((1,)), "anna"))
    steps = Steps(last=1)
    running = jobs.start("more", steps, "anna")
    remembered = [name for name in range(count) if jobs.find(name) is not None]
    assert remembered == list(range(count - MAX_ENDED, count))
    assert jobs.find("more") is running
    steps.let(1)
    until_ended(running)


def test_many_visitors_at_once_start_one_job_only(jobs: Jobs[int]) -> None:
    steps, begun = Steps(last=1), []
    everybody = threading.Barrier(20)
    found: list[Job[int]] = []

    def work() -> Iterator[int]:
        begun.append(1)
        return steps()

    def visit(watcher: int) -> None:
        everybody.wait(MAX_SECONDS)
        found.append(jobs.start("one", work, watcher))

    visitors = [threading.Thread(target=visit, args=(watcher,)) for watcher in range(20)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join(MAX_SECONDS)
    assert len(found) == 20
    assert len(set(map(id, found))) == 1
    steps.let(1)
    assert until_ended(found[0]).state == "done"
    assert begun == [1]
