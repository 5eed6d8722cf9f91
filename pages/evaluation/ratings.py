"""A part of a page: the agreement of cosine similarities with people's ratings."""

import streamlit as st

from core.evaluation.ratings import Agreement, agreement
from core.evaluation.vocabulary import MOST_FREQUENT
from core.formats.text_lines import MAX_BYTES
from pages.evaluation.analogy_run import rated_pairs_in
from pages.evaluation.parse_errors import show_parse_errors
from pages.shared.embeddings import default_embeddings
from pages.shared.page_frame import errors_shown
from pages.shared.url_state import part
from viz.evaluation.agreement import MAX_PAIRS, agreement_figure, pair_table
from viz.numbers import MINUS, fixed
from viz.style import TOOLBAR

FORMAT = "tiger, cat, 7.4\nbook, paper, 7.5\nking, cabbage, 0.2"


@part
def similarity_part() -> None:
    """Show the agreement of the default embeddings with the ratings in a visitor's file."""
    st.subheader("Do the vectors agree with people?", anchor=False)
    st.markdown(
        "People can rate how similar two words are, and the cosine of their two vectors is such a "
        "rating, too. **Spearman's correlation** measures whether both rank the pairs in the same "
        "order: 1 means the same order, 0 no relation, −1 the reverse order."
    )
    upload = st.file_uploader(
        "A file of word pairs rated by people",
        key="rated_pairs",
        max_upload_size=MAX_BYTES // 1_000_000,
    )
    if upload is None:
        st.info(
            "No ratings come with the app: upload a file, such as WordSim-353 or SimLex-999, or "
            "ask the class and write one. Each line has two words and a number, separated by tabs, "
            "semicolons or commas; a higher number means more similar. A heading and lines that "
            "start with # are allowed."
        )
        st.code(FORMAT, language=None)
        return
    with errors_shown():
        rated = rated_pairs_in(upload.getvalue())
        show_parse_errors(rated.errors, len(rated), "pairs")
        show_agreement(agreement(default_embeddings(), rated.pairs))


def show_agreement(result: Agreement) -> None:
    """Show the points, the correlations and the pairs."""
    count, unknown = len(result.pairs), len(result.unknown)
    picture, numbers = st.columns([3, 2], gap="medium")
    with numbers:
        st.markdown(summary(result))
        if unknown:
            st.markdown(
                f"Pairs left out: {unknown:,} of {count + unknown:,}, since a word is not among "
                f"the {MOST_FREQUENT:,} most frequent. With a cosine of 0 for these pairs, "
                f"Spearman is {_correlation(result.spearman_of_all)}."
            )
            words = [f"{pair.first} – {pair.second}" for pair in result.unknown]
            with st.expander("Pairs left out"):
                st.dataframe({"pair": words}, hide_index=True, alt="Pairs with an unknown word.")
    if not count:
        return
    with numbers:
        st.dataframe(
            pair_table(result),
            column_config={"cosine": st.column_config.NumberColumn(format="%.3f")},
            hide_index=True,
            height=330,
            alt="The pairs, those first whose places by people and by vectors differ most.",
        )
    with picture:
        st.plotly_chart(
            agreement_figure(result),
            key="agreement",
            config=TOOLBAR,
            alt=f"{count:,} pairs of words: people's rating across, cosine up.",
        )
        step = -(-count // MAX_PAIRS)
        drawn = f" Drawn: one pair in {step}." if step > 1 else ""
        st.caption(
            "The curve is the best fit that never falls: the closer the pairs are to it, the "
            "higher is Spearman. Labelled are the pairs whose places by people and by vectors "
            f"differ most.{drawn}"
        )


def summary(result: Agreement) -> str:
    """Return, in Markdown, a sentence about the agreement of people and vectors."""
    if result.spearman is None:
        return (
            f"{len(result.pairs):,} pairs have known words. A correlation needs at least two, with "
            "different ratings and different cosines."
        )
    return (
        f"Over {len(result.pairs):,} pairs **Spearman is {_correlation(result.spearman)}**. "
        "Pearson, which measures how close the pairs are to a straight line, is "
        f"{_correlation(result.pearson)}."
    )


def _correlation(value: float | None) -> str:
    return "none" if value is None else fixed(value, 3).replace("-", MINUS)
