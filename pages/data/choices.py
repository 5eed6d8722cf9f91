"""What is read of a file: its columns, rows and matrix, as its reader finds them or as chosen."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Final

import streamlit as st

from core.control_characters import with_signs
from core.errors import FormatError
from core.formats.vector_file import ChoiceError, Choices, Columns, Loaded, Texts
from pages.shared.page_frame import plain

KEY: Final = "data_offered"  # in the session: what can be chosen of the last file, by its digest
MAX_ROWS: Final = 10**8
MAX_OFFERED: Final = 2_000  # columns or matrices in a box
MAX_NAME: Final = 60  # characters of a name in a box
NONE: Final = "\0"  # in a box; no column is called so
WIDTH: Final = 170  # pixels; two of them fit on a phone
NO_TEXT, NO_VECTORS, NO_COLUMN = "none: numbered", "none: use MiniLM", "none"


@dataclass
class Offered:
    """What can be chosen of a file, as far as it was read.

    Args:
        members: the files or matrices in it, if there are several, by None; and those in one of
            them by its name.
        columns: those of the table in each member that was read, None for another format. The
            member of a file without several is None.
    """

    members: dict[str | None, tuple[str, ...]] = field(default_factory=dict)
    columns: dict[str | None, Columns | None] = field(default_factory=dict)


@contextmanager
def choices_shown(key: str) -> Iterator[Choices]:
    """Show what can be chosen of a file, and give what is chosen to a block that reads it.

    What can be chosen is known after the file was read once without choices: it is shown above the
    block, whether that ends with an error or not.

    Args:
        key: a digest of the file.
    """
    rows = st.container(), st.container()
    offered = _offered(key)
    member, columns = None, None
    with rows[0]:
        while are_members_known := member in offered.members:
            inner = _choose_member(offered, member, key)
            if inner is None:
                break
            member = inner
    choices = Choices(member=member)
    if are_columns_known := member in offered.columns:
        columns = offered.columns[member]
        with rows[1]:
            choices = replace(_choose_columns(columns, f"{key} {member}"), member=member)
    try:
        yield choices
    finally:
        if member in offered.members and not are_members_known:
            with rows[0]:
                _choose_member(offered, member, key)
        if member in offered.columns and not are_columns_known:
            with rows[1]:
                _choose_columns(offered.columns[member], f"{key} {member}")


def remember(key: str, choices: Choices, read: Loaded | Texts | FormatError) -> None:
    """Keep what can be chosen of a file.

    Args:
        key: a digest of the file.
        choices: with which it was read.
        read: what was read, or the reason why nothing was.
    """
    offered = _offered(key)
    if isinstance(read, ChoiceError) and read.members:
        offered.members.setdefault(choices.member, read.members[:MAX_OFFERED])
    elif isinstance(read, ChoiceError) and read.columns is not None:
        offered.columns.setdefault(choices.member, read.columns)
    elif not isinstance(read, FormatError):
        offered.columns.setdefault(choices.member, read.table)


def _offered(key: str) -> Offered:
    kept: dict[str, Offered] = st.session_state.setdefault(KEY, {})
    if key not in kept:
        kept.clear()
        kept[key] = Offered()
    return kept[key]


def _choose_member(offered: Offered, around: str | None, key: str) -> str | None:
    """Show a box for one of several files or matrices; return None until one is chosen.

    Args:
        offered: the members of the file.
        around: the member that they are in; None for the file itself.
        key: ends the key of the box.
    """
    members = offered.members[around]
    return st.selectbox(
        f"Which of the {len(members):,} in {'it' if around is None else plain(_shown(around))}",
        members,
        index=None,
        key=f"data_member {around or ''} {key}",
        format_func=lambda name: _shown(name.removeprefix(f"{around}/")),
        placeholder="Choose one",
        width=2 * WIDTH,
    )


def _choose_columns(columns: Columns | None, key: str) -> Choices:
    """Show boxes for the columns of a table and for the number of rows; return what is chosen.

    Args:
        columns: of the table, as they were found; None for another format.
        key: ends the keys of the boxes.
    """
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = Choices() if columns is None else _choices_of(columns, key)
        limit = st.number_input(
            "First rows",
            1,
            MAX_ROWS,
            None,
            key=f"data_limit {key}",
            placeholder="all",
            width=WIDTH,
        )
    if (chosen.x is None) != (chosen.y is None):
        st.caption("Choose both x and y: the Map then has a picture with these coordinates.")
        chosen = replace(chosen, x=None, y=None)
    return replace(chosen, limit=limit)


def _choices_of(columns: Columns, key: str) -> Choices:
    texts = [name for name in columns.names if name not in columns.lists]
    text = _box(
        "Words or texts", texts, columns.text, NO_TEXT, f"data_text {key}", columns.text is None
    )
    first = columns.vectors[0] if columns.vectors else None
    able = [name for name in columns.names if name in {*columns.lists, *columns.numbers}]
    start = _box("Vectors", able, first, NO_VECTORS, f"data_vector {key}")
    vector = None if start == first else (start or "")
    if start in columns.numbers and start not in columns.lists:
        found = columns.vectors[-1] if start == first else None
        vector = _choose_end(columns, str(start), found, f"data_vector_end {start} {key}")
    x, y = (
        _box(f"{axis} on the Map", columns.numbers, None, NO_COLUMN, f"data_{axis} {key}")
        for axis in "xy"
    )
    return Choices(None if text == columns.text else text, vector, x, y)


def _choose_end(columns: Columns, start: str, found: str | None, key: str) -> str | None:
    """Show a box for the last of several columns; return the choice of vectors, None if found."""
    names = columns.names[columns.names.index(start) :]
    run = list(takewhile(lambda name: name in columns.numbers, names))
    if found is not None and found not in run:  # they are in another order
        run.append(found)
    end = _box("to", run, found or run[-1], NO_COLUMN, key, has_none=False)
    if end == found:
        return None
    return start if end == start else f"{start}:{end}"


def _box(
    label: str, names: Sequence[str], found: str | None, none: str, key: str, has_none: bool = True
) -> str | None:
    """Show a box for a column; return its name.

    Args:
        label: of the box.
        names: that can be chosen; the first `MAX_OFFERED` are.
        found: the one that is selected at first.
        none: what the box shows for no column.
        key: of the box.
        has_none: whether no column can be chosen.
    """
    options = [*([NONE] if has_none else []), *names[:MAX_OFFERED]]
    if found is not None and found not in options:
        options.append(found)
    chosen = st.selectbox(
        label,
        options,
        options.index(NONE if found is None else found),
        key=key,
        format_func=lambda name: none if name == NONE else _shown(name),
        width=WIDTH,
    )
    return None if chosen == NONE else chosen


def _shown(name: str) -> str:
    shown = with_signs(name)
    return shown if len(shown) <= MAX_NAME else f"{shown[: MAX_NAME - 1]}…"
