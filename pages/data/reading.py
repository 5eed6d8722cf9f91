"""Files and typed lines become vectors; files are read by a background job."""

import hashlib
import tempfile
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import streamlit as st

from core.control_characters import with_signs
from core.errors import FormatError, InputError
from core.formats import read_vectors
from core.formats.typed import read_typed
from core.formats.vector_file import ChoiceError, Choices, Loaded, NoVectorsError, Texts
from core.jobs import Jobs
from pages.data.choices import choices_shown, remember
from pages.shared.job_view import is_stopped, is_watching, leave, raise_failure, show_offer, watch
from pages.shared.page_frame import plain
from pages.shared.session import visitor
from pages.shared.text_area import text_field

FILE, TYPED = "file", "typed"
MAX_UPLOAD_MB: Final = 50
MAX_FILES: Final = 3  # vectors, their words or labels, and a Projector's config
MAX_TYPED: Final = 20_000  # characters
NAME_LENGTH: Final = 60  # characters of a file's name
PATIENCE: Final = 1.0  # seconds that a run of the page waits for a short file
PART: Final = "data"
READ_KEY: Final = "data_read"  # in the session: what was read last, and from what
EXAMPLE: Final = "king 0.9 0.8 0.1\nqueen 0.9 0.2 0.9\nman 0.1 0.8 0.1\nwoman 0.1 0.2 0.9"


@dataclass(frozen=True, eq=False)
class Brought:
    """Files that belong together.

    Args:
        key: a digest of their contents.
        files: name and content of each, the largest first: it has the vectors.
    """

    key: str
    files: tuple[tuple[str, bytes], ...]


def typed() -> Loaded | None:
    """Show a field for words and numbers; return the vectors in it, or None if it is empty.

    Raises:
        InputError: lines cannot be read; the message has their numbers and the reasons.
    """
    text = text_field(
        "A word and its numbers in each line", EXAMPLE, "data_typed", lines=6, max_chars=MAX_TYPED
    )
    if not text.strip():
        st.info("Type lines such as `king 0.9 0.8`, or paste them from a table.")
        return None
    read, key = _read(), f"typed {text}"
    if key not in read:
        loaded = Loaded(read_typed(text, "Typed vectors"), "typed lines")
        read.clear()
        read[key] = loaded
    kept = read[key]
    return kept if isinstance(kept, Loaded) else None


def choose_files() -> Brought | None:
    """Show the field for files; return them, or None if there are none yet.

    Raises:
        InputError: they are too many, too large or empty.
    """
    uploads: list[Any] = st.file_uploader(
        f"Word vectors or texts, up to {MAX_UPLOAD_MB} MB; with a second file for the words of a "
        "matrix, if they are apart",
        accept_multiple_files=True,
        key="data_files",
        max_upload_size=MAX_UPLOAD_MB,
    )
    if not uploads:
        st.caption(
            "Read are GloVe and word2vec as text or binary, fastText, TensorFlow Projector, NumPy, "
            "safetensors, Parquet, CSV, TSV and JSON lines, packed or not. The content tells the "
            "format. A file stays in your session; nobody else can see it."
        )
        return None
    if len(uploads) > MAX_FILES:
        raise InputError(
            f"These are {len(uploads)} files; at most {MAX_FILES} can belong together."
        )
    for file in uploads:
        if not file.size:
            raise InputError(f"{file.name} is empty.")
        if file.size > MAX_UPLOAD_MB << 20:  # a browser may ignore the limit of the uploader
            raise InputError(
                f"{file.name} has {file.size / (1 << 20):,.1f} MB; up to {MAX_UPLOAD_MB} MB can be "
                "read. Take a part of it, or name it when the app is started."
            )
    uploads.sort(key=lambda file: file.size, reverse=True)
    return Brought(_digest(uploads), tuple((file.name, file.getvalue()) for file in uploads))


