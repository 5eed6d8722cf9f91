"""The vectors that the pages can show, which of them they show now, and how to remove one."""

from typing import Final

import streamlit as st

from pages import registry
from pages.shared.embeddings import (
    GLOVE,
    OF_WORDS,
    TABLES,
    VECTORS_KEYS,
    current_table,
    embeddings_of,
    take_to_all_pages,
)
from pages.shared.page_frame import plain
from pages.shared.user_embeddings import are_texts, brought, is_file, offered, remove, title
from viz.numbers import counted

CONTROL_KEY: Final = "data_current"


def show_kept() -> None:
    """Show the vectors that can be used, of which one is, and links to the pages with it."""
    options = [*offered(), *TABLES]
    current = current_table() if current_table() in options else GLOVE
    st.session_state[CONTROL_KEY] = current
    st.radio(
        "Vectors on every page",
        options,
        key=CONTROL_KEY,
        format_func=lambda name: plain(title(name)),
        captions=[_about(name) for name in options],
        on_change=lambda: take_to_all_pages(st.session_state[CONTROL_KEY]),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        show_page_links(current)
        if current not in TABLES and not is_file(current):
            st.button(
                f"Remove {plain(title(current))}",
                key="data_remove",
                icon=":material/delete:",
                type="tertiary",
                on_click=_remove,
                args=(current,),
            )


def show_page_links(table: str) -> None:
    """Show links to the pages on which vectors can be selected, with these selected."""
    for page, key in VECTORS_KEYS.items():
        if key in OF_WORDS and are_texts(table):
            continue
        st.page_link(registry.page(page), query_params={key: table}, width="content")


def _about(name: str) -> str:
    """Return where vectors come from, and how many there are if that is known without reading."""
    if name in TABLES:
        return "come with the app"
    if is_file(name):
        return "named when the app was started"
    embeddings = embeddings_of(name)
    source = "brought by you" if name in brought() else "trained"
    size = counted(len(embeddings), embeddings.unit)
    return f"{source}: {size}, {counted(embeddings.dimensions, 'number')} each"


def _remove(name: str) -> None:
    take_to_all_pages(GLOVE)
    remove(name)
