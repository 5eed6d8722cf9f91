"""A part of a page: the input of an encoder as a sum of three embeddings."""

import numpy as np
import streamlit as st

from core.catalog import get
from core.language.inputs import Comparison, Inputs, compare, pair, single
from core.language.models import ENCODER
from pages import registry
from pages.shared.controls import choice, examples, remembered, text
from pages.shared.figures import show_figure
from pages.shared.hint import show_hint
from pages.shared.language_models import tokenizer
from pages.shared.page_frame import errors_shown, plain
from pages.shared.tables import show_table
from pages.shared.url_state import part
from pages.tokens.cached import input_tables
from viz.components.token_strip import token_strip
from viz.tokens.chips import MAX_CHIPS, chips_of
from viz.tokens.input_strips import (
    DEFAULT_NUMBERS,
    comparison_table,
    input_table,
    same_row_figure,
    terms_figure,
)

FIRST, SECOND = "The king rules the land.", "They crowned a new king."
INDEX_KEY = "input_place"  # in the session and the address: the index of the token shown
DEFAULT_INDEX = 2
NUMBERS = (f"first {DEFAULT_NUMBERS}", "all 384")


@st.cache_resource(max_entries=60, show_spinner=False)
def _pair_inputs(first: str, second: str) -> Inputs:
    tables = input_tables()
    return tables.inputs(pair(tokenizer(ENCODER), first, second, len(tables.positions)))


@st.cache_resource(max_entries=60, show_spinner=False)
def _comparison(first: str, second: str) -> Comparison:
    tables, cutter = input_tables(), tokenizer(ENCODER)
    count = len(tables.positions)
    return compare(tables, single(cutter, first, count), single(cutter, second, count))


@part
def inputs_part() -> None:
    """Show the terms of the network's input for two sentences."""
    st.subheader("What enters the network is a sum", anchor=False)
    st.markdown(
        f"{plain(get(ENCODER).title)} adds three rows for each token: one for the **token**, one "
        "for its **position** in the text, and one for its **segment** (sentence A or B). Click on "
        "a token."
    )
    otherwise = {"numbers": NUMBERS[0], INDEX_KEY: DEFAULT_INDEX}
    with examples("tokens", "sentence_example", otherwise, part="sentence_a"):
        with st.container(horizontal=True):
            first = text("Sentence A", FIRST, "sentence_a", width=330)
            second = text("Sentence B", SECOND, "sentence_b", width=330)
            numbers = choice("Numbers shown", NUMBERS, "numbers")
        picked = remembered(INDEX_KEY, DEFAULT_INDEX)
    if not first or not second:
        st.info("Two sentences are needed. Type both, or click on an example.")
        return
    with errors_shown():
        inputs = _pair_inputs(first, second)
        index = max(0, min(picked, len(inputs.sequence.tokens) - 1))
        count = DEFAULT_NUMBERS if numbers == NUMBERS[0] else inputs.total.shape[1]
        _show_terms(inputs, index, count)
        _show_comparison(_comparison(first, second), inputs, index, count)


def _pick(index: int) -> None:
    st.session_state[INDEX_KEY] = index


def _show_terms(inputs: Inputs, index: int, count: int) -> None:
    """Show the tokens of both sentences, and the sum for the token at `index`."""
    sequence = inputs.sequence
    token_strip(
        chips_of(sequence.tokens, segments=sequence.segments),
        key="pair",
        alt=f"Both sentences as {len(sequence.tokens)} tokens.",
        selected=index,
        on_pick=_pick,
        height=240,
    )
    if len(sequence.tokens) > MAX_CHIPS:
        st.caption(f"The first {MAX_CHIPS} of {len(sequence.tokens)} tokens are shown.")
    if any(sequence.left_out):
        st.warning(
            f"The network has {len(input_tables().positions)} positions and reads no more tokens. "
            f"Left out at the end: {sequence.left_out[0]:,} tokens of sentence A, "
            f"{sequence.left_out[1]:,} of sentence B."
        )
    picked, segment = sequence.tokens[index], "AB"[sequence.segments[index]]
    show_hint(terms_hint(inputs, index))
    left, right = st.columns([3, 2], gap="medium")
    with left:
        show_figure(
            terms_figure(inputs, index, count),
            key="terms",
            alt=f"The numbers of {picked.text}, of position {index} and of segment {segment} as "
            "colours, their sum, and the sum normalized.",
        )
        st.caption(
            "Blue is below zero, red above; the first four rows share one colour scale. "
            "**Normalized**: the sum is shifted to mean 0 and scaled to standard deviation 1; then "
            "each dimension gets a factor and a shift of its own. This is the input of the first "
            "layer."
        )
    with right:
        st.markdown(
            f"**{plain(picked.text)}** (row {picked.id:,} of the tokens) **+ position {index} + "
            f"segment {segment}**, all {inputs.total.shape[1]} numbers:"
        )
        show_table(input_table(inputs, index), "The terms and their sum, one row per dimension.")


def terms_hint(inputs: Inputs, index: int) -> str:
    """Return, in Markdown, which of the three rows of a token is the longest, and all lengths."""
    rows = {"token": inputs.token, "position": inputs.position, "segment": inputs.segment}
    lengths = {name: float(np.linalg.norm(table[index])) for name, table in rows.items()}
    longest, *others = sorted(lengths, key=lambda name: -lengths[name])
    return (
        f"Three rows add up. That of the **{longest}** is the longest, {lengths[longest]:.2f}; "
        + " and ".join(f"that of the {name} is {lengths[name]:.2f} long" for name in others)
        + "."
    )


def _show_comparison(comparison: Comparison, inputs: Inputs, index: int, count: int) -> None:
    """Compare the rows and inputs of a token that two separate sentences share."""
    if not comparison.shared:
        st.info("The two sentences have no token in common. Use one word in both.")
        return
    shared = [one.token.id for one in comparison.shared]
    wanted = inputs.sequence.tokens[index].id
    chosen = shared.index(wanted) if wanted in shared else 0
    one = comparison.shared[chosen]
    word = plain(one.token.text)
    title = "the input is not" if one.first != one.second else "and here the input is, too"
    st.subheader(f"The row is always the same, {title}", anchor=False)
    show_hint(_order(comparison))
    left, right = st.columns([3, 2], gap="medium")
    with left:
        show_figure(
            same_row_figure(comparison, chosen, ("A", "B"), count),
            key="same_row",
            alt=f"The row of {one.token.text} as picked by sentence A and by sentence B, the same; "
            "and what enters the network for it in each.",
        )
    with right:
        st.markdown(
            f"**{word}** picks the same row in A and in B: the largest difference of its numbers "
            f"is **{one.difference:g}**. It is at position {one.first} of A and {one.second} of B, "
            "if each sentence is read alone; with the position added, the cosine of its two inputs "
            f"is **{one.input_cosine:.3f}**."
        )
        table = comparison_table(comparison)
        show_table(table, "Tokens of both sentences and how similar their inputs are.", index=False)
        st.markdown("Only the layers after this distinguish two uses of a word:")
        st.page_link(registry.page("context"))


def _order(comparison: Comparison) -> str:
    """Return, in Markdown, whether the sentences have the same tokens in the same order."""
    if comparison.same_order:
        return "A and B have the same tokens in the same order: nothing differs."
    if not comparison.same_tokens:
        common = len(comparison.shared)
        return f"A and B have {common} token{'' if common == 1 else 's'} in common."
    return (
        "A and B have **the same tokens in another order**: the rows that they pick are the same "
        "set. Only the positions tell the network which came first."
    )
