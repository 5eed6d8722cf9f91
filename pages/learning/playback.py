"""A visitor's way through one run or two: started, paused, stepped, watched snapshot by snapshot.

Each run is trained once for all who ask for it. A visitor sees it only as far as they let it go.
"""

import os
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import streamlit as st

from core.errors import DivergedError, InputError
from core.jobs import Job, Jobs
from core.lru import LRU
from core.training.config import Config
from core.training.snapshots import RecordedRun, Snapshot
from pages.learning.text_source import Text
from pages.shared import job_view
from pages.shared.page_frame import plain

SNAPSHOTS: Final = 100  # of a run
MAX_NUMBERS: Final = 10_000_000  # words times dimensions: each takes eight bytes
MAX_KEPT_BYTES: Final = 256_000_000  # of the runs kept for all visitors
MAX_REACHED: Final = 8  # runs of which it is known how far a visitor let them go
SHOWN: Final = "learn_at"  # in the session and the address: the index of the snapshot shown
ASKED: Final = "learning_asked"  # in the session: the keys of the runs that are shown
MINE: Final = "learning_mine"  # in the session: the runs shown last, so that they are kept
REACHED: Final = "learning_reached"  # in the session: how far each run was let go
TARGET: Final = "learning_watching"  # in the session: what is watched
BEGUN: Final = "learning_begun"  # in the session: the number of snapshots to go on by
PARTS: Final = ("learning", "learning beside")  # in `job_view`: one for each run

Key = tuple[str, Config]


