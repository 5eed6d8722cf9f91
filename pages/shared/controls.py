"""Controls whose values are kept in the address, and the examples that fill them in."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Final, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.geometry.neighbors import METRICS, Metric
from pages.shared.examples import presets
from pages.shared.url_state import Linked, have_values

Option = TypeVar("Option", bound=str)
Number = TypeVar("Number", int, float)
Plain = TypeVar("Plain", bound=str | int | float)

MAX_NUMBER: Final = 10**9  # bound on the numbers that `remembered` keeps
MAX_LINE: Final = 20_000  # characters of a text in a single line


def choice(
    label: str,
    options: Sequence[Option],
    key: str,
    default: Option | None = None,
    markdown: Callable[[Option], str] | None = None,
    **looks: Any,  # noqa: ANN401
) -> Option:
    """Show a row of buttons of which exactly one is selected; return its option.

    Args:
        label: the label of the control.
        options: the options. The address has the displayed text, which `format_func` may change; a
            link may also have the option itself.
        key: its name in `st.session_state` and in the address.
        default: the option selected at first; the first option if it is None or not in `options`.
        markdown: returns what a button shows, in Markdown, if it is not the displayed text: names
            that visitors have given need `plain`.
        looks: further arguments of `st.segmented_control`.
    """
    linked = one_of(options, key, default, looks.get("format_func", str))
    linked.start()
    if markdown is not None:
        looks["format_func"] = markdown
    # A control that appears again shows the `default` argument if the session has the same value.
    chosen: Option = st.segmented_control(
        label, options, default=linked.default, key=key, required=True, **looks
    )
    linked.keep(chosen)
    return chosen


def select(
    label: str,
    options: Sequence[Option],
    key: str,
    default: Option | None = None,
    shown: Callable[[Option], str] | None = None,
    **looks: Any,  # noqa: ANN401
) -> Option:
    """Show a drop-down box; return the selected option.

    Args:
        label: the label of the control.
        options: one or more options.
        key: its name in `st.session_state` and in the address.
        default: the option selected at first; the first option if it is None or not in `options`.
        shown: returns what the box shows, if it is not what the address has.
        looks: further arguments of `st.selectbox`.
    """
    linked = one_of(options, key, default, looks.get("format_func", str))
    linked.start()
    if shown is not None:
        looks["format_func"] = shown
    at_first = list(options).index(linked.default)
    chosen: Option = st.selectbox(label, options, at_first, key=key, **looks)
    linked.keep(chosen)
    return chosen


def toggle(label: str, key: str, *, default: bool = False, **looks: Any) -> bool:  # noqa: ANN401
    """Show a switch; return whether it is on.

    Args:
        label: the label of the control.
        key: its name in `st.session_state` and in the address.
        default: whether it is on at first.
        looks: further arguments of `st.toggle`.
    """
    linked = Linked(key, default, {"true": True, "false": False}.get, lambda on: str(on).lower())
    linked.start()
    is_on = st.toggle(label, default, key=key, **looks)
    linked.keep(is_on)
    return is_on


def text(
    label: str,
    default: str,
    key: str,
    max_chars: int = MAX_LINE,
    **looks: Any,  # noqa: ANN401
) -> str:
    """Show a field for a line of text; return the text without leading and trailing spaces.

    Args:
        label: the label of the control.
        default: the text at first.
        key: its name in `st.session_state` and in the address.
        max_chars: a longer text from a link is truncated.
        looks: further arguments of `st.text_input`.
    """
    linked = text_value(key, default)
    start_text(linked, max_chars)
    typed: str = st.text_input(label, default, key=key, **looks)
    keep_text(linked, typed, max_chars)
    return typed.strip()


def whole_number(
    label: str,
    low: int,
    high: int,
    default: int,
    key: str,
    **looks: Any,  # noqa: ANN401
) -> int:
    """Show a field for a whole number; the arguments are those of `number`."""
    linked = within(low, high, default, key)
    linked.start()
    typed = int(st.number_input(label, low, high, linked.default, key=key, **looks))
    linked.keep(typed)
    return typed


def number(
    label: str,
    low: float,
    high: float,
    default: float,
    key: str,
    **looks: Any,  # noqa: ANN401
) -> float:
    """Show a field for a number; return the number.

    Args:
        label: the label of the control.
        low: the minimum.
        high: the maximum.
        default: the number at first.
        key: its name in `st.session_state` and in the address.
        looks: further arguments of `st.number_input`.
    """
    linked = within(low, high, default, key)
    linked.start()
    typed = float(st.number_input(label, low, high, linked.default, key=key, **looks))
    linked.keep(typed)
    return typed


def slider(
    label: str,
    low: Number,
    high: Number,
    default: Number,
    key: str,
    **looks: Any,  # noqa: ANN401
) -> Number:
    """Show a slider for a number, whole or not; the arguments are those of `number`."""
    linked = within(low, high, default, key)
    value = linked.start()
    if low == high:  # a slider needs two different bounds
        return value
    moved: Number = st.slider(label, low, high, linked.default, key=key, **looks)
    linked.keep(moved)
    return moved


def remembered(key: str, default: Plain) -> Plain:
    """Return a value that has no control of Streamlit, such as what was clicked in a figure.

    Args:
        key: its name in `st.session_state`, which callbacks set, and in the address.
        default: the value at first.
    """
    linked: Linked[Any] = (
        text_value(key, default)
        if isinstance(default, str)
        else within(type(default)(-MAX_NUMBER), type(default)(MAX_NUMBER), default, key)
    )
    value: Plain = linked.start()
    linked.keep(value)
    return value


def examples(
    page: str,
    key: str,
    otherwise: Mapping[str, object],
    part: str | None = None,
    then: Callable[[], None] | None = None,
) -> AbstractContextManager[None]:
    """Show a page's examples as buttons here; mark the one that is on at the end of a block.

    A click sets the controls to the values of an example. Which one is on is known only when the
    block has shown the controls, so it should do nothing else that takes long.

    Args:
        page: the name of the page.
        key: its name in `st.session_state`.
        otherwise: the values of controls that an example does not set.
        part: on a page with several parts, the name of the part, or a key that all its examples set
            and no others.
        then: called after a click.
    """
    # The part is open, so an example does not set it: the next click may have opened another.
    known = {
        label: {**otherwise, **{each: value for each, value in values.items() if each != "part"}}
        for label, values in presets(page).items()
        if part is None or part in values or values.get("part") == part
    }
    return _examples_in(st.container(), known, key, then)


@contextmanager
def _examples_in(
    row: DeltaGenerator,
    known: Mapping[str, Mapping[str, object]],
    key: str,
    then: Callable[[], None] | None,
) -> Iterator[None]:
    """Show examples in a container after a block."""
    try:
        yield
    finally:
        on = next((label for label, values in known.items() if have_values(values)), None)
        st.session_state[key] = on

        def fill_in() -> None:
            # A click on the example that is on deselects it, and sets it once more.
            if label := st.session_state[key] or on:
                for each, value in known[label].items():
                    st.session_state[each] = value
                if then is not None:
                    then()

        row.pills("Examples", list(known), key=key, on_change=fill_in, label_visibility="collapsed")


def metric_choice(key: str) -> Metric:
    """Show the metrics for neighbours, and return the selected one."""
    return choice(
        "Nearest by",
        METRICS,
        key,
        help="**cosine**: the cosine of the angle between two arrows; 1 if they have the same "
        "direction. **dot**: the dot product, which also grows with their lengths. **euclidean**: "
        "the distance between their tips; 0 if they are equal.",
    )


def one_of(
    options: Sequence[Option],
    key: str,
    default: Option | None = None,
    written: Callable[[Option], str] = str,
) -> Linked[Option]:
    """Return a linked value that is one of some options; links name it by `written` or itself."""
    by_name = {option: option for option in options} | {
        written(option): option for option in options
    }
    first = options[0] if default not in options or default is None else default
    return Linked(key, first, by_name.get, written)


def within(low: float, high: float, default: Number, key: str) -> Linked[Number]:
    """Return a linked number between two bounds; a whole number if the default is one."""
    kind = type(default)

    def parse(written: str) -> Number | None:
        value = kind(written)
        return value if low <= value <= high else None

    return Linked(key, kind(min(max(default, low), high)), parse, lambda value: repr(kind(value)))


def text_value(key: str, default: str) -> Linked[str]:
    """Return a linked text; characters that are not valid Unicode become question marks."""
    return Linked(key, default, lambda typed: typed.encode("utf-8", "replace").decode())


def start_text(linked: Linked[str], max_chars: int) -> None:
    """Start a text field; truncate a text that is too long for it."""
    value = linked.start()
    if len(value) > max_chars:
        st.session_state[linked.key] = value[:max_chars]
        st.session_state[f"{linked.key} cut"] = (value[:max_chars], len(value) - max_chars)


def keep_text(linked: Linked[str], typed: str, max_chars: int) -> None:
    """Keep a text; show whether it was truncated, and whether it is too long for the address."""
    cut, count = st.session_state.get(f"{linked.key} cut", (None, 0))
    if cut == typed:
        st.caption(
            f"The field takes {max_chars:,} characters. {count:,} more at the end "
            f"{'was' if count == 1 else 'were'} left out."
        )
    if not linked.keep(typed):
        st.caption("The text is too long for the address: a link to this page leaves it out.")
