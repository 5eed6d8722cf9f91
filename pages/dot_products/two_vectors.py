"""A part of the page: the dot product of two vectors, its terms and its angle."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from core.embeddings import Embeddings
from core.geometry.dot_product import DotProduct, dot_product
from pages.dot_products.vector_table import TOY, exact, toy_vectors
from pages.shared.controls import choice, examples, select, text
from pages.shared.embeddings import TABLES, TABLES_HELP, embeddings_of
from pages.shared.page_frame import errors_shown, plain
from pages.shared.url_state import part
from pages.shared.user_embeddings import offered
from viz.geometry.dot_product import MAX_WRITTEN_TERMS, arrows_figure, term_table, terms_figure
from viz.numbers import MINUS, number
from viz.style import TOOLBAR

TYPED = "typed"
SIDES = ("less than a right angle apart", "perpendicular", "more than a right angle apart")
SIGNS = ("Positive", "Zero", "Negative")


@part
def terms_part() -> None:
    """Show the terms and the geometry of a dot product; a change reruns this part alone."""
    otherwise = {"toy": TOY, "first": "king", "second": "queen"}
    marking = examples("dot_products", "source_example", otherwise, part="source")
    left, right = st.columns([3, 2], gap="medium")
    with left, errors_shown("first", "second"), marking:
        vectors = choice(
            "Vectors",
            (TYPED, *TABLES, *offered(st.session_state.get("source"))),
            "source",
            format_func=_short,
            markdown=lambda name: plain(_short(name)),
            help=TABLES_HELP,
        )
        if vectors == TYPED:
            embeddings = toy_vectors()
            names = _choose_two(embeddings)
            rows = [exact(embeddings.vector(name)) for name in names]
        else:
            embeddings = embeddings_of(vectors)
            with st.container(horizontal=True):
                typed = [
                    text("First word", "king", "first", width=180),
                    text("Second word", "queen", "second", width=180),
                ]
            indices = embeddings.indices(typed)
            names = [embeddings.words[index] for index in indices.tolist()]
            rows = list(embeddings.vectors[indices])
        product = dot_product(*rows)
        _show_sum(product, names)
        with right:
            _show_geometry(product, names)


def _short(vectors: str) -> str:
    return vectors.removesuffix(" tokens")


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


def _show_sum(product: DotProduct, names: Sequence[str]) -> None:
    """Show the terms in a formula, as bars and in a table."""
    title = f"{plain(names[0])} · {plain(names[1])}"
    st.markdown(f"**{title}** $= {written_out(product)}$")
    st.plotly_chart(
        terms_figure(product, names),
        key="terms",
        config=TOOLBAR,
        alt=f"A bar for each of the {len(product.terms)} terms, and a line of their running total, "
        f"which ends at {number(product.total)}.",
    )
    st.caption(
        "Each bar is a coordinate of the first vector times that of the second: red adds to the "
        "total, blue subtracts from it. The line is the running total."
    )
    table = term_table(product, names)
    columns = {name: st.column_config.NumberColumn(format="%.4g") for name in table.columns}
    st.dataframe(table, column_config=columns, alt="The terms and their running total.")


def _show_geometry(product: DotProduct, names: Sequence[str]) -> None:
    """Show the two vectors as arrows, and the meaning of the sign."""
    first, second = (plain(name) for name in names)
    if np.isnan(product.angle):
        st.info(
            "A vector of zeros has no length and no direction, so there is no angle. Every dot "
            "product with it is 0."
        )
        return
    st.plotly_chart(
        arrows_figure(product, names),
        key="arrows",
        config=TOOLBAR,
        alt=f"{names[0]} and {names[1]} as two arrows, {product.angle:.1f} degrees apart.",
    )
    st.markdown(
        f"**The same number from lengths and angle:** $a \\cdot b = |a|\\,|b|\\,\\cos\\alpha "
        f"= {_tex(product.first_length)} \\cdot {_tex(product.second_length)} "
        f"\\cdot \\cos {product.angle:.1f}° = {_tex(product.total)}$"
    )
    side = 1 - int(np.sign(product.total))
    rules = [f"{sign}: {side}" for sign, side in zip(SIGNS, SIDES, strict=True)]
    rules[side] = f"**{rules[side]}**"
    st.markdown(
        f"{'. '.join(rules)}. Here: {number(product.total)}, so {first} and {second} are "
        f"{SIDES[side]}, {product.angle:.1f}°; the cosine is {number(round(product.cosine, 3))}."
    )
    st.caption(
        "The two vectors lie in one plane, so the angle and the lengths in the picture are true. "
        f"The thick grey line is the shadow of {second} on {first}; the length of the shadow times "
        f"the length of {first} is the dot product."
    )


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
