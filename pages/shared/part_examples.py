"""Examples of one part of a page that has several."""

import streamlit as st

from pages.shared.presets import presets


def part_examples(page: str, part: str, **otherwise: object) -> None:
    """Show the examples that set a certain control, as buttons; a click runs this part alone.

    Args:
        page: whose examples, by the name of the page.
        part: the key of a control that all examples of the part set, and no other does.
        otherwise: what controls get that an example says nothing about.
    """
    known = {name: values for name, values in presets(page).items() if part in values}
    key = f"{part}_example"

    def fill_in() -> None:
        # Let go of the button at once, so that it can be pressed again.
        chosen, st.session_state[key] = st.session_state[key], None
        if chosen:
            st.session_state.update({**otherwise, **known[chosen]})

    st.pills("Examples", list(known), key=key, on_change=fill_in, label_visibility="collapsed")
