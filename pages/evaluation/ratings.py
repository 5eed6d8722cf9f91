"""A part of a page: the agreement of cosine similarities with people's ratings."""

from collections.abc import Callable
from functools import partial

import numpy as np
import streamlit as st

from core.control_characters import with_codes
from core.embeddings import Embeddings
from core.evaluation.ratings import Agreement, agreement
from core.evaluation.vocabulary import MOST_FREQUENT
from core.formats.rated_pairs import RatedPair, RatedPairs, replace_in_ratings
from core.formats.text_lines import MAX_BYTES
from pages.evaluation.analogy_run import rated_pairs_in
from pages.evaluation.own_ratings import rate_pairs, show_restart
from pages.evaluation.parse_errors import show_parse_errors
from pages.evaluation.vectors import missing
from pages.shared.controls import choice
from pages.shared.embeddings import embeddings_of
from pages.shared.figures import show_figure
from pages.shared.hint import show_hint
from pages.shared.page_frame import errors_shown, plain
from pages.shared.tables import numbers_on_demand
from pages.shared.text_area import text_field
from pages.shared.url_state import part
from pages.shared.word_field import show_unknown
from viz.evaluation.agreement import MAX_PAIRS, agreement_figure, pair_table
from viz.numbers import counted, fixed

YOU, TYPED, FILE = SOURCES = ("by you", "typed", "your file")
EXAMPLE = "tiger, cat, 7.4\nbook, paper, 7.5\nking, cabbage, 0.2\ncup, coffee, 6.6"
TEXT = "typed_ratings"
ENDINGS = {1: "st", 2: "nd", 3: "rd"}  # of places
MAX_TYPED = 4_000  # characters
FORMAT = (
    "Each line has two words and a number, separated by tabs, semicolons or commas; a higher "
    "number means more similar. A heading and lines that start with # are allowed."
)


@part
def similarity_part(table: str) -> None:
    """Show the agreement of vectors with the ratings of the visitor, or of people in a file.

    Args:
        table: the name of the vectors.
    """
    st.subheader("Do the vectors agree with people?", anchor=False)
    st.markdown(
        "People can rate how similar two words are, and the cosine of their two vectors is such a "
        "rating, too. **Spearman's correlation** measures whether both rank the pairs in the same "
        "order: 1 means the same order, 0 no relation, −1 the reverse order."
    )
    source = choice("Ratings", SOURCES, "ratings")
    with errors_shown():
        embeddings = embeddings_of(table)
        if source == YOU:
            pairs = rate_pairs(embeddings)
            if pairs is not None:
                restart = partial(show_restart, embeddings)
                show_agreement(agreement(embeddings, pairs), embeddings, "you", restart)
        elif source == TYPED:
            _typed_part(embeddings)
        else:
            _file_part(embeddings)


def _typed_part(embeddings: Embeddings) -> None:
    """Show a field for rated pairs, and their agreement with the vectors."""
    field, rules = st.columns([3, 2], gap="medium")
    with field:
        text = text_field("Your ratings", EXAMPLE, TEXT, lines=4, max_chars=MAX_TYPED)
        unknown = st.container()
    rules.markdown(FORMAT)
    if not text.strip():
        st.info("No rating yet. Write two words and a number on a line, such as tiger, cat, 7.4.")
        return
    rated = rated_pairs_in(with_codes(text).encode())
    result = _show_rated(rated, embeddings)
    words = [word for pair in result.unknown for word in (pair.first, pair.second)]
    strange = [word for word in dict.fromkeys(words) if not embeddings.knows(word)]
    with unknown:
        show_unknown(strange, TEXT, embeddings, replace_in_ratings)


def _file_part(embeddings: Embeddings) -> None:
    """Show the agreement of the vectors with the ratings in a visitor's file."""
    upload = st.file_uploader(
        "A file of word pairs rated by people",
        key="rated_pairs",
        max_upload_size=MAX_BYTES // 1_000_000,
    )
    if upload is None:
        st.info(
            "No ratings come with the app: upload a file, such as WordSim-353 or SimLex-999, or "
            f"ask the class and write one. {FORMAT}"
        )
        st.code(EXAMPLE, language=None)
        return
    _show_rated(rated_pairs_in(upload.getvalue()), embeddings)


