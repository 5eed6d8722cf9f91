"""Numbers followed over a run: the loss, and how near an analogy comes."""

from collections.abc import Sequence
from contextlib import suppress

import streamlit as st

from core.errors import InputError
from core.training.frames import Puzzle, read_puzzle
from pages.learning.projection import scores_of
from pages.learning.runs import SeenRun
from pages.shared.page_frame import errors_shown, plain
from viz.components.training_player import Chart, Curve


def charts_of(runs: Sequence[SeenRun], names: Sequence[str], typed: str) -> list[Chart]:
    """Return the loss over the run, and the analogy's score if there is one.

    Args:
        runs: one or two.
        names: what tells them apart.
        typed: the analogy and the word expected; one that cannot be read is told below.
    """
    end = max(run.history[0].progress.all_words for run in runs)
    both = [*zip(runs, names, strict=True)]
    charts = [Chart("Loss", [_loss(run, name) for run, name in both], end)]
    with suppress(InputError):
        puzzle = read_puzzle(typed, runs[0].words)
        curves = [_solved(run, name, puzzle) for run, name in both]
        charts.append(Chart(f"{puzzle.text}: cosine of {puzzle.answer}", curves, end))
    return charts


def told(runs: Sequence[SeenRun], names: Sequence[str], at: int, typed: str) -> None:
    """Say how near the analogy comes in a snapshot."""
    if not typed:
        st.caption("Type an analogy of words of this text to see whether it is learned.")
        return
    with errors_shown("learn_puzzle"):
        puzzle = read_puzzle(typed, runs[0].words)
        for run, name in zip(runs, names, strict=True):
            st.markdown(_told(run, name, puzzle, at))
        left_out = ", ".join(plain(runs[0].words[row]) for row in dict.fromkeys(puzzle.rows))
        st.caption(f"Left out of the places: {left_out}. Green in the curve: place 1.")


def followed(run: SeenRun, typed: str) -> dict[str, Curve]:
    """Return the curves of one run by name, that of the analogy only if it can be read."""
    curves = {"loss": _loss(run, "")}
    try:
        puzzle = read_puzzle(typed, run.words)
    except InputError:
        return curves
    return curves | {"cosine": _solved(run, "", puzzle)}


def _told(run: SeenRun, name: str, puzzle: Puzzle, at: int) -> str:
    known = scores_of(run, puzzle)
    score = known[min(at, len(known) - 1)]
    before, answer = f"{plain(name)}: " if name else "", plain(puzzle.answer)
    if score.place is None:
        return f"{before}**{answer}** has no place in snapshot {at}: its vector or the sum is zero."
    others = len(run.words) - len(set(puzzle.rows))
    return (
        f"{before}**{answer}** is in place **{score.place}** of {others:,} in snapshot {at}, "
        f"cosine {score.cosine:.3f}."
    )


def _loss(run: SeenRun, name: str) -> Curve:
    words = [each.progress.words for each in run.history]
    return Curve(name, words, [each.progress.loss for each in run.history])


def _solved(run: SeenRun, name: str, puzzle: Puzzle) -> Curve:
    scores = scores_of(run, puzzle)
    return Curve(
        name,
        [each.progress.words for each in run.history],
        [each.cosine for each in scores],
        ["" if each.place is None else f", place {each.place}" for each in scores],
        [each.place == 1 for each in scores],
    )
