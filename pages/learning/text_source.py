"""The text that vectors are learned from: ready-made, typed, uploaded, or a file on the server."""

import hashlib
import os
from collections.abc import Hashable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import streamlit as st

from core.errors import InputError
from core.jobs import Jobs
from core.lru import LRU
from core.training.classroom import CURRICULUM, classroom_text
from core.training.corpus import Corpus, ReadingLimits, ReadingProgress, read_corpus, reading
from core.training.text import MemoryFile, Splitting
from pages.learning.settings import PLAIN
from pages.shared.controls import select
from pages.shared.job_view import (
    is_stopped,
    is_watching,
    leave,
    raise_failure,
    repeat_while,
    show_offer,
    show_progress,
    watch,
)
from pages.shared.page_frame import errors_shown, plain
from pages.shared.text_area import text_field

CLASSROOM, TYPED, UPLOADED, HERE = "Classroom", "Typed", "Uploaded", "A file here"
KIND_NAMES: Final = {TYPED: "my own text", UPLOADED: "my file"}  # as the page calls them
VARIABLE = "EMBEDDING_PLAYGROUND_TEXTS"  # a folder that whoever starts the app names
SUFFIXES: Final = (".txt", ".gz")
EXAMPLE: Final = "\n".join(CURRICULUM)  # the text that the field has at first
MAX_UPLOAD_MB: Final = 50
UPLOAD_LIMITS: Final = ReadingLimits(words=20_000_000, distinct=1_000_000, size=200_000_000)
MAX_TYPED: Final = 20_000  # characters
MAX_KEPT_BYTES: Final = 512_000_000  # of texts that were read, mostly on disk
PATIENCE: Final = 0.3  # seconds that a run of the page waits for a short file
PART: Final = "reading"
# Of texts that may be short, no word is left out; what is typed is read more often.
SUITED: Final[dict[str, dict[str, object]]] = {
    TYPED: {"learn_epochs": 100, "learn_subsampling": 0.0},
    UPLOADED: {"learn_subsampling": 0.0},
    HERE: {"learn_subsampling": 0.0},
}


@dataclass(frozen=True, eq=False)
class Source:
    """A text before it is read.

    Args:
        key: a digest of the content.
        name: for people.
        content: the text itself, an upload, or the path of a file.
    """

    key: str
    name: str
    content: str | MemoryFile | Path


@dataclass(frozen=True, eq=False)
class Text:
    """A text as ids.

    Args:
        key: of the text and how it was split; the minimum count is in the config of a run.
        name: for people.
        corpus: its words as ids.
        is_example: whether it is the text that the field for one's own has at first.
    """

    key: str
    name: str
    corpus: Corpus
    is_example: bool = False


def choose_kind() -> str:
    """Show which kinds of text there are, and return the chosen one."""
    kinds = [CLASSROOM, TYPED, UPLOADED, *([HERE] if os.environ.get(VARIABLE) else [])]
    return select(
        "Text",
        kinds,
        "learn_text",
        shown=lambda kind: KIND_NAMES.get(kind, kind),
        width=135,
        on_change=_suit_text,
    )


def _suit_text() -> None:
    """Set the settings that suit another text."""
    usual = {key: PLAIN[key] for key in SUITED[TYPED]}
    st.session_state.update(usual | SUITED.get(st.session_state["learn_text"], {}))


def choose_source(kind: str) -> Source | None:
    """Show the field for a kind of text; return the text, or None if there is none yet.

    Raises:
        InputError: the upload is empty or too large, or there are no files.
    """
    if kind == TYPED:
        typed = text_field(
            "Your sentences", EXAMPLE, "learn_typed", max_chars=MAX_TYPED, height=140
        )
        return Source(_digest(typed.encode("utf-8", "replace")), "your sentences", typed)
    if kind == UPLOADED:
        return _uploaded()
    if kind == HERE:
        return _file_here()
    return Source("classroom", "the classroom sentences", _classroom())


