"""Playback of one or two training runs: train, pause, step, rewind, play again.

Each run is trained once for all visitors. A visitor sees it only as far as they have played it.
"""

import math
import os
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import streamlit as st

from core.errors import DivergedError, InputError, PlaygroundError
from core.jobs import Job, Jobs
from core.lru import LRU
from core.training.config import Config
from core.training.snapshots import RecordedRun, Snapshot
from pages.learning.text_source import Text
from pages.shared import job_view
from pages.shared.page_frame import plain, show_error
from viz.components.training_player import Action

SNAPSHOTS: Final = 100  # of a run
MAX_NUMBERS: Final = 10_000_000  # words times dimensions; each number takes eight bytes
MAX_KEPT_BYTES: Final = 256_000_000  # for the runs of all visitors
MAX_REACHED: Final = 8  # runs whose reach is kept for a visitor
PARTS: Final = ("learning", "learning beside")  # in `job_view`: one for each run
# Keys in the session; the first one is also in the address.
SNAPSHOT_KEY: Final = "learn_at"  # the index of the snapshot shown
RUN_KEYS_KEY: Final = "learning_asked"  # the keys of the runs shown
RUNS_KEY: Final = "learning_mine"  # the runs shown last, so that they are not dropped
REACHED_KEY: Final = "learning_reached"  # the index up to which each run was played
TARGET_KEY: Final = "learning_watching"  # the target of the playback
FAILED_KEY: Final = "learning_failed"  # the keys of the runs that failed, and the error
ACTION_KEY: Final = "learning_action"  # what was clicked, until the next run of the page

Key = tuple[str, Config]


class SeenRun:
    """A run as far as one visitor has played it; others may have trained it further.

    Args:
        run: the run, shared by all visitors.
        reach: the index of the last snapshot that this visitor may see.

    Attributes:
        history: the snapshots up to `reach`, at least one.
        is_over: whether the run has ended within `reach`.
        diverged: the error if the run has diverged within `reach`.
    """

    def __init__(self, run: RecordedRun, reach: int) -> None:
        self.run = run
        self.config, self.last = run.config, run.last
        self.words, self.row_of = run.words, run.row_of
        is_over, diverged = run.is_over, run.diverged  # before the history, which may grow
        self.history = tuple(run.history[: reach + 1])
        is_whole = len(self.history) == len(run.history)
        self.is_over = is_over and is_whole
        self.diverged = diverged if is_whole else None

    def snapshot(self, index: int) -> Snapshot:
        """Return a snapshot; the newest one if there is none of this index yet."""
        return self.history[min(index, len(self.history) - 1)]


@dataclass(frozen=True)
class Target:
    """The target of a playback.

    Args:
        keys: the keys of the runs.
        index: the index of the snapshot at which the playback ends.
        pace: number of snapshots per rerun of the page; training itself is faster.
    """

    keys: tuple[Key, ...]
    index: int
    pace: int = 6


