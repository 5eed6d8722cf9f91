"""Questions and the answers to them: the app's own at once, a visitor's file a while at a time."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import streamlit as st

from core.evaluation.analogies import answer
from core.evaluation.scores import Answers
from core.formats.analogy_questions import Questions, RatedPairs, read_questions, read_rated_pairs
from pages.shared.embeddings import default_embeddings
from pages.shared.examples import ASSETS

OWN_FILE = ASSETS / "evaluation" / "analogies.txt"
WHILE = 1.0  # seconds of asking between two looks at what the visitor wants
KEY = "asking"


@dataclass(frozen=True)
class Asking:
    """A file's questions on their way through the vectors.

    Args:
        name: of the file and of what it is asked of; another name is another asking.
        answers: those that came so far.
        rest: yields more of them.
        stopped: whether the visitor wants no more for now.
    """

    name: tuple[str, int]
    answers: Answers
    rest: Iterator[Answers]
    stopped: bool = False


@st.cache_resource(show_spinner=False)
def own_questions() -> Questions:
    """Return the questions that come with the app."""
    return read_questions(OWN_FILE.read_bytes())


@st.cache_resource(max_entries=8, show_spinner="Asking…")
def own_answers(most_frequent: int) -> Answers:
    """Return what the default embeddings answer to the app's own questions."""
    sections = own_questions().sections
    answers = Answers(sections)
    for answers in answer(default_embeddings(), sections, most_frequent):  # noqa: B007
        pass
    return answers


@st.cache_resource(max_entries=8, show_spinner=False)
def questions_in(file: bytes) -> Questions:
    """Return the questions of an uploaded file; raises as `read_questions` does."""
    return read_questions(file)


@st.cache_resource(max_entries=8, show_spinner=False)
def rated_pairs_in(file: bytes) -> RatedPairs:
    """Return the pairs of an uploaded file; raises as `read_rated_pairs` does."""
    return read_rated_pairs(file)


def asking_of(file: str, questions: Questions, most_frequent: int) -> Asking:
    """Return how far the questions of an uploaded file are; the first time, begin."""
    name = (file, most_frequent)
    asking = st.session_state.get(KEY)
    if not isinstance(asking, Asking) or asking.name != name:
        rest = answer(default_embeddings(), questions.sections, most_frequent)
        asking = go_on(Asking(name, Answers(questions.sections), rest))
    return asking


def go_on(asking: Asking) -> Asking:
    """Ask for a while, and remember how far it came."""
    answers, end = asking.answers, time.monotonic() + WHILE
    for answers in asking.rest:  # noqa: B007
        if time.monotonic() > end:
            break
    # Where nothing came, nothing more will.
    stopped = asking.stopped or answers is asking.answers
    asking = replace(asking, answers=answers, stopped=stopped)
    st.session_state[KEY] = asking
    return asking


def show_progress(asking: Asking) -> None:
    """Show how far the questions are, and a button to stop or to go on."""
    answers = asking.answers
    if answers.complete:
        return
    done, total = len(answers.each), answers.total.questions
    with st.container(horizontal=True, vertical_alignment="center"):
        state = "Stopped after" if asking.stopped else "Asked"
        st.progress(done / total, f"{state} {done:,} of {total:,} questions", width=420)
        st.button("Go on" if asking.stopped else "Stop", key="stop", on_click=_turn)


def _turn() -> None:
    asking = st.session_state[KEY]
    st.session_state[KEY] = replace(asking, stopped=not asking.stopped)
