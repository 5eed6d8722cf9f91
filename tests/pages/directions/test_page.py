import json
import re
from functools import partial

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.embeddings import Embeddings
from core.errors import InputError
from core.word_lists import read_word_list
from pages.directions.builder import READY_MADE
from pages.directions.own_fields import OWN
from pages.directions.presets import direction_presets, preset_direction
from pages.shared.examples import notes, presets
from tests.pages.opening import bold, components, numbers, open_page, said, table, told

# With the tables, which are behind switches.
opened = partial(open_page, "directions", direction_numbers="true", check_numbers="true")


def typed(app: AppTest, text: str, key: str = "words") -> AppTest:
    return app.text_input(key=key).set_value(text).run()


def chosen(app: AppTest, name: str, place: int = 1) -> AppTest:
    """Choose a ready-made direction, or a kind of one's own, as a visitor does."""
    if app.session_state.picture != "number line":
        app = app.selectbox(key=f"choice_{place}").set_value(name).run()
    elif name in OWN:
        app = app.button_group(key=f"kind_{place}").set_value(name).run()
    else:
        if app.button_group(key=f"kind_{place}").value != READY_MADE:
            app = app.button_group(key=f"kind_{place}").set_value(READY_MADE).run()
        app = app.selectbox(key=f"ready_{place}").set_value(name).run()
    assert app.session_state[f"direction_{place}"] == name
    return app


def pressed(app: AppTest, label: str) -> AppTest:
    (pills,) = [group for group in app.button_group if label in group.options]
    return pills.set_value(label).run()


def placed(app: AppTest, column: int = 1) -> dict[str, float]:
    """Return the coordinates that the page shows."""
    coordinates = app.dataframe[0].value
    return dict(zip(coordinates["word"], coordinates.iloc[:, column].tolist(), strict=True))


def results(app: AppTest) -> list[tuple[str, str]]:
    """Return the results of the closer look: those in bold that are so many of so many."""
    return re.findall(r"\*\*(\d+) of (\d+)\*\*", said(app))


def hint(app: AppTest) -> str:
    """Return the sentence above the picture."""
    (sentence,) = [each.value for each in app.markdown if ":material/lightbulb:" in each.value]
    return str(sentence)


def near_fields(app: AppTest) -> str:
    """Return what is said below the fields of a direction of one's own."""
    return "".join(each.value for each in app.caption if "was tested with" in each.value)


def charts(app: AppTest) -> dict[str, str]:
    return {chart.proto.id.split("-")[-1]: chart.proto.spec for chart in app.get("plotly_chart")}


def assert_drawn(app: AppTest) -> None:
    assert not app.exception
    assert not app.error
    assert len(charts(app)) >= 1
    assert len(app.dataframe) >= 1


def note_of(label: str) -> list[str]:
    return [notes("directions", "label")[label]]


def assert_refused(app: AppTest, *named: str) -> None:
    """Assert that one message names what is wrong, and that nothing broke."""
    assert not app.exception
    assert len(app.error) == 1
    for part in named:
        assert part in told(app)


def test_cold() -> None:
    app = opened()
    assert_drawn(app)
    assert app.title[0].value == "Directions"
    assert app.session_state.direction_1 == "gender"
    assert app.selectbox(key="ready_1").value == "gender"
    found = placed(app)
    assert found["king"] < 0 < found["queen"]
    assert "8 of 8" in said(app)
    assert "nurse** (cosine 0.842)" in said(app)
    others = opened(direction_vectors="MiniLM tokens")
    assert "nurse" not in bold(others)  # that was found in GloVe
    assert "analogies" not in [link.proto.page for link in others.get("page_link")]
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
    assert len([box for box in app.selectbox if box.key.startswith(("ready_", "choice_"))]) == count
    assert len(app.dataframe[0].value.columns) == 1 + count
    drawn = set(charts(app)) & {"line", "cloud"}
    assert drawn == {"number line": {"line"}, "plane": {"cloud"}, "space": set()}[picture]
    assert bool(components(app)) == (picture == "space")


@pytest.mark.parametrize("name", ["gender", "living", "cats − cat", "dimension", "expression"])
def test_every_closer_look(name: str) -> None:
    app = chosen(opened(), name)
    looks = {
        "its words": {"line", "check"} if name in ("gender", "living") else {"line"},
        "where it leads": {"line"},
        "its ends": {"line", "strip"},
    }
    for look, figures in looks.items():
        app = app.button_group(key="look").set_value(look).run()
        assert_drawn(app)
        assert set(charts(app)) == figures
        columns = {column for each in app.dataframe[1:] for column in each.value.columns}
        assert ("leads to" in columns) == (look == "where it leads")
        assert ("more →" in columns) == (look == "its ends")


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
    assert "skis + *winter → summer*" in said(app)


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
    assert "check" not in charts(app)  # one pair has no other to agree with


