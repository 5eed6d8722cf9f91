"""The size of a text, its vocabulary, and the words left out."""

import pandas as pd
import streamlit as st

from core.training.lines import UNSPACED
from pages.learning.text_source import Text
from pages.shared.page_frame import plain
from pages.shared.tables import show_table
from viz.numbers import counted

MAX_ROWS = 200  # of the table of the vocabulary
MIN_WORDS = 1_000  # of a text from which something can be learned


def show_if_unsuited(text: Text) -> None:
    """Say that a text has no spaces between its words or is too short to learn from, if so."""
    if text.corpus.is_unspaced:
        st.warning(UNSPACED, icon=":material/warning:")
        return
    count = text.corpus.words_read
    if count >= MIN_WORDS:
        return
    which = "This example has" if text.is_example else "This text has"
    more = " Paste a longer one into the field." if text.is_example else ""
    st.markdown(
        f":orange[:material/info:] {which} only {counted(count, 'word')}: little can be learned "
        "from so few, and which words end up near each other is mostly chance. Some thousands of "
        f"words are needed.{more}"
    )


def show_vocabulary(text: Text) -> None:
    """Show the counts of a text and, in an expander, its vocabulary."""
    corpus = text.corpus
    words = corpus.vocabulary.words
    left_out = corpus.words_read - int(corpus.vocabulary.counts.sum())
    held_out = corpus.words_held_out
    st.markdown(
        f"Of {plain(text.name)}: {counted(corpus.sentences, 'sentence')}, "
        f"{counted(corpus.words_read, 'word')}, **{len(words):,} different ones** in the "
        "vocabulary." + (f" {counted(left_out, 'word')} left out as too rare." if left_out else "")
    )
    if held_out:
        st.caption(f"The loss is measured on {counted(held_out, 'word')} that are kept back.")
    else:
        st.caption("The loss is measured on the text itself: it is too short to keep words back.")
    for note in corpus.notes:
        st.caption(plain(note))
    if corpus.replaced:
        st.warning(
            f"{corpus.replaced:,} characters were not UTF-8 and were replaced by �. Save the text "
            "as UTF-8 to keep them.",
            icon=":material/warning:",
        )
    with st.expander("The vocabulary"):
        left, right = st.columns(2, gap="medium")
        with left:
            counts = corpus.vocabulary.counts[:MAX_ROWS]
            table = pd.DataFrame(
                {"id": range(len(counts)), "count": counts},
                index=pd.Index(words[:MAX_ROWS], name="word"),
            )
            _show_counts(table, "The most frequent words with their ids and counts.")
        with right:
            if left_out and st.toggle("Show the words left out", key="learning_left_out"):
                rare = pd.DataFrame(
                    {"count": corpus.rare.counts},
                    index=pd.Index(corpus.rare.words, name="left out"),
                )
                _show_counts(rare, "Words that occur too rarely.")


def _show_counts(table: pd.DataFrame, alt: str) -> None:
    show_table(table.astype(str) if table.empty else table.map("{:,}".format), alt)
