"""A part of a page: the scores of the answers to analogy questions."""

from dataclasses import dataclass
from typing import Literal

import streamlit as st

from core.embeddings import Embeddings
from core.evaluation.scores import Answers, SectionScore
from core.evaluation.vocabulary import MOST_FREQUENT
from core.formats.analogy_questions import AnalogyQuestion, Section
from core.geometry.expression import in_expression
from pages import registry
from pages.evaluation.hints import hint
from pages.evaluation.vectors import missing
from pages.shared.controls import choice, select, toggle
from pages.shared.embeddings import GLOVE
from pages.shared.examples import notes
from pages.shared.figures import show_figure
from pages.shared.hint import show_hint
from pages.shared.page_frame import plain
from pages.shared.tables import numbers_on_demand
from viz.evaluation.sections import (
    IF_ALLOWED,
    mistake_table,
    score_table,
    sections_figure,
    unknown_table,
)
from viz.numbers import counted

ALL = "all sections"
COUNTS = (10_000, 50_000, MOST_FREQUENT)
DEFAULT_COUNT = f"{MOST_FREQUENT:,}"
MAX_ROWS = 8  # of a table that is shown without scrolling
HEIGHT = 330  # pixels of a longer one
NOTES = notes("evaluation", "section")


@dataclass(frozen=True)
class ScoreOptions:
    """What the visitor has chosen to see.

    Args:
        section: the name of one section; None for all.
        most_frequent: the number of words that take part.
        with_inputs: whether the accuracy with the question's words allowed is shown, too.
    """

    section: str | None
    most_frequent: int
    with_inputs: bool


def choose(sections: tuple[Section, ...], embeddings: Embeddings) -> ScoreOptions:
    """Show the controls and return their values."""
    names = list(dict.fromkeys((ALL, *(section.name for section in sections))))
    section = select("Look into", names, "section", width=200)
    options = count_options(embeddings)
    most_frequent = options[-1]
    if len(options) > 1:
        most_frequent = choice(
            "Most frequent words",
            options,
            "most_frequent",
            DEFAULT_COUNT if DEFAULT_COUNT in options else options[-1],
            help="Only these words take part: in the questions, and as answers.",
        )
    as_textbooks = toggle(
        "Only as textbooks count",
        "as_textbooks",
        width="content",
        help="Textbooks do not allow *man*, *king* and *woman* as answers to *king − man + woman*, "
        "without saying so. Unless you switch this on, a second bar allows them.",
    )
    count = int(most_frequent.replace(",", ""))
    return ScoreOptions(None if section == ALL else section, count, not as_textbooks)


def count_options(embeddings: Embeddings) -> list[str]:
    """Return how many words can take part; tokens are in no order of frequency, so all do."""
    size = len(embeddings)
    fewer = [count for count in COUNTS if count < size] if embeddings.order != "first" else []
    return [f"{count:,}" for count in (*fewer, size)]


def show_scores(
    answers: Answers,
    options: ScoreOptions,
    embeddings: Embeddings,
    table: str,
    *,
    is_ours: bool = True,
) -> None:
    """Show the scores as bars, in sentences and on demand in a table, and the wrong answers.

    Args:
        answers: so far.
        options: what the visitor has chosen to see.
        embeddings: the vectors that answered.
        table: their name.
        is_ours: whether the questions are the app's own.
    """
    scores = [*answers.scores, answers.total]
    if answers.complete:
        is_cut = options.most_frequent < min(MOST_FREQUENT, len(embeddings))
        seen = hint(answers, options.section, with_inputs=options.with_inputs, is_cut=is_cut)
        if seen:
            show_hint(seen)
    has_figure = bool(answers.total.asked) or not answers.complete
    if has_figure:
        picture, words = st.columns([3, 2], gap="medium")
    else:
        words, picture = st.container(), st.container()
    with picture:
        if has_figure:
            show_figure(
                sections_figure(scores, with_inputs=options.with_inputs, chosen=options.section),
                key="sections",
                alt="; ".join(map(_spoken, scores)) + ".",
            )
        numbers_on_demand(
            "scores_numbers", lambda: score_table(scores), "The scores as numbers.", index=False
        )
    with words:
        chosen = next((one for one in scores if one.name == options.section), answers.total)
        st.markdown(summary(chosen, options, embeddings))
        if is_ours and not has_figure:
            st.markdown("Choose **typed** above, and ask about words that the vectors have.")
        note = NOTES.get(options.section or "") if table == GLOVE and is_ours else None
        if note:
            st.info(note, icon=":material/lightbulb:")
        _show_mistakes(answers, options, table)
        if unknown := answers.unknown_words:
            with st.expander(f"Unknown words: {len(unknown):,}"):
                st.dataframe(unknown_table(unknown), hide_index=True, alt="The unknown words.")
    st.caption(
        "Accuracy is the share of questions answered with exactly the expected word, or with one "
        "of several; a near miss is wrong. The answer to *a : b = c : ?* is the word whose "
        "direction is nearest to that of b − a + c, where the three arrows are first scaled to the "
        "same length."
    )


