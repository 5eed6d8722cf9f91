import io
import json
import re
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from core.embeddings import Embeddings
from core.jobs import WATCH_SECONDS
from core.layouts.map_words import most_frequent
from core.layouts.regions import COUNTS
from pages.map import layout_job
from pages.map.export import coordinates_csv
from pages.map.layout_job import PART
from pages.map.layouts import Layout
from pages.map.regions import PART as REGIONS
from tests.pages.opening import bold, components, counts, numbers, open_page, run_until, said, told


@pytest.fixture
def own_data_folder(data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a data folder without any results; none of another test's are remembered."""
    layout_job.layout_jobs.clear()  # type: ignore[attr-defined]
    (tmp_path / "models").symlink_to(data_folder / "models", target_is_directory=True)
    monkeypatch.setenv("EMBEDDING_PLAYGROUND_DATA", str(tmp_path))
    return tmp_path


opened = partial(open_page, "map")


def typed(app: AppTest, text: str, key: str = "word") -> AppTest:
    return app.text_input(key=key).set_value(text).run()


def neighbours(app: AppTest) -> list[str]:
    return app.dataframe[0].value["word"].tolist()


def regions(app: AppTest) -> pd.DataFrame:
    """Return the list of regions."""
    (table,) = [each.value for each in app.dataframe if "region" in each.value]
    return table


def maps(app: AppTest) -> int:
    return len(components(app))


def scene(app: AppTest) -> dict[str, Any]:
    """Return what is sent to the map beside its large parts."""
    data: dict[str, Any] = json.loads(components(app)[1].proto.json)
    return data


def method(app: AppTest) -> str:
    """Return how the words on the map were laid out."""
    name: str = scene(app)["layout"].split(":")[1]
    return name


def drawn(app: AppTest) -> int:
    """Return how many words the page says it draws, of all 400,000."""
    (count,) = [drawn for drawn, known in counts(app) if known == "400,000"]
    return int(count.replace(",", ""))


def assert_drawn(app: AppTest) -> None:
    assert not app.exception
    assert not app.error
    assert maps(app) >= 2  # large things and the scene travel apart
    assert drawn(app) >= 100


def assert_refused(app: AppTest, *named: str) -> None:
    """Assert that one message names what is wrong."""
    assert not app.exception
    assert len(app.error) == 1
    for part in named:
        assert part in told(app)


def test_cold() -> None:
    app = opened()
    assert_drawn(app)
    assert app.title[0].value == "Map"
    assert method(app) == "t-SNE"  # of the layouts in the plane, it keeps most neighbours
    waited(app)
    names = [name.strip() for name in regions(app)["region"]]
    assert len(names) == sum(COUNTS)
    assert "foods" in names
    best, least = bold(app)[1:3]
    assert {best, least} <= set(names)
    assert typed(app, "king").dataframe[0].value["word"].tolist()[:3] == ["prince", "queen", "ii"]


def test_the_foot_of_a_poster_says_what_the_page_says() -> None:
    app = opened(projection="UMAP")
    first = scene(app)["notes"][0]
    assert all(part in first for part in ("GloVe", "400,000", "UMAP", "12", "seed 0"))
    sent = [json.loads(each.proto.json) for each in components(app)[2:]]
    (notes,) = [data["notes"] for data in sent if data["layout"] == scene(app)["layout"]]
    assert notes[0] in [caption.value.replace("**", "") for caption in app.caption]
    assert re.search(r"\d\.\d", notes[0])


def test_regions_are_found_by_a_word_or_a_name() -> None:
    app = opened()
    waited(app)
    app = typed(app, "cat", "region_sought")
    found = regions(app)["region"].tolist()
    assert [len(name) - len(name.lstrip()) for name in found[:3]] == [0, 1, 2]
    assert len(found) < 20
    app = typed(app, "foods", "region_sought")
    assert regions(app)["region"].iloc[-1].strip() == "foods"
    app = typed(app, "qwxyz", "region_sought")
    assert not app.dataframe
    assert not app.exception


def test_two_layouts_side_by_side() -> None:
    app = opened(word="cat", beside="UMAP")
    waited(app)
    assert_drawn(app)
    first, second = (json.loads(each.proto.json) for each in components(app)[1::2])
    assert first["words"] == second["words"]
    assert [each["layout"].split(":")[1] for each in (first, second)] == ["t-SNE", "UMAP"]
    assert first["picked"] == second["picked"]
    told = bold(app)
    assert len([part for part in told if re.fullmatch(r"\d+", part)]) == 3
    assert not opened(count="1,000", beside="t-SNE", projection="PCA").exception


def test_a_typed_word_has_its_neighbours_listed() -> None:
    app = typed(opened(), "cat")
    assert_drawn(app)
    assert neighbours(app)[0] == "dog"


def test_the_map_moves_to_a_word_that_is_searched() -> None:
    app = opened()
    assert scene(app)["focus"] == []
    app = typed(app, "cat")
    assert scene(app)["focus"] == [scene(app)["picked"]]
    app.button_group(key="map_dimensions").set_value("3D").run()
    assert len(scene(app)["focus"]) == 1  # it stays there
    assert len(scene(typed(app, "king"))["focus"]) == 1
    assert scene(typed(app, ""))["focus"] == []
    linked = scene(opened(word="cat"))
    assert linked["focus"] == [linked["picked"]]
    assert scene(opened(word="cat", groups=["animals"]))["focus"] == linked["focus"]


def test_capitals_and_spaces_do_not_matter() -> None:
    assert neighbours(typed(opened(), "  TOWER "))[0] == "towers"


def test_a_word_that_is_not_drawn_is_still_searched() -> None:
    app = opened(word="emir", count="1,000", projection="PCA")
    assert_drawn(app)
    assert len(neighbours(app)) == 10
    assert len(scene(app)["markers"]) == 11  # the word and its neighbours, projected
    assert scene(app)["picked"] is None


def test_a_layout_says_which_word_has_no_place_in_it() -> None:
    app = opened(word="emir", count="1,000")
    waited(app)
    assert_drawn(app)
    assert scene(app)["markers"] == []
    assert any(caption.value.count("emir") for caption in app.caption)
    assert not app.dataframe[0].value["drawn"].all()
    assert json.loads(app.dataframe[0].proto.columns)["_index"]["hidden"]  # it has no room


def test_no_word_is_no_fault() -> None:
    app = typed(opened(word="cat", projection="PCA"), "")
    assert_drawn(app)
    assert not app.dataframe


def test_an_unknown_word_is_told_and_the_map_stays() -> None:
    app = opened()
    for word, named in (
        ("qeen", ("'qeen'", "queen")), ("<b>x</b>", ()), ("*x* [a](b)", ()), ("x" * 10_000, ()),
        ("king queen", ("'king queen'",)), ("$x$", ()),
    ):  # fmt: skip
        app = typed(app, word)
        assert_refused(app, "400,000", *named)
        assert maps(app) >= 2


def test_every_picture() -> None:
    app = opened()
    axes = [f"axis_{number}" for number in (1, 2, 3)]
    for projection, count in (("slice", 1_000), ("PCA", 1_000), ("UMAP", 20_000)):
        app.select_slider(key="count").set_value(count)
        for dimensions in ("3D", "2D"):
            app.button_group(key="map_dimensions").set_value(dimensions)
            app.button_group(key="projection").set_value(projection)
            app.run()
            assert_drawn(app)
            assert method(app) == projection
            if projection == "UMAP":
                assert scene(app)["layout"].split(":")[2] == dimensions[0]
            else:
                assert len(scene(app)["axes"]) == int(dimensions[0])
            keys = [field.key for field in app.text_input if field.key in axes]
            assert keys == (axes[: int(dimensions[0])] if projection == "slice" else [])


def test_t_sne_is_flat_and_there_at_once() -> None:
    app = opened(projection="t-SNE")
    assert_drawn(app)
    assert method(app) == "t-SNE"
    assert not progress(app)
    app.button_group(key="map_dimensions").set_value("3D").run()
    assert_drawn(app)
    assert "t-SNE" not in app.button_group(key="projection").options
    assert method(app) == "UMAP"


def test_any_number_of_words() -> None:
    app = opened(projection="PCA")
    for count in (100, 20_000):
        app.select_slider(key="count").set_value(count).run()
        assert_drawn(app)
        assert f"{count:,}" in numbers(app)
        further = drawn(app) - count  # words of the lessons
        assert (further == 0) == (count == 100)
        assert not further or str(further) in numbers(app)


def test_three_components_of_all_words_keep_13_4_percent() -> None:
    app = opened(projection="PCA")
    app.select_slider(key="count").set_value(400_000)
    app.button_group(key="map_dimensions").set_value("3D")
    app.run()
    assert_drawn(app)
    assert drawn(app) == 400_000
    assert "13.4" in numbers(app)


def test_how_many_neighbours_the_picture_keeps() -> None:
    def kept(projection: str) -> tuple[int, float]:
        """Return how many of ten neighbours are kept: of cat, and of a word in the mean."""
        parts = bold(opened(word="cat", projection=projection))
        (of_cat,) = [part for part in parts if re.fullmatch(r"\d+", part)]
        (mean,) = [part for part in parts if re.fullmatch(r"\d+\.\d", part)]
        return int(of_cat), float(mean)

    flat, formed = kept("PCA"), kept("t-SNE")
    assert flat[0] < formed[0]
    assert flat[1] < 0.5
    assert formed[1] > 3


# Layouts that take their time


def progress(app: AppTest) -> bool:
    return any(button.key == "stop_layout" for button in app.button)


def trustworthiness(app: AppTest) -> list[str]:
    """Return the two measures of the layout, if the page shows them."""
    return [number for number in numbers(app) if re.fullmatch(r"0\.\d\d", number)]


def waited(app: AppTest) -> None:
    """Wait until layout and regions are there, and run the page again, as the browser does."""

    def is_there() -> bool:
        waiting = [part for part in (PART, REGIONS) if f"{part}.watched" in app.session_state]
        for part in waiting:
            jobs, name = app.session_state[f"{part}.watched"]
            assert jobs.find(name).wait(WATCH_SECONDS)
        return not waiting

    run_until(app, is_there)
    assert not progress(app)


def test_a_layout_that_takes_its_time_shows_how_far_it_is(own_data_folder: Path) -> None:
    app = opened(count="100", projection="t-SNE")
    assert progress(app)
    assert not trustworthiness(app)  # not while it forms
    waited(app)
    assert method(app) == "t-SNE"
    assert trustworthiness(app)
    assert list((own_data_folder / "results").glob("*.npy"))
    again = opened(count="100", projection="t-SNE")
    assert not progress(again)


def test_a_layout_can_be_stopped_and_started_again(own_data_folder: Path) -> None:
    app = opened(count="5,000", projection="t-SNE")
    assert progress(app)
    app.button(key="stop_layout").click().run()
    assert not progress(app)
    assert maps(app) >= 2
    app.button(key="start_layout").click().run()
    assert progress(app)
    app.button(key="stop_layout").click().run()
    assert not list(own_data_folder.glob("results/*"))


@pytest.mark.usefixtures("own_data_folder")
def test_what_takes_minutes_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(layout_job.MAX_AUTOMATIC, "UMAP", 1_000)
    app = opened(count="1,000", projection="UMAP")
    assert not progress(app)
    assert_drawn(app)
    assert method(app) == "PCA"
    app = app.button(key="start_layout").click().run()
    assert progress(app)
    app.button(key="stop_layout").click().run()


NAMES = [
    "king",
    "queen",
    "man",
    "woman",
    "prince",
    "princess",
    "boy",
    "girl",
    "lord",
    "lady",
    "duke",
    "duchess",
    "monk",
    "nun",
    "actor",
]


@pytest.mark.parametrize(
    ("method", "words", "key"),
    [("UMAP", 5, "neighbors"), ("UMAP", 12, "neighbors"), ("t-SNE", 7, "perplexity")],
)
def test_few_words_are_laid_out_with_fewer_neighbours(method: str, words: int, key: str) -> None:
    only = ", ".join(NAMES[:words])
    app = opened(only=only, projection=method)
    run_until(app, lambda: not progress(app) and drawn(app) == words)
    assert not app.error
    most = words - 1 if method == "UMAP" else (words - 1) // 3
    assert any(caption.value.startswith(f"{most} are used") for caption in app.caption)
    app.number_input(key=key).set_value(50).run()  # a visitor's own number is not changed
    run_until(app, lambda: bool(app.error))
    assert_refused(app, f"{words} words")


def test_too_few_words_for_t_sne_are_told() -> None:
    assert_refused(opened(only=", ".join(NAMES[:6]), projection="t-SNE"), "6 words", "PCA")


# The visitor's own words and groups


def test_only_chosen_words_are_drawn() -> None:
    app = opened(only="king queen man woman qeen", projection="PCA", word="king")
    assert not app.exception
    assert drawn(app) == 4
    assert "qeen" in said(app)


def test_too_few_words_are_told() -> None:
    assert_refused(opened(only="king, queen", projection="PCA"), "2", "4")


def test_a_hundred_thousand_pasted_words(glove: Embeddings) -> None:
    app = opened(projection="PCA")
    known = [word for word in glove.words if word.isalpha()][:50_000]
    many = " ".join([*known, *(f"zz{number}zz" for number in range(50_000))])
    typed(app, many, "only")
    assert not app.exception
    assert drawn(app) == 50_000
    assert "49,995" in numbers(app)  # more are unknown than the five that are named


def test_the_visitors_own_groups() -> None:
    app = opened()
    app.text_area(key="own_groups").set_value("fruit: apple, pear, qeen\nkings: king").run()
    assert_drawn(app)
    assert "qeen" in said(app)
    app.text_area(key="own_groups").set_value("fruit: qeen").run()
    assert_refused(app, "Line 1")
    assert maps(app) >= 2


def test_more_groups_than_colours(glove: Embeddings) -> None:
    app = opened()
    words = [word for word in glove.words[:100] if word.isalpha()]
    lines = "\n".join(f"group {number}: {word}" for number, word in enumerate(words[:20]))
    app.text_area(key="own_groups").set_value(lines).run()
    assert_drawn(app)
    assert "8" in numbers(app)  # the first of them are shown


def test_every_colouring() -> None:
    app = opened(colour="clusters")
    assert app.session_state["colour"] == "clusters"
    for colour in ("clusters", "frequency", "none", "groups"):
        app = app.button_group(key="colour").set_value(colour).run()
        assert_drawn(app)
        assert (scene(app)["legend"] is None) == (colour in ("none", "groups"))
    app = app.button_group(key="colour").set_value("regions").run()
    assert_drawn(app)
    app = app.multiselect(key="groups").set_value(["royalty", "foods"]).run()
    assert scene(app)["legend"]["groups"] == ["royalty", "foods"]


def test_the_coordinates_as_a_table(glove: Embeddings) -> None:
    words = most_frequent(glove, 1_000)
    coordinates = np.arange(2 * len(words), dtype=np.float32).reshape(-1, 2)
    text = coordinates_csv(Layout("x", "x", words, coordinates)).decode()
    rows = pd.read_csv(io.StringIO(text), keep_default_na=False)
    assert rows.columns.tolist() == ["word", "rank", "x", "y"]
    assert rows["word"].tolist() == list(words.words)
    assert rows["rank"].tolist() == (words.rows + 1).tolist()
    np.testing.assert_array_equal(rows[["x", "y"]].to_numpy(), coordinates)


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


def test_an_axis_that_points_nowhere_new_is_told() -> None:
    app = opened(projection="slice", count="1,000")
    assert_drawn(app)
    for axis, named in (
        ("king +* man", ["'*'"]),
        ("qeen", ["'qeen'", "queen"]),
        ("king - king", ["'king - king'"]),
        ("2", ["2"]),
        ("", []),
        ("woman - man", ["woman - man"]),
        ("2*woman - 2*man", []),
        ("x" * 10_000, ["10,000"]),
        ("<b>", ["<b>"]),
    ):
        app = typed(app, axis, "axis_2")
        assert_refused(app, *named)


def test_a_selection_is_restored_and_bounded() -> None:
    app = opened(projection="PCA", count="1,000")
    app.session_state["selected"] = (3, 70, 900)
    app.run()
    link = app.query_params["selected"]
    restored = opened(projection="PCA", count="1,000", selected=link)
    assert scene(restored)["selection"]["indices"] == scene(app)["selection"]["indices"] != ""
    assert "3" in numbers(restored)
    fewer = opened(projection="PCA", count="100", selected=link)
    assert any(part.startswith("2 words") for part in bold(fewer))  # the third is not drawn
    captions = len(app.caption)
    app.select_slider(key="count").set_value(20_000)
    app.session_state["selected"] = tuple(range(0, 20_000, 2))
    app.run()
    assert "selected" not in app.query_params  # kept for the session only, and the page says so
    assert len(app.caption) > captions
    for broken in ("!!!", "A" * 200_000, "_____w"):
        assert_drawn(opened(selected=broken))
