"""What a visitor asks of a snapshot: a word, an analogy, the words to draw."""

from dataclasses import dataclass
from typing import Final

import streamlit as st

from core.errors import InputError
from core.training.snapshots import RecordedRun
from pages.learning.projection import Drawn, groups_typed, usual_groups
from pages.learning.settings import PLAIN, PUZZLE
from pages.shared.controls import choice, text
from pages.shared.page_frame import show_error

USUAL: Final = "learn_usual"  # in the session: what the fields ask of this text unasked


@dataclass(frozen=True)
class Question:
    """What a visitor asks of a snapshot.

    Args:
        word: whose neighbours and vector are shown.
        puzzle: an analogy and the word expected.
        drawn: the words to draw, and how.
        wrong: what is wrong with the words typed to be drawn.
    """

    word: str
    puzzle: str
    drawn: Drawn
    wrong: tuple[InputError, ...]


def question_row(run: RecordedRun) -> Question:
    """Show what can be asked of a snapshot of a run, in a horizontal container."""
    usual = _suit(run)
    word = text("Neighbours of", usual["learn_word"], "learn_word", width=110)
    puzzle = text("Analogy, word expected", usual["learn_puzzle"], "learn_puzzle", width=225)
    typed = text(
        "Words drawn",
        "",
        "learn_words",
        width=250,
        placeholder="king queen; lion",
        help="A semicolon begins another colour. Empty: words that suit the text.",
    )
    drawn_as = choice(
        "Drawn",
        ("directions", "lengths"),
        "learn_lengths",
        help="**directions**: all vectors at length one, so that near means a large cosine. "
        "**lengths**: as long as they are; untrained vectors are tiny.",
    )
    groups, wrong = groups_typed(run, typed)
    return Question(word, puzzle, Drawn(groups, drawn_as == "lengths"), wrong)


def tell_wrong(question: Question) -> None:
    """Say what is wrong with the words typed to be drawn, below the field."""
    for error in question.wrong:
        show_error(error, "learn_words")


def _suit(run: RecordedRun) -> dict[str, str]:
    """Return what the fields ask at first, put there unless a visitor has typed something else.

    A text without king and queen is asked for a word of its own, and for no analogy.
    """
    usual = {"learn_word": str(PLAIN["learn_word"]), "learn_puzzle": PUZZLE}
    if usual["learn_word"] not in run.row_of:
        usual["learn_word"] = next(iter(usual_groups(run).values()))[0]
    if not {"king", "queen", "man", "woman"} <= set(run.row_of):
        usual["learn_puzzle"] = ""
    before = st.session_state.get(USUAL, PLAIN)
    for key, value in usual.items():
        if st.session_state.get(key) == before[key]:
            st.session_state[key] = value
    st.session_state[USUAL] = usual
    return usual
