"""A part of the page: whether opposites have a negative dot product."""

import streamlit as st

from core.geometry.all_pairs import CosineCounts, PairCosine, compare_pairs, count_cosines
from pages.shared.controls import examples
from pages.shared.embeddings import default_embeddings
from pages.shared.figures import show_figure
from pages.shared.hint import show_hint
from pages.shared.page_frame import plain
from pages.shared.tables import numbers_on_demand
from pages.shared.url_state import part
from pages.shared.word_field import pair_list
from viz.geometry.opposites import opposites_figure, opposites_table
from viz.numbers import fixed

OPPOSITES = "large small, hot cold, up down, good bad, love hate, rich poor, win lose, black white"
FREQUENT = 5_000  # words of which all pairs are counted
MAX_SHOWN_PAIRS = 20


@part
def opposites_part() -> None:
    """Show pairs of opposites beside all pairs; a change reruns this part alone."""
    st.markdown("It is often said that opposites have a negative dot product. Is this true?")
    with examples("dot_products", "opposites_example", {}, part="opposites"):
        embeddings = default_embeddings()
        typed = pair_list(
            "Pairs of opposites",
            OPPOSITES,
            "opposites",
            embeddings,
            MAX_SHOWN_PAIRS,
            help="Pairs of two words, with a comma between pairs.",
        )
    counts = all_pairs()
    pairs = compare_pairs(embeddings, typed.pairs, counts)
    show_hint(_summary(pairs, counts))
    show_figure(
        opposites_figure(pairs, counts, f"all pairs of the {FREQUENT:,} most frequent words"),
        key="opposites_picture",
        alt=f"A histogram of the cosines of all pairs of the {FREQUENT:,} most frequent words, and "
        "below it those of the opposites as bars.",
    )
    if pairs:
        numbers_on_demand(
            "opposites_numbers",
            lambda: opposites_table(pairs),
            "The opposites as numbers; the percentile is the percentage of all pairs whose cosine "
            "is smaller.",
            index=False,
        )


@st.cache_resource(show_spinner=False)
def all_pairs() -> CosineCounts:
    """Return the histogram of the cosines of all pairs of frequent words."""
    return count_cosines(default_embeddings().vectors[:FREQUENT])


def _summary(pairs: tuple[PairCosine, ...], counts: CosineCounts) -> str:
    """Return, in Markdown, how many of the pairs support the claim."""
    share = counts.negative / counts.pairs
    rare = (
        f"A negative cosine is rare: {share:.1%} of the {counts.pairs:,} pairs among the "
        f"{FREQUENT:,} most frequent words have one ({counts.negative:,})."
    )
    if not pairs:
        return f"Type pairs of opposites, such as hot cold, to see their cosines. {rare}"
    negative = sum(pair.dot < 0 for pair in pairs)
    largest = max(pairs, key=lambda pair: pair.cosine)
    if len(pairs) == 1:
        verdict = f"This pair has a {'negative' if negative else 'positive'} dot product."
    else:
        count = f"{negative} of {len(pairs)}" if negative else f"None of the {len(pairs)}"
        verdict = f"{count} pairs {'has' if negative == 1 else 'have'} a negative dot product."
    why = (
        "A negative cosine means that two words occur with different words, which is not the same "
        "as an opposite meaning."
        if negative
        else "Words with similar use have similar vectors, and opposites are used in similar ways: "
        "the water is hot, the water is cold."
    )
    return (
        f"**{verdict}** {rare} "
        f"{plain(largest.name)} ({fixed(largest.cosine)}) is more similar than "
        f"{largest.share_below:.2%} of them. {why}"
    )
