"""Trained vectors: of visitors, and files named when the app was started."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import streamlit as st

from core.embeddings import Embeddings
from core.formats.trained_vectors import read_trained
from core.geometry.neighbors import warm_up
from core.layouts.array_store import words_digest
from core.lru import LRU

WORD_BYTES = 100  # of memory that a word takes
MAX_KEPT_BYTES = 256_000_000  # of the vectors kept for all visitors
VARIABLE = "EMBEDDING_PLAYGROUND_VECTORS"  # files named at the start, separated as in PATH
MINE = "trained"  # in the session: the names of those that this visitor uses


@st.cache_resource(show_spinner=False)
def _kept() -> LRU[str, Embeddings]:
    """Return the vectors that were trained, by name."""
    return LRU(MAX_KEPT_BYTES, size=_size)


def _size(embeddings: Embeddings) -> int:
    """Return about how many bytes vectors take, with their normalised copy for neighbours."""
    return 2 * embeddings.vectors.nbytes + WORD_BYTES * len(embeddings)


def use(name: str, embeddings: Embeddings) -> str:
    """Offer vectors to this visitor on every page.

    Args:
        name: what to call them; a digest of their words and numbers is added.
        embeddings: the vectors; the same ones are kept once.

    Returns:
        Their name in `choose_table`.
    """
    digest = hashlib.blake2b(words_digest(embeddings.words).encode(), digest_size=16)
    digest.update(np.ascontiguousarray(embeddings.vectors).data)
    full = f"{name} · {digest.hexdigest()}"

    def named() -> Embeddings:
        kept = Embeddings(
            full, embeddings.words, embeddings.vectors, embeddings.order, embeddings.prefix
        )
        warm_up(kept)
        return kept

    _kept().get_or_make(full, named)
    st.session_state[MINE] = list(dict.fromkeys((full, *st.session_state.get(MINE, ()))))[:4]
    return full


def find(name: str) -> Embeddings | None:
    """Return the vectors of that name, or None if they are no longer there.

    Raises:
        InputError: they are in a file that cannot be read.
    """
    if name in _files():
        return _opened(name)
    return _kept().get(name)


def offered(asked: str | None = None) -> list[str]:
    """Return the names of what this visitor can use and is still there.

    Args:
        asked: a name in a link; it is offered too if there are vectors of that name.
    """
    mine = [*st.session_state.get(MINE, ()), *([asked] if asked else [])]
    return [*_files(), *(name for name in dict.fromkeys(mine) if name in _kept())]


def _files() -> dict[str, Path]:
    """Return the files that were named at the start, by their names in `choose_table`."""
    named = [Path(name) for name in os.environ.get(VARIABLE, "").split(os.pathsep) if name]
    paths = list(dict.fromkeys(named))
    return {_called(path, [other for other in paths if other != path]): path for path in paths}


def _called(path: Path, others: Sequence[Path]) -> str:
    """Return a file's name without its ending, or as much of its path as no other file has."""
    if path.stem not in {other.stem for other in others}:
        return path.stem
    tails = (path.parts[at:] for at in reversed(range(len(path.parts))))
    alone = (tail for tail in tails if all(other.parts[-len(tail) :] != tail for other in others))
    return "/".join(next(alone, path.parts))


@st.cache_resource(show_spinner="Opening the vectors…")
def _opened(name: str) -> Embeddings:
    embeddings = read_trained(_files()[name])
    warm_up(embeddings)
    return embeddings
