"""Background jobs shared by visitors.

Each job runs once, however many watch it; it reports progress and stops when its last watcher has
left. A job is an iterator: every value that it yields is its progress, the last one its result, and
between two values it can be stopped. A bounded number of threads works through the queue.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Hashable, Iterator
from typing import Generic, Literal, TypeVar

from core.errors import PlaygroundError

Value = TypeVar("Value")
State = Literal["waiting", "running", "done", "stopped", "failed"]

# Seconds that a watcher counts after its last call. Browsers slow the timers of a hidden tab to one
# a minute: a watcher may miss one of them.
WATCH_SECONDS = 150.0
MAX_ENDED = 8  # jobs that are remembered after their end

log = logging.getLogger(__name__)


class Job(Generic[Value]):
    """One background job, for all who watch it; made by `Jobs.start`.

    Attributes:
        state: `waiting` in the queue, `running`, or how it ended. A job ends after its last value:
            who needs both reads the state first.
        latest: the last value that it yielded, or None.
        error: what went wrong, for people, if it has failed.
    """

    def __init__(self, work: Callable[[], Iterator[Value]], jobs: "Jobs[Value]") -> None:
        self.state: State = "waiting"
        self.latest: Value | None = None
        self.error: PlaygroundError | None = None
        self._work = work
        self._jobs = jobs
        self._watched_at: dict[Hashable, float] = {}
        self._end = threading.Event()

    def watch(self, watcher: Hashable) -> None:
        """Add a watcher, or confirm that it is still there; to be called again and again."""
        self._watched_at[watcher] = time.monotonic()

    def leave(self, watcher: Hashable) -> None:
        """Remove a watcher; after the last one the job ends before its next value."""
        self._watched_at.pop(watcher, None)

    @property
    def is_watched(self) -> bool:
        """Whether anybody has watched it lately."""
        since = time.monotonic() - self._jobs.watch_seconds
        return any(at > since for at in list(self._watched_at.values()))

    @property
    def ended(self) -> bool:
        """Whether it is done, stopped or failed."""
        return self.state in ("done", "stopped", "failed")

    @property
    def ahead(self) -> int:
        """The number of jobs that run or are queued before this one; 0 if it is not waiting."""
        return self._jobs.ahead(self)

    def wait(self, seconds: float) -> bool:
        """Wait until it has ended, at most so long; return whether it has."""
        return self._end.wait(seconds)

    def run(self) -> None:
        """Do the work in this thread; never raises."""
        try:
            if self._goes_on():
                self._run()
        finally:
            del self._work  # with the data that it holds
            self._end.set()

    def _run(self) -> None:
        try:
            for value in self._work():
                self.latest = value
                if not self._goes_on():
                    return
        except PlaygroundError as error:
            self.error, self.state = error, "failed"
        except MemoryError:
            self.error = PlaygroundError("There is not enough memory. Take fewer words.")
            self.state = "failed"
        except BaseException:
            log.exception("A background job failed.")
            self.error = PlaygroundError("The work failed; the server's log says why.")
            self.state = "failed"
        else:
            self.state = "done"

    def _goes_on(self) -> bool:
        """Set the state by whether anybody watches; return whether that is so."""
        with self._jobs.lock:  # so that nobody begins to watch it between the two
            self.state = "running" if self.is_watched else "stopped"
            return self.state == "running"


class Jobs(Generic[Value]):
    """Jobs by name: a job that is there already is watched, not started again.

    Args:
        at_once: how many run at the same time; the others are queued.
        watch_seconds: how long a watcher counts after its last call.

    >>> jobs = Jobs[int]()
    >>> job = jobs.start("count", lambda: iter([1, 2, 3]), watcher="somebody")
    >>> while not job.ended:
    ...     time.sleep(0.001)
    >>> job.state, job.latest
    ('done', 3)
    """

    def __init__(self, at_once: int = 1, watch_seconds: float = WATCH_SECONDS) -> None:
        self.watch_seconds = watch_seconds
        self._at_once = at_once
        self.lock = threading.Lock()
        self._jobs: dict[Hashable, Job[Value]] = {}  # in the order of their starts
        self._queue: deque[Job[Value]] = deque()
        self._running: list[Job[Value]] = []  # one for each thread

    def start(
        self, name: Hashable, work: Callable[[], Iterator[Value]], watcher: Hashable
    ) -> Job[Value]:
        """Return the job of this name; queue it unless it waits, runs or is done."""
        with self.lock:
            job = self._jobs.get(name)
            if job is not None and job.state not in ("stopped", "failed"):
                job.watch(watcher)
                return job
            self._jobs.pop(name, None)
            job = self._jobs[name] = Job(work, self)
            job.watch(watcher)
            if len(self._running) < self._at_once:
                self._running.append(job)
                # A daemon, unlike the threads of an executor: the end of the server ends the work.
                threading.Thread(target=self._work, args=(job,), daemon=True).start()
            else:
                self._queue.append(job)
            self._forget()
        return job

    def find(self, name: Hashable) -> Job[Value] | None:
        """Return the job of this name, or None."""
        with self.lock:
            return self._jobs.get(name)

    def forget(self, name: Hashable) -> None:
        """Drop the job of this name, with its result, if it has ended."""
        with self.lock:
            job = self._jobs.get(name)
            if job is not None and job.ended:
                del self._jobs[name]

    def ahead(self, job: Job[Value]) -> int:
        """Return what `Job.ahead` returns."""
        with self.lock:
            if job not in self._queue:
                return 0
            before = list(self._queue)[: self._queue.index(job)]
            running = sum(not other.ended for other in self._running)
            return running + sum(other.is_watched for other in before)

    def _work(self, job: Job[Value]) -> None:
        """Run a job and then, in the same thread, those of the queue."""
        while True:
            job.run()
            with self.lock:
                self._running.remove(job)
                if not self._queue:
                    return
                job = self._queue.popleft()
                self._running.append(job)

    def _forget(self) -> None:
        ended = [name for name, job in self._jobs.items() if job.ended]
        for name in ended[:-MAX_ENDED]:
            del self._jobs[name]
