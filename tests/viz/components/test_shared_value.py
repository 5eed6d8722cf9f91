"""The value that the page and the browser share."""

from streamlit.testing.v1 import AppTest


def test_only_the_pages_own_changes_raise_the_revision() -> None:
    def page() -> None:
        import streamlit as st

        from viz.components.shared_value import browser_sent, revision

        if "sent" in st.session_state:
            browser_sent("slider", st.session_state.pop("sent"))
        st.write(revision("slider", st.session_state.get("wanted")))

    app = AppTest.from_function(page).run()
    first = int(app.markdown[0].value)
    assert int(app.run().markdown[0].value) == first
    app.session_state["wanted"] = 3
    assert int(app.run().markdown[0].value) == first + 1
    app.session_state["wanted"] = app.session_state["sent"] = 4
    assert int(app.run().markdown[0].value) == first + 1
    app.session_state["wanted"] = None
    assert int(app.run().markdown[0].value) == first + 2
