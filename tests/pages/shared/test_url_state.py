"""Values in the address, on pages that have nothing else."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import url_state
from pages.shared.controls import text_value
from pages.shared.url_state import MAX_ADDRESS, Linked, _Opening, _running, _Visit, encoded


def page() -> None:
    import streamlit as st  # the function is a script of its own

    from pages.shared.controls import choice, text, whole_number
    from pages.shared.url_state import Linked, page_values, part

    def inner() -> None:
        whole_number("Number", 1, 9, 3, "number")

    def outer() -> None:
        kind = choice("Kind", ("one", "two"), "kind")
        if kind == "two":
            text("Word", "king", "word")
        part(inner)()

    def fill_in() -> None:
        st.session_state.update({"kind": "two", "word": "cat"})

    with page_values(st.session_state.get("page", "first")):
        st.button("preset", key="preset", on_click=fill_in)
        part(outer)()
        text("Long", "", "long")
        groups: Linked[list[str]] = Linked("groups", [], str, many=True)
        groups.keep(groups.start())


def opened(**link: str | list[str]) -> AppTest:
    app = AppTest.from_function(page, default_timeout=60)
    for key, value in link.items():
        app.query_params[key] = value
    return whole(app.run())


def whole(app: AppTest) -> AppTest:
    assert not app.exception
    return app


def back_to(app: AppTest, monkeypatch: pytest.MonkeyPatch, **link: str) -> AppTest:
    """Return the page after the browser's Back led to an address."""
    with monkeypatch.context() as back:
        back.setattr(url_state, "is_history_navigation", lambda: True)
        app.query_params.clear()
        for key, value in link.items():
            app.query_params[key] = value
        return whole(app.run())


def test_defaults_stay_out_of_the_address() -> None:
    app = opened()
    assert app.session_state["kind"] == "one"
    assert app.session_state["number"] == 3
    assert dict(app.query_params) == {}


def test_a_value_for_a_control_that_first_appears_is_in_the_address() -> None:
    app = whole(opened().button(key="preset").click().run())
    assert app.text_input(key="word").value == "cat"
    assert app.query_params == {"kind": "two", "word": "cat"}
    again = opened(kind="two", word="cat")
    assert again.text_input(key="word").value == "cat"


def test_a_value_set_back_to_the_default_leaves_the_address() -> None:
    app = opened(kind="two", word="cat", number="7")
    app.text_input(key="word").set_value("king").run()
    assert app.query_params == {"kind": "two", "number": "7"}


def test_a_control_that_is_gone_leaves_the_address_and_comes_back_as_it_was() -> None:
    app = opened(kind="two", word="cat")
    app.button_group(key="kind").set_value("one").run()
    assert dict(app.query_params) == {}
    app.button_group(key="kind").set_value("two").run()
    assert app.text_input(key="word").value == "cat"
    assert app.query_params == {"kind": "two", "word": "cat"}


@pytest.mark.parametrize(
    "link",
    [{"kind": "three"}, {"kind": ""}, {"number": "x"}, {"number": "99"}, {"number": "1.5"}],
)
def test_what_an_address_says_wrongly_is_the_default(link: dict[str, str]) -> None:
    app = opened(**link)
    assert (app.session_state["kind"], app.session_state["number"]) == ("one", 3)


def test_an_empty_text_is_a_value() -> None:
    assert opened(kind="two", word="").text_input(key="word").value == ""


def test_back_restores_what_the_address_says(monkeypatch: pytest.MonkeyPatch) -> None:
    app = whole(opened().button(key="preset").click().run())
    app.number_input(key="number").set_value(8).run()
    app = back_to(app, monkeypatch, kind="two", word="cat")
    assert app.text_input(key="word").value == "cat"
    assert app.number_input(key="number").value == 3
    app = back_to(app, monkeypatch)
    assert app.session_state["kind"] == "one"
    app = back_to(app, monkeypatch, kind="two", word="cat", number="8")
    assert app.number_input(key="number").value == 8
    assert app.text_input(key="word").value == "cat"


