"""A background job that a part of a page waits for: its progress, its place in the queue, Stop.

A part asks for a job with `watch` in every run and shows what there is of its result. While
`is_watching`, `repeat_while` runs the part again and again. A job that was dropped because a hidden
tab no longer asked for it is started again by the next `watch`.
"""

from collections.abc import Callable, Hashable, Iterator
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

import streamlit as st

from core.errors import PlaygroundError
from core.jobs import Job, Jobs
from pages.shared import url_state
from pages.shared.session import visitor

Value = TypeVar("Value")
Arguments = ParamSpec("Arguments")
SECONDS: Final = 0.8  # between two runs of a part that waits


def watch(
    part: str,
    jobs: Jobs[Value],
    name: Hashable,
    work: Callable[[], Iterator[Value]],
    patience: float = 0.0,
) -> Job[Value]:
    """Return a job, started if needed, and let a part of the page wait for it and no other.

    Whoever takes the result of a job that is done calls `leave`.

    Args:
        part: its name, unique among the pages.
        jobs: where the job belongs.
        name: of the job; the same for all visitors who ask for the same.
        work: yields the results, as for `Jobs.start`.
        patience: seconds to wait for the end of a job that is watched for the first time.

    Raises:
        PlaygroundError: the job that the part waited for has failed; `raise_failure` raises it
            again in later runs.
    """
    if watched(part) not in (None, name):
        leave(part)
    state, is_new = st.session_state, not is_watching(part)
    if is_new:
        for key in ("stopped", "failed"):
            state.pop(f"{part}.{key}", None)
    else:
        _raise_if_failed(part, name, jobs.find(name))
    job = jobs.start(name, work, visitor())
    state[f"{part}.watched"] = jobs, name
    if is_new and job.wait(patience):
        _raise_if_failed(part, name, job)
    return job


def _raise_if_failed(part: str, name: Hashable, job: Job[Any] | None) -> None:
    if job is not None and job.state == "failed":
        leave(part)
        error = job.error or PlaygroundError("The work failed.")
        st.session_state[f"{part}.failed"] = name, error
        raise error


def watched(part: str) -> Hashable:
    """Return the name of the job that a part waits for, or None."""
    watched: tuple[object, Hashable] = st.session_state.get(f"{part}.watched", (None, None))
    return watched[1]


def is_watching(part: str) -> bool:
    """Return whether a part waits for a job."""
    return f"{part}.watched" in st.session_state


def raise_failure(part: str, name: Hashable) -> None:
    """Raise the error of the last job that a part waited for, if it failed and has this name."""
    failed, error = st.session_state.get(f"{part}.failed", (None, None))
    if error is not None and failed == name:
        raise error


def leave(part: str) -> None:
    """Wait for no job; without other visitors who do, the job stops and keeps its last result."""
    jobs, name = st.session_state.pop(f"{part}.watched", (None, None))
    job = jobs.find(name) if jobs is not None else None
    if job is not None:
        job.leave(visitor())


def stop(part: str) -> None:
    """Leave a job, and remember that the visitor wants no more of it for now."""
    st.session_state[f"{part}.stopped"] = watched(part)
    leave(part)


def is_stopped(part: str, name: Hashable) -> bool:
    """Return whether the visitor has stopped the job of this name."""
    return bool(st.session_state.get(f"{part}.stopped") == name)


def show_progress(part: str, job: Job[Any], share: float, text: str) -> None:
    """Show how far a job is, or how many are before it, and a button that stops it.

    Args:
        part: which waits for it.
        job: that is waiting or running.
        share: that is done, 0 to 1.
        text: the same in words.
    """
    if job.ahead:
        share, text = 0.0, f"{job.ahead} before yours; waiting"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(min(share, 1.0), text=text)
        st.button("Stop", key=f"stop_{part}", on_click=stop, args=(part,))


def show_offer(part: str, text: str, label: str, start: Callable[[], Any]) -> None:
    """Show a sentence, such as how far a stopped job came, and a button that starts the job.

    Args:
        part: which will wait for it.
        text: the sentence.
        label: of the button.
        start: calls `watch`.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(text, width="content")
        st.button(label, key=f"start_{part}", on_click=start)


def repeat_while(
    is_waiting: Callable[[], bool], function: Callable[Arguments, None], seconds: float = SECONDS
) -> Callable[Arguments, None]:
    """Make a part of a page that runs by itself: again and again while something is waited for.

    Args:
        is_waiting: tells whether it is, such as `is_watching` of the part.
        function: shows the part.
        seconds: between two runs.
    """
    before = is_waiting()

    @wraps(function)
    def show(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        function(*args, **kwargs)
        if is_waiting() != before:  # so that it runs again and again from now on, or no longer
            if url_state.is_opening():
                _rerun_later(seconds)
            else:
                st.rerun()

    return url_state.part(show, run_every=seconds if before else None)


def _rerun_later(seconds: float) -> None:
    """Run the page again after its opening run.

    If the opening run itself is broken off, the browser may not have the controls yet that it
    shows; they then get their first values instead of those in the address.
    """

    def rerun() -> None:
        if not url_state.is_opening():
            st.rerun()

    st.fragment(rerun, run_every=seconds)()
