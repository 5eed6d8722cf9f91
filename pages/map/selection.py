"""What can be done with words selected on the map."""

from collections.abc import Sequence

import streamlit as st

from core.embeddings import Embeddings
from pages import registry
from pages.shared.embeddings import GLOVE
from pages.shared.page_frame import plain
from viz.components.word_map import WordMapEvent

TABLE_KEYS = {"directions": "direction_vectors", "dot_products": "table"}
HANDED_ON = 150  # words: a heatmap of more cannot be read, and an address has an end


def show_selection(
    embeddings: Embeddings, table: str, words: Sequence[str], event: WordMapEvent
) -> None:
    """Show the words in the box or lasso: to read, download, or take to another page.

    Args:
        embeddings: whose words they are.
        table: what these embeddings are called among those that can be chosen.
        words: the drawn words.
        event: what is selected.
    """
    if not event.selected_count:
        return
    chosen = [words[place] for place in event.selected]
    handed = ", ".join(f'"{word}"' if "," in word else word for word in chosen[:HANDED_ON])
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"**{event.selected_count:,} words selected.** See them in", width="content"
            )
            for name, key in TABLE_KEYS.items():
                link = {"words": handed} | ({} if table == GLOVE else {key: table})
                st.page_link(registry.page(name), query_params=link, width="content")
            st.button("Draw only these", key="draw_selected", on_click=_only, args=(handed,))
            if event.selected_count > HANDED_ON:
                st.caption(f"Other pages take the first {HANDED_ON}.", width="content")
        alt = f"Selected words of {plain(embeddings.name)}."
        st.dataframe({"word": chosen}, height=180, alt=alt)


def _only(words: str) -> None:
    st.session_state.only = words
