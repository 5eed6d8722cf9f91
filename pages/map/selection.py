"""The words selected on the map, and links to other pages with these words."""

from collections.abc import Sequence

import streamlit as st

from core.embeddings import Embeddings
from pages import registry
from pages.shared.embeddings import GLOVE
from pages.shared.page_frame import plain
from viz.components.word_map import WordMapEvent
from viz.numbers import counted

TABLE_KEYS = {"directions": "direction_vectors", "dot_products": "table"}
MAX_WORDS_PASSED = 150  # to another page, where a heatmap of more is unreadable


def show_selection(
    embeddings: Embeddings, table: str, words: Sequence[str], event: WordMapEvent
) -> None:
    """Show the words in the box or lasso, with links to other pages.

    Args:
        embeddings: the embeddings of the words.
        table: the name of the embeddings in the control.
        words: the drawn words.
        event: the selection.
    """
    if not event.selected_count:
        return
    selected = [words[index] for index in event.selected]
    passed = ", ".join(f'"{word}"' if "," in word else word for word in selected[:MAX_WORDS_PASSED])
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"**{counted(event.selected_count, 'word')} selected.** See them in",
                width="content",
            )
            for name, key in TABLE_KEYS.items():
                link = {"words": passed} | ({} if table == GLOVE else {key: table})
                st.page_link(registry.page(name), query_params=link, width="content")
            st.button("Draw only these", key="draw_selected", on_click=_draw_only, args=(passed,))
            if event.selected_count > MAX_WORDS_PASSED:
                st.caption(f"Other pages take the first {MAX_WORDS_PASSED}.", width="content")
        alt = f"Selected words of {plain(embeddings.name)}."
        st.dataframe({"word": selected}, height=180, alt=alt)


def _draw_only(words: str) -> None:
    st.session_state.only = words
