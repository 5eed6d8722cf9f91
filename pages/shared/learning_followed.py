"""Numbers followed over a run: the loss, and how near an analogy comes."""

import math
from collections.abc import Sequence

import streamlit as st

from core.errors import InputError
from core.training.frames import Puzzle, read_puzzle
from core.training.runs import WatchedRun
from pages.shared.frame import errors_shown, plain
from pages.shared.learning_picture import scores_of
from viz.learning_curves import Curve, curves_figure
from viz.style import TOOLBAR


def curves_view(runs: Sequence[WatchedRun], names: Sequence[str], at: int, typed: str) -> None:
    """Show the loss over the run, and the analogy's score.

    Args:
        runs: one or two.
        names: what tells them apart.
        at: which snapshot.
        typed: the analogy and the word expected.
    """
    end = max(run.history[0].progress.all_words for run in runs)
    first, second = st.columns(2, gap="medium") if len(runs) > 1 else (st.container(),) * 2
    with first:
        losses = [_loss(run, name) for run, name in zip(runs, names, strict=True)]
        loss = losses[0].values[min(at, len(losses[0].values) - 1)]
        now = f": {_short(loss)} now" if len(runs) == 1 and not math.isnan(loss) else ""
        st.plotly_chart(
            curves_figure(f"Loss{now}", losses, at, end),
            key="learning_loss",
            config=TOOLBAR,
            alt="The loss, measured on the same windows at each snapshot, over the words trained.",
        )
    if not typed:
        second.caption("Type an analogy of words of this text to see whether it is learned.")
        return
    with second, errors_shown("learn_puzzle"):
        puzzle = read_puzzle(typed, runs[0].words)
        solved = [_solved(run, name, puzzle) for run, name in zip(runs, names, strict=True)]
        st.plotly_chart(
            curves_figure(f"{puzzle.text}: cosine of {puzzle.answer}", solved, at, end),
            key="learning_puzzle",
            config=TOOLBAR,
            alt=f"The cosine of {puzzle.answer} with {puzzle.text} over the words trained; green "
            "where no other word is nearer.",
        )
        for run, name in zip(runs, names, strict=True):
            st.markdown(_told(run, name, puzzle, at))


def followed(run: WatchedRun, typed: str) -> dict[str, Curve]:
    """Return the curves of one run by name, that of the analogy only if it can be read."""
    curves = {"loss": _loss(run, "")}
    try:
        puzzle = read_puzzle(typed, run.words)
    except InputError:
        return curves
    return curves | {"cosine": _solved(run, "", puzzle)}


def _told(run: WatchedRun, name: str, puzzle: Puzzle, at: int) -> str:
    known = scores_of(run, puzzle)
    score = known[min(at, len(known) - 1)]
    others = len(run.words) - len(set(puzzle.rows))
    before = f"{plain(name)}: " if name else ""
    return (
        f"{before}**{plain(puzzle.answer)}** is in place **{score.place}** of {others:,}, cosine "
        f"{score.cosine:.3f}. Green: place 1."
    )


def _short(loss: float) -> str:
    return f"{loss:.3f}" if loss < 1_000 else f"{loss:,.0f}"


def _loss(run: WatchedRun, name: str) -> Curve:
    history = tuple(run.history)
    words = [each.progress.words for each in history]
    return Curve(name, words, [each.progress.loss for each in history])


def _solved(run: WatchedRun, name: str, puzzle: Puzzle) -> Curve:
    scores = tuple(scores_of(run, puzzle))
    return Curve(
        name,
        [each.progress.words for each in run.history[: len(scores)]],
        [each.cosine for each in scores],
        [f", place {each.place}" for each in scores],
        [each.place == 1 for each in scores],
    )