def read_files(brought: Brought) -> Loaded | Texts | None:
    """Return the vectors in files, or the texts of a table without vectors, as they are chosen.

    While they are read, the page shows so, and the result is None.

    Raises:
        InputError: they cannot be read; the message says where and why.
    """
    with choices_shown(brought.key) as choices:
        try:
            read = _read_as_chosen(brought, choices)
        except FormatError as error:
            remember(brought.key, choices, error)
            if isinstance(error, ChoiceError) and error.members:
                st.info("There are several files or matrices in it. Choose one.")
                return None
            raise
        if read is not None:
            remember(brought.key, choices, read)
        return read


def _read_as_chosen(brought: Brought, choices: Choices) -> Loaded | Texts | None:
    read, key = _read(), (brought.key, choices)
    if key in read:
        return read[key]
    name = (visitor(), *key)
    work = partial(_reading, brought, choices)
    start = partial(watch, PART, reading_jobs(), name, work, PATIENCE)
    shown = plain(brought.files[0][0])
    if is_stopped(PART, name):
        show_offer(PART, f"Reading {shown} was stopped.", "Start again", start)
        return None
    if not is_reading():
        raise_failure(PART, name)
    job = start()
    if job.state == "done" and job.latest is not None:
        reading_jobs().forget(name)
        leave(PART)
        read.clear()
        read[key] = job.latest
        return job.latest
    ahead = f"; {job.ahead} before yours" if job.ahead else ""
    st.markdown(f":material/hourglass_top: Reading {shown}{ahead} …")
    return None


def _read() -> dict[Hashable, Loaded | Texts]:
    """Return what was read last, by what it was read from; at most one value."""
    read: dict[Hashable, Loaded | Texts] = st.session_state.setdefault(READ_KEY, {})
    return read


def is_reading() -> bool:
    """Return whether this visitor waits for a file to be read."""
    return is_watching(PART)


@st.cache_resource(show_spinner=False)
def reading_jobs() -> Jobs[Loaded | Texts | None]:
    """Return the files that are read for all visitors, one after the other."""
    return Jobs()


def _reading(brought: Brought, choices: Choices) -> Iterator[Loaded | Texts | None]:
    """Read files from a folder of their own, in which readers find what belongs together."""
    yield None
    title = _title(brought.files[0][0])
    with tempfile.TemporaryDirectory(prefix="embedding-playground-") as folder:
        paths = []
        for number, (name, content) in enumerate(brought.files):
            path = Path(folder) / _safe(name, number)
            path.write_bytes(content)
            paths.append(path)
        labels = paths[1] if len(paths) == 2 else None
        try:
            loaded = read_vectors(paths[0], replace(choices, labels=labels))
        except NoVectorsError as error:
            yield replace(error.texts, name=title)
            return
    yield replace(loaded, embeddings=replace(loaded.embeddings, name=title))


def _safe(name: str, number: int) -> str:
    """Return a name of a file that is no path.

    >>> _safe("../../etc/passwd", 0), _safe("C:\\\\a b.txt", 1), _safe("..", 2)
    ('passwd', 'a b.txt', 'file 2')
    """
    last = with_signs(name.replace("\\", "/").rsplit("/", 1)[-1])
    return last[-NAME_LENGTH:].strip(". ") or f"file {number}"


def _title(file: str) -> str:
    """Return what vectors are called: their file's name without its ending."""
    return _safe(file, 0).split(".")[0].strip() or "My vectors"


def _digest(uploads: Sequence[Any]) -> str:
    """Return a digest of the contents; it is computed once for each set of uploads."""
    known: dict[tuple[str, ...], str] = st.session_state.setdefault("data_digest", {})
    key = tuple(file.file_id for file in uploads)
    if key not in known:
        known.clear()
        digest = hashlib.blake2b(digest_size=16)
        for file in uploads:
            digest.update(f"{file.name} {file.size} ".encode("utf-8", "replace"))
            digest.update(file.getvalue())
        known[key] = digest.hexdigest()
    return known[key]
