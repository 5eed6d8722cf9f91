"""Runs that are watched: each trained once for all who ask for it, beside the pages."""

import os
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import streamlit as st

from core.jobs import Job, Jobs
from core.lru import LRU
from core.training.config import Config
from core.training.snapshots import RecordedRun, Snapshot
from pages.learning.text_source import Text
from pages.shared.session import visitor

MAX_KEPT_BYTES: Final = 256_000_000  # of the runs kept for all visitors
MOST: Final = 8  # runs of a visitor of which it is known how far they were let go
MINE: Final = "learning_mine"  # in the session: the runs looked at, so that nobody takes them away
REACHED: Final = "learning_reached"  # in the session: how far each run was let go
WATCHING: Final = "learning_watching"  # in the session: what is waited for
BEGUN: Final = "learning_begun"  # in the session: the number of snapshots to go on by
PLACE: Final = "learn_at"  # in the session: the snapshot shown
SECONDS: Final = 0.8  # between two looks

Key = tuple[str, Config]


class SeenRun:
    """A run as far as one visitor let it go; others may have trained it further.

    Args:
        run: what all share.
        reach: the place in its history up to which it is seen.

    Attributes:
        history: the snapshots seen, one at least.
        is_over: whether there is nothing more to see.
        diverged: why the run cannot go on, if that is seen.
    """

    def __init__(self, run: RecordedRun, reach: int) -> None:
        self.run = run
        self.config, self.last = run.config, run.last
        self.words, self.row_of = run.words, run.row_of
        is_over, diverged = run.is_over, run.diverged  # before its history: that may grow meanwhile
        self.history = tuple(run.history[: reach + 1])
        is_whole = len(self.history) == len(run.history)
        self.is_over = is_over and is_whole
        self.diverged = diverged if is_whole else None


@dataclass(frozen=True)
class Watching:
    """What a visitor waits for.

    Args:
        keys: of the runs.
        goal: the place in their history that they are to reach.
        pace: snapshots shown further with each look; training is faster than eyes.
    """

    keys: tuple[Key, ...]
    goal: int
    pace: int = 6


@st.cache_resource(show_spinner=False)
def learning_jobs() -> Jobs[Snapshot]:
    """Return the runs that train for all visitors, one for every two processors at a time."""
    return Jobs(at_once=max((os.cpu_count() or 1) // 2, 1))


@st.cache_resource(show_spinner=False)
def _kept() -> LRU[Key, RecordedRun]:
    return LRU(MAX_KEPT_BYTES, size=lambda run: run.nbytes)


def run_of(text: Text, config: Config) -> RecordedRun:
    """Return the run of a text with these settings, the same for all who ask.

    Raises:
        InputError: the vectors do not fit into memory.
    """
    key = (text.key, config)
    mine: OrderedDict[Key, RecordedRun] = st.session_state.setdefault(MINE, OrderedDict())
    run = mine[key] = _kept().get_or_make(
        key, lambda: mine.get(key) or RecordedRun(text.corpus, config)
    )
    mine.move_to_end(key)
    while len(mine) > 2:
        mine.popitem(last=False)
    return run


def seen(run: RecordedRun, key: Key) -> SeenRun:
    """Return a run as far as this visitor let it go."""
    return SeenRun(run, _reached().get(key, 0))


def place_now(runs: Sequence[SeenRun]) -> int:
    """Return which snapshot this visitor sees: one that is there."""
    return max(min(int(st.session_state.get(PLACE, 0)), newest(runs)), 0)


def go_to(place: int) -> None:
    """Let this visitor see a snapshot."""
    st.session_state[PLACE] = place


def newest(runs: Sequence[SeenRun]) -> int:
    """Return the place of the newest snapshot that all runs have, those at their end apart."""
    going = [len(run.history) - 1 for run in runs if run.diverged is None]
    return min(going) if going else max(len(run.history) - 1 for run in runs)


def watching() -> Watching | None:
    """Return what this visitor waits for, or None."""
    found: Watching | None = st.session_state.get(WATCHING)
    return found


def let_begin(steps: int = 1_000_000) -> None:
    """Let the run that is asked for go on by some snapshots, once the page has read what it is.

    A tap on a button may also have ended a text field: then another run is asked for than the one
    that was shown beside the button.
    """
    st.session_state[BEGUN] = steps


def watch(keys: tuple[Key, ...], goal: int) -> None:
    """Let this visitor watch runs until they are at a place of their history."""
    _wait(Watching(keys, goal))


def jump(keys: tuple[Key, ...], goal: int) -> None:
    """Let this visitor see a place of the history as soon as runs have it."""
    go_to(goal)
    _wait(Watching(keys, goal, pace=goal))


def jobs_of(runs: Sequence[SeenRun], goal: int) -> list[Job[Snapshot]]:
    """Return the jobs that take runs to a place, begun where that is needed.

    Raises:
        PlaygroundError: one failed for another reason than numbers beyond all bounds.
    """
    found = []
    for run in (each.run for each in runs):
        if run.is_over or len(run.history) > goal:
            continue
        name = (run, goal)
        job = learning_jobs().find(name)
        if job is not None and job.state == "failed" and job.error is not None:
            if run.diverged is not None:
                continue
            leave()
            raise job.error
        found.append(learning_jobs().start(name, partial(run.steps, goal), visitor()))
    return found


def leave() -> None:
    """Wait for nothing; what is shown stays."""
    waited: Watching | None = st.session_state.pop(WATCHING, None)
    if waited is None:
        return
    for key in waited.keys:
        run = st.session_state.get(MINE, {}).get(key)
        job = learning_jobs().find((run, waited.goal))
        if job is not None:
            job.leave(visitor())


def _wait(waiting: Watching) -> None:
    st.session_state[WATCHING] = waiting
    reached = _reached()
    for key in waiting.keys:
        reached[key] = max(reached.pop(key, 0), waiting.goal)
    while len(reached) > MOST:
        reached.pop(next(iter(reached)))


def _reached() -> dict[Key, int]:
    reached: dict[Key, int] = st.session_state.setdefault(REACHED, {})
    return reached