def test_gender_and_royalty() -> None:
    app = pressed(opened(), "gender × royalty")
    assert_drawn(app)
    sex, rank = placed(app), placed(app, 2)
    assert sex["king"] < 0 < sex["queen"]
    assert sex["man"] < 0 < sex["woman"]
    assert min(rank["king"], rank["queen"]) > 0 > max(rank["man"], rank["woman"])
    assert "−0.08" in said(app)  # the cosine of the two


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
    leads = table(app, "leads to", "hoped for")
    assert leads["leads to"].tolist() == leads["hoped for"].tolist()
    assert set(leads["leads to"]) == {"paris", "berlin", "delhi", "rome", "tokyo", "madrid"}
    assert (leads["made without it"] == leads["hoped for"]).sum() == 5
    assert results(app) == [("6", "6"), ("5", "6")]
    assert "moscow" in bold(typed(app, "russia", "start"))


def test_jobs() -> None:
    app = pressed(opened(), "gender of jobs")
    found = placed(app)
    assert found["nurse"] > found["doctor"] > found["engineer"]
    assert [note.value for note in app.info] == note_of("gender of jobs")


def test_how_much_the_pairs_have_in_common() -> None:
    app = pressed(opened(), "strength")
    assert "0.27" in numbers(app)
    assert "0.65" in numbers(pressed(app, "gender of jobs"))


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
    assert [note.value for note in app.info] == note_of("size?")
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
    assert results(app) == [("3", "3")]


def test_pairs_are_read_as_people_write_them_and_count_once() -> None:
    app = typed(chosen(opened(), "own pairs"), "france/paris, germany -> berlin", "pairs_1")
    assert_drawn(app)
    assert results(app) == [("2", "2")]
    app = typed(app, "france/paris, germany -> berlin, france paris", "pairs_1")
    assert_drawn(app)
    assert results(app) == [("2", "2")]
    assert "“france paris”" in said(app)


def test_own_groups() -> None:
    app = chosen(opened(), "own groups")
    assert_drawn(app)
    app = typed(app, "winter, womann, snow", "low_1")
    assert_drawn(app)
    assert "womann" in said(app)
    assert app.dataframe[0].value.columns[1] == "winter → woman"  # those of gender


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
        kind = f"own {'pairs' if name == 'gender' else 'groups'}"
        assert app.session_state.direction_1 == app.session_state.kind_1 == kind
        assert app.text_input(key=field).value
        assert app.text_input(key="name_1").value == ""  # a name would outlive its words
        assert placed(app) == pytest.approx(before)


def test_the_words_of_a_ready_made_direction_start_ones_own() -> None:
    app = chosen(chosen(opened(), "size"), "own pairs")
    assert app.text_input(key="pairs_1").value == direction_presets()["size"].pairs
    assert app.query_params["direction_1"] == "own pairs"
    assert "kind_1" not in app.query_params
    app = chosen(chosen(app, "living"), "own groups")
    assert app.text_input(key="low_1").value == direction_presets()["living"].low
    app = chosen(chosen(app, "richness"), "expression")
    assert app.text_input(key="expression_1").value == "rich - poor"
    # Words of a ready-made direction give way to those of another; typed ones stay.
    app = chosen(chosen(app, "strength"), "own pairs")
    assert app.text_input(key="pairs_1").value == direction_presets()["strength"].pairs
    app = typed(app, "cat cats, dog dogs", "pairs_1")
    app = chosen(chosen(app, "size"), "own pairs")
    assert app.text_input(key="pairs_1").value == "cat cats, dog dogs"
    assert_drawn(app)


def test_a_name_does_not_outlive_its_words() -> None:
    app = typed(chosen(opened(), "own pairs"), "cat cats, dog dogs", "pairs_1")
    app = typed(app, "number", "name_1")
    app = typed(app, "dog dogs, king kings", "pairs_1")
    assert app.text_input(key="name_1").value == "number"  # a pair of it is left
    app = typed(app, "small large, little big", "pairs_1")
    assert app.text_input(key="name_1").value == ""
    assert app.dataframe[0].value.columns[1] == "small → large"
    app = typed(app, "how large", "name_1")
    app = chosen(app, "own groups")
    assert app.text_input(key="name_1").value == ""


