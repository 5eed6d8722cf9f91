import json
from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from core.embeddings import Embeddings
from core.word_lists import read_word_list
from pages.directions.presets import direction_presets
from pages.shared.examples import presets
from tests.pages.opening import open_page, said

opened = partial(open_page, "directions")


def typed(app: AppTest, text: str, key: str = "words") -> AppTest:
    return app.text_input(key=key).set_value(text).run()


def chosen(app: AppTest, name: str, place: int = 1) -> AppTest:
    return app.selectbox(key=f"direction_{place}").set_value(name).run()


def pressed(app: AppTest, label: str) -> AppTest:
    (pills,) = [group for group in app.button_group if label in group.options]
    return pills.set_value(label).run()


def placed(app: AppTest, column: int = 1) -> dict[str, float]:
    """Return the coordinates that the page shows."""
    table = app.dataframe[0].value
    return dict(zip(table["word"], table.iloc[:, column].tolist(), strict=True))


def charts(app: AppTest) -> dict[str, str]:
    return {chart.proto.id.split("-")[-1]: chart.proto.spec for chart in app.get("plotly_chart")}


def assert_drawn(app: AppTest) -> None:
    assert not app.exception
    assert not app.error
    assert len(charts(app)) >= 1
    assert len(app.dataframe) >= 1


def assert_refused(app: AppTest, *told: str) -> None:
    """Assert that one message says what is wrong, and that nothing broke."""
    assert not app.exception
    assert len(app.error) == 1
    for part in told:
        assert part in app.error[0].value.replace("\\", "")


def test_cold() -> None:
    app = opened()
    assert_drawn(app)
    assert app.title[0].value == "Directions"
    assert app.selectbox(key="direction_1").value == "gender"
    found = placed(app)
    assert found["king"] < 0 < found["queen"]
    assert "8 of 8" in said(app)
    assert "nurse** (cosine 0.842)" in said(app)
    assert "expression=doctor" in app.get("page_link")[0].proto.query_string


def test_every_ready_made_direction() -> None:
    app = opened()
    for name, row in reversed(direction_presets().items()):
        app = chosen(app, name)
        assert_drawn(app)
        assert app.dataframe[0].value.columns[1] == name
        assert row.high_end in charts(app)["line"]
        assert app.session_state.words == row.words


@pytest.mark.parametrize("picture", ["number line", "plane", "space"])
def test_every_picture(picture: str) -> None:
    app = opened(picture=picture)
    assert_drawn(app)
    count = ["number line", "plane", "space"].index(picture) + 1
    assert len([box for box in app.selectbox if box.key != "direction_vectors"]) == count
    assert len(app.dataframe[0].value.columns) == 1 + count
    drawn = set(charts(app)) & {"line", "cloud"}
    assert drawn == {"number line": {"line"}, "plane": {"cloud"}, "space": set()}[picture]
    assert bool(app.get("bidi_component")) == (picture == "space")


@pytest.mark.parametrize("name", ["gender", "living", "cats − cat", "dimension", "expression"])
def test_every_closer_look(name: str) -> None:
    app = chosen(opened(), name)
    for look, told in {
        "its words": "agree?",
        "where it leads": "lead?",
        "its ends": "Furthest along",
    }.items():
        app = app.button_group(key="look").set_value(look).run()
        assert_drawn(app)
        assert told in said(app)


def test_words_of_ones_own_stay_when_the_direction_changes() -> None:
    app = typed(opened(), "sun, moon")
    assert list(placed(app)) in (["sun", "moon"], ["moon", "sun"])
    app = chosen(app, "size")
    assert app.session_state.words == "sun, moon"
    app.button_group(key="picture").set_value("plane").run()
    assert app.session_state.words == "sun, moon"
    assert_drawn(app)


def test_a_link_restores_what_was_seen() -> None:
    app = opened(
        picture="plane",
        direction_1="own pairs",
        pairs_1="cat cats, dog dogs",
        name_1="number",
        direction_2="own groups",
        low_2="winter, snow",
        high_2="summer, sun",
        words="ice, beach, mice",
        length_one="true",
        about="2",
        look="where it leads",
        start="skis",
    )
    assert_drawn(app)
    assert app.dataframe[0].value.columns.tolist() == ["word", "number", "winter → summer"]
    assert set(placed(app)) == {"ice", "beach", "mice"}
    assert app.toggle(key="length_one").value is True
    assert "skis + *winter → summer* leads to" in said(app)


LINKS = [
    {"picture": "foo", "direction_1": "nothing", "length_one": "perhaps", "bare": "0"},
    {"picture": "", "direction_1": "", "about": "", "bare": "x", "other": "1", "look": "x"},
    {"look": "its ends", "bare": "51", "start": "qeen"},
    {"direction_1": "dimension", "dimension_1": "99", "direction_3": "size"},
    {"picture": "plane", "direction_2": "dimension", "dimension_2": "-1", "about": "3"},
]


