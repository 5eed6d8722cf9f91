"""How good?: accuracy on hundreds of analogy questions, and agreement with people's ratings."""

import streamlit as st

from pages.evaluation.analogy_run import is_answering
from pages.evaluation.questions import analogies_part
from pages.evaluation.ratings import similarity_part
from pages.evaluation.vectors import about
from pages.shared.embeddings import choose_table, embeddings_of, show_if_lost
from pages.shared.job_view import repeat_while
from pages.shared.page_frame import errors_shown, show_page

with show_page(
    "How good?", "Ask the vectors hundreds of analogies, and see which kinds they know."
):
    control, words = st.columns([2, 7], vertical_alignment="bottom")
    with control:
        table = choose_table("vectors")
    with words, errors_shown():
        st.caption(about(embeddings_of(table)))
    show_if_lost("vectors")
    repeat_while(is_answering, analogies_part)(table)
    similarity_part(table)
