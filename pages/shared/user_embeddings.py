"""Vectors of visitors, trained or brought, and files that were named when the app was started.

Trained vectors are shared: equal ones are kept once, and a link to them works for everybody.
Brought vectors belong to the visitor who brought them and are gone when the session ends.
"""

import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final
from weakref import WeakSet

import numpy as np
import pandas as pd
import streamlit as st

from core.catalog.models import data_folder
from core.embeddings import Embeddings
from core.errors import InputError
from core.formats.store import FOLDER, open_vectors
from core.formats.vector_file import CHOICES_VARIABLE, Loaded, choices_from
from core.geometry.neighbors import warm_up
from core.layouts.array_store import words_digest
from core.lru import LRU

WORD_BYTES = 100  # approximate memory of a word
MAX_KEPT_BYTES = 256_000_000  # for the trained vectors of all visitors
VARIABLE = "EMBEDDING_PLAYGROUND_VECTORS"  # paths of files, separated as in PATH
MAX_USED = 4  # trained vectors offered to a visitor
USED_KEY = "trained"  # in the session: the names of the vectors that this visitor uses
BROUGHT_KEY = "brought"  # in the session: what the visitor brought, by name
MAX_BROUGHT = 4  # of a visitor
MAX_BROUGHT_BYTES = 2_000_000_000  # of all visitors
TITLES_KEY = "trained_titles"  # in the session: what this visitor's vectors are called, by name
NAME: Final = re.compile(
    r"(.{1,300}) · (?:file )?[0-9a-f]{4,32}", re.DOTALL
)  # with the digest that makes it unique


BROUGHT: Final = re.compile(r".{1,300} · file [0-9a-f]{4,32}", re.DOTALL)


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
        kept = replace(embeddings, name=name)
        warm_up(kept)
        return kept

    _kept().get_or_make(full, named)
    used = dict.fromkeys((full, *st.session_state.get(USED_KEY, ())))
    st.session_state[USED_KEY] = list(used)[:MAX_USED]
    return full


def is_brought(name: str) -> bool:
    """Return whether a name is one of vectors that somebody brought.

    >>> is_brought("birds · file 0a1b"), is_brought("Classroom · 0a1b")
    (True, False)
    """
    return BROUGHT.fullmatch(name) is not None


def bring(loaded: Loaded) -> str:
    """Keep what a visitor brought, for this visitor alone; return its name in `choose_table`.

    Raises:
        InputError: the server has no room for it.
    """
    embeddings = loaded.embeddings
    name = " · file ".join(unique_name(embeddings.name, embeddings).rsplit(" · ", 1))
    kept = brought()
    if name not in kept:
        taken = sum(map(_size, list(_all_brought())))
        if taken + _size(embeddings) > MAX_BROUGHT_BYTES:
            raise InputError(
                f"These vectors take {_size(embeddings) / 1e6:,.0f} MB, and the server has room "
                f"for {max(MAX_BROUGHT_BYTES - taken, 0) / 1e6:,.0f} MB more. Take a part of the "
                "file, or try again when others have left."
            )
        _all_brought().add(embeddings)
        warm_up(embeddings)
    kept.pop(name, None)
    kept[name] = loaded  # the newest last
    while len(kept) > MAX_BROUGHT:
        del kept[next(iter(kept))]
    return name


def brought() -> dict[str, Loaded]:
    """Return what this visitor brought, by name, the newest last."""
    kept: dict[str, Loaded] = st.session_state.setdefault(BROUGHT_KEY, {})
    return kept


def columns_of(name: str) -> pd.DataFrame:
    """Return the further columns of vectors, a row for each; without any if there are none."""
    loaded = _loaded(name)
    return pd.DataFrame() if loaded is None else loaded.columns


def layout_of(name: str) -> tuple[str, str] | None:
    """Return the two columns with the coordinates of a layout that came with vectors, or None."""
    loaded = _loaded(name)
    return None if loaded is None else loaded.layout


def are_texts(name: str) -> bool:
    """Return whether vectors from a file are those of texts, with which no sums are made."""
    try:
        loaded = _loaded(name)
    except InputError:  # the file cannot be read; told where its vectors are shown
        return False
    return loaded is not None and loaded.embeddings.unit == "text"


def _loaded(name: str) -> Loaded | None:
    """Return what is known of vectors from a file, or None."""
    return _opened(name) if name in _files() else brought().get(name)


def remove(name: str) -> None:
    """Forget vectors that this visitor brought, or no longer offer trained ones."""
    brought().pop(name, None)
    st.session_state[USED_KEY] = [
        each for each in st.session_state.get(USED_KEY, ()) if each != name
    ]


@st.cache_resource(show_spinner=False)
def _all_brought() -> WeakSet[Embeddings]:
    """Return the vectors that visitors brought and that are still in memory."""
    return WeakSet()


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
    if trained is None or name in _kept() or name in brought():
        return None
    return trained[1]


def is_file(name: str) -> bool:
    """Return whether these vectors are in a file that was named when the app was started."""
    return name in _files()


def find(name: str) -> Embeddings | None:
    """Return the trained vectors of a name, or None if they are no longer kept.

    Raises:
        InputError: they are in a file that cannot be read.
    """
    if name in _files():
        return _opened(name).embeddings
    if name in brought():
        return brought()[name].embeddings
    return _kept().get(name)


def offered(linked: str | None = None) -> list[str]:
    """Return the names of the trained vectors that this visitor can use.

    Args:
        linked: a name in a link; offered too if there are vectors of that name.
    """
    names = [*st.session_state.get(USED_KEY, ()), *([linked] if linked else [])]
    own = reversed(brought())
    return [*_files(), *own, *(name for name in dict.fromkeys(names) if name in _kept())]


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
def _opened(name: str) -> Loaded:
    choices = choices_from(os.environ.get(CHOICES_VARIABLE, ""))
    loaded = open_vectors(_files()[name], data_folder() / FOLDER, choices)
    warm_up(loaded.embeddings)
    return loaded
