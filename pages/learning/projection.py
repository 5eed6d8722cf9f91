"""What of a run is drawn: words in a plane, and numbers followed from snapshot to snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.errors import InputError
from core.geometry.units import unit_rows
from core.training.classroom import SHOWN
from core.training.frames import (
    Axes,
    Puzzle,
    Score,
    axes_of,
    known_row,
    score,
    unknown_word,
)
from core.training.snapshots import RecordedRun
from pages.learning.runs import SeenRun

EACH = 4  # classroom words of a group that are drawn unasked
FEW = 8  # classroom words that a text must have for them to be shown
MOST = 60  # words drawn
MOST_TOLD = 3  # words not known, of those typed: to look for close ones takes its time
UNASKED = 30  # words drawn of a text of one's own
AXES, POINTS, SCORES = "learning_axes", "learning_points", "learning_scores"
Groups = Mapping[str, tuple[str, ...]]
Points = NDArray[np.float64]


@dataclass(frozen=True)
class Drawn:
    """What of the vectors is drawn.

    Args:
        groups: the words, by the name of their group.
        lengths: whether vectors are drawn as long as they are; else all at length one.
    """

    groups: Groups
    lengths: bool


def groups_typed(run: RecordedRun, typed: str) -> tuple[Groups, tuple[InputError, ...]]:
    """Return the words to draw: those typed, or where that cannot be, the usual ones.

    Args:
        run: whose words can be drawn.
        typed: words, with a semicolon between groups; may be empty.

    Returns:
        The words by group, and what is wrong with those typed; of unknown words the first few.
    """
    lists = [part.replace(",", " ").split() for part in typed.split(";")]
    group_of: dict[str, int] = {}
    unknown = []
    for place, word in ((place, word) for place, words in enumerate(lists) for word in words):
        row = known_row(run.row_of, word)
        if row is None:
            unknown.append(word)
        else:
            group_of.setdefault(run.words[row], place)
    wrong = [unknown_word(run.row_of, word) for word in unknown[:MOST_TOLD]]
    count = len(group_of)
    if typed and (count > MOST or (count < 2 and not unknown)):
        came = f"{count} different {'word' if count == 1 else 'words'} came."
        wrong.append(InputError(f"{came} Type 2 to {MOST}, such as king queen; lion."))
    if not 2 <= count <= MOST:
        return usual_groups(run), tuple(wrong)
    groups = [[w for w, at in group_of.items() if at == place] for place in range(len(lists))]
    if len(lists) == 1:
        return {"": tuple(groups[0])}, tuple(wrong)
    return {f"{words[0]} …": tuple(words) for words in groups if words}, tuple(wrong)


def usual_groups(run: RecordedRun) -> Groups:
    """Return the words to draw unasked: those of the classroom, or frequent ones."""
    shown = {
        name: tuple(word for word in words if word in run.row_of) for name, words in SHOWN.items()
    }
    if sum(map(len, shown.values())) >= FEW:
        return {name: words[:EACH] for name, words in shown.items() if words}
    long = [word for word in run.words if len(word) > 3][:UNASKED]
    return {"": tuple(long if len(long) > FEW else run.words[:UNASKED])}


def points_of(run: SeenRun, drawn: Drawn) -> Points:
    """Return where the words are in all snapshots of a run, on the axes of the newest one.

    It is made again only when there are more snapshots or other words.

    Returns:
        (S, N, 2), the N words of all groups in order.
    """
    known: dict[object, Points] = st.session_state.setdefault(POINTS, {})
    key = (run.run, tuple(drawn.groups.items()), drawn.lengths)
    count = len(run.history)
    if key in known and len(known[key]) == count:
        return known[key]
    rows = [run.row_of[word] for words in drawn.groups.values() for word in words]
    kept = np.stack([each.vectors[rows] for each in run.history[:count]])
    vectors = kept if drawn.lengths else unit_rows(kept)
    # Turned like those of the snapshot before, from the first one on: whenever a visitor looks, the
    # end is the same picture.
    turned: dict[object, tuple[int, Axes | None]] = st.session_state.setdefault(AXES, {})
    done, axes = turned.get(key, (0, None))
    for each in vectors[done:]:
        axes = axes_of(each, axes)
    assert axes is not None  # noqa: S101  there is at least the untrained snapshot
    turned[key] = count, axes
    for store in (known, turned):
        while len(store) > 4:
            store.pop(next(iter(store)))
    known[key] = axes.project(vectors)
    return known[key]


def scores_of(run: SeenRun, puzzle: Puzzle) -> list[Score]:
    """Return how well each snapshot solves an analogy; what is known is not worked out again."""
    store = st.session_state.setdefault(SCORES, {})
    key = (run.run, puzzle)
    known: list[Score] = store.setdefault(key, [])
    known += [score(each.vectors, puzzle) for each in run.history[len(known) :]]
    while len(store) > 4:
        store.pop(next(iter(store)))
    return known[: len(run.history)]