@pytest.mark.parametrize("link", LINKS, ids=str)
def test_a_broken_link_shows_the_page_all_the_same(link: dict[str, str]) -> None:
    assert_drawn(opened(**link))


# The examples


def test_plural() -> None:
    app = pressed(opened(), "plural")
    assert_drawn(app)
    found = placed(app)
    for word, value in {
        "puppies": 1.85, "puppy": -2.95, "students": 3.41, "student": -1.13, "one": -2.40,
        "two": 0.79, "three": 1.27, "four": 1.49,
    }.items():  # fmt: skip
        assert found[word] == pytest.approx(value, abs=0.005)
    assert found["octopi"] == pytest.approx(1.675, abs=0.006)
    assert "one pair" in said(app)


def test_gender_and_royalty() -> None:
    app = pressed(opened(), "gender × royalty")
    assert_drawn(app)
    sex, rank = placed(app), placed(app, 2)
    assert sex["king"] < 0 < sex["queen"]
    assert sex["man"] < 0 < sex["woman"]
    assert min(rank["king"], rank["queen"]) > 0 > max(rank["man"], rank["woman"])
    assert "gender and royalty -0.08" in said(app)


def test_living() -> None:
    found = placed(pressed(opened(), "living"))
    assert found["lion"] > found["king"] + 5


def test_countries_and_capitals() -> None:
    app = pressed(opened(), "country × authority")
    found = placed(app)
    words = app.session_state.words.replace(",", "").split()
    assert len(words) == 12
    countries, capitals = words[::2], words[1::2]
    assert min(found[word] for word in countries) > max(found[word] for word in capitals)
    arrows = json.loads(charts(app)["cloud"])["data"][1]
    assert len(arrows["x"]) == 18  # six arrows and the gaps behind them


def test_each_country_leads_to_its_own_capital() -> None:
    app = pressed(opened(), "capitals")
    table = next(frame.value for frame in app.dataframe if "hoped for" in frame.value)
    assert table["leads to"].tolist() == table["hoped for"].tolist()
    assert set(table["leads to"]) == {"paris", "berlin", "delhi", "rome", "tokyo", "madrid"}
    assert "**6 of 6**" in said(app)
    assert "**5 of 6** times if made without" in said(app)
    assert "leads to **moscow**" in said(typed(app, "russia", "start"))


def test_jobs() -> None:
    app = pressed(opened(), "gender of jobs")
    found = placed(app)
    assert found["nurse"] > found["doctor"] > found["engineer"]
    assert "stereotypes" in said(app)


def test_a_weak_direction_is_called_weak() -> None:
    assert "a weak direction" in said(pressed(opened(), "strength"))
    assert "a weak direction" not in said(pressed(opened(), "gender of jobs"))


def test_a_bare_dimension_beside_a_direction() -> None:
    app = pressed(opened(), "one dimension?")
    assert_drawn(app)
    along, bare = placed(app), placed(app, 2)
    words = app.session_state.words.replace(",", "").split()
    pairs = list(zip(words[::2], words[1::2], strict=True))
    assert all(along[man] < along[woman] for man, woman in pairs)
    assert sum(bare[man] < bare[woman] for man, woman in pairs) == 3  # as the note says
    ends = [frame.value for frame in app.dataframe[1:]]
    assert "princess" in ends[0].iloc[:, 2].tolist()
    assert "princess" not in ends[1].iloc[:, 2].tolist()
    app.number_input(key="dimension_2").set_value(30).run()
    assert app.dataframe[0].value.columns[2] == "dimension 30"


def test_the_note_goes_with_its_example() -> None:
    app = pressed(opened(), "size?")
    assert any("elephant" in box.value for box in app.info)
    assert not chosen(app, "richness").info
    app = typed(pressed(app, "size?"), "sun")
    assert not app.info


def test_a_note_about_glove_is_not_shown_with_other_vectors() -> None:
    app = pressed(opened(), "size?")
    assert app.info
    assert not app.selectbox(key="direction_vectors").set_value("MiniLM tokens").run().info


def test_an_example_sets_the_rest_back() -> None:
    app = opened(
        length_one="true", start="doctor", about="2", picture="plane", look="where it leads"
    )
    app = pressed(app, "gender × royalty")
    assert app.session_state.look == "its words"
    assert app.session_state.about == "1"
    assert not app.toggle(key="length_one").value
    assert app.session_state.start == ""


def test_every_example_has_words_that_are_known(glove: Embeddings) -> None:
    for example in presets("directions").values():
        found = read_word_list(glove, str(example["words"]))
        assert not found.unknown
        assert len(found) >= 8


# Directions of one's own


def test_own_pairs() -> None:
    app = chosen(opened(), "own pairs")
    assert_drawn(app)
    app = typed(app, "france paris, germany berlin, italy rome", "pairs_1")
    app = typed(app, "to the capital", "name_1")
    assert_drawn(app)
    assert app.dataframe[0].value.columns[1] == "to the capital"
    assert "3 of 3" in said(app)


