"""A text becomes ids: a short one at once, a file beside the page, once for all who wait for it."""

import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

import streamlit as st

from core.errors import InputError, PlaygroundError
from core.jobs import Jobs
from core.training.corpus import Corpus, Reading, reading
from core.training.text import Splitting
from pages.shared.session import visitor

MOST_WORDS: Final = 20_000_000  # of an upload: packed text can be a thousand times as long
AT_ONCE: Final = 0.3  # seconds until a bar is shown
LOOK: Final = 0.05  # seconds between two looks


@st.cache_resource(show_spinner=False)
def reading_jobs() -> Jobs[Reading]:
    """Return the files that are read for all visitors, one after the other."""
    return Jobs()


@st.cache_resource(max_entries=8, show_spinner=False)
def corpus_of_text(text: str, min_count: int, *, lower_case: bool) -> Corpus:
    """Return the words of a short text as ids.

    Raises:
        InputError: the text is too short, or every word is too rare.
    """
    (*_, last) = reading(text, min_count, Splitting(lower_case=lower_case))
    return _whole(last)


def corpus_of_file(
    key: str, name: str, content: bytes | Path, min_count: int, *, lower_case: bool
) -> Corpus:
    """Return the words of a file as ids; a bar shows how far it is.

    Args:
        key: stands for the content.
        name: what people call it.
        content: of an upload; or the path of a file that is kept here.
        min_count: words that occur less often are left out.
        lower_case: whether large letters become small ones.

    Raises:
        InputError: it is no text, or too short or too long, or every word is too rare.
        PlaygroundError: it could not be read for another reason.
    """
    splitting = Splitting(lower_case=lower_case)
    work = partial(_steps, name, content, min_count, splitting)
    job = reading_jobs().start((key, min_count, splitting), work, visitor())
    began = time.monotonic()
    with st.empty():
        while not job.over:
            job.look(visitor())
            if time.monotonic() - began > AT_ONCE:
                _tell(name, job.latest, reading_jobs().ahead(job))
            time.sleep(LOOK)
        st.write("")
    if job.error is not None:
        raise job.error
    if job.latest is None:
        raise PlaygroundError(f"{name} was not read to its end. Load the page again.")
    return _whole(job.latest)


def _steps(
    name: str, content: bytes | Path, min_count: int, splitting: Splitting
) -> Iterator[Reading]:
    if isinstance(content, Path):
        yield from reading(content, min_count, splitting)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text"
        path.write_bytes(content)
        try:
            for done in reading(path, min_count, splitting):
                if done.words > MOST_WORDS:
                    raise InputError(
                        f"{name} has more than {MOST_WORDS:,} words. Take a part of it."
                    )
                yield done
        except InputError as error:
            told = str(error).replace(str(path), name)
            raise InputError(told.replace("text is no", f"{name} is no")) from None


def _tell(name: str, done: Reading | None, ahead: int) -> None:
    share, text = 0.0, f"Reading {name}"
    if ahead:
        text = f"{ahead} {'texts' if ahead > 1 else 'text'} before {name}; waiting for the turn"
    elif done is not None:
        share, text = done.share, f"{text}: {done.words:,} words"
    st.progress(share, text=text)


def _whole(done: Reading) -> Corpus:
    if done.corpus is None:
        raise InputError("The text could not be read. Take another one.")
    return done.corpus