def _show_mistakes(answers: Answers, options: ScoreOptions, table: str) -> None:
    """Show the wrong answers; the question of a clicked one can be taken to Analogies."""
    wrong = answers.mistakes(options.section)
    mistakes = mistake_table(wrong)
    if options.section is not None:
        mistakes = mistakes.drop(columns="section")
    if not options.with_inputs:
        mistakes = mistakes.drop(columns=IF_ALLOWED)
    if answers.total.asked:
        st.markdown(f"**Wrong answers: {len(mistakes):,}**")
    if len(mistakes):
        way = st.container()
        height: Literal["content"] | int = "content" if len(mistakes) <= MAX_ROWS else HEIGHT
        event = st.dataframe(
            mistakes,
            # The first questions are part of the key: another table has no cell selected.
            key=f"mistakes {mistakes.head(3).to_numpy().tolist()}",
            hide_index=True,
            height=height,
            alt="Questions answered wrongly.",
            on_select="rerun",
            selection_mode="single-cell",
        )
        cells: list[tuple[int, str]] = event["selection"]["cells"]
        with way:
            if cells:
                question = wrong[cells[0][0]].question
                st.page_link(
                    registry.page("analogies"),
                    label=f"Take {plain(question.b)} − {plain(question.a)} + {plain(question.c)} "
                    "to Analogies",
                    query_params=on_analogies(question, table),
                )
            else:
                st.caption("Click a question to take it to Analogies.")


def on_analogies(question: AnalogyQuestion, table: str) -> dict[str, str]:
    """Return the values of the controls of the page Analogies for a question.

    >>> on_analogies(AnalogyQuestion("man", "king", "woman", "queen"), "GloVe")["expression"]
    'king - man + woman'
    """
    a, b, c = map(in_expression, (question.a, question.b, question.c))
    return {
        "expression": f"{b} - {a} + {c}",
        "look_for": question.expected,
        "vectors": table,
    }


def summary(score: SectionScore, options: ScoreOptions, embeddings: Embeddings) -> str:
    """Return, in Markdown, sentences about a score."""
    name = "" if options.section is None else f" about {plain(score.name)}"
    reason = missing(embeddings, options.most_frequent)
    if not score.asked:
        if not score.unknown:
            return f"No question{name} is asked yet."
        return f"Of {counted(score.questions, 'question')}{name}, none can be asked: {reason}."
    text = (
        f"Of {counted(score.asked, 'question')}{name}, **{score.accuracy:.1%}** are answered "
        "rightly."
    )
    if options.with_inputs:
        text += (
            " The question's own words are not allowed as answers, as in textbooks. If they are, "
            f"**{score.accuracy_with_inputs:.1%}** remain."
        )
    if score.unknown:
        text += (
            f" {score.unknown:,} more could not be asked: {reason}. If these count as wrong, the "
            f"accuracy is {score.accuracy_of_all:.1%}."
        )
    return text


def _spoken(score: SectionScore) -> str:
    """Return a score for those who do not see the figure."""
    return f"{score.name}: " + (f"{score.accuracy:.0%} right" if score.asked else "none asked")