def test_own_groups() -> None:
    app = chosen(opened(), "own groups")
    assert_drawn(app)
    app = typed(app, "winter, womann, snow", "low_1")
    assert_drawn(app)
    assert "Not in GloVe 6B 50d: womann." in said(app)
    assert app.dataframe[0].value.columns[1] == "winter → art"


def test_an_own_expression() -> None:
    app = chosen(opened(), "expression")
    assert_drawn(app)
    app = typed(typed(app, "puppy, puppies"), "cats - cat", "expression_1")
    assert placed(app)["puppies"] == pytest.approx(1.85, abs=0.005)


def test_a_ready_made_direction_is_made_ones_own() -> None:
    for name, field in (("gender", "pairs_1"), ("living", "low_1")):
        app = chosen(opened(), name)
        before = placed(app)
        app = app.button(key="make_own").click().run()
        assert_drawn(app)
        assert (
            app.selectbox(key="direction_1").value
            == f"own {'pairs' if name == 'gender' else 'groups'}"
        )
        assert app.text_input(key=field).value
        assert app.text_input(key="name_1").value == f"my {name}"
        assert placed(app) == pytest.approx(before)


# What cannot be used


def test_unknown_words_are_named_and_the_rest_is_used() -> None:
    app = typed(opened(), "king, qeen, <b>x</b>, queen")
    assert_drawn(app)
    assert set(placed(app)) == {"king", "queen"}
    assert "Not in GloVe 6B 50d: qeen" in said(app)
    app = typed(chosen(opened(), "own pairs"), "man womann, king queen, boy", "pairs_1")
    assert_drawn(app)
    assert "womann" in said(app)
    assert "Left out, since two words make a pair: “boy”" in said(app)


@pytest.mark.parametrize(
    ("name", "fields", "told"),
    [
        ("own pairs", {"pairs_1": "king king"}, ["'king'", "same vector"]),
        ("own pairs", {"pairs_1": "man woman, woman man"}, ["cancel"]),
        ("own pairs", {"pairs_1": "qqeen kking"}, ["two words"]),
        ("own pairs", {"pairs_1": ""}, ["two words"]),
        ("own pairs", {"pairs_1": "king"}, ["two words"]),
        ("own groups", {"low_1": "king, queen", "high_1": "queen king"}, ["same mean"]),
        ("own groups", {"low_1": "qqeen"}, ["empty"]),
        ("own groups", {"high_1": ""}, ["empty"]),
        ("expression", {"expression_1": "king - king"}, ["zero vector"]),
        ("expression", {"expression_1": "king - qeen"}, ["'qeen'", "queen"]),
        ("expression", {"expression_1": ""}, ["Write words and signs"]),
        ("expression", {"expression_1": "king +* man"}, ["*"]),
        ("expression", {"expression_1": "x" * 10_000}, ["1,000"]),
    ],
)
def test_what_makes_no_direction_is_told(
    name: str, fields: dict[str, str], told: list[str]
) -> None:
    app = chosen(opened(), name)
    for key, value in fields.items():
        app = typed(app, value, key)
    assert_refused(app, *told)
    app = chosen(app, "gender")
    assert_drawn(app)


def test_a_wrong_direction_of_two_is_told() -> None:
    app = typed(chosen(opened(picture="plane"), "own pairs", 2), "king king", "pairs_2")
    assert_refused(app, "same vector")
    assert_drawn(chosen(app, "size", 2))


def test_twice_the_same_direction() -> None:
    app = opened(picture="space", direction_1="size", direction_2="size", direction_3="size")
    assert_drawn(app)
    assert "1.00" in said(app)


@pytest.mark.parametrize("picture", ["number line", "plane", "space"])
def test_no_words_a_hundred_thousand_and_none_again(picture: str) -> None:
    app = opened(picture=picture)
    for text, words in {
        "": set(),
        "king queen cat dog house, " * 20_000: {"king", "queen", "cat", "dog", "house"},
        "$$x$$ [a](b)": set(),
    }.items():
        app = typed(app, text)
        assert not app.exception
        assert not app.error
        assert set(placed(app)) == words


def test_a_hundred_thousand_words_as_pairs_and_as_groups(glove: Embeddings) -> None:
    many = " ".join(word for word in glove.words[1_000:150_000] if word.isalpha())
    app = typed(chosen(opened(), "own pairs"), many, "pairs_1")
    assert_drawn(app)
    assert "of 100" in said(app)
    app = typed(chosen(app, "own groups"), "king queen, cat dog, the of, " * 16_667, "low_1")
    assert_drawn(app)
    assert_refused(typed(app, "unknownword " * 100_000, "low_1"), "empty")


def test_an_unknown_start_is_told_and_the_rest_stays() -> None:
    app = typed(opened(look="where it leads"), "qeen", "start")
    assert_refused(app, "'qeen'", "queen")
    assert len(app.dataframe) == 2
    (button,) = [button for button in app.button if button.label == "queen"]
    app = button.click().run()
    assert app.session_state.start == "queen"
    assert_drawn(app)
