"""Controls whose range depends on a text or a model, and that the address keeps all the same.

A control bound to the address begins anew when its range changes, and then takes the address's old
value over the one that an example has just set. So these are kept by hand.
"""

from collections.abc import Sequence

import streamlit as st


def number_slider(label: str, most: int, default: int, key: str, about: str = "") -> int:
    """Show a slider from 1 to `most`; return its number.

    Args:
        label: what the number is.
        most: the largest; 1 at least.
        default: what it begins with; the largest, if that is less.
        key: its name in `st.session_state` and in the address.
        about: what a question mark beside the label tells.
    """
    _begin(key, range(1, most + 1), min(default, most))
    if most == 1:  # there is nothing to choose, and a slider needs two numbers
        return 1
    chosen = int(st.slider(label, 1, most, key=key, width=300, help=about or None))
    _keep(key, chosen, default)
    return chosen


def option_box(label: str, options: Sequence[str], default: str, key: str, about: str = "") -> str:
    """Show a box to choose one option from; return it.

    Args:
        label: what is chosen.
        options: one at least; the first is taken where the default is none of them.
        default: what it begins with.
        key: its name in `st.session_state` and in the address.
        about: what a question mark beside the label tells.
    """
    _begin(key, options, default if default in options else options[0])
    chosen = st.selectbox(label, options, key=key, width=160, help=about or None) or options[0]
    _keep(key, chosen, default)
    return chosen


def _begin(key: str, options: Sequence[int] | Sequence[str], default: int | str) -> None:
    """Let a control hold what it held last, else what the address says, else the default."""
    state = st.session_state
    written = {str(option): option for option in options}
    held = state.get(key, state.get(f"{key} kept", st.query_params.get(key, default)))
    state[key] = written.get(str(held), default)


def _keep(key: str, chosen: int | str, default: int | str) -> None:
    st.session_state[f"{key} kept"] = chosen
    if chosen == default:
        st.query_params.pop(key, None)
    elif st.query_params.get(key) != str(chosen):
        st.query_params[key] = str(chosen)