def test_a_name_in_a_link_does_not_outlive_its_words() -> None:
    app = opened(direction_1="own pairs", pairs_1="cat cats, dog dogs", name_1="number")
    assert app.dataframe[0].value.columns[1] == "number"
    app = app.text_input(key="pairs_1").set_value("small large").run()
    assert app.text_input(key="name_1").value == ""
    assert app.dataframe[0].value.columns[1] == "small → large"


def test_few_pairs_are_warned_of_and_checked_near_their_field() -> None:
    app = typed(chosen(opened(), "own pairs"), "france paris, germany berlin", "pairs_1")
    assert ":material/warning:" in near_fields(app)
    assert "2 of 2" in near_fields(app)
    app = typed(app, direction_presets()["size"].pairs, "pairs_1")
    assert ":material/warning:" not in near_fields(app)
    assert "8 of 8" in near_fields(app)
    app = typed(app, "cat cats", "pairs_1")
    assert near_fields(app) == ""
    assert any(":material/warning:" in each.value for each in app.caption)
    app = typed(chosen(app, "own groups"), "cat, dog", "low_1")
    assert ":material/warning:" in near_fields(app)


def test_two_directions_of_ones_own_in_a_plane() -> None:
    app = opened(picture="plane")
    app = chosen(chosen(app, "own groups", 1), "expression", 2)
    assert_drawn(app)
    assert app.selectbox(key="choice_1").value == "own groups"
    assert app.text_input(key="expression_2").value == "prince - boy"  # of royalty
    app = chosen(app, "size", 2)
    assert_drawn(app)


# What to see


@pytest.mark.parametrize("label", presets("directions"))
def test_what_to_see_is_true_for_every_example(label: str) -> None:
    app = pressed(opened(), label)
    sentence = hint(app).replace("\\", "")
    shown = app.dataframe[0].value
    named = re.findall(r"\*\*(.+?)\*\*", sentence)
    axes = range(1, len(shown.columns))
    highest = [shown["word"][shown.iloc[:, axis].idxmax()] for axis in axes]
    lowest = [shown["word"][shown.iloc[:, axis].idxmin()] for axis in axes]
    if app.session_state.picture == "number line":
        assert named == [lowest[0], highest[0]]
    elif app.session_state.picture == "space":
        assert named == highest
    else:
        entries = [entry.split() for entry in app.session_state.words.split(", ")]
        pairs = [entry for entry in entries if len(entry) == 2]
        for axis in axes:
            found = placed(app, axis)
            up = sum(found[b] > found[a] for a, b in pairs)
            assert str(max(up, len(pairs) - up)) in sentence.split(";")[axis - 1]


def test_how_many_words_lie_beyond_halfway() -> None:
    """Halfway between the words of both ends, as the caption says."""
    app = opened()
    halfway = float(re.findall(r"\*\*Halfway\*\* \(([-−\d.]+)\)", said(app))[0].replace("−", "-"))
    above = [word for word, x in placed(app).items() if x > halfway]
    assert f"{len(above)} of 12" in hint(app)
    assert {"queen", "princess", "actress"} <= set(above)
    assert "weak" not in hint(app)
    app = pressed(app, "size?")
    assert "2.00" in said(app)  # the median of all words
    assert "halfway" in hint(app)
    assert "weak" in hint(app)
    # One dimension has no ends: it is the middle of all words that divides them.
    app = chosen(opened(words="king, queen"), "dimension")
    assert "halfway" not in hint(app)


def test_the_picture_leads_and_numbers_come_on_demand() -> None:
    app = open_page("directions")
    assert not app.dataframe
    assert set(charts(app)) == {"line", "check"}
    app = app.toggle(key="direction_numbers").set_value(True).run()
    assert len(app.dataframe) == 1
    assert app.query_params["direction_numbers"] == "true"


def test_a_dimension_has_one_table_of_its_ends() -> None:
    app = opened(direction_1="dimension", look="its ends")
    assert len([each for each in app.dataframe if "more →" in each.value.columns]) == 1
    app = opened(direction_1="gender", look="its ends")
    assert len(app.dataframe) == 3


def test_the_furthest_of_many_words_has_a_label(glove: Embeddings) -> None:
    many = [word for word in glove.words[100:300] if word.isalpha()]
    app = typed(opened(), ", ".join([*many, "actress"]))
    found = placed(app)
    assert max(found, key=found.__getitem__) == "actress"
    labels = [
        label.strip("\u00a0")
        for mark in json.loads(charts(app)["line"])["data"]
        if mark.get("mode") == "text" and max(mark["y"], default=0) > 0
        for label in mark["text"]
    ]
    assert "actress" in labels
    assert len(labels) < len(many)


