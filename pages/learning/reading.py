"""A text becomes ids: a short one at once, a file beside the page, once for all who wait for it."""

import time
from functools import partial
from pathlib import Path
from typing import Final

import streamlit as st

from core.errors import InputError, PlaygroundError
from core.jobs import Jobs
from core.training.corpus import Corpus, ReadingLimits, ReadingProgress, reading
from core.training.text import MemoryFile, Splitting
from pages.shared.session import visitor

UPLOAD_LIMITS: Final = ReadingLimits(words=20_000_000, size=200_000_000)
AT_ONCE: Final = 0.3  # seconds until a bar is shown
LOOK: Final = 0.05  # seconds between two looks


@st.cache_resource(show_spinner=False)
def reading_jobs() -> Jobs[ReadingProgress]:
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
    key: str, name: str, content: MemoryFile | Path, min_count: int, *, lower_case: bool
) -> Corpus:
    """Return the words of a file as ids; a bar shows how far it is.

    Args:
        key: stands for the content.
        name: what people call it.
        content: an upload; or the path of a file that is kept here.
        min_count: words that occur less often are left out.
        lower_case: whether large letters become small ones.

    Raises:
        InputError: it is no text, or too short or too long, or every word is too rare.
        PlaygroundError: it could not be read for another reason.
    """
    splitting = Splitting(lower_case=lower_case)
    limits = UPLOAD_LIMITS if isinstance(content, MemoryFile) else None
    work = partial(reading, content, min_count, splitting, limits)
    job = reading_jobs().start((key, min_count, splitting), work, visitor())
    began = time.monotonic()
    with st.empty():
        while not job.ended:
            job.watch(visitor())
            if time.monotonic() - began > AT_ONCE:
                _tell(name, job.latest, job.ahead)
            time.sleep(LOOK)
        st.write("")
    if job.error is not None:
        raise job.error
    if job.latest is None:
        raise PlaygroundError(f"{name} was not read to its end. Load the page again.")
    return _whole(job.latest)


def _tell(name: str, done: ReadingProgress | None, ahead: int) -> None:
    share, text = 0.0, f"Reading {name}"
    if ahead:
        text = f"{ahead} {'texts' if ahead > 1 else 'text'} before {name}; waiting for the turn"
    elif done is not None:
        share, text = done.share, f"{text}: {done.words:,} words"
    st.progress(share, text=text)


def _whole(done: ReadingProgress) -> Corpus:
    if done.corpus is None:
        raise InputError("The text could not be read. Take another one.")
    return done.corpus
