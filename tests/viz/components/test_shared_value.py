"""The value that the page and the browser share."""

from streamlit.testing.v1 import AppTest


def test_only_the_pages_own_changes_raise_the_revision() -> None:
    def page() -> None:
        import streamlit as st

        from viz.components.shared_value import browser_sent, revision

        if "sent" in st.session_state:
            browser_sent("slider", st.session_state.pop("sent"))
        st.session_state["seen"] = revision("slider", st.session_state.get("wanted"))

    app = AppTest.from_function(page).run()
    first = app.session_state["seen"]
    assert app.run().session_state["seen"] == first
    app.session_state["wanted"] = 3
    assert app.run().session_state["seen"] == first + 1
    app.session_state["wanted"] = app.session_state["sent"] = 4
    assert app.run().session_state["seen"] == first + 1
    app.session_state["wanted"] = None
    assert app.run().session_state["seen"] == first + 2
