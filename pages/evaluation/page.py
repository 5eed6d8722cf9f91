"""How good?: accuracy on hundreds of analogy questions, and agreement with people's ratings."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.formats.text_lines import MAX_BYTES
from pages.evaluation.analogy_run import (
    OWN_FILE,
    answers_of,
    is_answering,
    leave_run,
    own_answers,
    own_questions,
    questions_in,
)
from pages.evaluation.parse_errors import show_parse_errors
from pages.evaluation.ratings import similarity_part
from pages.evaluation.scores import ALL, DEFAULT_COUNT, choose, show_scores
from pages.shared.controls import choice, examples
from pages.shared.job_view import repeat_while
from pages.shared.page_frame import errors_shown, show_page

QUESTIONS = ("our own", "your file")
FORMATS = {
    "Four words per line: a is to b as c is to d.": ": capital\nfrance paris germany berlin",
    "Or pairs: each makes a question with every other.": ": capital\nfrance paris\ngermany berlin",
}


def analogies_part() -> None:
    """Show the accuracy on the app's questions or a visitor's; a change reruns this part alone."""
    defaults = {
        "questions": QUESTIONS[0],
        "section": ALL,
        "most_frequent": DEFAULT_COUNT,
        "as_textbooks": False,
    }
    marking = examples("evaluation", "evaluation_example", defaults)
    controls = st.container(horizontal=True, vertical_alignment="bottom")
    with marking, controls:
        questions = choice("Questions", QUESTIONS, "questions")
        options = choose(own_questions().sections) if questions == QUESTIONS[0] else None
    with errors_shown():
        if options is None:
            file_part(controls)
        else:
            leave_run()
            show_scores(own_answers(options.most_frequent), options)


def file_part(controls: DeltaGenerator) -> None:
    """Show the answers so far to the questions in a visitor's file."""
    upload = st.file_uploader(
        "A file of analogy questions", key="file", max_upload_size=MAX_BYTES // 1_000_000
    )
    if upload is None:
        leave_run()
        show_formats()
        return
    questions = questions_in(upload.getvalue())
    with controls:
        options = choose(questions.sections)
    show_parse_errors(questions.errors, len(questions), "questions")
    show_scores(answers_of(upload.file_id, questions, options.most_frequent), options)


def show_formats() -> None:
    """Explain the format of a file of questions."""
    st.markdown("A line that starts with a colon names the section of the lines below it.")
    for column, (rule, example) in zip(st.columns(2), FORMATS.items(), strict=True):
        column.markdown(rule)
        column.code(example, language=None)
    st.download_button("Our own questions, as an example", OWN_FILE.read_bytes(), OWN_FILE.name)


with show_page(
    "How good?", "Ask the vectors hundreds of analogies, and see which kinds they know."
):
    repeat_while(is_answering, analogies_part)()
    similarity_part()
