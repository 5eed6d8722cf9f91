"""A part of a page: the scores of answers to analogy questions, in a picture and in words."""

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
from viz.style import TOOLBAR

ALL = "all sections"
USUAL_COUNT = f"{MOST_FREQUENT:,}"
COUNTS = ("10,000", "50,000", USUAL_COUNT, "400,000")
FEW = 20  # rows of a table that are all shown at once
NOTES = notes("evaluation", "section")


@dataclass(frozen=True)
class Wanted:
    """What the visitor wants to see.

    Args:
        section: the name of one section to look into; None for all.
        most_frequent: how many words take part.
        with_inputs: whether to show what comes out when a question's own words may answer.
    """

    section: str | None
    most_frequent: int
    with_inputs: bool


def choose(sections: tuple[Section, ...]) -> Wanted:
    """Show the controls and return what they say."""
    names = list(dict.fromkeys((ALL, *(section.name for section in sections))))
    section = select("Look into", names, "section", width=200)
    most_frequent = choice(
        "Most frequent words",
        COUNTS,
        "most_frequent",
        USUAL_COUNT,
        help="Only these words take part: in the questions, and as answers.",
    )
    as_textbooks = toggle(
        "Only as textbooks count",
        "as_textbooks",
        width="content",
        help="Textbooks leave *man*, *king* and *woman* out of the answers to *king - man + woman* "
        "without saying so. Unless you switch this on, a second bar lets them in.",
    )
    count = int(most_frequent.replace(",", ""))
    return Wanted(None if section == ALL else section, count, not as_textbooks)


def show_scores(answers: Answers, wanted: Wanted) -> None:
    """Show the bars, what they say, the wrong answers and the numbers."""
    scores = [*answers.scores, answers.total]
    picture, words = st.columns([3, 2], gap="medium")
    picture.plotly_chart(
        sections_figure(scores, with_inputs=wanted.with_inputs, chosen=wanted.section),
        key="sections",
        config=TOOLBAR,
        alt="; ".join(f"{score.name}: {score.accuracy:.0%} right" for score in scores) + ".",
    )
    mistakes = mistake_table(answers.mistakes(wanted.section))
    if wanted.section is not None:
        mistakes = mistakes.drop(columns="section")
    if not wanted.with_inputs:
        mistakes = mistakes.drop(columns=LEFT_IN)
    with words:
        chosen = next((one for one in scores if one.name == wanted.section), answers.total)
        st.markdown(verdict(chosen, wanted))
        if note := NOTES.get(wanted.section or ""):
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
        "b − a + c, where each of the three arrows is first made equally long."
    )
    table = score_table(scores)
    columns = {
        name: st.column_config.NumberColumn(format="%.1f") for name in table.columns if "%" in name
    }
    st.dataframe(
        table,
        column_config=columns,
        hide_index=True,
        height="content" if len(table) <= FEW else "auto",
        alt="The scores as numbers.",
    )


def verdict(score: SectionScore, wanted: Wanted) -> str:
    """Return, in Markdown, what a score says."""
    name = "" if wanted.section is None else f" about {plain(score.name)}"
    questions = "1 question" if score.asked == 1 else f"{score.asked:,} questions"
    said = f"Of {questions}{name}, **{score.accuracy:.1%}** are answered rightly."
    if wanted.with_inputs:
        said += (
            f" That leaves a question's own words out, as textbooks do. Let them answer too, and "
            f"**{score.accuracy_with_inputs:.1%}** remain."
        )
    if score.unknown:
        said += (
            f" {score.unknown:,} more could not be asked: a word is not among the "
            f"{wanted.most_frequent:,} most frequent. Counted as wrong, that makes "
            f"{score.accuracy_of_all:.1%}."
        )
    return said