class SeenRun:
    """A run as far as one visitor let it go; others may have trained it further.

    Args:
        run: shared by all visitors.
        reach: the index of the last snapshot that this visitor may see.

    Attributes:
        history: the snapshots seen, at least one.
        is_over: whether there is nothing more to see.
        diverged: why the run cannot go on, if that is seen.
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
        """Return a snapshot, or the newest one if the run is not that far."""
        return self.history[min(index, len(self.history) - 1)]


@dataclass(frozen=True)
class Target:
    """What a visitor watches.

    Args:
        keys: of the runs.
        index: of the snapshot that they are to reach.
        pace: snapshots shown with each look; training is faster than eyes.
    """

    keys: tuple[Key, ...]
    index: int
    pace: int = 6


@st.cache_resource(show_spinner=False)
def training_jobs() -> Jobs[Snapshot]:
    """Return the runs that are trained for all visitors, one for every two processors at a time."""
    return Jobs(at_once=max((os.cpu_count() or 1) // 2, 1))


@st.cache_resource(show_spinner=False)
def kept_runs() -> LRU[Key, RecordedRun]:
    """Return the runs kept for all visitors, by text and settings."""
    return LRU(MAX_KEPT_BYTES, size=lambda run: run.nbytes)


def run_of(text: Text, config: Config) -> RecordedRun:
    """Return the run of a text with these settings, shared by all visitors.

    Raises:
        InputError: it has too many words for that many dimensions.
    """
    words, dimensions = len(text.corpus.vocabulary), config.dimensions
    if words * dimensions > MAX_NUMBERS:
        raise InputError(
            f"{words:,} words with {dimensions:,} dimensions make {words * dimensions:,} numbers; "
            f"up to {MAX_NUMBERS:,} can be trained here. Take a larger minimum count, or up to "
            f"{MAX_NUMBERS // words:,} dimensions."
        )
    key = (text.key, config)
    mine: OrderedDict[Key, RecordedRun] = st.session_state.setdefault(MINE, OrderedDict())
    run = mine[key] = kept_runs().get_or_make(
        key, lambda: mine.get(key) or RecordedRun(text.corpus, config, SNAPSHOTS)
    )
    mine.move_to_end(key)
    while len(mine) > len(PARTS):
        mine.popitem(last=False)
    return run


def is_playing() -> bool:
    """Return whether this visitor watches a run."""
    return TARGET in st.session_state


def play(steps: int = 1_000_000) -> None:
    """Let the run that is asked for go on by some snapshots, once the page has read what it is.

    A tap on a button may also have ended a text field: then another run is asked for than the one
    that was shown beside the button.
    """
    st.session_state[BEGUN] = steps


def pause() -> None:
    """Watch nothing; what is shown stays."""
    st.session_state.pop(TARGET, None)
    for part in PARTS:
        job_view.leave(part)


def show_snapshot(index: int) -> None:
    """Let this visitor see a snapshot."""
    st.session_state[SHOWN] = index


def newest(runs: Sequence[SeenRun]) -> int:
    """Return the index of the newest snapshot that all runs have, except those that diverged."""
    going = [len(run.history) - 1 for run in runs if run.diverged is None]
    return min(going) if going else max(len(run.history) - 1 for run in runs)


def seen_runs(runs: Sequence[RecordedRun], keys: tuple[Key, ...], linked: int) -> list[SeenRun]:
    """Return runs as this visitor sees them, started where a click or a link asks for it.

    Args:
        runs: one or two.
        keys: of these.
        linked: the snapshot that a link asks for; 0 for none.
    """
    state = st.session_state
    before = state.get(ASKED)
    if before is None or before[0] != keys[0]:  # another run is asked for: from its beginning
        show_snapshot(0)
        pause()
    elif before != keys:
        pause()  # what is watched now is another pair
    state[ASKED] = keys
    last = max(run.last for run in runs)
    if (steps := state.pop(BEGUN, 0)) > 0:
        _aim(Target(keys, min(int(state.get(SHOWN, 0)) + steps, last)))
    elif linked:
        index = min(linked, last)
        show_snapshot(index)
        _aim(Target(keys, index, pace=index))
    return [SeenRun(run, _reached().get(key, 0)) for run, key in zip(runs, keys, strict=True)]


def show_playback(runs: Sequence[SeenRun]) -> int:
    """Show the buttons and the progress, advance what is watched; return the snapshot shown."""
    jobs = _advance(runs)
    last = max(run.last for run in runs)
    index = _shown(runs)
    is_end = index >= newest(runs) and all(run.is_over for run in runs)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if is_playing():
            st.button("Pause", key="learning_pause", on_click=pause, type="primary")
        else:
            label = "Go on" if index else "Start"
            st.button(label, "learning_start", on_click=play, type="primary", disabled=is_end)
        is_ready = not is_playing() and index < last and not is_end
        st.button("Step", "learning_step", on_click=play, args=(1,), disabled=not is_ready)
        st.button("Back to the start", "learning_rewind", on_click=_rewind, disabled=not index)
        st.session_state[SHOWN] = index
        _show_progress(runs, index, jobs)
    for each in runs:
        if each.diverged is not None and index == len(each.history) - 1:
            st.warning(
                plain(str(each.diverged))
                + f" The last vectors before that are those of snapshot {len(each.history) - 1}.",
                icon=":material/warning:",
            )
    return index


def _advance(runs: Sequence[SeenRun]) -> list[Job[Snapshot]]:
    """Show the next snapshots of what is watched; return the jobs that it waits for.

    Raises:
        PlaygroundError: a job failed, other than by numbers beyond all bounds.
    """
    target: Target | None = st.session_state.get(TARGET)
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
            continue  # shown beside its last snapshot
        except Exception:
            pause()
            raise
    st.session_state[SHOWN] = index = min(_shown(runs) + target.pace, newest(runs), target.index)
    are_ready = all(run.is_over or len(run.history) > target.index for run in runs)
    if are_ready and index >= min(newest(runs), target.index):
        pause()
    return jobs


def _shown(runs: Sequence[SeenRun]) -> int:
    """Return the index of the snapshot that this visitor sees: one that is there."""
    return max(min(int(st.session_state.get(SHOWN, 0)), newest(runs)), 0)


def _show_progress(runs: Sequence[SeenRun], index: int, jobs: Sequence[Job[Snapshot]]) -> None:
    """Show the progress of the snapshot, or the position in the queue."""
    run = runs[0]
    now = run.snapshot(index).progress
    ahead = max((job.ahead for job in jobs), default=0)
    text = (
        f"Epoch {now.epoch} of {run.config.epochs} · {now.words:,} of {now.all_words:,} words · "
        f"learning rate {now.learning_rate:.3g}"
    )
    trained = run.history[-1].progress
    if ahead and len(run.history) == 1:
        text = f"{ahead} {'runs' if ahead > 1 else 'run'} before yours; waiting for the turn"
    elif is_playing() and len(run.history) == 1:
        text = "Getting ready; the first time on a computer this takes some seconds"
    elif not index:
        epochs = run.config.epochs
        text = f"Untrained: {now.all_words:,} words to train"
        text += f", {epochs} times the text's {now.all_words // epochs:,}" if epochs > 1 else ""
        text += f" · learning rate {now.learning_rate:.3g}"
    elif now.words_per_second:
        text += f" · trained at {trained.words_per_second:,.0f} words/s"
        seconds = (now.all_words - trained.words) / trained.words_per_second
        text += f" · {seconds:,.0f} s left" if seconds > 1 and run.diverged is None else ""
        target: Target | None = st.session_state.get(TARGET)
        if target is not None and newest(runs) > index + target.pace:
            text += " · shown in slow motion"
    st.progress(min(now.share, 1.0), text=text)


def _rewind() -> None:
    pause()
    show_snapshot(0)


def _aim(target: Target) -> None:
    """Watch runs until they are at a snapshot."""
    st.session_state[TARGET] = target
    reached = _reached()
    for key in target.keys:
        reached[key] = max(reached.pop(key, 0), target.index)
    while len(reached) > MAX_REACHED:
        reached.pop(next(iter(reached)))


def _reached() -> dict[Key, int]:
    reached: dict[Key, int] = st.session_state.setdefault(REACHED, {})
    return reached
