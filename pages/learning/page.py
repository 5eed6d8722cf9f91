"""Learning: word vectors start random and are moved by a text, snapshot by snapshot."""

from functools import partial

import streamlit as st

from pages.learning.download import show_download
from pages.learning.hints import hint
from pages.learning.playback import (
    SNAPSHOT_KEY,
    Key,
    act,
    advance,
    is_playing,
    run_of,
    seen_runs,
    show_failures,
)
from pages.learning.questions import ask, show_errors
from pages.learning.settings import (
    COMPARED,
    COMPARED_HELP,
    PLAIN,
    TrainingSettings,
    compared,
    name_of,
    settings_row,
)
from pages.learning.text_source import SUITED, Text, choose_kind, choose_source, read_text
from pages.learning.view import show_answers, show_numbers, show_player
from pages.learning.vocabulary import show_if_unsuited, show_vocabulary
from pages.learning.window import show_window
from pages.shared.controls import choice, examples, within
from pages.shared.hint import show_hint
from pages.shared.job_view import repeat_while
from pages.shared.page_frame import errors_shown, show_page
from pages.shared.url_state import is_opening

SNAPSHOT = within(0, 99_999, 0, SNAPSHOT_KEY)
IN_ADDRESS_KEY = "learning_kept"  # in the session: the index of the snapshot in the address
LINKED_KEY = "learning_linked"  # in the session: the index of the snapshot in a link


def show_learning() -> None:
    """Show the examples, the text and the settings, and the run that they ask for."""
    with errors_shown(), examples("learning", "example", PLAIN, then=partial(act, "train")):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
            kind = choose_kind()
            settings = settings_row(SUITED.get(kind, {}))
        source = choose_source(kind)
        if source is None:
            st.info("Choose a file to learn from. Nothing of it is kept.")
            return
        text = read_text(source, settings.config.min_count, lower_case=settings.lower_case)
        if text is not None:
            show_if_unsuited(text)
            show_runs(text, settings)


def show_runs(text: Text, settings: TrainingSettings) -> None:
    """Show one run, or two side by side, at one of their snapshots."""
    config = settings.config
    first = run_of(text, config)
    pictures = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        question, errors = ask(first)
        what = choice("Compare with another", COMPARED, "learn_compare", help=COMPARED_HELP)
    show_errors(errors, "learn_words")
    other = compared(config, what)
    configs = [config] if other is None else [config, other]
    keys: tuple[Key, ...] = tuple((text.key, each) for each in configs)
    linked = st.session_state.pop(LINKED_KEY, 0)
    runs = seen_runs([run_of(text, each) for each in configs], keys, linked)
    with pictures:
        timeline = advance(runs)
        index = timeline.index
        names = [name_of(each, what) for each in configs]
        show_hint(hint(runs, names, index, question))
        show_failures(runs, index)
        show_player(runs, names, timeline, question)
        show_window(runs[0], names[0], index, question)
        show_answers(runs, names, index, question, errors)
    show_numbers(runs[0], index, question)
    show_download(first, f"Learned from {text.name}", index, question)
    show_vocabulary(text)
    if not is_playing():
        st.session_state[IN_ADDRESS_KEY] = index
    # During playback, the address has the snapshot at which the playback started.
    SNAPSHOT.keep(st.session_state.get(IN_ADDRESS_KEY, 0))


with (
    show_page(
        "Learning",
        "Words start with random numbers; a text moves them until related words are close.",
    ),
    errors_shown(),
):
    if is_opening() and (linked := SNAPSHOT.start()):
        st.session_state[LINKED_KEY] = st.session_state[IN_ADDRESS_KEY] = linked
    repeat_while(is_playing, show_learning)()
