"""Texts without vectors are embedded by MiniLM, in the background."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

import streamlit as st

from core.embeddings import Embeddings
from core.formats.vector_file import Loaded, Texts
from core.jobs import Jobs
from core.language.models import LanguageModel
from core.language.text_embeddings import TextEmbeddings, embed_texts
from core.layouts.array_store import words_digest
from pages.shared.hint import show_hint
from pages.shared.job_view import (
    is_stopped,
    is_watching,
    leave,
    raise_failure,
    show_offer,
    show_progress,
    watch,
)
from pages.shared.language_models import encoder
from pages.shared.page_frame import plain
from pages.shared.session import visitor
from viz.numbers import counted

PART: Final = "texts"
PATIENCE: Final = 1.0  # seconds that a run of the page waits for few texts
KEY: Final = "data_embedded"  # in the session: what was embedded last, by its job
SHOWN: Final = 3  # texts


@dataclass(frozen=True, eq=False)
class Kept:
    """Texts, their vectors, and both as vectors that are brought."""

    texts: Texts
    done: TextEmbeddings
    loaded: Loaded


def embedded(texts: Texts) -> Loaded | None:
    """Return the texts with their vectors, when they have them; show the way there meanwhile.

    Raises:
        PlaygroundError: there are too many texts, or the model cannot be used.
    """
    name = (visitor(), words_digest(texts.texts))
    kept: dict[object, Kept] = st.session_state.setdefault(KEY, {})
    if name in kept:
        if kept[name].texts is not texts:  # other columns were chosen
            _keep(kept, name, texts, kept[name].done, kept[name].loaded.format)
        return kept[name].loaded
    model = encoder()
    form = f"a table of texts, embedded by {model.title}"
    work = partial(_embedding, model, texts)
    start = partial(watch, PART, embedding_jobs(), name, work, PATIENCE)
    job = embedding_jobs().find(name)
    if not is_embedding() and (job is None or job.state in ("stopped", "failed")):
        raise_failure(PART, name)
        done = job.latest if job is not None else None
        _show_found(texts)
        label = f"Make vectors of the {counted(len(texts.texts), 'text')}"
        if done is not None and len(done.vectors) and is_stopped(PART, name):
            show_offer(PART, f"{len(done.vectors):,} are done.", "Go on from the start", start)
            st.button(
                f"Use the {counted(len(done.vectors), 'text')} that are done",
                key="data_partial",
                on_click=_keep,
                args=(kept, name, texts, done, form),
            )
        else:
            show_offer(PART, "A second for some hundred short texts.", label, start)
        return None
    job = start()
    if job.state == "done" and job.latest is not None:
        embedding_jobs().forget(name)
        leave(PART)
        _keep(kept, name, texts, job.latest, form)
        return kept[name].loaded
    _show_found(texts)
    done = job.latest
    count = done.done if done is not None else 0
    share = count / len(texts.texts)
    show_progress(PART, job, share, f"{count:,} of {counted(len(texts.texts), 'text')}")
    return None


def _show_found(texts: Texts) -> None:
    show_hint(f"**{counted(len(texts.texts), 'text')}** without vectors. MiniLM can make them.")
    for note in texts.notes:
        st.markdown(f":material/info: {plain(note)}")


def is_embedding() -> bool:
    """Return whether this visitor waits for texts to be embedded."""
    return is_watching(PART)


@st.cache_resource(show_spinner=False)
def embedding_jobs() -> Jobs[TextEmbeddings]:
    """Return the texts that are embedded for all visitors, one table after the other."""
    return Jobs()


def _embedding(model: LanguageModel, texts: Texts) -> Iterator[TextEmbeddings]:
    yield from embed_texts(model, texts.texts)


def _keep(
    kept: dict[object, Kept], name: object, texts: Texts, done: TextEmbeddings, form: str
) -> None:
    """Keep the texts that have vectors, as other vectors that were brought."""
    count = len(done.vectors)
    notes = list(texts.notes)
    if done.truncated:
        notes.append(f"{counted(done.truncated, 'text')} lost the end: too long for the model.")
    if count < len(texts.texts):
        notes.append(f"Stopped: only the first {count:,} of {len(texts.texts):,} texts are here.")
    embeddings = Embeddings(texts.name, texts.texts[:count], done.vectors, "first", unit="text")
    columns = texts.columns.iloc[:count].reset_index(drop=True)
    loaded = Loaded(embeddings, form, tuple(notes), columns, texts.layout)
    kept.clear()
    kept[name] = Kept(texts, done, loaded)
