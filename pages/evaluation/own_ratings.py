"""Twelve pairs of words that a visitor rates, one after the other."""

from functools import cache

import streamlit as st

from core.embeddings import Embeddings
from core.enumeration import listed
from core.formats.rated_pairs import RatedPair
from core.formats.text_lines import text_lines
from pages.shared.controls import remembered
from pages.shared.examples import ASSETS
from pages.shared.first_words import has, own_words
from pages.shared.page_frame import plain

FILE = ASSETS / "evaluation" / "twelve_pairs.txt"
GIVEN = "my_ratings"  # in the session and in the address
OF_OWN = "own_word_ratings"  # likewise, of pairs of the vectors' own words
OWN_PAIRS = "own_word_pairs"  # in the session: those pairs
HIGHEST = 10
SKIPPED = "-"  # in the place of a rating
MIN_RATED = 3  # pairs, before the result can be seen


Pairs = tuple[tuple[str, str], ...]


@cache
def own_pairs() -> Pairs:
    """Return the pairs to rate, in their order."""
    pairs = (text.split() for _, text in text_lines(FILE.read_bytes()).lines)
    return tuple((first, second) for first, second in pairs)


def pairs_to_rate(embeddings: Embeddings) -> Pairs:
    """Return the pairs to rate; of vectors that lack nearly all of them, pairs of their own words.

    Args:
        embeddings: the vectors.
    """
    known = [pair for pair in own_pairs() if all(has(embeddings, word) for word in pair)]
    if len(known) >= MIN_RATED:
        return own_pairs()
    words = own_words(embeddings)
    pairs = tuple(zip(words[::2], words[1::2], strict=False))[: len(own_pairs())]
    return pairs if len(pairs) >= MIN_RATED else own_pairs()


def read_ratings(text: str) -> tuple[int | None, ...]:
    """Return the ratings in an address, None for a skipped pair, up to the first that is invalid.

    >>> read_ratings("7,-,10,11")
    (7, None, 10)
    """
    ratings: list[int | None] = []
    for part in text.split(",")[: len(own_pairs())]:
        is_rating = part.isascii() and part.isdecimal() and len(part) <= 2
        if part != SKIPPED and not (is_rating and int(part) <= HIGHEST):
            break
        ratings.append(None if part == SKIPPED else int(part))
    return tuple(ratings)


def write_ratings(ratings: tuple[int | None, ...]) -> str:
    """Return ratings as they stand in an address.

    >>> write_ratings((7, None, 10))
    '7,-,10'
    """
    return ",".join(SKIPPED if rating is None else str(rating) for rating in ratings)


def rate_pairs(embeddings: Embeddings) -> tuple[RatedPair, ...] | None:
    """Show the next pair to rate; return the rated ones once all are rated or skipped.

    Args:
        embeddings: the vectors that will be compared.
    """
    pairs = pairs_to_rate(embeddings)
    if pairs != own_pairs() and st.session_state.get(OWN_PAIRS, pairs) != pairs:
        st.session_state[OF_OWN] = ""  # ratings of other pairs
    if pairs != own_pairs():
        st.session_state[OWN_PAIRS] = pairs
    ratings = read_ratings(remembered(_key(pairs), ""))[: len(pairs)]
    if len(ratings) < len(pairs):
        _show_next(pairs, ratings)
        return None
    return _rated(pairs, ratings)


def show_restart(embeddings: Embeddings) -> None:
    """Show a button that forgets all ratings."""
    key = _key(pairs_to_rate(embeddings))
    st.button("Start again", key="ratings_restart", on_click=_set, args=(key, ()))


def _key(pairs: Pairs) -> str:
    """Return the key of the ratings of pairs, in the session and in the address."""
    return GIVEN if pairs == own_pairs() else OF_OWN


def _show_next(pairs: Pairs, ratings: tuple[int | None, ...]) -> None:
    """Show the first pair without a rating, and buttons to rate it."""
    count, at, given = len(pairs), len(ratings), _key(pairs)
    rated, key = _rated(pairs, ratings), f"rating_{at}"

    def rate() -> None:
        if (rating := st.session_state[key]) is not None:
            _set(given, (*ratings, rating))

    first, second = map(plain, pairs[at])
    with st.container(border=True):
        st.markdown(f"Pair {at + 1} of {count}: how similar are the two words?")
        st.subheader(f"{first} – {second}", anchor=False)
        st.segmented_control(
            f"0: nothing in common, {HIGHEST}: the same",
            range(HIGHEST + 1),
            key=key,
            on_change=rate,
        )
        with st.container(horizontal=True):
            st.button(
                "Back",
                key="ratings_back",
                on_click=_set,
                args=(given, ratings[:-1]),
                disabled=not at,
            )
            st.button("Skip", key="ratings_skip", on_click=_set, args=(given, (*ratings, None)))
            if len(rated) >= MIN_RATED:
                rest = (None,) * (count - at)
                st.button(
                    "Show the result",
                    key="ratings_end",
                    on_click=_set,
                    args=(given, (*ratings, *rest)),
                )
        if rated:
            so_far = [f"{pair.first} – {pair.second} {pair.rating:.0f}" for pair in rated]
            st.caption(f"Your ratings so far: {plain(listed(so_far, count))}")


def _rated(pairs: Pairs, ratings: tuple[int | None, ...]) -> tuple[RatedPair, ...]:
    return tuple(
        RatedPair(first, second, float(rating))
        for (first, second), rating in zip(pairs, ratings, strict=False)
        if rating is not None
    )


def _set(key: str, ratings: tuple[int | None, ...]) -> None:
    """Replace the ratings; the buttons of a pair that is rated again have no memory."""
    st.session_state[key] = write_ratings(ratings)
    for at in range(len(own_pairs())):
        st.session_state.pop(f"rating_{at}", None)
