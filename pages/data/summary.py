"""What was found in a file, shown before its vectors are used."""

from typing import Final

import numpy as np
import pandas as pd
import streamlit as st

from core.embeddings import Embeddings
from core.errors import PlaygroundError
from core.formats.vector_file import Loaded
from core.geometry.neighbors import nearest_each
from pages.data.kept import show_page_links
from pages.shared.controls import toggle
from pages.shared.embeddings import current_table, take_to_all_pages
from pages.shared.hint import show_hint
from pages.shared.page_frame import is_phone, plain
from pages.shared.tables import TEXT_HEIGHT, TEXT_LETTERS, show_table
from pages.shared.user_embeddings import bring, brought
from viz.numbers import counted

EXAMPLES: Final = 5  # words of which the closest one is shown
SHOWN_NUMBERS: Final = 8  # of a vector
SHOWN_ROWS: Final = 200
MAX_READ: Final = 2_000  # characters of a text that is read
READ_KEY: Final = "data_text_read"  # in the session: the text that is read
ERROR_KEY: Final = "data_error"  # in the session: why the last vectors could not be kept


def show_summary(loaded: Loaded) -> None:
    """Show what was found, and the button with which every page shows it."""
    embeddings = loaded.embeddings
    show_hint(found(loaded))
    for note in loaded.notes:
        st.markdown(f":material/info: {plain(note)}")
    used = next((name for name, each in brought().items() if each is loaded), None)
    is_current = used is not None and used == current_table()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Used on every page" if is_current else "Use on every page",
            type="primary",
            key="data_use",
            icon=":material/check:" if is_current else None,
            on_click=_use,
            args=(loaded,),
            disabled=is_current,
        )
        if used is not None and is_current:
            show_page_links(used)
    if (error := st.session_state.pop(ERROR_KEY, None)) is not None:
        st.error(plain(str(error)), icon=":material/error:")
    left, right = st.columns(2)
    with left:
        show_table(facts(embeddings), "What was found in the vectors.", index=False)
        if not is_phone():
            st.space(24)  # in a narrow window, for the toolbar of the table below
    if len(embeddings) > 1:
        with right:
            _show_closest(embeddings)
    if toggle("Show the numbers", "data_numbers"):
        alt = "The first rows, their numbers and their columns."
        show_table(first_rows(loaded), alt, row_height=_row_height(embeddings))


def _show_closest(embeddings: Embeddings) -> None:
    unit, table = embeddings.unit, closest(embeddings)
    question = f"The closest {unit} to each of the first ones. Does it make sense?"
    alt = f"The closest {unit}s to the first ones."
    if unit != "text":
        show_table(table, alt, index=False)
        st.caption(question)
        return
    show_table(
        table,
        alt,
        index=False,
        key="data_closest",
        on_cell=lambda row, column: st.session_state.update({READ_KEY: table[column].iloc[row]}),
        row_height=TEXT_HEIGHT,
    )
    texts = [*table["text"], *table["closest"]]
    if max(map(len, texts), default=0) > TEXT_LETTERS:
        question += " Click a text to read all of it."
    st.caption(question)
    read = st.session_state.get(READ_KEY)
    if isinstance(read, str) and read in texts:
        st.markdown(f"“{plain(read, MAX_READ)}”")


def _row_height(embeddings: Embeddings) -> int | None:
    return TEXT_HEIGHT if embeddings.unit == "text" else None


def found(loaded: Loaded) -> str:
    """Return, in Markdown, what was found in a file."""
    embeddings = loaded.embeddings
    return (
        f"**{counted(len(embeddings), 'row')}** with "
        f"**{counted(embeddings.dimensions, 'number')}** each, read as {plain(loaded.format)}."
    )


def facts(embeddings: Embeddings) -> pd.DataFrame:
    """Return what is known of vectors, a row of a table for each fact."""
    lengths = np.linalg.norm(embeddings.vectors, axis=1)
    order = "the most frequent first" if embeddings.order == "most frequent" else "not by frequency"
    shown = {
        f"different {embeddings.unit}s": f"{len(set(embeddings.words)):,}",
        "order": order,
        "shortest vector": f"{lengths.min():.3g}",
        "middle length": f"{np.median(lengths):.3g}",
        "longest vector": f"{lengths.max():.3g}",
        "vectors of length 0": f"{np.count_nonzero(lengths == 0):,}",
    }
    return pd.DataFrame({"found": shown.keys(), "value": shown.values()})


def closest(embeddings: Embeddings) -> pd.DataFrame:
    """Return the word or text closest to each of the first ones, by cosine."""
    count = min(EXAMPLES, len(embeddings))
    rows = [row for row in range(count) if embeddings.vectors[row].any()]
    near = nearest_each(embeddings, embeddings.vectors[rows], 2)
    others = [
        next((at, each) for at, each in enumerate(found.indices.tolist()) if each != row)
        for row, found in zip(rows, near, strict=True)
    ]
    return pd.DataFrame(
        {
            embeddings.unit: [embeddings.words[row] for row in rows],
            "closest": [embeddings.words[each] for _, each in others],
            "cosine": [float(f.scores[at]) for f, (at, _) in zip(near, others, strict=True)],
        }
    )


def first_rows(loaded: Loaded) -> pd.DataFrame:
    """Return the first words with their first numbers and their further columns."""
    embeddings = loaded.embeddings
    numbers = embeddings.vectors[:SHOWN_ROWS, :SHOWN_NUMBERS]
    table = pd.DataFrame(
        numbers,
        index=list(embeddings.words[:SHOWN_ROWS]),
        columns=[str(number) for number in range(1, numbers.shape[1] + 1)],
    )
    for name in loaded.columns:
        table[str(name)] = loaded.columns[name].to_numpy()[:SHOWN_ROWS]
    return table


def _use(loaded: Loaded) -> None:
    try:
        take_to_all_pages(bring(loaded))
    except PlaygroundError as error:
        st.session_state[ERROR_KEY] = error
