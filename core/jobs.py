"""Long work beside the pages: started once for all who want it, watched, stopped when nobody does.

A job is an iterator: every value that it yields says how far it is, and the last one is its result.
Between two values it can be stopped. Jobs wait for one another, so that a class does not ask for
thirty at once of one computer.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Hashable, Iterator
from typing import Generic, Literal, TypeVar

from core.errors import PlaygroundError

Value = TypeVar("Value")
State = Literal["waiting", "running", "done", "stopped", "failed"]

PATIENCE = 20.0  # seconds that a job goes on without anybody looking at it
REMEMBERED = 8  # jobs that have ended and are still known


class Job(Generic[Value]):
    """One piece of long work, for all who watch it.

    Attributes:
        state: where it is.
        latest: the last value that it yielded, or None.
        error: what went wrong, for people, when it has failed.
    """

    def __init__(self, start: Callable[[], Iterator[Value]], patience: float) -> None:
        self.state: State = "waiting"
        self.latest: Value | None = None
        self.error: PlaygroundError | None = None
        self._start = start
        self._patience = patience
        self._seen: dict[Hashable, float] = {}

    def look(self, watcher: Hashable) -> None:
        """Say that somebody is waiting for it."""
        self._seen[watcher] = time.monotonic()

    def leave(self, watcher: Hashable) -> None:
        """Say that somebody is not; when nobody is left, the job ends before its next value."""
        self._seen.pop(watcher, None)

    @property
    def over(self) -> bool:
        """Whether there is nothing more to wait for."""
        return self.state in ("done", "stopped", "failed")

    def run(self) -> None:
        """Do the work, in a thread of its own."""
        if self._unwanted():
            self.state = "stopped"
            return
        self.state = "running"
        try:
            for value in self._start():
                self.latest = value
                if self._unwanted():
                    self.state = "stopped"
                    return
        except PlaygroundError as error:
            self.error, self.state = error, "failed"
        except MemoryError:
            self.error = PlaygroundError(
                "There is not enough memory for so many words. Take fewer."
            )
            self.state = "failed"
        except BaseException:
            self.error = PlaygroundError("The work broke off; the server's log says why.")
            self.state = "failed"
            raise
        else:
            self.state = "done"

    def _unwanted(self) -> bool:
        since = time.monotonic() - self._patience
        return not any(seen > since for seen in list(self._seen.values()))


class Jobs(Generic[Value]):
    """Jobs by name: who asks for one that is there already watches that one.

    Args:
        at_once: how many run at the same time; the others wait for their turn, as they came.
        patience: seconds that a job goes on without anybody looking at it.
    """

    def __init__(self, at_once: int = 1, patience: float = PATIENCE) -> None:
        self._jobs: dict[Hashable, Job[Value]] = {}
        self._free = at_once
        self._waiting: deque[threading.Event] = deque()
        self._patience = patience
        self._lock = threading.Lock()

    def start(
        self, name: Hashable, work: Callable[[], Iterator[Value]], watcher: Hashable
    ) -> Job[Value]:
        """Return the job of this name, begun now unless it is on its way or done."""
        with self._lock:
            job = self._jobs.get(name)
            if job is None or job.state in ("stopped", "failed"):
                self._jobs.pop(name, None)  # so that it comes last
                job = self._jobs[name] = Job(work, self._patience)
                job.look(watcher)
                turn = threading.Event()
                self._waiting.append(turn)
                self._serve()
                threading.Thread(target=self._run, args=(job, turn), daemon=True).start()
            self._forget()
        job.look(watcher)
        return job

    def find(self, name: Hashable) -> Job[Value] | None:
        """Return the job of this name, or None."""
        with self._lock:
            return self._jobs.get(name)

    def ahead(self, job: Job[Value]) -> int:
        """Return how many jobs a waiting one has before it, those that run counted."""
        with self._lock:
            jobs = list(self._jobs.values())
        before = jobs[: jobs.index(job)] if job in jobs and job.state == "waiting" else []
        return sum(not other.over for other in before)

    def _run(self, job: Job[Value], turn: threading.Event) -> None:
        turn.wait()
        try:
            job.run()
        finally:
            with self._lock:
                self._free += 1
                self._serve()

    def _serve(self) -> None:
        """Let those who came first have the turns that are free; only while the lock is held."""
        while self._free and self._waiting:
            self._free -= 1
            self._waiting.popleft().set()

    def _forget(self) -> None:
        over = [name for name, job in self._jobs.items() if job.over]
        for name in over[:-REMEMBERED]:
            del self._jobs[name]
