"""A part of a page: do the vectors find the same words alike as people do?"""

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
from viz.style import TOOLBAR

FORMAT = "tiger, cat, 7.4\nbook, paper, 7.5\nking, cabbage, 0.2"


@part
def similarity_part() -> None:
    """Show how far the default embeddings agree with ratings in a visitor's file."""
    st.subheader("Do the vectors agree with people?", anchor=False)
    st.markdown(
        "People say how alike two words are, and the cosine of the two vectors says it too. "
        "**Spearman's correlation** tells how far the two put the pairs in the same order: 1 is "
        "the same order, 0 no relation, −1 the reverse order."
    )
    upload = st.file_uploader(
        "A file of word pairs rated by people",
        key="rated_pairs",
        max_upload_size=MAX_BYTES // 1_000_000,
    )
    if upload is None:
        st.info(
            "No ratings come with the app: bring a file, such as WordSim-353 or SimLex-999, or ask "
            "the class and write one. Two words and a number a line, parted by tabs, semicolons or "
            "commas; a larger number is more alike. A heading and lines that begin with # may be "
            "there."
        )
        st.code(FORMAT, language=None)
        return
    with errors_shown():
        rated = rated_pairs_in(upload.getvalue())
        show_parse_errors(rated.errors, len(rated), "pairs")
        show_agreement(agreement(default_embeddings(), rated.pairs))


def show_agreement(found: Agreement) -> None:
    """Show the points, the correlations and the pairs."""
    count, unknown = len(found.pairs), len(found.unknown)
    picture, numbers = st.columns([3, 2], gap="medium")
    with numbers:
        st.markdown(verdict(found))
        if unknown:
            st.markdown(
                f"Pairs left out: {unknown:,} of {count + unknown:,}, since a word is not among "
                f"the {MOST_FREQUENT:,} most frequent. With a cosine of 0 for these pairs, "
                f"Spearman is {number(found.spearman_of_all)}."
            )
            words = [f"{pair.first} – {pair.second}" for pair in found.unknown]
            with st.expander("Pairs left out"):
                st.dataframe({"pair": words}, hide_index=True, alt="Pairs with an unknown word.")
    if not count:
        return
    with numbers:
        st.dataframe(
            pair_table(found),
            column_config={"cosine": st.column_config.NumberColumn(format="%.3f")},
            hide_index=True,
            height=330,
            alt="The pairs, those first that people and vectors place most differently.",
        )
    with picture:
        st.plotly_chart(
            agreement_figure(found),
            key="agreement",
            config=TOOLBAR,
            alt=f"{count:,} pairs of words: people's rating across, cosine up.",
        )
        step = -(-count // MAX_PAIRS)
        drawn = f" Drawn: one pair in {step}." if step > 1 else ""
        st.caption(
            "The curve is the nearest one that only rises: the closer the pairs keep to it, the "
            "higher is Spearman. Named are the pairs that people and vectors place most "
            f"differently.{drawn}"
        )


def verdict(found: Agreement) -> str:
    """Return, in Markdown, how far people and vectors agree."""
    if found.spearman is None:
        return (
            f"{len(found.pairs):,} pairs have known words. A correlation needs two at least, with "
            "different ratings and different cosines."
        )
    return (
        f"Over {len(found.pairs):,} pairs **Spearman is {number(found.spearman)}**. Pearson, which "
        f"asks for a straight line rather than the same order, is {number(found.pearson)}."
    )


def number(correlation: float | None) -> str:
    """Return a correlation for people to read."""
    return "none" if correlation is None else f"{correlation:.3f}".replace("-", "−")
