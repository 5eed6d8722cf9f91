from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

PAGE = Path(__file__).resolve().parents[2] / "pages" / "map.py"


def opened(**link: str | list[str]) -> AppTest:
    app = AppTest.from_file(str(PAGE), default_timeout=60)
    for key, value in link.items():
        app.query_params[key] = value
    return app.run()


def typed(app: AppTest, text: str, key: str = "word") -> AppTest:
    return app.text_input(key=key).set_value(text).run()


def said(app: AppTest) -> str:
    elements: list[Any] = [*app.markdown, *app.caption, *app.info, *app.error]
    return "\n".join(element.value for element in elements).replace("\\", "")


def neighbours(app: AppTest) -> list[str]:
    return app.dataframe[0].value["word"].tolist()


def maps(app: AppTest) -> int:
    return len(app.get("bidi_component"))


def assert_drawn(app: AppTest) -> None:
    assert not app.exception
    assert not app.error
    assert maps(app) >= 3  # words, coordinates and the scene travel apart
    assert "of 400,000 words" in said(app)


def assert_refused(app: AppTest, *told: str) -> None:
    assert not app.exception
    assert len(app.error) == 1
    for part in told:
        assert part in app.error[0].value.replace("\\", "")


def test_cold() -> None:
    app = opened()
    assert_drawn(app)
    assert neighbours(app)[:3] == ["prince", "queen", "ii"]
    assert app.title[0].value == "Map"


def test_monster_is_near_cat() -> None:
    app = typed(opened(), "cat")
    assert_drawn(app)
    assert neighbours(app)[0] == "dog"


def test_capitals_and_spaces_do_not_matter() -> None:
    assert neighbours(typed(opened(), "  TOWER "))[0] == "towers"


def test_a_word_that_is_not_drawn_is_still_searched() -> None:
    app = opened(word="bratwurst", count="1,000")
    assert_drawn(app)
    assert len(neighbours(app)) == 10
    assert "lit up" in said(app)


def test_no_word_is_no_fault() -> None:
    app = typed(opened(), "")
    assert_drawn(app)
    assert not app.dataframe


@pytest.mark.parametrize(
    "word", ["qeen", "<b>x</b>", "*x* [a](b)", "x" * 10_000, "king queen", "$x$"]
)
def test_an_unknown_word_is_told_and_the_map_stays(word: str) -> None:
    app = typed(opened(), word)
    assert_refused(app, "400,000")
    assert maps(app) >= 3


def test_suggestions_come_with_an_unknown_word() -> None:
    assert_refused(typed(opened(), "qeen"), "'qeen'", "queen")


@pytest.mark.parametrize("dimensions", ["2D", "3D"])
@pytest.mark.parametrize("projection", ["components", "slice"])
def test_every_picture(dimensions: str, projection: str) -> None:
    app = opened()
    app.button_group(key="map_dimensions").set_value(dimensions)
    app.button_group(key="projection").set_value(projection)
    app.run()
    assert_drawn(app)
    axes = [f"axis_{place}" for place in (1, 2, 3)]
    keys = [field.key for field in app.text_input if field.key in axes]
    assert keys == (axes[: int(dimensions[0])] if projection == "slice" else [])


@pytest.mark.parametrize("count", [100, 20_000, 400_000])
def test_any_number_of_words(count: int) -> None:
    app = opened()
    app.select_slider(key="count").set_value(count).run()
    assert_drawn(app)
    assert f"{count:,} of 400,000" in said(app)


def test_three_components_of_all_words_keep_13_4_percent() -> None:
    app = opened()
    app.select_slider(key="count").set_value(400_000)
    app.button_group(key="map_dimensions").set_value("3D")
    assert "13.4%" in said(app.run()).replace(" %", "%")


def test_groups_are_lit() -> None:
    app = opened()
    app.multiselect(key="groups").set_value(["royalty", "foods"]).run()
    assert_drawn(app)
    assert app.session_state["groups"] == ["royalty", "foods"]


def test_a_link_restores_what_was_seen() -> None:
    app = opened(
        word="cat",
        groups=["animals", "foods"],
        count="1,000",
        map_dimensions="3D",
        projection="slice",
        axis_1="dog - cat",
    )
    assert_drawn(app)
    assert app.session_state["word"] == "cat"
    assert app.session_state["groups"] == ["animals", "foods"]
    assert app.session_state["count"] == 1_000
    assert app.session_state["map_dimensions"] == "3D"
    assert app.text_input(key="axis_1").value == "dog - cat"
    assert neighbours(app)[0] == "dog"


@pytest.mark.parametrize(
    "link",
    [
        {"count": "7"}, {"count": "abc"}, {"map_dimensions": "4D"}, {"map_dimensions": ""},
        {"projection": "x"}, {"projection": ""}, {"groups": "nothing"}, {"groups": ""},
        {"word": ""}, {"axis_1": "king +"}, {"map_example": "nothing"},
    ],
    ids=str,
)  # fmt: skip
def test_a_broken_link_shows_the_page_all_the_same(link: dict[str, str]) -> None:
    assert_drawn(opened(**link))


@pytest.mark.parametrize(
    ("axis", "told"),
    [
        ("king +* man", ["*"]),
        ("qeen", ["'qeen'", "queen"]),
        ("king - king", ["zero"]),
        ("2", ["2"]),
        ("", []),
        ("woman - man", ["woman - man"]),
        ("2*woman - 2*man", []),
        ("x" * 10_000, ["10,000"]),
        ("<b>", ["<b>"]),
    ],
)
def test_an_axis_that_points_nowhere_new_is_told(axis: str, told: list[str]) -> None:
    app = opened(projection="slice")
    assert_drawn(app)
    assert_refused(typed(app, axis, "axis_2"), *told)
