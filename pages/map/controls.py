"""The controls of the map: its words, their layout and their colours."""

from dataclasses import dataclass
from typing import Any, Final, Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.embeddings import Embeddings
from core.enumeration import listed
from core.errors import InputError
from core.geometry.arithmetic import evaluate
from core.layouts.map_words import MapWords
from core.layouts.store import Recipe
from core.layouts.tsne import NEIGHBORS_PER_PERPLEXITY, PERPLEXITY
from core.layouts.umap import NEIGHBORS
from core.word_groups import read_word_groups, shipped_groups
from pages.map.columns import color_columns, colors_by_column, given_layout
from pages.map.layout_job import forget_layout, formed_layout
from pages.map.layouts import Layout, principal_layout, slice_layout
from pages.map.words import COUNTS, DEFAULT_COUNT, frequent_words, named_clusters, own_words
from pages.shared.controls import choice, select, text, whole_number
from pages.shared.embeddings import choose_table, chosen_table
from pages.shared.page_frame import errors_shown, plain
from pages.shared.text_area import text_field
from pages.shared.url_state import Linked
from pages.shared.user_embeddings import columns_of, layout_of
from pages.shared.word_field import word_list
from viz.geometry.map import colors_by_group, colors_by_label, colors_by_rank
from viz.numbers import counted

METHODS: Final[tuple[Literal["t-SNE", "UMAP", "PCA", "slice"], ...]] = (
    "t-SNE",  # of those in the plane, the one that keeps most neighbours
    "UMAP",
    "PCA",
    "slice",
)
GIVEN: Final = "given"  # the coordinates that came with the vectors
COLORS: Final = ("regions", "groups", "clusters", "frequency", "none")
COLUMN: Final = "column"  # a further colour where columns came with the vectors
AXES: Final = ("woman - man", "king - man", "cats - cat")
GROUPS: Final = shipped_groups()
MAX_GROUPS: Final = 8
MAX_OWN_WORDS: Final = 100_000
MIN_OWN_WORDS: Final = 4
MIN_NEIGHBORS: Final = 2
MAX_NEIGHBORS: Final = 100  # of a word, and largest perplexity
TABLE: Final = "map_vectors"
MAX_GROUPS_TYPED: Final = 100_000  # characters
COUNT: Final = Linked(
    "count", DEFAULT_COUNT, {f"{count:,}": count for count in COUNTS}.get, "{:,}".format
)
CHOSEN_GROUPS: Final[Linked[list[str]]] = Linked(
    "groups", [], lambda name: name if name in GROUPS else None, many=True
)

METHOD_HELP: Final = (
    "**UMAP** and **t-SNE** put each point near its nearest neighbours; the distances between "
    "clusters mean little. **PCA** has the axes along which the points differ most."
)
SLICE_HELP: Final = " A **slice** has axes that you choose."


@dataclass(frozen=True)
class Colors:
    """The colours of the points.

    Args:
        groups: the rows of each selected group's words, by its name.
        shown: the arguments of the word map for the colours.
        by_regions: whether the points are coloured by region.
    """

    groups: dict[str, list[int]]
    shown: dict[str, Any]
    by_regions: bool = False


def choose_words(row: DeltaGenerator, embeddings: Embeddings) -> MapWords:
    """Show the controls of the words, and return the words.

    Args:
        row: the container for the controls.
        embeddings: the embeddings of the words.

    Raises:
        InputError: there are fewer words than a layout needs.
    """
    unit = embeddings.unit
    with row.popover(f"{unit.capitalize()}s", icon=":material/list:"):
        table = choose_table(TABLE)
        COUNT.start()
        count = st.select_slider(
            f"{embeddings.order.capitalize()} {unit}s",
            COUNTS,
            format_func=COUNT.write,
            key=COUNT.key,
            width=280,
        )
        COUNT.keep(count)
        if unit == "text":  # in a list, their commas and spaces would divide them
            return frequent_words(count, table)
        own = word_list("Or only these", "", "only", embeddings, MAX_OWN_WORDS)
        own_count = len(own) + len(own.unknown)
    if not own_count:
        return frequent_words(count, table)
    row.button(
        counted(own_count, unit) + " only",
        key="draw_all",
        icon=":material/close:",
        help=f"Draw the {embeddings.order} {unit}s again.",
        on_click=_draw_all,
    )
    if len(own) < MIN_OWN_WORDS:
        raise InputError(
            f"Only {len(own)} of the {unit}s under “Or only these” are known; a map needs at least "
            f"{MIN_OWN_WORDS}. Add some, or empty the field to draw the {embeddings.order} {unit}s."
        )
    return own_words(tuple(sorted(own.indices.tolist())), table)


def _draw_all() -> None:
    st.session_state.only = ""


def color_kinds(embeddings: Embeddings) -> tuple[str, ...]:
    """Return by what embeddings can be coloured: groups are made of words."""
    without = {"groups"} if embeddings.unit == "text" else set()
    if embeddings.order != "most frequent":
        without.add("frequency")
    return tuple(kind for kind in COLORS if kind not in without)


