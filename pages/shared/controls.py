"""Controls whose values are kept in the address, and the examples that fill them in."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

import streamlit as st

from core.geometry.neighbors import METRICS, Metric
from pages.shared.examples import presets
from pages.shared.url_state import Linked

Option = TypeVar("Option", bound=str)
Number = TypeVar("Number", int, float)
Plain = TypeVar("Plain", bound=str | int | float)

MAX_NUMBER: Final = 10**9  # of those that clicks on a picture give
MAX_LINE: Final = 20_000  # characters of a text in a single line


def choice(
    label: str,
    options: Sequence[Option],
    key: str,
    default: Option | None = None,
    **looks: Any,  # noqa: ANN401
) -> Option:
    """Show a row of buttons of which one is always chosen.

    Args:
        label: what is chosen.
        options: the address has what people read: the option, or what `format_func` makes of it; a
            link may have either.
        key: its name in `st.session_state` and in the address.
        default: what is chosen at first; the first option, if this is none of them.
        looks: further arguments of `st.segmented_control`.
    """
    linked = one_of(options, key, default, looks.get("format_func", str))
    linked.start()
    # Back on the screen, a control shows its own default where the session holds the same.
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
    **looks: Any,  # noqa: ANN401
) -> Option:
    """Show a box to choose one of many options from.

    Args:
        label: what is chosen.
        options: one at least.
        key: its name in `st.session_state` and in the address.
        default: what it starts with; the first option, if this is none of them.
        looks: further arguments of `st.selectbox`.
    """
    linked = one_of(options, key, default, looks.get("format_func", str))
    linked.start()
    at_first = list(options).index(linked.default)
    chosen: Option = st.selectbox(label, options, at_first, key=key, **looks)
    linked.keep(chosen)
    return chosen


def toggle(label: str, key: str, *, default: bool = False, **looks: Any) -> bool:  # noqa: ANN401
    """Show a switch.

    Args:
        label: what is on or off.
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
    """Show a field for a line of text; return it without the spaces around it.

    Args:
        label: what is typed.
        default: what stands there first.
        key: its name in `st.session_state` and in the address.
        max_chars: of a longer text, the beginning is taken.
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
    """Show a field for a whole number; arguments as for `number`."""
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
    """Show a field for a number.

    Args:
        label: what the number is.
        low: the smallest that can be typed.
        high: the largest.
        default: what stands there first.
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
    """Show a slider; arguments as for `number`, or all of them whole numbers."""
    linked = within(low, high, default, key)
    value = linked.start()
    if low == high:  # there is nothing to choose, and a slider needs two numbers
        return value
    moved: Number = st.slider(label, low, high, linked.default, key=key, **looks)
    linked.keep(moved)
    return moved


def remembered(key: str, default: Plain) -> Plain:
    """Return a value that no control of Streamlit holds, such as a click on a picture.

    Args:
        key: its name in `st.session_state`, where clicks put it, and in the address.
        default: what it is at first.
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
) -> None:
    """Show a page's examples as buttons; a click puts one into the controls.

    Args:
        page: whose examples, by the name of the page.
        key: its name in `st.session_state`.
        otherwise: what controls get that an example says nothing about.
        part: on a page of several parts, a control that all examples of this part set, and no
            other example does.
        then: what else a click does.
    """
    known = {
        label: values for label, values in presets(page).items() if part is None or part in values
    }

    def fill_in() -> None:
        # Let go of the button at once, so that it can be pressed again.
        chosen, st.session_state[key] = st.session_state[key], None
        if chosen:
            st.session_state.update({**otherwise, **known[chosen]})
            if then is not None:
                then()

    st.pills("Examples", list(known), key=key, on_change=fill_in, label_visibility="collapsed")


def metric_choice(key: str) -> Metric:
    """Show what "near" can mean, and return what was chosen."""
    return choice(
        "Nearest by",
        METRICS,
        key,
        help="**cosine**: of the angle between two arrows, 1 for none. **dot**: the product, which "
        "grows with their lengths too. **euclidean**: the distance of their tips, 0 at best.",
    )


def one_of(
    options: Sequence[Option],
    key: str,
    default: Option | None = None,
    written: Callable[[Option], str] = str,
) -> Linked[Option]:
    """Return a value that is one of some options, by what people read of them or by itself."""
    by_name = {option: option for option in options} | {
        written(option): option for option in options
    }
    first = options[0] if default not in options or default is None else default
    return Linked(key, first, by_name.get, written)


def within(low: float, high: float, default: Number, key: str) -> Linked[Number]:
    """Return a number within two bounds; whole if the default is."""
    kind = type(default)

    def parse(written: str) -> Number | None:
        value = kind(written)
        return value if low <= value <= high else None

    return Linked(key, kind(min(max(default, low), high)), parse, lambda value: repr(kind(value)))


def text_value(key: str, default: str) -> Linked[str]:
    """Return a text; half a character, as a program may hand it over, becomes a question mark."""
    return Linked(key, default, lambda typed: typed.encode("utf-8", "replace").decode())


def start_text(linked: Linked[str], max_chars: int) -> None:
    """Start a field for a text with what fits into it."""
    value = linked.start()
    if len(value) > max_chars:
        st.session_state[linked.key] = value[:max_chars]
        st.session_state[f"{linked.key} cut"] = (value[:max_chars], len(value) - max_chars)


def keep_text(linked: Linked[str], typed: str, max_chars: int) -> None:
    """Keep a text; say how much of it did not fit into its field, or that no link has it."""
    cut, count = st.session_state.get(f"{linked.key} cut", (None, 0))
    if cut == typed:
        st.caption(
            f"The field takes {max_chars:,} characters. {count:,} more at the end were left out."
        )
    if not linked.keep(typed):
        st.caption("The text is too long for the address: a link to this page leaves it out.")
