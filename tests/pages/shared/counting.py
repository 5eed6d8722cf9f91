"""A job that counts when it is told to, and a page that waits for it."""

import threading
from collections.abc import Iterator
from functools import partial

import streamlit as st

from core.errors import InputError
from core.jobs import Jobs
from pages.shared.job_view import (
    is_stopped,
    is_watching,
    leave,
    raise_failure,
    repeat_while,
    show_offer,
    show_progress,
    watch,
)
from pages.shared.page_frame import errors_shown


class Counting:
    """The jobs of one test.

    Attributes:
        jobs: one at a time.
        go_on: released for each value.
    """

    def __init__(self) -> None:
        self.jobs: Jobs[int] = Jobs()
        self.go_on = threading.Semaphore(0)

    def count(self, name: str) -> Iterator[int]:
        """Yield three numbers, or fail."""
        for number in range(3):
            self.go_on.acquire()
            if name == "broken":
                raise InputError("Too short.")
            yield number


def show_page(counting: Counting) -> None:
    """Show a page with one part that waits for the job named in the session."""

    def part() -> None:
        name = st.session_state.get("name", "first")
        start = partial(watch, "part", counting.jobs, name, partial(counting.count, name))
        if is_stopped("part", name):
            show_offer("part", "Stopped.", "Start again", start)
            return
        with errors_shown():
            if counting.jobs.find(name) is not None and not is_watching("part"):
                raise_failure("part", name)
                return
            job = start()
            st.session_state["latest"] = job.latest
            if job.ended:
                leave("part")
            else:
                show_progress("part", job, 0.5, "half")

    repeat_while(lambda: is_watching("part"), part)()
