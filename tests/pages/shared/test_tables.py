"""The tables of two language models' tokens, on the pages of geometry."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import bold, counts, numbers, open_page, said

SIZES = {"MiniLM tokens": 30_522, "SmolLM2 tokens": 49_152}


def known(app: AppTest) -> str:
    """Return how many words the map says there are."""
    return counts(app)[0][1]


@pytest.mark.parametrize("table", SIZES)
def test_map(table: str) -> None:
    app = open_page("map", word="king", map_vectors=table, count="1,000", projection="PCA")
    assert not app.error
    assert known(app) == f"{SIZES[table]:,}"
    assert "1,000" in numbers(app)
    assert "king" not in app.dataframe[0].value["word"].tolist()


def test_map_by_the_control() -> None:
    app = open_page("map", projection="PCA", count="1,000")
    assert known(app) == "400,000"
    app = app.selectbox(key="map_vectors").set_value("MiniLM tokens").run()
    assert known(app) == "30,522"
    assert not app.error


def test_analogies() -> None:
    """In the tokens of MiniLM, too, queen comes first when the inputs are left out."""
    app = open_page("analogies", vectors="MiniLM tokens")
    assert not app.error
    first = app.dataframe[0].value.iloc[0]
    assert first["all words"] == "king (typed)"
    assert first["other words"] == "queen"
    assert bold(app)[:2] == ["king", "queen"]


@pytest.mark.parametrize("table", SIZES)
@pytest.mark.parametrize("name", ["gender", "plural", "living"])
def test_directions(table: str, name: str) -> None:
    app = open_page(
        "directions",
        direction_vectors=table,
        direction_1=name,
        words="king, queen, unheardofly",
        direction_numbers="true",
    )
    assert "unheardofly" in said(app)
    placed = app.dataframe[0].value.set_index("word")[name]
    assert sorted(word.strip("␣") for word in placed.index) == ["king", "queen"]
    if name == "gender":
        low, high = (placed.filter(like=word).item() for word in ("king", "queen"))
        assert low < high


@pytest.mark.parametrize("table", SIZES)
def test_dot_products(table: str) -> None:
    app = open_page("dot_products", source=table, second="banana", term_numbers="true")
    assert not app.error
    assert "banana" in str([frame.value for frame in app.dataframe])
    link = {"table": table, "words": "king, queen, banana", "heatmap_numbers": "true"}
    app = open_page("dot_products", **link)
    assert not app.error
    assert "banana" in str([frame.value for frame in app.dataframe])


def test_a_table_that_does_not_exist() -> None:
    app = open_page("map", map_vectors="../etc", projection="PCA", count="1,000")
    assert known(app) == "400,000"
