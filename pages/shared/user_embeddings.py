"""Trained vectors: those of visitors, and files that were named when the app was started."""

import hashlib
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import streamlit as st

from core.embeddings import Embeddings
from core.formats.trained_vectors import read_trained
from core.geometry.neighbors import warm_up
from core.layouts.array_store import words_digest
from core.lru import LRU

WORD_BYTES = 100  # approximate memory of a word
MAX_KEPT_BYTES = 256_000_000  # for the trained vectors of all visitors
VARIABLE = "EMBEDDING_PLAYGROUND_VECTORS"  # paths of files, separated as in PATH
MAX_USED = 4  # trained vectors offered to a visitor
USED_KEY = "trained"  # in the session: the names of the vectors that this visitor uses
TITLES_KEY = "trained_titles"  # in the session: what this visitor's vectors are called, by name
NAME: Final = re.compile(
    r"(.{1,300}) · [0-9a-f]{4,32}", re.DOTALL
)  # with the digest that makes it unique


@st.cache_resource(show_spinner=False)
def _kept() -> LRU[str, Embeddings]:
    """Return the cache of trained vectors, by name."""
    return LRU(MAX_KEPT_BYTES, size=_size)


def _size(embeddings: Embeddings) -> int:
    """Return the approximate bytes of vectors, their normalised copy and their words."""
    return 2 * embeddings.vectors.nbytes + WORD_BYTES * len(embeddings)


def use(name: str, embeddings: Embeddings) -> str:
    """Offer vectors to this visitor on every page.

    Args:
        name: their name, to which a digest of their words and numbers is added.
        embeddings: the vectors; equal ones are kept once.

    Returns:
        Their name in `choose_table`.
    """
    full = unique_name(name, embeddings)

    def named() -> Embeddings:
        kept = Embeddings(
            name, embeddings.words, embeddings.vectors, embeddings.order, embeddings.prefix
        )
        warm_up(kept)
        return kept

    _kept().get_or_make(full, named)
    used = dict.fromkeys((full, *st.session_state.get(USED_KEY, ())))
    st.session_state[USED_KEY] = list(used)[:MAX_USED]
    return full


def unique_name(name: str, embeddings: Embeddings) -> str:
    """Return a name with a digest of the words and numbers of vectors."""
    digest = hashlib.blake2b(words_digest(embeddings.words).encode(), digest_size=16)
    digest.update(np.ascontiguousarray(embeddings.vectors).data)
    return f"{name} · {digest.hexdigest()}"


def title(name: str) -> str:
    """Return what a page calls vectors; this visitor's trained ones of one name are numbered.

    Args:
        name: their name in `choose_table`.
    """
    trained = NAME.fullmatch(name)
    if trained is None:
        return name
    titles: dict[str, str] = st.session_state.setdefault(TITLES_KEY, {})
    if name not in titles:
        same = sum(other.startswith(f"{trained[1]} · ") for other in titles)
        titles[name] = f"{trained[1]} ({same + 1})" if same else trained[1]
    return titles[name]


def lost(name: str) -> str | None:
    """Return the title of trained vectors if they are no longer kept; else None."""
    trained = NAME.fullmatch(name)
    return trained[1] if trained is not None and name not in _kept() else None


def find(name: str) -> Embeddings | None:
    """Return the trained vectors of a name, or None if they are no longer kept.

    Raises:
        InputError: they are in a file that cannot be read.
    """
    if name in _files():
        return _opened(name)
    return _kept().get(name)


def offered(linked: str | None = None) -> list[str]:
    """Return the names of the trained vectors that this visitor can use.

    Args:
        linked: a name in a link; offered too if there are vectors of that name.
    """
    names = [*st.session_state.get(USED_KEY, ()), *([linked] if linked else [])]
    return [*_files(), *(name for name in dict.fromkeys(names) if name in _kept())]


def _files() -> dict[str, Path]:
    """Return the files that `VARIABLE` names, by their names in `choose_table`."""
    named = [Path(name) for name in os.environ.get(VARIABLE, "").split(os.pathsep) if name]
    paths = list(dict.fromkeys(named))
    return {_short_name(path, [other for other in paths if other != path]): path for path in paths}


def _short_name(path: Path, others: Sequence[Path]) -> str:
    """Return a file's stem if it is unique, else the shortest unique end of its path."""
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