# What cannot be used


def test_unknown_words_are_named_and_the_rest_is_used() -> None:
    app = typed(opened(), "king, qeen, <b>x</b>, queen")
    assert_drawn(app)
    assert set(placed(app)) == {"king", "queen"}
    assert "qeen" in said(app)
    app = typed(chosen(opened(), "own pairs"), "man womann, king queen, boy", "pairs_1")
    assert_drawn(app)
    assert "womann" in said(app)
    assert "“boy”" in said(app)


NO_DIRECTION: dict[str, list[tuple[dict[str, str], list[str]]]] = {
    "own pairs": [
        ({"pairs_1": "king king"}, ["'king'"]),
        ({"pairs_1": "man woman, woman man"}, []),
        ({"pairs_1": "qqeen kking"}, []),
        ({"pairs_1": ""}, []),
        ({"pairs_1": "king"}, []),
    ],
    "own groups": [
        ({"low_1": "king, queen", "high_1": "queen king"}, []),
        ({"low_1": "qqeen"}, []),
        ({"high_1": ""}, []),
    ],
    "expression": [
        ({"expression_1": "king - king"}, ["'king - king'"]),
        ({"expression_1": "king - qeen"}, ["'qeen'", "queen"]),
        ({"expression_1": ""}, []),
        ({"expression_1": "king +* man"}, ["'*'"]),
        ({"expression_1": "x" * 10_000}, ["10,000", "1,000"]),
    ],
}


@pytest.mark.parametrize("name", NO_DIRECTION)
def test_what_makes_no_direction_is_told(name: str) -> None:
    app = chosen(opened(), name)
    before = {field.key: field.value for field in app.text_input}
    for fields, named in NO_DIRECTION[name]:
        for key, value in fields.items():
            app = typed(app, value, key)
        assert_refused(app, *named)
        assert not charts(app)
        for key in fields:
            app = typed(app, before[key], key)
        assert_drawn(app)


def test_a_wrong_direction_of_two_is_told() -> None:
    app = typed(chosen(opened(picture="plane"), "own pairs", 2), "king king", "pairs_2")
    assert_refused(app, "'king'")
    assert_drawn(chosen(app, "size", 2))


def test_twice_the_same_direction() -> None:
    app = opened(picture="space", direction_1="size", direction_2="size", direction_3="size")
    assert_drawn(app)
    assert numbers(app).count("1.00") == 3  # the cosine of each two


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
    assert results(app)[0][1] == "100"
    app = typed(chosen(app, "own groups"), "king queen, cat dog, the of, " * 16_667, "low_1")
    assert_drawn(app)
    assert_refused(typed(app, "unknownword " * 100_000, "low_1"))


def test_an_unknown_start_is_told_and_the_rest_stays() -> None:
    app = typed(opened(look="where it leads"), "qeen", "start")
    assert_refused(app, "'qeen'", "queen")
    assert len(app.dataframe) == 2
    (button,) = [button for button in app.button if button.label == "queen"]
    app = button.click().run()
    assert app.session_state.start == "queen"
    assert_drawn(app)


# Vectors that lack words


def test_names_with_a_capital_are_found_in_the_tokens_of_a_model() -> None:
    app = pressed(opened(direction_vectors="SmolLM2 tokens"), "capitals")
    app = app.selectbox(key="direction_vectors").set_value("SmolLM2 tokens").run()
    assert not app.error
    assert "line" in charts(app)
    labels = [
        label.strip("\u00a0")
        for mark in json.loads(charts(app)["line"])["data"]
        if mark.get("mode") == "text"
        for label in mark["text"]
    ]
    assert {"␣France", "␣Paris", "␣Rome"} <= set(labels)
    assert "Paris" in placed(app)


def test_missing_words_of_a_ready_made_direction_are_named() -> None:
    app = opened(direction_vectors="SmolLM2 tokens", direction_1="size")
    assert_drawn(app)
    assert "puddle" in said(app)
    assert "puddle" not in said(chosen(app, "gender"))


def test_a_ready_made_direction_without_known_words_names_them() -> None:
    toy = Embeddings("toy", ["small", "city"], np.eye(2, dtype=np.float32))
    for name, words in (("size", ("large", "tiny")), ("living", ("stone", "cat"))):
        with pytest.raises(InputError, match="toy") as refused:
            preset_direction(toy, name)
        for word in words:
            assert word in str(refused.value)
        assert f"'{name}'" in str(refused.value)
