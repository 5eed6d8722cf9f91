"""Controls that more than one page has. What they hold is kept in the address."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import streamlit as st

from core.geometry.neighbors import METRICS, Metric
from pages.shared.examples import presets

Option = TypeVar("Option", bound=str)


def choice(
    label: str,
    options: Sequence[Option],
    key: str,
    **looks: Any,  # noqa: ANN401
) -> Option:
    """Show a row of buttons of which one is always chosen.

    Args:
        label: what is chosen.
        options: the first is the default. The address keeps what people read: the option, or
            what `format_func` makes of it; a link may have either.
        key: its name in `st.session_state` and in the address.
        looks: further arguments of `st.segmented_control`.
    """
    asked = st.query_params.get(key)
    if asked not in map(looks.get("format_func", str), options):  # nothing there, or a broken link
        st.session_state.setdefault(key, asked if asked in options else options[0])
    chosen = st.segmented_control(
        label,
        options,
        default=options[0],
        key=key,
        bind="query-params",
        required=True,
        **looks,
    )
    return chosen or options[0]


def text(label: str, default: str, key: str, **looks: Any) -> str:  # noqa: ANN401
    """Show a field for a line of text; return it without the spaces around it.

    Args:
        label: what is typed.
        default: what stands there first.
        key: its name in `st.session_state` and in the address.
        looks: further arguments of `st.text_input`.
    """
    start_with(key, default)
    return str(st.text_input(label, default, key=key, bind="query-params", **looks) or "").strip()


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


def start_with(key: str, value: object) -> None:
    """Let a control begin with a value, unless the address has one.

    The control needs the same value as its own default: that is what it gets when somebody comes
    back to an address that says nothing about it.
    """
    if key not in st.query_params:
        st.session_state.setdefault(key, value)
