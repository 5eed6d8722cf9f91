"""Learning: word vectors start random and are moved by a text, snapshot by snapshot."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from core.training.snapshots import RecordedRun
from pages.learning.download import results_part
from pages.learning.playback import control_row
from pages.learning.questions import question_row, tell_wrong
from pages.learning.runs import (
    BEGUN,
    PLACE,
    SECONDS,
    Key,
    SeenRun,
    jump,
    leave,
    let_begin,
    run_of,
    seen,
    watch,
    watching,
)
from pages.learning.settings import (
    COMPARED,
    COMPARED_HELP,
    PLAIN,
    Settings,
    compared,
    name_of,
    settings_row,
)
from pages.learning.text_source import SUITED, Text, choose_kind, choose_source, read_text
from pages.learning.view import numbers_view, snapshot_view
from pages.learning.vocabulary import text_part
from pages.shared.controls import choice, examples, within
from pages.shared.page_frame import errors_shown, show_page
from pages.shared.url_state import is_opening, part

LOOKING = "learning_looking"  # in the session: whether the part runs again by itself
KEPT = "learning_kept"  # in the session: the snapshot that the address has
SNAPSHOT = within(0, 99_999, 0, PLACE)
LINKED = "learning_linked"  # in the session: the snapshot that a link asks for
ASKED = "learning_asked"  # in the session: the runs shown before


@dataclass(frozen=True)
class Asked:
    """What a visitor asks for: a text and what is done with it."""

    text: Text
    settings: Settings


def choose() -> Asked | None:
    """Show the controls and return what they say; None if there is no text yet."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        kind = choose_kind()
        settings = settings_row(SUITED.get(kind, {}))
    source = choose_source(kind)
    if source is None:
        st.info("Choose a file to learn from. Nothing of it is kept.")
        return None
    text = read_text(source, settings.config.min_count, lower_case=settings.lower_case)
    return Asked(text, settings)


def run_part(asked: Asked) -> None:
    """Show one run, or two side by side; while they go on, this part runs again and again."""
    before = watching() is not None
    with errors_shown():
        config = asked.settings.config
        first = run_of(asked.text, config)
        pictures = st.container()
        with st.container(horizontal=True, vertical_alignment="bottom"):
            question = question_row(first)
            what = choice("Beside it, another", COMPARED, "learn_compare", help=COMPARED_HELP)
        tell_wrong(question)
        other = compared(config, what)
        configs = [config] if other is None else [config, other]
        keys: tuple[Key, ...] = tuple((asked.text.key, each) for each in configs)
        runs = _shown([first, *(run_of(asked.text, each) for each in configs[1:])], keys)
        with pictures:
            at = control_row(runs, keys)
            snapshot_view(runs, [name_of(each, what) for each in configs], at, question)
        numbers_view(runs[0], at, question)
        results_part(first, f"Learned from {asked.text.name}", at)
        if watching() is None:
            st.session_state[KEPT] = at
        SNAPSHOT.keep(st.session_state.get(KEPT, 0))  # while a run goes on, where it set out
    if (watching() is not None) != before or st.session_state.get(LOOKING) != (
        watching() is not None
    ):
        st.rerun()


def _shown(runs: Sequence[RecordedRun], keys: tuple[Key, ...]) -> list[SeenRun]:
    """Return runs as this visitor sees them, begun where a click or a link asks for that."""
    if st.session_state.get(ASKED) != keys:
        _begin_anew(keys)
    last = max(run.last for run in runs)
    linked = st.session_state.pop(LINKED, None)
    if (steps := st.session_state.pop(BEGUN, 0)) > 0:
        place = int(st.session_state.get(PLACE, 0))
        watch(keys, min(place + steps, last))
    elif linked is not None:
        jump(keys, min(linked, last))
    return [seen(run, key) for run, key in zip(runs, keys, strict=True)]


def _begin_anew(keys: tuple[Key, ...]) -> None:
    """Stand at the beginning again when other runs are asked for, unless the first one stays."""
    before = st.session_state.get(ASKED)
    if before is None or before[0] != keys[0]:
        st.session_state[PLACE] = 0
        leave()
    st.session_state[ASKED] = keys


with show_page(
    "Learning",
    "Words start with random numbers; a text moves them, until words of a kind stand together.",
):
    examples("learning", "example", PLAIN, then=let_begin)
    with errors_shown():
        chosen = choose()
        if chosen is not None:
            st.session_state[LOOKING] = watching() is not None
            st.session_state[LINKED] = None
            if is_opening() and (linked := SNAPSHOT.start()):
                st.session_state[LINKED] = st.session_state[KEPT] = linked
            part(run_part, run_every=SECONDS if watching() is not None else None)(chosen)
            text_part(chosen.text, run_of(chosen.text, chosen.settings.config))
