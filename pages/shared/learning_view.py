"""The pictures of one snapshot of a run, or of two runs side by side."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import streamlit as st

from core.errors import InputError
from core.training.frames import nearest_words, row_in
from core.training.runs import WatchedRun
from pages.shared.controls import choice, text
from pages.shared.frame import errors_shown, plain
from pages.shared.learning_followed import curves_view, followed
from pages.shared.learning_picture import Drawn, groups_of, picture_of
from pages.shared.learning_runs import watching
from pages.shared.learning_settings import PLAIN, PUZZLE
from pages.shared.numbers import show_table
from viz.learning_curves import curves_table
from viz.learning_map import learning_map, learning_table
from viz.style import TOOLBAR
from viz.vector_strip import strip_figure


@dataclass(frozen=True)
class Question:
    """What a visitor asks of a snapshot.

    Args:
        word: whose neighbours and vector are shown.
        puzzle: an analogy and the word expected.
        typed: the words to draw; may be empty.
        lengths: whether vectors are drawn as long as they are.
    """

    word: str
    puzzle: str
    typed: str
    lengths: bool

    def suited(self, run: WatchedRun) -> "Question":
        """Return a question that a text without king and queen can answer, if none was typed."""
        word, puzzle = self.word, self.puzzle
        if word == PLAIN["learn_word"] and word not in run.row_of:
            word = next(iter(groups_of(run, "").values()))[0]
        if puzzle == PUZZLE and not {"king", "queen", "man", "woman"} <= set(run.row_of):
            puzzle = ""
        return replace(self, word=word, puzzle=puzzle)

    def drawn(self, run: WatchedRun) -> Drawn:
        """Return what is drawn; where the words typed cannot be drawn, say so and draw others."""
        groups = groups_of(run, "")
        with errors_shown("learn_words"):
            groups = groups_of(run, self.typed)
        return Drawn(groups, self.lengths)


def question_row() -> Question:
    """Show what can be asked of a snapshot, in a horizontal container."""
    return Question(
        word=text("Neighbours of", "king", "learn_word", width=110),
        puzzle=text("Analogy, word expected", PUZZLE, "learn_puzzle", width=225),
        typed=text(
            "Words drawn",
            "",
            "learn_words",
            width=190,
            placeholder="king queen; lion",
            help="A semicolon begins another colour. Empty: words that suit the text.",
        ),
        lengths=choice(
            "Drawn",
            ("directions", "lengths"),
            "learn_lengths",
            help="**directions**: all vectors at length one, so that near means a large cosine. "
            "**lengths**: as long as they are; untrained vectors are tiny.",
        )
        == "lengths",
    )


def snapshot_view(
    runs: Sequence[WatchedRun], names: Sequence[str], at: int, question: Question
) -> None:
    """Show the words in the plane, the curves, neighbours and an analogy.

    Args:
        runs: one or two.
        names: what tells them apart.
        at: which snapshot.
        question: what is asked of it.
    """
    drawn = question.drawn(runs[0])
    if len(runs) == 1:
        left, right = st.columns([3, 2], gap="medium")
        with left:
            _map(runs[0], drawn, at, "learning_map")
            _zeros(runs[0])
        with right:
            curves_view(runs, names, at, question.puzzle)
            _near(runs[0], at, question)
        return
    for number, column in enumerate(st.columns(2, gap="medium")):
        with column:
            st.markdown(f"**{plain(names[number])}**")
            _map(runs[number], drawn, at, f"learning_map_{number}")
            _near(runs[number], at, question)
            _zeros(runs[number])
    curves_view(runs, names, at, question.puzzle)


def _map(run: WatchedRun, asked: Drawn, at: int, key: str) -> None:
    picture = picture_of(run, asked)
    shown = min(at, len(picture.points) - 1)
    film = watching() is None and len(run.history) > 1
    st.plotly_chart(
        learning_map(picture, shown, film=film),
        key=key,
        config=TOOLBAR,
        alt=f"{len(picture.words)} words in snapshot {shown}, drawn on the two axes along which "
        f"the newest vectors differ most.",
    )


def _near(run: WatchedRun, at: int, question: Question) -> None:
    """Show the neighbours of the chosen word."""
    with errors_shown("learn_word"):
        row = row_in(run.row_of, question.word)
        snapshot = run.history[min(at, len(run.history) - 1)]
        if not snapshot.vectors[row].any():
            st.markdown(f"**{plain(run.words[row])}** is all zeros: it is near no word.")
            return
        words, cosines = nearest_words(snapshot.vectors, run.words, row, 6)
        st.markdown(f"Nearest to **{plain(run.words[row])}** in this snapshot: " + ", ".join(
            f"{plain(word)} {cosine:.2f}" for word, cosine in zip(words, cosines, strict=True)
        ))  # fmt: skip


def _zeros(run: WatchedRun) -> None:
    """Say why nothing is learned from zeros, with the gradient of the real tables."""
    if run.config.initialisation != "zeros":
        return
    found = run.gradient()
    st.info(
        "**Zeros stay zeros.** A step moves a vector by a factor times the vector of the *other* "
        f"table. Here the factor is {found.factor:.2f} on average, but every vector is zero: the "
        f"gradient has length **{found.inputs:g}** for the word vectors and **{found.outputs:g}** "
        "for the others, so no word ever moves. Random numbers break the tie."
    )


def numbers_view(run: WatchedRun, at: int, question: Question) -> None:
    """Show the vector of the chosen word as a strip, and the numbers behind the pictures."""
    shown = min(at, len(run.history) - 1)
    vectors = run.history[shown].vectors
    row = run.row_of.get(question.word, run.row_of.get(question.word.lower()))
    if row is not None:
        words, _ = nearest_words(vectors, run.words, row, 3)
        rows = [row, *(run.row_of[word] for word in words)]
        st.plotly_chart(
            strip_figure([run.words[each] for each in rows], vectors[rows]),
            key="learning_strip",
            config=TOOLBAR,
            alt=f"The numbers of {run.words[row]} and of its neighbours as colours.",
        )
    with st.expander("The numbers of the pictures"):
        left, right = st.columns(2, gap="medium")
        with left, suppress(InputError):  # what cannot be drawn was told above
            drawn = Drawn(groups_of(run, question.typed), question.lengths)
            show_table(learning_table(picture_of(run, drawn), shown), "Where each word is drawn.")
        with right:
            table = curves_table(followed(run, question.puzzle))
            show_table(table, "The loss and the analogy's cosine over the run.")
