"""The steps in which the picture of an expression is built up."""

from collections.abc import Sequence

import streamlit as st

from core.geometry.construction import Construction
from pages.shared.controls import remembered
from pages.shared.page_frame import plain

STEP = "step"  # in the session and the address: the number of the step; 0 for the whole picture


def chosen_step(count: int) -> int | None:
    """Return the number of the step that is shown, 1 to `count` - 1; None for the whole picture."""
    step = remembered(STEP, 0)
    return step if 0 < step < count else None


def step_hint(drawing: Construction, step: int) -> str:
    """Return, in Markdown, what a step adds to the picture."""
    if step == 1:
        return "Each word is a point. Press **Next** for the first arrow."
    label = plain(drawing.arrows[step - 2].label)
    if not drawing.parallelogram:
        start = "at 0" if step == 2 else "where the last one ended"
        return f"The arrow **{label}** starts {start}."
    if step == 2:
        return f"The step **{label}** is an arrow from one word to the other."
    return f"The arrow is moved: **{label}**. It keeps its length and direction; where does it end?"


def show_steps(names: Sequence[str], step: int | None) -> None:
    """Show the buttons that go from step to step.

    Args:
        names: the names of the steps.
        step: the number of the step that is shown, or None for the whole picture.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if step is None:
            st.button(
                "Build up, step by step",
                key="build_up",
                icon=":material/footprint:",
                on_click=_go_to_step,
                args=(1,),
            )
            return
        st.button("Back", key="step_back", on_click=_go_to_step, args=(step - 1,))
        is_last = step == len(names) - 1
        st.button(
            "Show the answer" if is_last else "Next",
            key="step_next",
            on_click=_go_to_step,
            args=(0 if is_last else step + 1,),
            type="primary",
        )
        st.caption(f"{step} of {len(names)}: {plain(names[step - 1])}")


def _go_to_step(step: int) -> None:
    st.session_state[STEP] = step
