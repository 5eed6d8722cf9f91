"""A part of the page: whether opposites have a negative dot product."""

import streamlit as st

from core.enumeration import listed
from core.geometry.all_pairs import CosineCounts, PairCosine, compare_pairs, count_cosines
from core.word_pairs import read_pairs
from pages.shared.controls import examples, text
from pages.shared.embeddings import default_embeddings
from pages.shared.page_frame import plain
from pages.shared.tables import show_table
from pages.shared.url_state import part
from viz.geometry.opposites import opposites_figure, opposites_table
from viz.numbers import fixed
from viz.style import TOOLBAR

OPPOSITES = "large small, hot cold, up down, good bad, love hate, rich poor, win lose, black white"
FREQUENT = 5_000  # words whose pairs are all counted
MOST = 20  # pairs that are shown


@part
def opposites_part() -> None:
    """Show pairs of opposites among all pairs; a change runs this part alone."""
    st.subheader("A claim put to the test", anchor=False)
    st.markdown("“Opposites have a negative dot product.” It is often said. Is it so?")
    examples("dot_products", "opposites_example", {}, part="opposites")
    embeddings = default_embeddings()
    written = text(
        "Pairs of opposites",
        OPPOSITES,
        "opposites",
        help="Two words a pair, a comma between pairs.",
    )
    found = read_pairs(embeddings, written, MOST)
    _tell_left_out("Not known", found.unknown)
    _tell_left_out("No pair of two", found.not_pairs)
    if found.left_out:
        st.caption(f"The first {MOST} pairs are shown; {found.left_out:,} more are left out.")
    everyone = all_pairs()
    pairs = compare_pairs(embeddings, found.pairs, everyone)
    picture, numbers = st.columns([3, 2], gap="medium")
    picture.plotly_chart(
        opposites_figure(pairs, everyone, f"all pairs of the {FREQUENT:,} most frequent words"),
        key="opposites_picture",
        config=TOOLBAR,
        alt=f"The cosines of all pairs of the {FREQUENT:,} most frequent words as a hill, and "
        "below it those of the opposites as bars.",
    )
    with numbers:
        st.markdown(_summary(pairs, everyone))
        if pairs:
            show_table(opposites_table(pairs), "The opposites as numbers.", index=False)
            st.caption("Percentile: the share, in %, of all those pairs whose cosine is smaller.")


@st.cache_resource(show_spinner=False)
def all_pairs() -> CosineCounts:
    """Return the cosines of all pairs of frequent words, computed once for all visitors."""
    return count_cosines(default_embeddings().vectors[:FREQUENT])


def _summary(pairs: tuple[PairCosine, ...], everyone: CosineCounts) -> str:
    """Return, in Markdown, how many of the pairs support the claim."""
    share = everyone.negative / everyone.pairs
    rare = (
        f"A negative cosine is rare: {share:.1%} of the {everyone.pairs:,} pairs among the "
        f"{FREQUENT:,} most frequent words have one ({everyone.negative:,})."
    )
    if not pairs:
        return rare
    negative = sum(pair.dot < 0 for pair in pairs)
    most = max(pairs, key=lambda pair: pair.cosine)
    count = f"{negative} of {len(pairs)}" if negative else f"None of the {len(pairs)}"
    why = (
        "A negative one means that two words keep different company, which is not the same as an "
        "opposite meaning."
        if negative
        else "Words used alike lie alike, and opposites are used alike: the water is hot, the "
        "water is cold."
    )
    return (
        f"**{count} {'pair' if len(pairs) == 1 else 'pairs'} "
        f"{'has' if negative == 1 else 'have'} a negative dot product.** {rare} "
        f"{plain(most.name)} ({fixed(most.cosine)}) is more alike than {most.share_below:.2%} of "
        f"them. {why}"
    )


def _tell_left_out(reason: str, entries: tuple[str, ...]) -> None:
    if entries:
        named = listed([plain(entry[:40]) for entry in entries], 5)
        st.caption(f"{reason}, left out: {named}.")
