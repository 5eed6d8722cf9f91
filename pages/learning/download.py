"""The vectors of a snapshot, for the other pages and as files."""

from collections.abc import Callable
from functools import partial
from typing import Final

import streamlit as st

from core.embeddings import Embeddings
from core.formats.trained_vectors import vectors_as_safetensors
from core.formats.word2vec_text import vectors_as_text
from core.training.snapshots import RecordedRun
from pages import registry
from pages.learning.playback import is_playing
from pages.learning.questions import SnapshotQuestion
from pages.shared.embeddings import VECTORS_KEYS
from pages.shared.first_words import as_list, has
from pages.shared.page_frame import plain
from pages.shared.user_embeddings import find, title, unique_name, use

USED = "learning_used"  # in the session: the name of the vectors on the other pages
MAX_COMPARED: Final = 1_000_000  # numbers that are compared with those that are kept
MAX_WORDS: Final = 12  # words that a link takes along
Query = dict[str, str]


def show_download(run: RecordedRun, name: str, index: int, question: SnapshotQuestion) -> None:
    """Offer the vectors of the snapshot shown.

    Args:
        run: the run.
        name: the name of its vectors.
        index: the index of the snapshot.
        question: the question about it, whose words the links take along.
    """
    shown = min(index, len(run.history) - 1)
    is_newest = shown == len(run.history) - 1
    if is_newest and run.diverged is not None:
        name += ", diverged"
    whole = len(run.words) == len(run.corpus.vocabulary)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"The vectors of snapshot {shown}:", width="content")
        st.button(
            "Use on the other pages",
            key="learning_use",
            on_click=_use,
            args=(run, name, shown),
            disabled=not shown,
        )
        for label, suffix, made in (
            ("Download as safetensors", "safetensors", vectors_as_safetensors),
            ("Download as text (word2vec)", "txt", vectors_as_text),
        ):
            st.download_button(
                label,
                data=partial(_file, made, run, name, shown),
                file_name=f"vectors.{suffix}",
                key=f"learning_{suffix}",
                on_click="ignore",
                disabled=not shown,
            )
    if not whole and not is_newest:
        st.caption(f"This snapshot has the {len(run.words):,} most frequent words.")
    used = st.session_state.get(USED) or _used_before(run, name, shown)
    if used is not None and (embeddings := find(used)) is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            text = f'They are called "{plain(title(used))}" in the list of vectors there:'
            st.markdown(text, width="content")
            questions = links(embeddings, question)
            questions["dot_products"]["table"] = used  # of its second part
            for page, key in VECTORS_KEYS.items():
                st.page_link(registry.page(page), query_params={key: used} | questions[page])


def links(embeddings: Embeddings, question: SnapshotQuestion) -> dict[str, Query]:
    """Return the values of controls of the other pages, with the words of a question.

    A page chooses for itself what is not set.

    Args:
        embeddings: the vectors that are used there; words that they lack are left out.
        question: the question.
    """
    drawn = [word for group in question.groups.values() for word in group if has(embeddings, word)]
    queries: dict[str, Query] = {page: {} for page in VECTORS_KEYS}
    if has(embeddings, question.word):
        queries["map"]["word"] = queries["dot_products"]["first"] = question.word
        if others := [word for word in drawn if word != question.word]:
            queries["dot_products"]["second"] = others[0]
    if len(drawn) > 1:
        queries["directions"]["words"] = as_list(drawn[:MAX_WORDS])
        queries["dot_products"]["words"] = as_list(drawn[:MAX_WORDS])
    analogy = question.analogy
    if analogy is not None and all(has(embeddings, word) for word in analogy.words):
        queries["analogies"] = {"expression": analogy.text, "look_for": analogy.answer}
        if list(analogy.weights) == [1, -1, 1]:
            b, a, c, d = analogy.words
            queries["evaluation"] = {"questions": "typed", "typed_questions": f"{a} {b} {c} {d}"}
    return queries


def _used_before(run: RecordedRun, name: str, index: int) -> str | None:
    """Return the name of a snapshot's vectors if they are kept, as after the page was reloaded."""
    if not index or is_playing() or len(run.words) * run.config.dimensions > MAX_COMPARED:
        return None
    known = unique_name(name, _vectors(run, name, index))
    return known if find(known) is not None else None


def _vectors(run: RecordedRun, name: str, index: int) -> Embeddings:
    """Return the vectors of a snapshot; those of all words if it is the newest."""
    if index == len(run.history) - 1:
        return run.vectors_now(name)
    return run.embeddings(index, name)


def _file(made: Callable[[Embeddings], bytes], run: RecordedRun, name: str, index: int) -> bytes:
    return made(_vectors(run, name, index))


def _use(run: RecordedRun, name: str, index: int) -> None:
    st.session_state[USED] = use(name, _vectors(run, name, index))
