"""A part of a page: analogy questions, and how many of them the vectors answer rightly."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.control_characters import with_codes
from core.embeddings import Embeddings
from core.evaluation.scores import Answers
from core.formats.analogy_questions import replace_in_questions
from core.formats.text_lines import MAX_BYTES
from pages.evaluation.analogy_run import (
    OWN_FILE,
    answers_of,
    leave_run,
    own_answers,
    own_questions,
    questions_in,
)
from pages.evaluation.parse_errors import show_parse_errors
from pages.evaluation.scores import ALL, DEFAULT_COUNT, ScoreOptions, choose, show_scores
from pages.shared.controls import choice, examples
from pages.shared.embeddings import TABLES, embeddings_of
from pages.shared.page_frame import errors_shown
from pages.shared.text_area import text_field
from pages.shared.word_field import show_unknown

OURS, TYPED, FILE = QUESTIONS = ("our own", "typed", "your file")
FORMATS = {
    "Four words per line: a is to b as c is to d.": ": capital\nfrance paris germany berlin",
    "Or pairs: each makes a question with every other.": ": capital\nfrance paris\ngermany berlin",
}
SECTIONS = (
    "A line that starts with a colon names the section of the lines below it. Put tabs or commas "
    "between words that have spaces, and slashes between several right answers: "
    "`king man/person/ruler`."
)
EXAMPLE = (
    ": family\nman woman king queen\nman woman uncle aunt\n"
    ": capital\nFrance Paris Italy Rome\nFrance Paris Japan Tokyo"
)
TEXT = "typed_questions"
MAX_TYPED = 4_000  # characters


def analogies_part(table: str) -> None:
    """Show the accuracy on the app's questions or a visitor's; a change reruns this part alone.

    Args:
        table: the name of the vectors.
    """
    with errors_shown():
        embeddings = embeddings_of(table)
        defaults = {
            "questions": OURS,
            "section": ALL,
            "most_frequent": DEFAULT_COUNT,
            "as_textbooks": False,
        }
        marking = examples("evaluation", "evaluation_example", defaults)
        controls = st.container(horizontal=True, vertical_alignment="bottom")
        with marking, controls:
            source = choice("Questions", QUESTIONS, "questions")
            ours = own_questions().sections
            options = choose(ours, embeddings) if source == OURS else None
        if options is not None:
            show_scores(_own(table, options), options, embeddings, table)
        elif source == TYPED:
            _typed_part(table, embeddings, controls)
        else:
            _file_part(table, embeddings, controls)


def _own(table: str, options: ScoreOptions) -> Answers:
    """Return the answers to the app's own questions: kept for the vectors that all can choose."""
    if table in TABLES:
        leave_run()
        return own_answers(table, options.most_frequent)
    return answers_of(OURS, own_questions(), table, options.most_frequent)


def _typed_part(table: str, embeddings: Embeddings, controls: DeltaGenerator) -> None:
    """Show a field for questions, and the answers to them."""
    field, rules = st.columns([3, 2], gap="medium")
    with field:
        text = text_field("Your questions", EXAMPLE, TEXT, lines=6, max_chars=MAX_TYPED)
        unknown = st.container()
    rules.markdown("\n".join(f"- {rule}" for rule in (*FORMATS, SECTIONS)))
    if not text.strip():
        leave_run()
        st.info("No question yet. Write four words on a line, such as man woman king queen.")
        return
    questions = questions_in(with_codes(text).encode())
    with controls:
        options = choose(questions.sections, embeddings)
    show_parse_errors(questions.errors, len(questions), "questions", questions.note)
    answers = answers_of(text, questions, table, options.most_frequent)
    with unknown:
        words = [word for word in answers.unknown_words if not embeddings.knows(word)]
        show_unknown(words, TEXT, embeddings, replace_in_questions)
    show_scores(answers, options, embeddings, table, is_ours=False)


def _file_part(table: str, embeddings: Embeddings, controls: DeltaGenerator) -> None:
    """Show the answers so far to the questions in a visitor's file."""
    upload = st.file_uploader(
        "A file of analogy questions", key="file", max_upload_size=MAX_BYTES // 1_000_000
    )
    if upload is None:
        leave_run()
        _show_formats()
        return
    questions = questions_in(upload.getvalue())
    with controls:
        options = choose(questions.sections, embeddings)
    show_parse_errors(questions.errors, len(questions), "questions", questions.note)
    answers = answers_of(upload.file_id, questions, table, options.most_frequent)
    show_scores(answers, options, embeddings, table, is_ours=False)


def _show_formats() -> None:
    """Explain the format of a file of questions."""
    st.markdown(SECTIONS)
    for column, (rule, example) in zip(st.columns(2), FORMATS.items(), strict=True):
        column.markdown(rule)
        column.code(example, language=None)
    st.download_button("Our own questions, as an example", OWN_FILE.read_bytes(), OWN_FILE.name)
