"""The text that vectors are learned from: ready-made, typed, uploaded, or a file kept here."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import streamlit as st

from core.errors import InputError
from core.training.classroom import CURRICULUM, classroom_text
from core.training.corpus import Corpus
from core.training.text import MemoryFile
from pages.learning.reading import corpus_of_file, corpus_of_text
from pages.learning.settings import PLAIN
from pages.shared.controls import select
from pages.shared.text_area import text_field

CLASSROOM, TYPED, UPLOADED, HERE = "Classroom", "Typed", "Uploaded", "A file here"
VARIABLE = "EMBEDDING_PLAYGROUND_TEXTS"  # a folder that whoever starts the app names
SUFFIXES: Final = (".txt", ".gz")
MEGABYTES: Final = 50  # of an upload
MOST_TYPED: Final = 20_000  # characters
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
        key: stands for the text: another text has another one.
        content: the text itself, an upload, or the path of a file.
        name: what people call it.
    """

    key: str
    content: str | MemoryFile | Path
    name: str


@dataclass(frozen=True, eq=False)
class Text:
    """A text as it is trained.

    Args:
        key: stands for the text and how it was split.
        name: what people call it.
        corpus: its words as ids.
        everything: the same with no word left out for being rare.
    """

    key: str
    name: str
    source: Source
    corpus: Corpus
    lower_case: bool

    def whole(self) -> Corpus:
        """Return the text with the rare words in it."""
        return _corpus(self.source, 1, lower_case=self.lower_case)


def choose_kind() -> str:
    """Show which kind of text can be taken, and return what was chosen."""
    kinds = [CLASSROOM, TYPED, UPLOADED, *([HERE] if os.environ.get(VARIABLE) else [])]
    return select("Text", kinds, "learn_text", width=125, on_change=_suit_text)


def _suit_text() -> None:
    """Set what suits another text."""
    plain = {key: PLAIN[key] for key in SUITED[TYPED]}
    st.session_state.update(plain | SUITED.get(st.session_state["learn_text"], {}))


def choose_source(kind: str) -> Source | None:
    """Show what a kind of text asks for; return the text, or None if there is none yet."""
    if kind == TYPED:
        sentences = "\n".join(CURRICULUM)
        typed = text_field(
            "Your sentences", sentences, "learn_typed", max_chars=MOST_TYPED, height=140
        )
        return Source(_digest(typed.encode("utf-8", "replace")), typed, "your sentences")
    if kind == UPLOADED:
        return _uploaded()
    if kind == HERE:
        return _file_here()
    return Source("classroom", _classroom(), "the classroom sentences")


def read_text(source: Source, min_count: int, *, lower_case: bool) -> Text:
    """Return a text as ids; it is read once for all visitors.

    Raises:
        InputError: it is no text, or too short, or every word is too rare.
    """
    corpus = _corpus(source, min_count, lower_case=lower_case)
    return Text(f"{source.key} {lower_case}", source.name, source, corpus, lower_case)


@st.cache_data(show_spinner=False)
def _classroom() -> str:
    return classroom_text()


def _uploaded() -> Source | None:
    file: Any = st.file_uploader(
        f"A text file, or one packed with gzip; up to {MEGABYTES} MB",
        type=["txt", "gz"],
        key="learn_file",
        max_upload_size=MEGABYTES,
    )
    if file is None:
        return None
    if not file.size:
        raise InputError(f"{file.name} is empty. Take a file with a few sentences at least.")
    known = st.session_state.setdefault("learn_file_digest", {})
    if file.file_id not in known:
        known.clear()
        known[file.file_id] = _digest(file.getvalue())
    return Source(known[file.file_id], MemoryFile(file.name, file.getvalue()), file.name)


def _file_here() -> Source | None:
    folder = Path(os.environ.get(VARIABLE, ""))
    names = sorted(each.name for each in folder.glob("*") if _is_inside(each, folder))
    if not names:
        raise InputError(
            "There is no text file (.txt or .txt.gz) in the folder that was named when the app "
            "was started."
        )
    chosen = select("File", names, "learn_here", width=320)
    told = (folder / chosen).stat()
    return Source(
        _digest(f"{chosen} {told.st_size} {told.st_mtime_ns}".encode()), folder / chosen, chosen
    )


def _is_inside(path: Path, folder: Path) -> bool:
    """Return whether a file lies in a folder itself: a link to elsewhere does not."""
    inside = path.resolve().parent == folder.resolve()
    return inside and path.is_file() and path.suffix in SUFFIXES


def _corpus(source: Source, min_count: int, *, lower_case: bool) -> Corpus:
    if isinstance(source.content, str):
        return corpus_of_text(source.content, min_count, lower_case=lower_case)
    return corpus_of_file(source.key, source.name, source.content, min_count, lower_case=lower_case)


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()