def _show_rated(rated: RatedPairs, embeddings: Embeddings) -> Agreement:
    """Show the agreement with rated pairs and the lines that could not be read; return it."""
    show_parse_errors(rated.errors, len(rated), "pairs", rated.note)
    result = agreement(embeddings, rated.pairs)
    show_agreement(result, embeddings)
    return result


def show_agreement(
    result: Agreement,
    embeddings: Embeddings,
    who: str = "people",
    show_below: Callable[[], None] = lambda: None,
) -> None:
    """Show the points, the correlations and, on demand, the pairs.

    Args:
        result: the agreement.
        embeddings: the vectors.
        who: rated the pairs.
        show_below: shows more below the correlations.
    """
    count, unknown = len(result.pairs), len(result.unknown)
    if seen := hint(result, who):
        show_hint(seen)
    picture, numbers = st.columns([3, 2], gap="medium")
    with numbers:
        st.markdown(summary(result, embeddings))
        if unknown:
            st.markdown(
                f"Pairs left out: {unknown:,} of {count + unknown:,}, since "
                f"{missing(embeddings, MOST_FREQUENT)}. With a cosine of 0 for these pairs, "
                f"Spearman is {_correlation(result.spearman_of_all)}."
            )
            with st.expander("Pairs left out"):
                words = [_named(pair) for pair in result.unknown]
                st.dataframe({"pair": words}, hide_index=True, alt="Pairs with an unknown word.")
        show_below()
    if not count:
        return
    with picture:
        show_figure(
            agreement_figure(result),
            key="agreement",
            alt=f"{count:,} pairs of words: people's rating across, cosine up.",
        )
        numbers_on_demand(
            "pairs_numbers",
            lambda: pair_table(result),
            "The pairs, those first whose places by people and by vectors differ most.",
            index=False,
        )
    with numbers:
        step = -(-count // MAX_PAIRS)
        drawn = f" Drawn: one pair in {step}." if step > 1 else ""
        labelled = (
            " Labelled are the pairs whose places by people and by vectors differ most."
            if result.differences().any()
            else ""
        )
        st.caption(
            "The curve is the best fit that never falls: the closer the pairs are to it, the "
            f"higher is Spearman.{labelled}{drawn}"
        )


def hint(result: Agreement, who: str) -> str:
    """Return, in Markdown, the pair about which people and vectors differ most, or nothing."""
    if result.spearman is None:
        return ""
    differences = result.differences()
    if not differences.any():
        return "The vectors put the pairs in exactly the order of the ratings."
    worst = int(np.argmax(differences))
    by_people, by_vectors = result.ranks()
    return (
        f"The vectors and {who} differ most about **{plain(_named(result.pairs[worst]))}**: of "
        f"{counted(len(result.pairs), 'pair')} it is the {_place(by_people[worst])} most similar "
        f"for {who}, the {_place(by_vectors[worst])} for the vectors."
    )


def summary(result: Agreement, embeddings: Embeddings) -> str:
    """Return, in Markdown, a sentence about the agreement of people and vectors."""
    if result.spearman is None:
        known = "pair has" if len(result.pairs) == 1 else "pairs have"
        return (
            f"{len(result.pairs):,} {known} known words. A correlation needs at least two, with "
            "different ratings and different cosines."
        )
    return (
        f"Over {counted(len(result.pairs), 'pair')} **Spearman is "
        f"{_correlation(result.spearman)}** with the cosines of {plain(embeddings.name)}. "
        "Pearson, which measures how close the pairs are to a straight line, is "
        f"{_correlation(result.pearson)}."
    )


def _named(pair: RatedPair) -> str:
    return f"{pair.first} – {pair.second}"


def _place(rank: float) -> str:
    """Return a rank as a place; ties have a rank between two places.

    >>> _place(2.0), _place(11.0), _place(21.0), _place(2.5)
    ('2nd', '11th', '21st', '2nd to 3rd')
    """
    low, high = int(np.floor(rank)), int(np.ceil(rank))
    return _ordinal(low) if low == high else f"{_ordinal(low)} to {_ordinal(high)}"


def _ordinal(place: int) -> str:
    last = 0 if place % 100 in (11, 12, 13) else place % 10
    return f"{place:,}{ENDINGS.get(last, 'th')}"


def _correlation(value: float | None) -> str:
    return "none" if value is None else fixed(value, 3)
