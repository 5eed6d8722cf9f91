"""The selected vectors as a file, for other programs."""

import io
from collections.abc import Callable
from functools import partial
from typing import Final

import streamlit as st

from core.embeddings import Embeddings
from core.formats import word2vec_binary
from core.formats.trained_vectors import vectors_as_safetensors
from core.formats.vector_file import Loaded
from core.formats.word2vec_text import vectors_as_text
from core.formats.writing import as_csv, as_npz, as_parquet, as_projector
from pages.shared.controls import select
from pages.shared.embeddings import current_table, embeddings_of
from pages.shared.page_frame import plain
from pages.shared.user_embeddings import columns_of, title
from viz.numbers import counted

MAX_NUMBERS: Final = 25_000_000  # of a file; GloVe's are 20,000,000


def _binary(loaded: Loaded) -> bytes:
    buffer = io.BytesIO()
    word2vec_binary.write(buffer, loaded.embeddings)
    return buffer.getvalue()


# By what people call a format: the ending of the file, and what makes it.
FORMATS: Final[dict[str, tuple[str, Callable[[Loaded], bytes]]]] = {
    "word2vec text": ("vec", lambda loaded: vectors_as_text(loaded.embeddings)),
    "word2vec binary": ("bin", _binary),
    "Projector": ("projector.zip", as_projector),
    "CSV for spreadsheets": ("csv", as_csv),
    "Parquet": ("parquet", as_parquet),
    "NumPy (npz)": ("npz", as_npz),
    "safetensors": ("safetensors", lambda loaded: vectors_as_safetensors(loaded.embeddings)),
}


# Signs that end a word in a format.
NOT_IN_WORDS: Final = {"word2vec text": "\n", "word2vec binary": " \n"}


def show_download() -> None:
    """Show in which format the current vectors can be downloaded."""
    current = current_table()
    embeddings = embeddings_of(current)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        form = select("Take them away as", list(FORMATS), "data_format", width=240)
        ending, make = FORMATS[form]
        refusal = refused(form, embeddings)
        st.download_button(
            f"Download {plain(title(current))}",
            data=partial(_file, current, make),
            file_name=f"vectors.{ending}",
            key="data_download",
            icon=":material/download:",
            on_click="ignore",
            disabled=bool(refusal),
        )
    if refusal:
        st.caption(refusal)


def refused(form: str, embeddings: Embeddings) -> str:
    """Return why vectors cannot be written in a format; empty if they can."""
    if embeddings.vectors.size > MAX_NUMBERS:
        return (
            f"{counted(embeddings.vectors.size, 'number')} are too many for a download; up to "
            f"{MAX_NUMBERS:,} can be taken away here."
        )
    signs = NOT_IN_WORDS.get(form, "")
    if signs and any(sign in word for word in embeddings.words for sign in signs):
        return "This format cannot hold words with spaces or line breaks. Choose another one."
    return ""


def _file(table: str, make: Callable[[Loaded], bytes]) -> bytes:
    return make(Loaded(embeddings_of(table), "", columns=columns_of(table)))
