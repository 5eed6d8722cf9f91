"""A part of a page: a run that is started, paused, stepped and gone through, and its pictures."""

from collections.abc import Sequence

import streamlit as st

from core.jobs import Job
from core.training.snapshots import Snapshot
from pages.learning.runs import (
    PLACE,
    Key,
    SeenRun,
    jobs_of,
    leave,
    let_begin,
    newest,
    place_now,
    watching,
)
from pages.shared.page_frame import plain
from pages.shared.session import visitor

STEP = "learning_step"


def control_row(runs: Sequence[SeenRun], keys: tuple[Key, ...]) -> int:
    """Show the buttons and how far it is, move on what is watched; return the snapshot shown."""
    if (waited := watching()) is not None and waited.keys != keys:
        leave()  # something else is asked for now
    last = max(run.last for run in runs)
    jobs = _move_on(runs)
    going = watching() is not None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        at = place_now(runs)
        is_end = at >= newest(runs) and all(run.is_over for run in runs)
        if going:
            st.button("Pause", key="learning_pause", on_click=leave, type="primary")
        else:
            label = "Go on" if at else "Start"
            st.button(
                label,
                key="learning_start",
                on_click=let_begin,
                type="primary",
                disabled=is_end,
            )
        st.button(
            "Step",
            key=STEP,
            on_click=let_begin,
            args=(1,),
            disabled=going or at >= last or is_end,
        )
        st.button("Back to the start", key="learning_rewind", on_click=_rewind, disabled=not at)
        st.session_state[PLACE] = at
        _tell(runs, at, jobs)
    for each in runs:
        if each.diverged is not None and at == len(each.history) - 1:
            st.warning(
                plain(str(each.diverged))
                + f" The last vectors before that are those of snapshot {len(each.history) - 1}.",
                icon=":material/warning:",
            )
    return at


def _move_on(runs: Sequence[SeenRun]) -> list[Job[Snapshot]]:
    """Show the next snapshots of what is watched, and stop watching at the goal."""
    waited = watching()
    if waited is None:
        return []
    jobs = jobs_of(runs, waited.goal)
    for job in jobs:
        job.watch(visitor())
    at = place_now(runs)
    st.session_state[PLACE] = at = min(at + waited.pace, newest(runs), waited.goal)
    over = all(run.is_over or len(run.history) > waited.goal for run in runs)
    if over and at >= min(newest(runs), waited.goal):
        leave()
    return jobs


def _tell(runs: Sequence[SeenRun], at: int, jobs: Sequence[Job[Snapshot]]) -> None:
    """Show how far the snapshot is, or who is before."""
    run = runs[0]
    snapshot = run.history[min(at, len(run.history) - 1)]
    now = snapshot.progress
    ahead = max((job.ahead for job in jobs), default=0)
    text = (
        f"Epoch {now.epoch} of {run.config.epochs} · {now.words:,} of {now.all_words:,} words · "
        f"learning rate {now.learning_rate:.3g}"
    )
    newest_done = run.history[-1].progress
    if ahead and len(run.history) == 1:
        text = f"{ahead} {'runs' if ahead > 1 else 'run'} before yours; waiting for the turn"
    elif watching() is not None and len(run.history) == 1:
        text = "Getting ready; the first time on a computer this takes some seconds"
    elif not at:
        epochs = run.config.epochs
        text = f"Untrained: {now.all_words:,} words to train"
        text += f", {epochs} times the text's {now.all_words // epochs:,}" if epochs > 1 else ""
        text += f" · learning rate {now.learning_rate:.3g}"
    elif now.words_per_second:
        text += f" · trained at {newest_done.words_per_second:,.0f} words/s"
        seconds = (now.all_words - newest_done.words) / newest_done.words_per_second
        text += f" · {seconds:,.0f} s left" if seconds > 1 and run.diverged is None else ""
        if (waited := watching()) is not None and newest(runs) > at + waited.pace:
            text += " · shown in slow motion"
    st.progress(min(now.share, 1.0), text=text)


def _rewind() -> None:
    leave()
    st.session_state[PLACE] = 0
