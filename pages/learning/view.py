"""The pictures of one snapshot of a run, or of two runs side by side."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from core.training.frames import known_row, nearest_words, row_in, usual_cosine
from pages.learning.curves import charts_of, followed, told
from pages.learning.projection import points_of
from pages.learning.questions import Question
from pages.learning.runs import SECONDS, SeenRun, go_to, newest, watching
from pages.shared.page_frame import errors_shown, plain
from pages.shared.tables import show_table
from viz.components.training_player import Strip, Track, training_player
from viz.components.training_player.tables import curves_table, positions_table

ALIKE = 0.8  # mean cosine of two words above which a cosine says little
CELLS = 100  # numbers of a vector that are shown


def snapshot_view(
    runs: Sequence[SeenRun], names: Sequence[str], at: int, question: Question
) -> None:
    """Show the words in the plane and the curves over a slider, neighbours and an analogy.

    Args:
        runs: one or two.
        names: what tells them apart.
        at: which snapshot.
        question: what is asked of it.
    """
    drawn = question.drawn
    name_shown = len(runs) > 1
    training_player(
        drawn.groups,
        [
            Track(name if name_shown else "", points_of(run, drawn))
            for run, name in zip(runs, names, strict=True)
        ],
        charts_of(runs, names, question.puzzle),
        _strips(runs, names, question.word),
        snapshot=at,
        newest=newest(runs),
        last=max(run.last for run in runs),
        running=watching() is not None,
        seconds_per_snapshot=SECONDS,
        key="learning_player",
        alt=f"{sum(map(len, drawn.groups.values()))} words in snapshot {at}, drawn on the two axes "
        "along which the newest vectors differ most; the loss and an analogy's cosine as curves.",
        on_snapshot=go_to,
    )
    for place, column in enumerate(st.columns(len(runs), gap="medium")):
        with column:
            _near(runs[place], at, question, names[place] if name_shown else "")
            _zeros(runs[place])
    told(runs, names if name_shown else [""], at, question.puzzle)


def _strips(runs: Sequence[SeenRun], names: Sequence[str], word: str) -> list[Strip]:
    """Return the numbers of the chosen word over the runs; none if it is unknown."""
    row = known_row(runs[0].row_of, word)
    if row is None:
        return []
    rows = [np.stack([each.vectors[row, :CELLS] for each in run.history]) for run in runs]
    count, whole = rows[0].shape[1], runs[0].config.dimensions
    which = f"{count} numbers" if count == whole else f"first {count} of {whole} numbers"
    whose = runs[0].words[row]
    return [Strip(f"The {which} of {whose}", names if len(runs) > 1 else [whose], rows)]


def _near(run: SeenRun, at: int, question: Question, name: str) -> None:
    """Show the neighbours of the chosen word."""
    whose = f"{plain(name)} · " if name else ""
    if not question.word:
        st.caption("Type a word to see its neighbours.")
        return
    with errors_shown("learn_word"):
        row = row_in(run.row_of, question.word)
        snapshot = run.history[min(at, len(run.history) - 1)]
        if not snapshot.vectors[row].any():
            st.markdown(f"{whose}**{plain(run.words[row])}** is all zeros: it is near no word.")
            return
        words, cosines = nearest_words(snapshot.vectors, run.words, row, 6)
        st.markdown(f"{whose}Nearest to **{plain(run.words[row])}** in snapshot {at}: " + ", ".join(
            f"{plain(word)} {cosine:.2f}" for word, cosine in zip(words, cosines, strict=True)
        ))  # fmt: skip
        if (usual := usual_cosine(snapshot.vectors)) > ALIKE:
            st.caption(
                f"Two words have a cosine of {usual:.2f} on average: nearly all point the same "
                "way. Look at places, not at cosines."
            )


def _zeros(run: SeenRun) -> None:
    """Say why nothing is learned from zeros, with the gradient of the real vectors."""
    if run.config.initialisation != "zeros":
        return
    found = run.run.untrained_gradient()
    st.info(
        "**Zeros stay zeros.** A step moves a vector by a factor times the vector of the *other* "
        f"table. Here the factor is {found.factor:.2f} in size, but every vector is zero: the "
        f"gradient has length **{found.inputs:g}** for the word vectors and **{found.outputs:g}** "
        "for the others, so no word ever moves. Random numbers in one of the tables end that."
    )


def numbers_view(run: SeenRun, at: int, question: Question) -> None:
    """Show the numbers behind the pictures."""
    shown = min(at, len(run.history) - 1)
    with st.expander("The numbers of the pictures"):
        left, right = st.columns(2, gap="medium")
        with left:
            table = positions_table(question.drawn.groups, points_of(run, question.drawn)[shown])
            show_table(table, "Where each word is drawn.")
        with right:
            table = curves_table(followed(run, question.puzzle))
            show_table(table, "The loss and the analogy's cosine over the run.")
