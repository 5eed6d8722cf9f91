"""Vectors that were trained: by visitors, or on the command line by who started the app."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from core.embeddings import Embeddings
from core.formats.trained_vectors import read_trained
from core.geometry.neighbors import warm_up
from core.lru import LRU

MAX_KEPT_BYTES = 256_000_000  # of the vectors kept for all visitors
VARIABLE = "EMBEDDING_PLAYGROUND_VECTORS"  # files named at the start, parted as in PATH
MINE = "trained"  # in the session: the names of those that this visitor asked for


@st.cache_resource(show_spinner=False)
def _kept() -> LRU[str, Embeddings]:
    """Return the vectors that were trained, by name."""
    return LRU(MAX_KEPT_BYTES, size=lambda embeddings: embeddings.vectors.nbytes)


def use(name: str, embeddings: Embeddings) -> str:
    """Offer vectors to this visitor on every page.

    Args:
        name: what to call them; what stands for their numbers is added.
        embeddings: the vectors; those that were offered before are not kept twice.

    Returns:
        The name that they have in `choose_table`.
    """
    digest = hashlib.blake2b(embeddings.vectors.tobytes(), digest_size=2).hexdigest()
    full = f"{name} · {digest}"

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
        asked: a name that came in a link: it counts too, if there are vectors of that name.
    """
    mine = [*st.session_state.get(MINE, ()), *([asked] if asked else [])]
    return [*_files(), *(name for name in dict.fromkeys(mine) if name in _kept())]


def _files() -> dict[str, Path]:
    """Return the files that were named at the start, by what they are called."""
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
