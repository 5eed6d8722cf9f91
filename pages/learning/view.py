"""The pictures and numbers of one snapshot of a run, or of two runs side by side."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.errors import InputError
from core.geometry.units import unit_rows
from core.training.analogy import Analogy, AnalogyScore, score
from core.training.axes import Axes, principal_axes
from core.training.snapshot_words import known_row, mean_cosine, nearest_words, row_in
from pages.learning.playback import SeenRun, Timeline, act, choose_snapshot, is_playing
from pages.learning.questions import SnapshotQuestion, ask_about, show_errors
from pages.shared.controls import toggle
from pages.shared.job_view import SECONDS
from pages.shared.page_frame import errors_shown, plain
from pages.shared.tables import show_table
from pages.shared.word_links import show_word_links
from viz.components.training_player import Chart, Curve, Strip, Track, training_player
from viz.components.training_player.tables import curves_table, positions_table
from viz.numbers import fixed, ordinal

MAX_MEAN_COSINE = 0.8  # of two words; above it, a cosine says little
MAX_CELLS = 100  # numbers of a vector that are shown
MAX_CACHED = 4  # pictures and analogies kept for a visitor
# Keys in the session.
AXES_KEY, POINTS_KEY, SCORES_KEY = "learning_axes", "learning_points", "learning_scores"
Points = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Picture:
    """The words of a run in the plane.

    Args:
        points: (S, N, 2), the N words of all groups in order, in S snapshots.
        kept: (S,), the share of the differences between the words that each snapshot's picture
            keeps; NaN if there are none.
        axes: the axes of the pictures.
    """

    points: Points
    kept: Points
    axes: Axes


def show_player(
    runs: Sequence[SeenRun],
    names: Sequence[str],
    timeline: Timeline,
    question: SnapshotQuestion,
) -> None:
    """Show the bar, the words in the plane, and the curves.

    Args:
        runs: one or two runs.
        names: their names.
        timeline: what the bar shows.
        question: the question about the snapshot.
    """
    index = timeline.index
    training_player(
        question.groups,
        [
            _track(run, name if len(runs) > 1 else "", question)
            for run, name in zip(runs, names, strict=True)
        ],
        _charts(runs, names, question.analogy),
        _strips(runs, names, question.word),
        snapshot=index,
        newest=timeline.newest,
        last=timeline.last,
        running=is_playing(),
        over=timeline.is_over,
        readings=timeline.readings,
        status=timeline.status,
        seconds_per_snapshot=SECONDS,
        key="learning_player",
        alt=f"{sum(map(len, question.groups.values()))} words in snapshot {index}, drawn on the "
        "two axes along which the newest vectors differ most; the loss and an analogy's cosine as "
        "curves.",
        on_snapshot=choose_snapshot,
        on_action=act,
        on_word=ask_about,
    )


def show_answers(
    runs: Sequence[SeenRun],
    names: Sequence[str],
    index: int,
    question: SnapshotQuestion,
    errors: Mapping[str, tuple[InputError, ...]],
) -> None:
    """Show the neighbours of the word, and the rank of the analogy's answer.

    Args:
        runs: one or two runs.
        names: their names.
        index: the index of the snapshot.
        question: the question about it.
        errors: the errors in the fields of the question.
    """
    names = names if len(runs) > 1 else [""]
    for run, name, column in zip(runs, names, st.columns(len(runs), gap="medium"), strict=True):
        with column:
            _show_neighbors(run, index, question.word, name)
            _explain_zeros(run)
    if question.analogy is not None:
        for run, name in zip(runs, names, strict=True):
            st.markdown(_analogy_result(run, name, question.analogy, index))
        rows = dict.fromkeys(question.analogy.rows)
        left_out = ", ".join(plain(runs[0].words[row]) for row in rows)
        st.caption(f"The words of the sum have no rank: {left_out}.")
    elif "learn_puzzle" in errors:
        show_errors(errors, "learn_puzzle")
    else:
        st.caption("Type an analogy with words of this text to see whether it is learned.")


def picture_of(run: SeenRun, question: SnapshotQuestion) -> Picture:
    """Return the words of all snapshots of a run, projected on the axes of the newest one.

    They are computed again only if there are more snapshots or other words.
    """
    known: dict[object, Picture] = st.session_state.setdefault(POINTS_KEY, {})
    key = (run.run, tuple(question.groups.items()), question.lengths)
    count = len(run.history)
    if key in known and len(known[key].kept) == count:
        return known[key]
    vectors = np.stack([drawn_vectors(run, question, index) for index in range(count)])
    # The axes of each snapshot are aligned with those of the one before, from the first one on, so
    # that the last picture does not depend on when a visitor opened the page.
    aligned: dict[object, tuple[int, Axes | None]] = st.session_state.setdefault(AXES_KEY, {})
    done, axes = aligned.get(key, (0, None))
    for each in vectors[done:]:
        axes = principal_axes(each, axes)
    assert axes is not None  # noqa: S101  there is at least the untrained snapshot
    aligned[key] = (count, axes)
    known[key] = Picture(axes.project(vectors), axes.kept_share(vectors), axes)
    for cache in (known, aligned):
        while len(cache) > MAX_CACHED:
            cache.pop(next(iter(cache)))
    return known[key]


def drawn_vectors(run: SeenRun, question: SnapshotQuestion, index: int) -> NDArray[np.floating]:
    """Return the vectors of the words drawn in a snapshot, (N, D), before they are projected."""
    rows = [run.row_of[word] for words in question.groups.values() for word in words]
    vectors = run.history[index].vectors[rows]
    return vectors if question.lengths else unit_rows(vectors)


def _track(run: SeenRun, name: str, question: SnapshotQuestion) -> Track:
    picture = picture_of(run, question)
    count = run.config.dimensions
    return Track(name, picture.points, [_shadow(share, count) for share in picture.kept.tolist()])


def _shadow(kept: float, dimensions: int) -> str:
    """Return a sentence about what a picture keeps of its dimensions."""
    if math.isnan(kept):
        return "There is no difference between these words."
    if dimensions <= 2:
        return "The picture has all dimensions: nothing is lost."
    return (
        f"A flat shadow of {dimensions} dimensions (PCA): it keeps {kept:.0%} of the differences "
        "between these words."
    )


def _charts(runs: Sequence[SeenRun], names: Sequence[str], analogy: Analogy | None) -> list[Chart]:
    """Return the charts of the loss and, if there is an analogy, of its cosine."""
    end = max(run.history[0].progress.all_words for run in runs)
    both = [*zip(runs, names, strict=True)]
    guessing = " or ".join(
        dict.fromkeys(f"{(1 + run.config.negatives) * math.log(2):.1f}" for run in runs)
    )
    charts = [
        Chart(
            "Loss (error)",
            [_loss(run, name) for run, name in both],
            end,
            f"How badly near words are told from random ones: guessing about {guessing}, best 0.",
            "measured from the first step on",
        )
    ]
    if analogy is not None:
        charts.append(
            Chart(
                f"{analogy.text}: cosine of {analogy.answer}",
                [_cosine(run, name, analogy) for run, name in both],
                end,
                f"Rank 1 of {_ranked(runs[0], analogy):,} words is the nearest: a green dot.",
                "a vector of zeros has no direction",
            )
        )
    return charts


def _ranked(run: SeenRun, analogy: Analogy) -> int:
    """Return among how many words the answer of an analogy is ranked."""
    return len(run.words) - len(set(analogy.rows))


def _loss(run: SeenRun, name: str) -> Curve:
    words = [each.progress.words for each in run.history]
    return Curve(name, words, [each.progress.loss for each in run.history])


def _cosine(run: SeenRun, name: str, analogy: Analogy) -> Curve:
    scores = scores_of(run, analogy)
    return Curve(
        name,
        [each.progress.words for each in run.history],
        [each.cosine for each in scores],
        ["" if each.rank is None else f", rank {each.rank}" for each in scores],
        [each.rank == 1 for each in scores],
    )


def scores_of(run: SeenRun, analogy: Analogy) -> list[AnalogyScore]:
    """Return the score of an analogy in each snapshot; known scores are not computed again."""
    cache = st.session_state.setdefault(SCORES_KEY, {})
    known: list[AnalogyScore] = cache.setdefault((run.run, analogy), [])
    known += [score(each.vectors, analogy) for each in run.history[len(known) :]]
    while len(cache) > MAX_CACHED:
        cache.pop(next(iter(cache)))
    return known[: len(run.history)]


def _analogy_result(run: SeenRun, name: str, analogy: Analogy, index: int) -> str:
    """Return a sentence, in Markdown, about the rank of the expected word in a snapshot."""
    scores = scores_of(run, analogy)
    result = scores[min(index, len(scores) - 1)]
    before, answer = f"{plain(name)}: " if name else "", plain(analogy.answer)
    if result.rank is None:
        return (
            f"{before}**{answer}** has no rank in snapshot {index}: its vector or the sum is zero."
        )
    place = f"{ordinal(result.rank)} nearest" if result.rank > 1 else "nearest"
    return (
        f"{before}**{answer}** has rank **{result.rank}** in snapshot {index}: of "
        f"{_ranked(run, analogy):,} words it is the {place} to {plain(analogy.text)} "
        f"(cosine {fixed(result.cosine, 3)})."
    )


def _strips(runs: Sequence[SeenRun], names: Sequence[str], word: str) -> list[Strip]:
    """Return the vector of the word over each run, or an empty list if the word is unknown."""
    row = known_row(runs[0].row_of, word)
    if row is None:
        return []
    rows = [np.stack([each.vectors[row, :MAX_CELLS] for each in run.history]) for run in runs]
    count, whole = rows[0].shape[1], runs[0].config.dimensions
    which = f"{count} numbers" if count == whole else f"first {count} of {whole} numbers"
    known = runs[0].words[row]
    return [Strip(f"The {which} of {known}", names if len(runs) > 1 else [known], rows)]


def _show_neighbors(run: SeenRun, index: int, word: str, name: str) -> None:
    """Show the nearest neighbours of a word."""
    before = f"{plain(name)} · " if name else ""
    if not word:
        st.caption("Type a word to see its neighbours.")
        return
    with errors_shown("learn_word"):
        row = row_in(run.row_of, word)
        snapshot = run.snapshot(index)
        if not snapshot.vectors[row].any():
            st.markdown(f"{before}**{plain(run.words[row])}** is all zeros: it is near no word.")
            return
        words, cosines = nearest_words(snapshot.vectors, run.words, row, 6)
        chosen = plain(run.words[row])
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.markdown(f"{before}Nearest to **{chosen}** in snapshot {index}:", width="content")
            for rank, (near, cosine) in enumerate(zip(words, cosines, strict=True)):
                st.button(
                    f"{plain(near)} {fixed(cosine, 2)}",
                    key=f"learn_hop {name} {rank}",
                    on_click=ask_about,
                    args=(near,),
                )
            if not name and not is_playing():
                show_word_links("learning", run.words[row])
        if (mean := mean_cosine(snapshot.vectors)) > MAX_MEAN_COSINE:
            st.caption(
                f"Two words have a cosine of {mean:.2f} on average: nearly all point the same "
                "way. Compare ranks, not cosines."
            )


def _explain_zeros(run: SeenRun) -> None:
    """Explain why nothing is learned from zeros, with the gradient of the actual vectors."""
    if run.config.initialisation != "zeros":
        return
    gradient = run.run.untrained_gradient()
    st.info(
        "**Zeros stay zeros.** A step moves a vector by a factor times a vector of the *other* "
        f"table. Here the size of the factor is {gradient.factor:.2f}, but every vector is zero: "
        f"the gradient has length **{gradient.inputs:g}** for the word vectors and "
        f"**{gradient.outputs:g}** for the others, so no word ever moves. Random numbers "
        "in one of the tables are enough to start."
    )


def show_numbers(run: SeenRun, index: int, question: SnapshotQuestion) -> None:
    """Show the numbers behind the pictures, if they are asked for."""
    if not toggle("Show the numbers", "learn_numbers"):
        return
    shown = min(index, len(run.history) - 1)
    left, right = st.columns(2, gap="medium")
    with left:
        table = positions_table(question.groups, picture_of(run, question).points[shown])
        show_table(table, "Where each word is drawn.")
    with right:
        curves = {"loss": _loss(run, "")}
        if question.analogy is not None:
            curves["cosine"] = _cosine(run, "", question.analogy)
        show_table(curves_table(curves), "The loss and the analogy's cosine over the run.")