@pytest.mark.parametrize(
    ("before", "typed", "after"),
    [
        ({}, "cat", "kind=two&word=cat"),
        ({"kind": "two", "word": "dog"}, "cat", "kind=two&word=cat"),
        ({"kind": "two", "word": "dog"}, "king", "kind=two"),
    ],
)
def test_what_was_typed_as_the_page_was_left_is_in_the_address_after_back(
    before: dict[str, str], typed: str, after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced = []

    def replacer() -> Callable[..., None]:
        return lambda *, data, **_: replaced.append(data)

    monkeypatch.setattr(url_state, "_replacer", replacer)
    app = opened(**before)
    with monkeypatch.context() as interrupted:  # the run ends before it writes the address
        interrupted.setattr(_Visit, "write", lambda _: None)
        app.button_group(key="kind").set_value("two").run()
        app.text_input(key="word").set_value(typed).run()
    app.session_state["page"] = "second"
    app.query_params.clear()
    whole(app.run())
    assert replaced == []
    app.session_state["page"] = "first"
    app = back_to(app, monkeypatch, **before)
    assert app.text_input(key="word").value == typed
    assert replaced == [{"before": encoded({k: (v,) for k, v in before.items()}), "query": after}]


def test_what_was_typed_and_never_shown_is_there_after_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = opened(kind="two", word="dog")
    app.text_input(key="word").set_value("cat")
    app.session_state["page"] = "second"  # in the same run: that of the first page was overtaken
    app.query_params.clear()
    whole(app.run())
    app.session_state["page"] = "first"
    app = back_to(app, monkeypatch, kind="two", word="dog")
    assert app.text_input(key="word").value == "cat"


def test_back_is_noticed_where_streamlit_does_not_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(url_state, "is_history_navigation", lambda: None)
    app = whole(opened().button(key="preset").click().run())
    app.query_params.clear()
    assert whole(app.run()).session_state["kind"] == "one"
    app.number_input(key="number").set_value(8).run()
    assert app.number_input(key="number").value == 8
    assert app.query_params == {"number": "8"}


def test_a_text_that_no_address_holds_is_kept_for_the_session(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = opened()
    long = "a" * MAX_ADDRESS
    app.text_input(key="long").set_value(long).run()
    assert dict(app.query_params) == {}
    assert len(app.caption) == 1
    app.button(key="preset").click().run()
    assert app.text_input(key="long").value == long
    app.text_input(key="long").set_value("short").run()
    assert app.query_params["long"] == "short"
    assert not app.caption
    app = back_to(app, monkeypatch, kind="two", word="cat")
    assert app.text_input(key="long").value == long


@pytest.mark.parametrize("letter", ["a", "é", "你", "🦁", "&"])
def test_a_whole_address_stays_short(letter: str) -> None:
    app = opened(kind="two")
    for count in (500, 2_000, 5_000):
        app.text_input(key="word").set_value(letter * count).run()
        app.text_input(key="long").set_value(letter * count).run()
        query = {key: (value,) for key, value in app.query_params.items()}
        assert len(encoded(query)) <= MAX_ADDRESS
        assert app.text_input(key="long").value == letter * count


def test_each_page_keeps_its_own_values() -> None:
    app = opened(kind="two", word="cat")
    app.session_state["page"] = "second"
    app.query_params.clear()
    app = whole(app.run())
    assert app.session_state["kind"] == "one"
    app.session_state["page"] = "first"
    app = whole(app.run())
    assert app.text_input(key="word").value == "cat"
    assert dict(app.query_params) == {}  # the browser puts it into the entry of the navigation
    assert whole(app.run()).query_params == {"kind": "two", "word": "cat"}


def test_a_list_is_several_values() -> None:
    app = opened(groups=["a", "b"])
    assert app.session_state["groups"] == ["a", "b"]


def test_a_value_of_another_type_becomes_one_of_the_control() -> None:
    app = opened()
    app.session_state["number"] = 8.0
    app = whole(app.run())
    assert app.number_input(key="number").value == 8
    assert app.query_params == {"number": "8"}


def test_half_a_character_is_replaced() -> None:
    """A program may hand it over; it cannot travel to the browser."""
    assert text_value("text", "").parse("a bank \ud800") == "a bank ?"


def test_a_value_knows_whether_it_has_changed() -> None:
    linked = Linked("x", 1, int)
    assert not linked.has_changed(("1",))  # the session has none


def test_a_run_that_has_not_stopped_yet_takes_nothing_from_the_run_after_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    visit = _Visit(page="page", opening=_Opening(is_over=True))
    monkeypatch.setattr(url_state, "_visit", lambda: visit)
    number = Linked("number", 1, int)
    with _running(visit, ()):
        visit.open("page", {"number": ("2",)}, came_back=True)
        number.keep(5)
        assert not url_state.is_opening()
    assert visit.shown == {}
    assert visit.kept["page"]["number"] == ("2",)
    assert visit.opening.replaced == {}


def test_a_control_adopts_its_value_again_if_the_browser_sends_the_one_before() -> None:
    opening = _Opening({"number": ("2",)})
    assert opening.adopts("number", ("5",))
    assert opening.adopts("number", ("5",))  # the browser had not got the new one yet
    assert not opening.adopts("number", ("7",))  # somebody has set another one
    opening.is_over = True
    assert not opening.adopts("number", ("5",))