@st.cache_resource(show_spinner=False)
def training_jobs() -> Jobs[Snapshot]:
    """Return the training jobs of all visitors; one for every two processors runs at a time."""
    return Jobs(at_once=max((os.cpu_count() or 1) // 2, 1))


@st.cache_resource(show_spinner=False)
def kept_runs() -> LRU[Key, RecordedRun]:
    """Return the cache of the runs of all visitors, by text and settings."""
    return LRU(MAX_KEPT_BYTES, size=lambda run: run.nbytes)


def run_of(text: Text, config: Config) -> RecordedRun:
    """Return the run of a text and config, shared by all visitors.

    Raises:
        InputError: the number of words times the number of dimensions is too large.
    """
    words, dimensions = len(text.corpus.vocabulary), config.dimensions
    if words * dimensions > MAX_NUMBERS:
        raise InputError(
            f"{words:,} words with {dimensions:,} dimensions make {words * dimensions:,} numbers; "
            f"up to {MAX_NUMBERS:,} can be trained here. Set a larger minimum count, or at most "
            f"{MAX_NUMBERS // words:,} dimensions."
        )
    key = (text.key, config)
    held: OrderedDict[Key, RecordedRun] = st.session_state.setdefault(RUNS_KEY, OrderedDict())
    run = held[key] = kept_runs().get_or_make(
        key, lambda: held.get(key) or RecordedRun(text.corpus, config, SNAPSHOTS)
    )
    held.move_to_end(key)
    while len(held) > len(PARTS):
        held.popitem(last=False)
    return run


def is_playing() -> bool:
    """Return whether a playback is running for this visitor."""
    return TARGET_KEY in st.session_state


def act(action: Action, snapshot: int | None = None) -> None:
    """Let the next run of the page do what a button of the bar does.

    It is not done here, since the same tap may have ended a text field and thereby selected another
    run than the one shown beside the button. A pause does nothing if the playback ended by itself
    while the click was on its way.

    Args:
        action: what the button does.
        snapshot: the index of the snapshot that was shown; None for the present one.
    """
    if action == "pause" and not is_playing():
        return
    st.session_state[ACTION_KEY] = action
    if snapshot is not None:
        show_snapshot(snapshot)


def pause() -> None:
    """Stop the playback at the snapshot shown."""
    st.session_state.pop(TARGET_KEY, None)
    for part in PARTS:
        job_view.leave(part)


def show_snapshot(index: int) -> None:
    """Show a snapshot to this visitor in the next run of the page."""
    st.session_state[SNAPSHOT_KEY] = index


def choose_snapshot(index: int) -> None:
    """Show a snapshot that the visitor has chosen; a playback stops there."""
    pause()
    show_snapshot(index)


def newest(runs: Sequence[SeenRun]) -> int:
    """Return the index of the newest snapshot that all runs have, except those that diverged."""
    going = [len(run.history) - 1 for run in runs if run.diverged is None]
    return min(going) if going else max(len(run.history) - 1 for run in runs)


def seen_runs(runs: Sequence[RecordedRun], keys: tuple[Key, ...], linked: int) -> list[SeenRun]:
    """Return runs as this visitor sees them; start the playback if a click or a link requests it.

    Args:
        runs: one or two runs.
        keys: their keys.
        linked: the index of the snapshot in a link; 0 if there is none.
    """
    state = st.session_state
    before = state.get(RUN_KEYS_KEY)
    if before is None or before[0] != keys[0]:  # another run: show its first snapshot
        show_snapshot(0)
        pause()
    elif before != keys:
        pause()  # the run beside it is another one
    state[RUN_KEYS_KEY] = keys
    last = max(run.last for run in runs)
    action: Action | None = state.pop(ACTION_KEY, None)
    if action in ("pause", "rewind"):
        pause()
    if action in ("again", "rewind"):
        show_snapshot(0)
    if action in ("train", "again"):
        _aim(Target(keys, last))
    elif action == "step":
        _aim(Target(keys, min(int(state.get(SNAPSHOT_KEY, 0)) + 1, last)))
    elif linked:
        index = min(linked, last)
        show_snapshot(index)
        _aim(Target(keys, index, pace=index))
    return [SeenRun(run, _reached().get(key, 0)) for run, key in zip(runs, keys, strict=True)]


@dataclass(frozen=True)
class Timeline:
    """What the bar of one or two runs shows.

    Args:
        index: the index of the snapshot shown.
        newest: the index of the newest snapshot that can be shown.
        last: the index of the last snapshot of a complete run.
        is_over: whether the runs end with the newest snapshot.
        readings: a line about each snapshot.
        status: what is waited for; empty for nothing.
    """

    index: int
    newest: int
    last: int
    is_over: bool
    readings: tuple[str, ...]
    status: str


def advance(runs: Sequence[SeenRun]) -> Timeline:
    """Advance the playback, and return what its bar shows."""
    jobs = _advance(runs)
    index = _shown(runs)
    st.session_state[SNAPSHOT_KEY] = index
    end = newest(runs)
    return Timeline(
        index,
        end,
        max(run.last for run in runs),
        all(run.is_over for run in runs),
        tuple(_reading(runs, each) for each in range(end + 1)),
        _status(runs, index, jobs),
    )


def show_failures(runs: Sequence[SeenRun], index: int) -> None:
    """Show why a run ended before its time."""
    for each in runs:
        if each.diverged is not None and index == len(each.history) - 1:
            st.warning(
                plain(str(each.diverged))
                + f" Snapshot {len(each.history) - 1} has the last vectors before that.",
                icon=":material/warning:",
            )
    failed, error = st.session_state.get(FAILED_KEY, (None, None))
    if failed == st.session_state[RUN_KEYS_KEY]:
        show_error(error)


def _advance(runs: Sequence[SeenRun]) -> list[Job[Snapshot]]:
    """Advance the playback to its next snapshot; return the jobs that it waits for.

    It ends when a job fails for another reason than divergence; the error is kept.
    """
    target: Target | None = st.session_state.get(TARGET_KEY)
    if target is None:
        return []
    jobs = []
    for part, run in zip(PARTS, (each.run for each in runs), strict=False):
        if run.is_over or len(run.history) > target.index:
            job_view.leave(part)
            continue
        name, work = (run, target.index), partial(run.steps, target.index)
        try:
            jobs.append(job_view.watch(part, training_jobs(), name, work))
        except DivergedError:
            continue  # `show_failures` shows the error with the last snapshot
        except PlaygroundError as error:
            pause()
            st.session_state[FAILED_KEY] = target.keys, error
            return []
    index = min(_shown(runs) + target.pace, newest(runs), target.index)
    st.session_state[SNAPSHOT_KEY] = index
    are_ready = all(run.is_over or len(run.history) > target.index for run in runs)
    if are_ready and index >= min(newest(runs), target.index):
        pause()
    return jobs


def _shown(runs: Sequence[SeenRun]) -> int:
    """Return the index of the snapshot shown, at most that of the newest one."""
    return max(min(int(st.session_state.get(SNAPSHOT_KEY, 0)), newest(runs)), 0)


def _reading(runs: Sequence[SeenRun], index: int) -> str:
    """Return a line about a snapshot: how much was read, the loss, and the learning rate."""
    now = runs[0].snapshot(index).progress
    epochs = runs[0].config.epochs
    losses = [run.snapshot(index).progress.loss for run in runs]
    known = [f"{loss:.3f}" for loss in losses if not math.isnan(loss)]
    parts = [f"Epoch {now.epoch} of {epochs}" if index else "Untrained"]
    if known:
        parts.append(f"loss {' and '.join(known)}")
    if index:
        parts.append(f"{now.words:,} of {now.all_words:,} words read")
    else:
        times = f", {epochs} times the text's {now.all_words // epochs:,}" if epochs > 1 else ""
        parts.append(f"{now.all_words:,} words to read{times}")
    parts.append(f"learning rate {now.learning_rate:.3g}")
    return " · ".join(parts)


def _status(runs: Sequence[SeenRun], index: int, jobs: Sequence[Job[Snapshot]]) -> str:
    """Return the position in the queue, or how long the training still takes."""
    if not is_playing():
        return ""
    run = runs[0]
    ahead = max((job.ahead for job in jobs), default=0)
    if ahead and len(run.history) == 1:
        return f"{ahead} {'runs' if ahead > 1 else 'run'} before yours; waiting"
    if len(run.history) == 1:
        return "Getting ready; the first time on a computer this takes some seconds"
    target: Target = st.session_state[TARGET_KEY]
    trained = run.history[-1].progress
    if jobs and run.diverged is None and trained.words_per_second:
        seconds = (trained.all_words - trained.words) / trained.words_per_second
        if seconds > 1:
            return f"{seconds:,.0f} s left"
    return "shown in slow motion" if newest(runs) > index + target.pace else ""


def _aim(target: Target) -> None:
    """Start a playback."""
    st.session_state.pop(FAILED_KEY, None)
    st.session_state[TARGET_KEY] = target
    reached = _reached()
    for key in target.keys:
        reached[key] = max(reached.pop(key, 0), target.index)
    while len(reached) > MAX_REACHED:
        reached.pop(next(iter(reached)))


def _reached() -> dict[Key, int]:
    reached: dict[Key, int] = st.session_state.setdefault(REACHED_KEY, {})
    return reached
