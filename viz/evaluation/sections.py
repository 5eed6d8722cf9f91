"""The accuracy of answers to analogy questions, by section."""

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from core.evaluation.scores import Answered, SectionScore
from core.formats.analogy_questions import AnalogyQuestion
from core.formats.text_lines import ParseError
from viz.figure import Figure
from viz.style import BLUE, INK, LINE, TEXT_SIZE, VERMILLION, plotly_text, quiet

ROW = 42  # pixels
MAX_NAME = 22  # characters of a section's name beside its bar
FAINT = 0.3  # opacity of the sections that are not selected
BARRED, ALLOWED = "own words not allowed", "own words allowed"
IF_ALLOWED = "if allowed"  # the answer if the question's own words are allowed


def sections_figure(
    scores: Sequence[SectionScore], *, with_inputs: bool = True, chosen: str | None = None
) -> go.Figure:
    """Return a bar for each section, whose length is the accuracy.

    A stroke across a bar is the accuracy if unknown words count as wrong answers.

    Args:
        scores: the scores in the order of the file.
        with_inputs: whether a second bar shows the share with the question's words allowed.
        chosen: the name of a highlighted section.
    """
    rows = list(range(len(scores)))
    opacity = [1.0 if chosen in (None, score.name) else FAINT for score in scores]
    bars = [_bars(BARRED, [score.accuracy for score in scores], scores, BLUE, opacity)]
    if with_inputs:
        shares = [score.accuracy_with_inputs for score in scores]
        bars.append(_bars(ALLOWED, shares, scores, VERMILLION, opacity))
    unknown = [row for row in rows if scores[row].unknown and scores[row].asked]
    strokes = {
        "type": "scatter",
        "mode": "markers",
        "name": "unknown as wrong",
        # On the first bar, which is the upper one if there are two.
        "y": [row - 0.2 * with_inputs for row in unknown],
        "x": [100 * scores[row].accuracy_of_all for row in unknown],
        "marker": {"symbol": "line-ns", "size": 14, "line": {"width": 3, "color": INK}},
        "hovertemplate": "%{x:.1f} % with unknown words counted as wrong<extra></extra>",
    }
    share = {
        "range": [0, 120],  # with room for the text after a bar
        "tickvals": [0, 25, 50, 75, 100],
        "ticktext": ["0 %", "25 %", "50 %", "75 %", "100 %"],
        "gridcolor": LINE,
        "tickfont": {"size": TEXT_SIZE - 2, "color": INK},
        "fixedrange": True,
    }
    names = {
        "tickvals": rows,
        "ticktext": [_name(score) for score in scores],
        "range": [len(scores) - 0.5, -0.5],
        "automargin": True,
        "tickfont": {"size": TEXT_SIZE - 1, "color": INK},
        "fixedrange": True,
    }
    legend = {
        "orientation": "h",
        "traceorder": "normal",
        "y": 1,
        "yanchor": "bottom",
        "x": 0,
        "font": {"size": TEXT_SIZE - 3, "color": INK},  # on a phone it ends left of the toolbar
    }
    layout = quiet(ROW * len(scores) + 80) | {
        "xaxis": share,
        "yaxis": names,
        "bargap": 0.25,
        "showlegend": True,
        "legend": legend,
    }
    return Figure(data=[*bars, strokes] if unknown else bars, layout=layout)


def _bars(
    name: str,
    shares: Sequence[float],
    scores: Sequence[SectionScore],
    color: str,
    opacity: Sequence[float],
) -> dict[str, object]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "y": list(range(len(scores))),
        "x": [100 * share for share in shares],
        "text": [
            f"{100 * share:.0f} %" if score.asked else ""
            for share, score in zip(shares, scores, strict=True)
        ],
        "textposition": "outside",
        "textfont": {"color": INK, "size": TEXT_SIZE - 2},
        "constraintext": "none",
        "cliponaxis": False,
        "marker": {"color": color, "opacity": list(opacity)},
        "customdata": [plotly_text(score.name) for score in scores],
        "hovertemplate": f"%{{customdata}}<br>{name}: %{{x:.1f}} %<extra></extra>",
    }


def _name(score: SectionScore) -> str:
    """Return the label of a bar: the section and the numbers of its questions."""
    name = score.name if len(score.name) <= MAX_NAME else score.name[: MAX_NAME - 1] + "…"
    if score.asked:
        counts = f"{score.right:,} of {score.asked:,}"
    else:
        counts = "none asked" if score.unknown else "not asked yet"
    unknown = f", {score.unknown:,} unknown" if score.unknown else ""
    return f"{plotly_text(name)}<br><span style='font-size:12px'>{counts}{unknown}</span>"


def score_table(scores: Sequence[SectionScore]) -> pd.DataFrame:
    """Return the numbers of the figure, a row for each section; none where none was asked."""
    return pd.DataFrame(
        {
            "section": [score.name for score in scores],
            "questions": [score.questions for score in scores],
            "unknown": [score.unknown for score in scores],
            "asked": [score.asked for score in scores],
            "right": [score.right for score in scores],
            "accuracy (%)": [_percent(score, score.accuracy) for score in scores],
            "unknown as wrong (%)": [_percent(score, score.accuracy_of_all) for score in scores],
            f"{ALLOWED} (%)": [_percent(score, score.accuracy_with_inputs) for score in scores],
        }
    )


def _percent(score: SectionScore, share: float) -> float:
    return 100 * share if score.asked else float("nan")


def mistake_table(mistakes: Sequence[Answered]) -> pd.DataFrame:
    """Return the questions with wrong answers, the expected and the given words."""
    questions = [one.question for one in mistakes]
    return pd.DataFrame(
        {
            "question": [f"{one.a} : {one.b} = {one.c} : ?" for one in questions],
            "expected": [_expected(one) for one in questions],
            "given": [one.given for one in mistakes],
            IF_ALLOWED: [one.given_with_inputs for one in mistakes],
            "section": [one.section for one in mistakes],
        }
    )


def _expected(question: AnalogyQuestion) -> str:
    """Return the right answers; the last of several is all of them with slashes."""
    return question.answers[-1]


def unknown_table(unknown: Mapping[str, int]) -> pd.DataFrame:
    """Return the unknown words and the number of questions with each."""
    return pd.DataFrame({"word": list(unknown), "questions": list(unknown.values())})


def parse_error_table(errors: Sequence[ParseError]) -> pd.DataFrame:
    """Return the lines that could not be read, and the reasons."""
    return pd.DataFrame(
        {"line": [error.line for error in errors], "reason": [error.reason for error in errors]}
    )