def read_text(source: Source, min_count: int, *, lower_case: bool) -> Text | None:
    """Return a text as ids; show the progress and return None while it is being read.

    A text is read once for all visitors: a short one at once, a file by a background job.

    Raises:
        InputError: a typed text is too short, or all its words are too rare.
    """
    splitting = Splitting(lower_case=lower_case)
    key = (source.key, min_count, lower_case)
    content = source.content
    if isinstance(content, str):
        corpus: Corpus | None = _corpora().get_or_make(
            key, lambda: read_corpus(content, min_count, splitting)
        )
    else:
        corpus = _corpora().get(key)
        if corpus is None:
            limits = UPLOAD_LIMITS if isinstance(content, MemoryFile) else None
            work = partial(reading, content, min_count, splitting, limits)
            repeat_while(is_reading, _read_file)(key, source.name, work)
            corpus = _corpora().get(key)
    if corpus is None:
        return None
    leave(PART)
    return Text(f"{source.key} {lower_case}", source.name, corpus, content == EXAMPLE)


def is_reading() -> bool:
    """Return whether this visitor waits for a file to be read."""
    return is_watching(PART)


def _read_file(key: Hashable, name: str, work: partial[Any]) -> None:
    """Show how much of a file has been read; keep the corpus when all has."""
    with errors_shown():
        start = partial(watch, PART, reading_jobs(), key, work, PATIENCE)
        if is_stopped(PART, key):
            show_offer(PART, f"Reading {plain(name)} was stopped.", "Start again", start)
            return
        if not is_reading():
            raise_failure(PART, key)
        job = start()
        done = job.latest
        if job.state == "done" and done is not None and done.corpus is not None:
            _corpora().put(key, done.corpus)
            reading_jobs().forget(key)
            leave(PART)
        else:
            share, words = (done.share, f": {done.words:,} words") if done else (0.0, "")
            show_progress(PART, job, share, f"Reading {plain(name)}{words}")


@st.cache_resource(show_spinner=False)
def reading_jobs() -> Jobs[ReadingProgress]:
    """Return the files that are read for all visitors, one after the other."""
    return Jobs()


@st.cache_resource(show_spinner=False)
def _corpora() -> LRU[Hashable, Corpus]:
    return LRU(MAX_KEPT_BYTES, size=lambda corpus: corpus.nbytes)


@st.cache_data(show_spinner=False)
def _classroom() -> str:
    return classroom_text()


def _uploaded() -> Source | None:
    file: Any = st.file_uploader(
        f"A text file, or one packed with gzip; up to {MAX_UPLOAD_MB} MB",
        type=["txt", "gz"],
        key="learn_file",
        max_upload_size=MAX_UPLOAD_MB,
    )
    if file is None:
        return None
    if not file.size:
        raise InputError(f"{file.name} is empty. Take a file with a few sentences at least.")
    if file.size > MAX_UPLOAD_MB << 20:  # a browser may ignore the limit of the uploader
        raise InputError(
            f"{file.name} has {file.size / (1 << 20):,.1f} MB; up to {MAX_UPLOAD_MB} MB can be "
            "read. Take a part of it, or compress it with gzip."
        )
    content: bytes = file.getvalue()  # shared with the server's own record of the upload
    known = st.session_state.setdefault("learn_file_digest", {})
    if file.file_id not in known:
        known.clear()
        known[file.file_id] = _digest(content)
    return Source(known[file.file_id], file.name, MemoryFile(file.name, content))


def _file_here() -> Source | None:
    folder = Path(os.environ.get(VARIABLE, ""))
    names = sorted(each.name for each in folder.glob("*") if _is_inside(each, folder))
    if not names:
        raise InputError(
            "There is no text file (.txt or .txt.gz) in the folder that was named when the app "
            "was started."
        )
    chosen = select("File", names, "learn_here", width=320)
    stat = (folder / chosen).stat()
    key = _digest(f"{chosen} {stat.st_size} {stat.st_mtime_ns}".encode())
    return Source(key, chosen, folder / chosen)


def _is_inside(path: Path, folder: Path) -> bool:
    """Return whether a file lies in a folder itself: a link to elsewhere does not."""
    inside = path.resolve().parent == folder.resolve()
    return inside and path.is_file() and path.suffix in SUFFIXES


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()
