"""The vocabulary of a text, the words left out, and an example of a window."""

import pandas as pd
import streamlit as st

from core.training.corpus import END
from core.training.snapshots import RecordedRun
from pages.learning.text_source import Text
from pages.shared.page_frame import plain
from pages.shared.tables import show_table
from viz.numbers import counted

MAX_ROWS = 200  # of the table of the vocabulary
MIN_WORDS = 1_000  # of a text from which something can be learned
MAX_EXAMPLE = 14  # words of the example sentence


def show_if_little(text: Text) -> None:
    """Say that a text is too short to learn from, if it is."""
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


def show_vocabulary(text: Text, run: RecordedRun) -> None:
    """Show the counts of a text and, in an expander, its vocabulary and a window."""
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
    if corpus.replaced:
        st.warning(
            f"{corpus.replaced:,} characters were not UTF-8 and were replaced by �. Save the text "
            "as UTF-8 to keep them.",
            icon=":material/warning:",
        )
    with st.expander("The vocabulary and a window"):
        left, right = st.columns([2, 3], gap="medium")
        with left:
            counts = corpus.vocabulary.counts[:MAX_ROWS]
            table = pd.DataFrame(
                {"id": range(len(counts)), "count": counts},
                index=pd.Index(words[:MAX_ROWS], name="word"),
            )
            _show_counts(table, "The most frequent words with their ids and counts.")
            if left_out and st.toggle("Show the words left out", key="learning_left_out"):
                rare = pd.DataFrame(
                    {"count": corpus.rare.counts},
                    index=pd.Index(corpus.rare.words, name="left out"),
                )
                _show_counts(rare, "Words that occur too rarely.")
        with right:
            _show_window(run)


def _show_counts(table: pd.DataFrame, alt: str) -> None:
    show_table(table.astype(str) if table.empty else table.map("{:,}".format), alt)


def _show_window(run: RecordedRun) -> None:
    """Show a sentence with a gap and the words in its window, as the method uses them."""
    sentence = _example(run)
    window = run.config.window
    centre = st.select_slider(
        "The missing word", range(len(sentence)), format_func=lambda at: sentence[at],
        key="learning_centre",
    )  # fmt: skip
    near = range(max(centre - window, 0), min(centre + window + 1, len(sentence)))
    st.markdown(
        " ".join(
            f"**[ {plain(word)} ]**"
            if at == centre
            else f":blue-background[{plain(word)}]"
            if at in near
            else plain(word)
            for at, word in enumerate(sentence)
        )
    )
    context = [plain(sentence[at]) for at in near if at != centre]
    if run.config.architecture == "cbow":
        st.markdown(
            f"CBOW takes the mean of the vectors of {', '.join(context)}, and predicts "
            f"**{plain(sentence[centre])}**, the missing word, from this one vector."
        )
    else:
        st.markdown(
            f"Skip-gram predicts **{plain(sentence[centre])}** from each of {', '.join(context)} "
            f"by itself: {len(context)} pairs of words."
        )
    st.caption(
        f"Training learns to distinguish the missing word from {run.config.negatives} noise words "
        "drawn at random; a noise word that is the missing word itself does not count. "
        f"The window reaches 1 to {window} words to each side, drawn anew for each gap; here it is "
        "at its widest."
    )


def _example(run: RecordedRun) -> list[str]:
    """Return the first sentence with at least six words, else the most frequent words."""
    words, sentence = run.corpus.vocabulary.words, list[str]()
    for index in run.corpus.ids[:2_000].tolist():
        if index == END:
            if len(sentence) >= 6:
                break
            sentence = []
        else:
            sentence.append(words[index])
    return sentence[:MAX_EXAMPLE] if len(sentence) > 1 else list(words[:MAX_EXAMPLE])
