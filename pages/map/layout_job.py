"""Layouts that take their time: asked for, watched while they form, stopped."""

import streamlit as st

from core.errors import PlaygroundError
from core.jobs import Job
from core.layouts.base import LayoutStep
from core.layouts.map_words import DrawnWords
from core.layouts.store import Recipe, find, make
from pages.map.layouts import Layout, layout_jobs, principal_layout
from pages.shared.session import visitor

AT_ONCE = {"UMAP": 25_000, "t-SNE": 6_000}  # words up to which nobody need be asked
SHOWN_FORMING = 100_000  # words up to which the layout is sent while it forms
STOPPED, WATCHED = "layout_stopped", "layout_watched"
SECONDS = 0.8  # between two looks


def is_forming() -> bool:
    """Return whether this visitor waits for a layout."""
    return WATCHED in st.session_state


def formed_layout(recipe: Recipe, drawn: DrawnWords) -> Layout:
    """Return a layout, or while it forms what there is of it, and show how far it is.

    Until there is anything of it, the words stand where their principal components are.

    Raises:
        InputError: the words and the settings do not go together.
    """
    name = recipe.name(drawn)
    title = f"{recipe.method} in {recipe.components} dimensions"
    job = layout_jobs().find(name)
    found = find(recipe, drawn)
    if found is None and job is not None and job.state == "done" and job.latest is not None:
        found = job.latest.coordinates  # made, though there was no room to keep it
    if found is not None:
        forget_layout()
        return Layout(name, title, drawn, found)
    meanwhile = principal_layout(drawn, drawn.digest, recipe.components)
    if st.session_state.get(STOPPED) == name:
        return _stopped(name, title, job, meanwhile)
    if job is None or job.state == "stopped":
        if len(drawn) > AT_ONCE[recipe.method] and st.session_state.get(WATCHED) != name:
            forget_layout()
            _offer(recipe, drawn)
            return meanwhile
        job = layout_jobs().start(name, lambda: make(recipe, drawn), visitor())
    if job.state == "failed":
        forget_layout()
        raise job.error or PlaygroundError("The layout could not be made.")
    job.watch(visitor())
    _watch(name)
    _show_progress(name, job)
    return _so_far(name, title, job, meanwhile)


def _so_far(name: str, title: str, job: Job[LayoutStep] | None, meanwhile: Layout) -> Layout:
    """Return what there is of a layout."""
    step = job.latest if job is not None else None
    if step is None or step.coordinates is None or len(meanwhile.drawn) > SHOWN_FORMING:
        return meanwhile
    forming = f"{name}:{step.share:.3f}"
    return Layout(forming, f"{title}, not finished", meanwhile.drawn, step.coordinates)


def _show_progress(name: str, job: Job[LayoutStep]) -> None:
    step = job.latest
    share = step.share if step is not None else 0.0
    ahead = job.ahead
    doing = step.doing if step is not None else "getting ready"
    text = f"{ahead} before yours; waiting" if ahead else f"{doing}: {share:.0%}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(min(share, 1.0), text=text.capitalize())
        st.button("Stop", key="stop_layout", on_click=_stop, args=(name,))


def _stopped(name: str, title: str, job: Job[LayoutStep] | None, meanwhile: Layout) -> Layout:
    so_far = _so_far(name, title, job, meanwhile)
    share = job.latest.share if job is not None and job.latest is not None else 0.0
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"Stopped at {share:.0%}. What you see is not finished.", width="content")
        st.button("Start again", key="start_layout", on_click=_start, args=(name,))
    return so_far


def _offer(recipe: Recipe, drawn: DrawnWords) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"{recipe.method} of {len(drawn):,} words takes minutes. You see their principal "
            "components until then.",
            width="content",
        )
        st.button("Start", key="start_layout", on_click=_start, args=(recipe.name(drawn),))


def _start(name: str) -> None:
    st.session_state.pop(STOPPED, None)
    _watch(name)


def _stop(name: str) -> None:
    st.session_state[STOPPED] = name
    forget_layout()


def _watch(name: str) -> None:
    """Wait for a layout, and no longer for another one."""
    if st.session_state.get(WATCHED) != name:
        forget_layout()
        st.session_state[WATCHED] = name


def forget_layout() -> None:
    """Wait for no layout."""
    name = st.session_state.pop(WATCHED, None)
    job = layout_jobs().find(name)
    if job is not None:
        job.leave(visitor())
