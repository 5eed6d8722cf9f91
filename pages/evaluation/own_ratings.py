"""Twelve pairs of words that a visitor rates, one after the other."""

from functools import cache

import streamlit as st

from core.enumeration import listed
from core.formats.rated_pairs import RatedPair
from core.formats.text_lines import text_lines
from pages.shared.controls import remembered
from pages.shared.examples import ASSETS

FILE = ASSETS / "evaluation" / "twelve_pairs.txt"
GIVEN = "my_ratings"  # in the session and in the address
HIGHEST = 10
SKIPPED = "-"  # in the place of a rating
MIN_RATED = 3  # pairs, before the result can be seen


@cache
def own_pairs() -> tuple[tuple[str, str], ...]:
    """Return the pairs to rate, in their order."""
    pairs = (text.split() for _, text in text_lines(FILE.read_bytes(), []))
    return tuple((first, second) for first, second in pairs)


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


def rate_pairs() -> tuple[RatedPair, ...] | None:
    """Show the next pair to rate; return the rated ones once all are rated or skipped."""
    ratings = read_ratings(remembered(GIVEN, ""))
    if len(ratings) < len(own_pairs()):
        _show_next(ratings)
        return None
    return _rated(ratings)


def show_restart() -> None:
    """Show a button that forgets all ratings."""
    st.button("Start again", key="ratings_restart", on_click=_set, args=((),))


def _show_next(ratings: tuple[int | None, ...]) -> None:
    """Show the first pair without a rating, and buttons to rate it."""
    count, at = len(own_pairs()), len(ratings)
    rated, key = _rated(ratings), f"rating_{at}"

    def rate() -> None:
        if (rating := st.session_state[key]) is not None:
            _set((*ratings, rating))

    first, second = own_pairs()[at]
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
                "Back", key="ratings_back", on_click=_set, args=(ratings[:-1],), disabled=not at
            )
            st.button("Skip", key="ratings_skip", on_click=_set, args=((*ratings, None),))
            if len(rated) >= MIN_RATED:
                rest = (None,) * (count - at)
                st.button(
                    "Show the result", key="ratings_end", on_click=_set, args=((*ratings, *rest),)
                )
        if rated:
            so_far = [f"{pair.first} – {pair.second} {pair.rating:.0f}" for pair in rated]
            st.caption(f"Your ratings so far: {listed(so_far, count)}")


def _rated(ratings: tuple[int | None, ...]) -> tuple[RatedPair, ...]:
    return tuple(
        RatedPair(first, second, float(rating))
        for (first, second), rating in zip(own_pairs(), ratings, strict=False)
        if rating is not None
    )


def _set(ratings: tuple[int | None, ...]) -> None:
    """Replace the ratings; the buttons of a pair that is rated again have no memory."""
    st.session_state[GIVEN] = write_ratings(ratings)
    for at in range(len(own_pairs())):
        st.session_state.pop(f"rating_{at}", None)