def choose_colors(row: DeltaGenerator, embeddings: Embeddings, drawn: MapWords) -> Colors:
    """Show the controls of the colours, and return the colours."""
    with row.popover("Colours", icon=":material/palette:"):
        columns = columns_of(chosen_table(TABLE))
        kinds = color_kinds(embeddings)
        kinds = kinds if columns.empty else (COLUMN, *kinds)
        kind = choice(f"Colour {embeddings.unit}s by", kinds, "colour")
        if kind == COLUMN:
            column = columns[select("Column", color_columns(columns), "colour_column")]
            return Colors({}, colors_by_column(drawn, column))
        groups = _choose_groups(embeddings) if "groups" in kinds else {}
    if kind == "groups" or (kind == "regions" and groups):
        return Colors(groups, colors_by_group(drawn, groups, list(GROUPS)))
    if kind == "clusters":
        with errors_shown():
            clusters = named_clusters(drawn, drawn.digest)
            return Colors({}, colors_by_label(clusters.labels, clusters.names))
    return Colors({}, colors_by_rank(drawn) if kind == "frequency" else {}, kind == "regions")


def _choose_groups(embeddings: Embeddings) -> dict[str, list[int]]:
    """Show the controls of the groups of words; return the rows of each group's words."""
    CHOSEN_GROUPS.start()
    names = st.multiselect("Groups", list(GROUPS), key=CHOSEN_GROUPS.key, width=320)
    CHOSEN_GROUPS.keep(names)
    written = text_field(
        "Your own groups, a line for each",
        "",
        "own_groups",
        max_chars=MAX_GROUPS_TYPED,
        placeholder="fruit: apple, pear, cherry",
        height=80,
    )
    groups = {
        name: embeddings.indices(word for word in GROUPS[name] if word in embeddings).tolist()
        for name in names
    }
    with errors_shown():
        groups |= _own_groups(embeddings, written)
    if len(groups) > MAX_GROUPS:
        st.caption(
            f"The first {MAX_GROUPS} groups are shown: more colours cannot be distinguished."
        )
        groups = dict(list(groups.items())[:MAX_GROUPS])
    return groups


def _own_groups(embeddings: Embeddings, written: str) -> dict[str, list[int]]:
    """Return the visitor's groups, and show the unknown words."""
    groups = read_word_groups(embeddings, written)
    unknown = [word for group in groups for word in group.words.unknown]
    if unknown:
        named = listed([plain(word[:30]) for word in unknown], 5)
        st.caption(f"Not in {plain(embeddings.name)}: {named}. The rest is used.")
    return {group.name: group.words.indices.tolist() for group in groups}


def choose_layout(
    row: DeltaGenerator, settings: DeltaGenerator, embeddings: Embeddings, drawn: MapWords
) -> Layout | None:
    """Show the controls of the layout, and return the layout; None if an axis is invalid.

    Args:
        row: the container for the controls.
        settings: the container for further settings.
        embeddings: the embeddings of the words.
        drawn: the words.

    Raises:
        InputError: the settings do not suit the words.
    """
    with row:
        components = int(choice("Dimensions", ("2D", "3D"), "map_dimensions")[0])
        given = layout_of(chosen_table(TABLE))
        methods: tuple[str, ...] = METHODS[1:]  # t-SNE draws in the plane only
        if components == 2:
            methods = METHODS if given is None else (GIVEN, *METHODS)
        help_text = METHOD_HELP + SLICE_HELP
        if embeddings.unit == "text":  # an axis of a slice is made of words
            help_text, methods = METHOD_HELP, tuple(each for each in methods if each != "slice")
        method = choice("Picture by", methods, "projection", help=help_text)
    if method == GIVEN and given is not None:
        forget_layout()
        return given_layout(drawn, columns_of(chosen_table(TABLE)), given)
    if method == "PCA":
        forget_layout()
        return principal_layout(drawn, min(components, len(drawn)))
    if method == "slice":
        forget_layout()
        return _choose_slice(embeddings, drawn, components)
    label, key, default = (
        (f"Neighbours of a {drawn.unit}", "neighbors", NEIGHBORS)
        if method == "UMAP"
        else ("Perplexity", "perplexity", int(PERPLEXITY))
    )
    with settings:
        neighbors = whole_number(
            label,
            MIN_NEIGHBORS,
            MAX_NEIGHBORS,
            default,
            key,
            help="The number of points to which each point is kept close: a small number shows "
            "fine details, a large one the global structure.",
        )
        most = len(drawn) - 1 if method == "UMAP" else (len(drawn) - 1) // NEIGHBORS_PER_PERPLEXITY
        if most < MIN_NEIGHBORS:
            raise InputError(
                f"{method} needs more than {len(drawn)} {drawn.unit}s. Add some, or choose PCA."
            )
        if most < neighbors == default:  # nobody has set it
            neighbors = most
            st.caption(f"{most} are used: {default} are too many for {len(drawn)} {drawn.unit}s.")
    return formed_layout(
        Recipe("UMAP" if method == "UMAP" else "t-SNE", components, neighbors), drawn
    )


def _choose_slice(embeddings: Embeddings, drawn: MapWords, components: int) -> Layout | None:
    axes: list[str] = []
    for number, (column, axis) in enumerate(zip(st.columns(components), AXES, strict=False), 1):
        key = f"axis_{number}"
        with column:
            written = text(f"Axis {number}", axis, key)
            with errors_shown(key):
                evaluate(embeddings, written)
                axes.append(written)
    if len(axes) < components:
        return None
    return slice_layout(embeddings, drawn, tuple(axes))
