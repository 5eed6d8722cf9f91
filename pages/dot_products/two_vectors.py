"""A part of the page: the dot product of two vectors, its terms and its angle."""

from collections.abc import Sequence
from functools import partial

import numpy as np
import streamlit as st

from core.embeddings import Embeddings
from core.geometry.dot_product import DotProduct, dot_product
from pages.dot_products.vector_table import KEY, TOY, exact, toy_vectors
from pages.shared.completion import offer_words
from pages.shared.controls import choice, examples, select, text, toggle
from pages.shared.embeddings import (
    GLOVE,
    TABLES,
    TABLES_HELP,
    current_table,
    embeddings_of,
    show_if_lost,
    take_to_all_pages,
)
from pages.shared.figures import show_figure
from pages.shared.first_words import first_text
from pages.shared.hint import show_hint
from pages.shared.page_frame import errors_shown, plain
from pages.shared.url_state import open_with, part
from pages.shared.user_embeddings import offered, title
from pages.shared.word_links import show_word_links
from viz.components.arrow_plane import arrow_plane
from viz.geometry.dot_product import MAX_WRITTEN_TERMS, pair_drawing, term_table, terms_figure
from viz.labels import shortened
from viz.numbers import MINUS, number

TYPED = "typed"
HEIGHT = 380  # pixels, of the arrows
MIN_SHARE = 0.4  # of the total, from which one term among many is worth a remark
SIDES = ("less than a right angle apart", "perpendicular", "more than a right angle apart")
SIGNS = ("Positive", "Zero", "Negative")


@part
def terms_part() -> None:
    """Show the terms and the geometry of a dot product; a change reruns this part alone."""
    otherwise = {"toy": TOY, "first": "king", "second": "queen"}
    marking = examples("dot_products", "source_example", otherwise, part="two vectors")
    with errors_shown("first", "second"):
        with marking, st.container(horizontal=True, gap="medium"):
            embeddings, names = _choose_vectors()
        is_typed = st.session_state["source"] == TYPED
        rows = [embeddings.vector(name) for name in names]
        product = dot_product(*(map(exact, rows) if is_typed else rows))
        links_of = names[0] if not is_typed and embeddings.unit != "text" else None
        if embeddings.unit == "text":
            names = [f"“{shortened(name)}”" for name in names]
        show_hint(hint(product, names))
        left, right = st.columns(2, gap="medium")
        with left:
            two_numbers = is_typed and embeddings.dimensions == len("xy")
            _show_arrows(product, names, can_keep=two_numbers and names[0] != names[1])
        with right:
            _show_terms(product, names)
        if links_of is not None:
            show_word_links("dot_products", links_of)


def _choose_vectors() -> tuple[Embeddings, list[str]]:
    """Show the controls; return the embeddings and the two words.

    Raises:
        UnknownWordError: a word is not in the embeddings.
    """
    if current_table() != GLOVE:  # the page opens with typed numbers until others are selected
        open_with("source", current_table())
    named = st.session_state.get("source") or st.query_params.get("source")
    vectors = choice(
        "Vectors",
        (TYPED, *TABLES, *offered(named)),
        "source",
        format_func=_short,
        markdown=_title,
        wrap=True,
        help=TABLES_HELP,
    )
    show_if_lost("source", TYPED)
    if vectors == TYPED:
        embeddings = toy_vectors()
        st.caption("These numbers are made up: change them.", width="content")
        return embeddings, _choose_two(embeddings)
    take_to_all_pages(vectors)
    embeddings = embeddings_of(vectors)
    first = first_text("dot_products", "first", "king", embeddings, lambda words: words[0])
    second = first_text("dot_products", "second", "queen", embeddings, lambda words: words[:2][-1])
    typed = [
        text(f"First {embeddings.unit}", first, "first", width=180),
        text(f"Second {embeddings.unit}", second, "second", width=180),
    ]
    offer_words(embeddings, "first", "second")
    return embeddings, [embeddings.words[row] for row in embeddings.indices(typed).tolist()]


def _short(vectors: str) -> str:
    """Return a name of vectors in the address."""
    return vectors.removesuffix(" tokens")


def _title(vectors: str) -> str:
    return plain(title(_short(vectors)))


def _choose_two(embeddings: Embeddings) -> list[str]:
    """Return two words of the table; if it has more, show controls to choose them."""
    words = list(embeddings.words)
    if len(words) < 3:
        return [words[0], words[-1]]
    chosen = []
    with st.container(horizontal=True):
        for index, (label, key) in enumerate((("First", "toy_first"), ("Second", "toy_second"))):
            chosen.append(select(label, words, key, words[index], width=150))
    return chosen


