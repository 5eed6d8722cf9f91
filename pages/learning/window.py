"""The window in a sentence of the text, and one step of training with it."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from core.enumeration import listed
from core.training.one_step import OneStep
from pages.learning.playback import SeenRun
from pages.learning.questions import SnapshotQuestion
from pages.learning.view import picture_of
from pages.shared.controls import choice, one_of
from pages.shared.figures import show_figure
from pages.shared.page_frame import plain
from pages.shared.tables import numbers_on_demand
from viz.numbers import counted
from viz.training.step import StepArrow, step_figure, step_table


def show_window(run: SeenRun, name: str, index: int, question: SnapshotQuestion) -> None:
    """Show a sentence with its window, and how a pair of its words moves a vector.

    Args:
        run: the run.
        name: its name; empty if there is no other run.
        index: the index of the snapshot.
        question: the question about it, for the axes of its picture.
    """
    left, right = st.columns([4, 5], gap="large")
    with left:
        gap = _choose_gap(run)
        near = _choose_near(run, gap)
    shown = min(index, len(run.history) - 1)
    step = run.run.step_at(shown, gap, near)
    with right:
        _show_step(run, name, shown, question, gap, near, step)


def _words(run: SeenRun) -> list[str]:
    return [run.words[row] for row in run.run.example.sentence]


def _choose_gap(run: SeenRun) -> int:
    """Show the sentence with its window; return the position of the missing word."""
    example, words = run.run.example, _words(run)
    st.markdown("**The window.** The text says which words are near each other:")
    positions = [str(at) for at in range(len(words))]
    default = positions[len(words) // 2]
    linked = one_of(positions, "learn_gap", default)
    chosen = int(linked.start())
    near = example.near(chosen)

    def shown(position: str) -> str:
        word = plain(words[int(position)])
        if int(position) == chosen:
            return f"**{word}**"
        return f":blue-background[{word}]" if int(position) in near else f":gray[{word}]"

    gap = int(
        st.pills(
            "The missing word",
            positions,
            default=default,
            key="learn_gap",
            format_func=shown,
            required=True,
            label_visibility="collapsed",
            wrap=True,
        )
    )
    linked.keep(str(gap))
    context = counted(len(example.near(gap)), "near word")
    how = "their mean predicts" if run.config.architecture == "cbow" else "each predicts"
    st.caption(
        f"Tap a word. **{plain(words[gap])}** has {context}, up to {example.window} to each side "
        f"(each time, 1 to {example.window} at random); {how} it. Words with "
        "the same near words get vectors that point the same way."
    )
    return gap


def _choose_near(run: SeenRun, gap: int) -> int:
    """Return the position of the near word whose vector moves; let it be chosen for skip-gram."""
    words = _words(run)
    near = run.run.example.near(gap)
    closest = min(near, key=lambda at: (abs(at - gap), at))
    if run.config.architecture == "cbow":
        return closest
    return int(
        choice(
            "The near word whose vector moves",
            [str(at) for at in near],
            "learn_near",
            str(closest),
            markdown=lambda position: plain(words[int(position)]),
            wrap=True,
        )
    )


def _show_step(
    run: SeenRun,
    name: str,
    index: int,
    question: SnapshotQuestion,
    gap: int,
    near: int,
    step: OneStep,
) -> None:
    """Show the arrows of a step, and what they are."""
    words, example = _words(run), run.run.example
    is_cbow = run.config.architecture == "cbow"
    moved = "the mean of the near words" if is_cbow else words[near]
    missing = words[gap]
    before = f"{plain(name)} · " if name else ""
    st.markdown(
        f"{before}**One step** in snapshot {index}: **{plain(missing)}** pulls, "
        f"{counted(len(step.pushes) - 1, 'random word')} push"
        f"{'es' if len(step.pushes) == 2 else ''} **{plain(moved)}**."
    )
    axes = picture_of(run, question).axes.axes
    names = [missing, *(run.words[row] for row in example.noise_for(gap))]
    arrows = [
        StepArrow(
            word, push.is_noise, push.chance, push.move @ axes.T, float(np.linalg.norm(push.move))
        )
        for word, push in zip(names, step.pushes, strict=True)
    ]
    near_words = {words[at] for at in example.near(gap)}
    near_noise = [each.word for each in arrows[1:] if each.word in near_words]
    if step.move.any():
        _show_arrows(moved, arrows, step, near_noise, is_cbow=is_cbow)
    else:
        st.info(_still(run, index, moved, missing))
    numbers_on_demand(
        "learn_step_numbers", lambda: step_table(arrows), "What each word does to the vector."
    )


def _show_arrows(
    moved: str,
    arrows: Sequence[StepArrow],
    step: OneStep,
    near_noise: Sequence[str],
    *,
    is_cbow: bool,
) -> None:
    """Show the arrows of a step, and what they are.

    Args:
        moved: the name of the vector that moves.
        arrows: the first one is that of the missing word.
        step: the step.
        near_noise: the random words that happen to be near the missing word.
        is_cbow: whether the vector is the mean of the near words.
    """
    pull, *pushes = arrows
    noise = ", ".join(f"{plain(each.word)} {each.chance:.0%}" for each in pushes)
    show_figure(
        step_figure(moved, arrows),
        key="learning_step_picture",
        alt=f"Arrows from {moved}: {pull.word} pulls it, "
        f"{', '.join(each.word for each in pushes)} push it.",
    )
    length = float(np.linalg.norm(step.vector))
    share = f", {float(np.linalg.norm(step.move)) / length:.1%} of the vector" if length else ""
    counted_as = "counted as 0%"
    if near_noise:
        happen = "happens" if len(near_noise) == 1 else "happen"
        named = listed([f"**{plain(word)}**" for word in near_noise], len(near_noise))
        counted_as += f", even though {named} {happen} to be near"
    each = " Each near word moves by this arrow." if is_cbow else ""
    st.caption(
        f"How surely do the vectors hold them to be near? **{plain(pull.word)}** "
        f"{pull.chance:.0%}: the text says 100%, so it pulls. The random words {noise}: "
        f"{counted_as}, so they push. The further off, the longer a word's arrow; it points along "
        "the word's vector in a second table, for missing words. Same axes as the picture above, "
        "enlarged: the sum is "
        f"one step{share}.{each}"
    )


def _still(run: SeenRun, index: int, moved: str, missing: str) -> str:
    """Return why a step moves nothing."""
    if not run.history[index].progress.learning_rate:
        return "The learning rate is 0: nothing moves."
    return (
        f"Nothing moves {plain(moved)} here: each arrow is a share of a vector in a second table, "
        f"for missing words such as {plain(missing)}, and these vectors are still zeros."
        + (
            " Zeros stay zeros."
            if run.config.initialisation == "zeros"
            else " The first steps move that table; then the words follow. Press **Train** or "
            "**Step**."
        )
    )
