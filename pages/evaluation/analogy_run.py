"""Analogy questions and the answers: to the app's at once, to a visitor's in the background."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from core.evaluation.analogies import BATCH, answer
from core.evaluation.scores import Answers
from core.formats.analogy_questions import AnalogyQuestions, read_questions
from core.formats.rated_pairs import RatedPairs, read_rated_pairs
from core.jobs import Jobs
from pages.shared.embeddings import embeddings_of
from pages.shared.examples import ASSETS
from pages.shared.job_view import (
    is_stopped,
    is_watching,
    leave,
    raise_failure,
    show_offer,
    show_progress,
    watch,
)

OWN_FILE = ASSETS / "evaluation" / "analogies.txt"
PATIENCE = 0.5  # seconds that a run of the page waits for the answers to a short file
PART = "analogies"
RUN = "analogy_run"  # in the session


class Resumable:
    """An iteration that a stopped job leaves and the next one resumes.

    A stopped job may have taken one more value than the page has seen: each new iteration begins
    with the last value that was taken.

    Args:
        values: any iterator.
    """

    def __init__(self, values: Iterator[Answers]) -> None:
        self._values = values
        self._last: Answers | None = None

    def __iter__(self) -> Iterator[Answers]:
        if self._last is not None:
            yield self._last
        for value in self._values:
            self._last = value
            yield value


@dataclass(frozen=True)
class AnalogyRun:
    """A visitor's questions while they are being answered.

    Args:
        name: what the questions are, the vectors asked, and how many words take part.
        rest: yields more answers; a job that was stopped leaves it where it is.
        answers: so far.
    """

    name: tuple[str, str, int]
    rest: Resumable
    answers: Answers

    @property
    def share(self) -> float:
        """The share of questions that are answered, 0 to 1."""
        return len(self.answers.each) / max(self.answers.total.questions, 1)

    @property
    def told(self) -> str:
        """How many questions are answered, in words."""
        return f"{len(self.answers.each):,} of {self.answers.total.questions:,} questions"


@st.cache_resource(show_spinner=False)
def own_questions() -> AnalogyQuestions:
    """Return the questions that come with the app."""
    return read_questions(OWN_FILE.read_bytes())


@st.cache_resource(max_entries=8, show_spinner="Asking…")
def own_answers(table: str, most_frequent: int) -> Answers:
    """Return what vectors that come with the app answer to the app's own questions."""
    sections = own_questions().sections
    answers = Answers(sections)
    for answers in answer(embeddings_of(table), sections, most_frequent):  # noqa: B007
        pass
    return answers


@st.cache_resource(max_entries=8, show_spinner=False)
def questions_in(file: bytes) -> AnalogyQuestions:
    """Return the questions of a file or a typed text; raises as `read_questions` does."""
    return read_questions(file)


@st.cache_resource(max_entries=8, show_spinner=False)
def rated_pairs_in(file: bytes) -> RatedPairs:
    """Return the pairs of a file or a typed text; raises as `read_rated_pairs` does."""
    return read_rated_pairs(file)


@st.cache_resource(show_spinner=False)
def analogy_jobs() -> Jobs[Answers]:
    """Return the files and texts whose questions are being answered, one at a time."""
    return Jobs()


def is_answering() -> bool:
    """Return whether this visitor waits for answers."""
    return is_watching(PART)


def leave_run() -> None:
    """Wait for no answers; those that there are stay."""
    leave(PART)


def answers_of(source: str, questions: AnalogyQuestions, table: str, most_frequent: int) -> Answers:
    """Return the answers so far to a visitor's questions, and show how far they are.

    Args:
        source: the id of an upload, or a typed text.
        questions: in it.
        table: the name of the vectors.
        most_frequent: how many words take part.

    Raises:
        PlaygroundError: the questions could not be answered.
    """
    name = (source, table, most_frequent)
    run = st.session_state.get(RUN)
    if not isinstance(run, AnalogyRun) or run.name != name:
        begun = Resumable(answer(embeddings_of(table), questions.sections, most_frequent))
        answers = Answers(questions.sections)
        if len(questions) <= BATCH:  # a fraction of a second: not worth a place in the queue
            for answers in begun:  # noqa: B007
                pass
            leave_run()
        run = AnalogyRun(name, begun, answers)
    rest = run.rest
    start = partial(watch, PART, analogy_jobs(), name, lambda: iter(rest))
    if not (run.answers.complete or is_stopped(PART, name)):
        if not is_answering():
            raise_failure(PART, name)
        job = start(patience=PATIENCE)
        run = replace(run, answers=job.latest or run.answers)
        if run.answers.complete:  # the job itself may end a moment later
            leave_run()
        else:
            show_progress(PART, job, run.share, f"Asked {run.told}")
    elif not run.answers.complete:
        show_offer(PART, f"Stopped after {run.told}.", "Go on", start)
    st.session_state[RUN] = run
    return run.answers