def _show_terms(product: DotProduct, names: Sequence[str]) -> None:
    """Show the terms in a formula, as bars, and in a table if it is asked for."""
    title = f"{plain(names[0])} · {plain(names[1])}"
    st.markdown(f"**{title}** $= {written_out(product)}$")
    show_figure(
        terms_figure(product, names),
        key="terms",
        alt=f"A bar for each of the {len(product.terms)} terms, each from where the last one "
        f"ended; the last ends at the total, {number(product.total)}.",
    )
    st.caption(
        "Each bar is a number of the first vector times that of the second. It starts where the "
        "last bar ended: red adds to the total, blue subtracts from it."
    )
    if toggle("Show the numbers", "term_numbers"):
        table = term_table(product, names)
        columns = {name: st.column_config.NumberColumn(format="%.4g") for name in table.columns}
        st.dataframe(table, column_config=columns, alt="The terms and their running total.")


def _show_arrows(product: DotProduct, names: Sequence[str], *, can_keep: bool) -> None:
    """Show the two vectors as arrows whose tips can be dragged.

    Args:
        product: the product of the two vectors.
        names: their names.
        can_keep: whether the vectors are those of the table, which takes the dragged ones.
    """
    if np.isnan(product.angle):
        st.info(
            "A vector of zeros has no length and no direction, so there is no angle. Every dot "
            "product with it is 0."
        )
        return
    arrow_plane(
        pair_drawing(product, names),
        key="arrows",
        alt=f"{names[0]} and {names[1]} as two arrows, {product.angle:.1f} degrees apart.",
        height=HEIGHT,
        is_pair=True,
        on_drop=partial(_keep, names) if can_keep else None,
    )
    st.markdown(
        f"**The same number from lengths and angle:** $a \\cdot b = |a|\\,|b|\\,\\cos\\alpha "
        f"= {_tex(product.first_length)} \\cdot {_tex(product.second_length)} "
        f"\\cdot \\cos {product.angle:.1f}° = {_tex(product.total)}$"
    )
    first, second = (plain(name) for name in names)
    st.caption(
        "The two vectors lie in one plane, so the angle and the lengths in the picture are true. "
        f"The thick grey line is the shadow of {second} on {first}; the length of the shadow times "
        f"the length of {first} is the dot product. Drag a tip to see the numbers change."
    )


def _keep(names: Sequence[str], tips: Sequence[tuple[float, float]]) -> None:
    """Put the tips of dragged arrows into the table of typed vectors."""
    moved = dict(zip(names, tips, strict=True))
    lines = [line.split() for line in st.session_state[KEY].split("\n")]
    for line in lines:
        if line[0] in moved:
            line[1:] = [f"{round(value, 1):g}" for value in moved[line[0]]]
    st.session_state[KEY] = "\n".join(" ".join(line) for line in lines)


def hint(product: DotProduct, names: Sequence[str]) -> str:
    """Return, in Markdown, what the sign of a dot product says, and whether one term is most of it.

    >>> hint(dot_product([4, 3], [-3, 4]), ("east", "north"))
    '**east** and **north** are perpendicular (90°, cosine 0), so their dot product is zero: **0**.'
    """
    first, second = (f"**{plain(name)}**" for name in names)
    if np.isnan(product.angle):
        return "A vector of zeros: every dot product with it is **0**."
    side = 1 - int(np.sign(product.total))
    text = (
        f"{first} and {second} are {SIDES[side]} ({product.angle:.0f}°, cosine "
        f"{number(round(product.cosine, 3))}), so their dot product is {SIGNS[side].lower()}: "
        f"**{number(product.total)}**."
    )
    largest = int(np.abs(product.terms).argmax())
    term = float(product.terms[largest])
    if len(product.terms) > MAX_WRITTEN_TERMS and term > MIN_SHARE * product.total > 0:
        text += (
            f" Dimension {largest + 1} alone adds {number(term)} of it: one of the "
            f"{len(product.terms)} terms, {term / product.total:.0%} of the total."
        )
    return text


def written_out(product: DotProduct) -> str:
    """Return a dot product as a sum in TeX; of many terms, only the first three and the last.

    >>> print(written_out(dot_product([9, -5], [8, -4])))
    9 \\cdot 8 + (-5) \\cdot (-4) = 72 + 20 = 92
    """
    digits = 4 if len(product.terms) <= MAX_WRITTEN_TERMS else 3
    pairs = zip(product.first.tolist(), product.second.tolist(), strict=True)
    factors = [
        f"{_tex(one, digits, inside=True)} \\cdot {_tex(other, digits, inside=True)}"
        for one, other in pairs
    ]
    terms = [
        _tex(term, digits, inside=index > 0) for index, term in enumerate(product.terms.tolist())
    ]
    return f"{_sum(factors)} = {_sum(terms)} = {_tex(product.total)}"


def _sum(parts: Sequence[str]) -> str:
    if len(parts) > MAX_WRITTEN_TERMS:
        parts = [*parts[:3], "\\dots", parts[-1]]
    return " + ".join(parts)


def _tex(value: float, digits: int = 4, *, inside: bool = False) -> str:
    """Return a number in TeX; negative numbers inside a sum or product are in parentheses."""
    written = number(value, digits).replace(MINUS, "-")
    mantissa, _, exponent = written.partition("e")
    if exponent:
        written = f"{mantissa} \\cdot 10^{{{int(exponent)}}}"
    return f"({written})" if inside and value < 0 else written
