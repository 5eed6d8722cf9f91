"""A part of a page: the scores of the answers to analogy questions."""

from dataclasses import dataclass

import streamlit as st

from core.evaluation.scores import Answers, SectionScore
from core.evaluation.vocabulary import MOST_FREQUENT
from core.formats.analogy_questions import Section
from pages.shared.controls import choice, select, toggle
from pages.shared.examples import notes
from pages.shared.page_frame import plain
from viz.evaluation.sections import (
    LEFT_IN,
    mistake_table,
    score_table,
    sections_figure,
    unknown_table,
)
from viz.numbers import counted
from viz.style import TOOLBAR

ALL = "all sections"
DEFAULT_COUNT = f"{MOST_FREQUENT:,}"
COUNTS = ("10,000", "50,000", DEFAULT_COUNT, "400,000")
MAX_ROWS = 20  # of a table that is shown without scrolling
NOTES = notes("evaluation", "section")


@dataclass(frozen=True)
class ScoreOptions:
    """What the visitor has chosen to see.

    Args:
        section: the name of one section; None for all.
        most_frequent: the number of words that take part.
        with_inputs: whether the accuracy with a question's own words as answers is shown, too.
    """

    section: str | None
    most_frequent: int
    with_inputs: bool


def choose(sections: tuple[Section, ...]) -> ScoreOptions:
    """Show the controls and return their values."""
    names = list(dict.fromkeys((ALL, *(section.name for section in sections))))
    section = select("Look into", names, "section", width=200)
    most_frequent = choice(
        "Most frequent words",
        COUNTS,
        "most_frequent",
        DEFAULT_COUNT,
        help="Only these words take part: in the questions, and as answers.",
    )
    as_textbooks = toggle(
        "Only as textbooks count",
        "as_textbooks",
        width="content",
        help="Textbooks leave *man*, *king* and *woman* out of the answers to *king - man + woman* "
        "without saying so. Unless you switch this on, a second bar allows them as answers.",
    )
    count = int(most_frequent.replace(",", ""))
    return ScoreOptions(None if section == ALL else section, count, not as_textbooks)


def show_scores(answers: Answers, options: ScoreOptions) -> None:
    """Show the scores as bars, in a sentence and in a table, and the wrong answers."""
    scores = [*answers.scores, answers.total]
    picture, words = st.columns([3, 2], gap="medium")
    picture.plotly_chart(
        sections_figure(scores, with_inputs=options.with_inputs, chosen=options.section),
        key="sections",
        config=TOOLBAR,
        alt="; ".join(f"{score.name}: {score.accuracy:.0%} right" for score in scores) + ".",
    )
    mistakes = mistake_table(answers.mistakes(options.section))
    if options.section is not None:
        mistakes = mistakes.drop(columns="section")
    if not options.with_inputs:
        mistakes = mistakes.drop(columns=LEFT_IN)
    with words:
        chosen = next((one for one in scores if one.name == options.section), answers.total)
        st.markdown(summary(chosen, options))
        if note := NOTES.get(options.section or ""):
            st.info(note, icon=":material/lightbulb:")
        st.markdown(f"**Wrong answers: {len(mistakes):,}**")
        if len(mistakes):
            st.dataframe(mistakes, hide_index=True, height=330, alt="Questions answered wrongly.")
        if unknown := answers.unknown_words:
            with st.expander(f"Unknown words: {len(unknown):,}"):
                st.dataframe(unknown_table(unknown), hide_index=True, alt="The unknown words.")
    st.caption(
        "Accuracy is the share of questions answered with exactly the expected word; a near miss "
        "is wrong. The answer to *a : b = c : ?* is the word whose direction is nearest to that of "
        "b − a + c, where the three arrows are first scaled to the same length."
    )
    table = score_table(scores)
    columns = {
        name: st.column_config.NumberColumn(format="%.1f") for name in table.columns if "%" in name
    }
    st.dataframe(
        table,
        column_config=columns,
        hide_index=True,
        height="content" if len(table) <= MAX_ROWS else "auto",
        alt="The scores as numbers.",
    )


def summary(score: SectionScore, options: ScoreOptions) -> str:
    """Return, in Markdown, sentences about a score."""
    name = "" if options.section is None else f" about {plain(score.name)}"
    text = (
        f"Of {counted(score.asked, 'question')}{name}, **{score.accuracy:.1%}** are answered "
        "rightly."
    )
    if options.with_inputs:
        text += (
            f" This leaves out a question's own words, as textbooks do. If they are allowed as "
            f"answers, **{score.accuracy_with_inputs:.1%}** remain."
        )
    if score.unknown:
        text += (
            f" {score.unknown:,} more could not be asked: a word is not among the "
            f"{options.most_frequent:,} most frequent. If these count as wrong, the accuracy is "
            f"{score.accuracy_of_all:.1%}."
        )
    return text
