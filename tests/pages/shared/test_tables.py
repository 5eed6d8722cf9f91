"""The tables of two language models' tokens, on the pages of geometry."""

import pytest

from tests.pages.opening import open_page, said

SIZES = {"MiniLM tokens": 30_522, "SmolLM2 tokens": 49_152}


@pytest.mark.parametrize("table", SIZES)
def test_map(table: str) -> None:
    app = open_page("map", map_vectors=table, count="1,000", projection="PCA")
    assert not app.error
    assert f"of {SIZES[table]:,} words" in said(app)
    assert "the 1,000 first" in said(app)
    assert "king" not in app.dataframe[0].value["word"].tolist()
    assert app.select_slider(key="count").label == "First words"


def test_map_by_the_control() -> None:
    app = open_page("map", projection="PCA", count="1,000")
    assert "of 400,000 words" in said(app)
    app = app.selectbox(key="map_vectors").set_value("MiniLM tokens").run()
    assert "of 30,522 words" in said(app)
    assert not app.error


def test_analogies() -> None:
    """In the tokens of MiniLM, too, queen comes first when the inputs are left out."""
    app = open_page("analogies", vectors="MiniLM tokens")
    assert not app.error
    first = app.dataframe[0].value.iloc[0]
    assert first["all words"] == "king (input)"
    assert first["inputs left out"] == "queen"
    assert "king" in said(app)


@pytest.mark.parametrize("table", SIZES)
@pytest.mark.parametrize("name", ["gender", "plural", "living"])
def test_directions(table: str, name: str) -> None:
    app = open_page(
        "directions", direction_vectors=table, direction_1=name, words="king, queen, unheardofly"
    )
    assert "unheardofly" in said(app)
    placed = app.dataframe[0].value.set_index("word")[name]
    assert sorted(word.strip("␣") for word in placed.index) == ["king", "queen"]
    if name == "gender":
        low, high = (placed.filter(like=word).item() for word in ("king", "queen"))
        assert low < high


@pytest.mark.parametrize("table", SIZES)
def test_dot_products(table: str) -> None:
    app = open_page("dot_products", source=table, table=table, words="king, queen, banana")
    assert not app.error
    assert "banana" in str([frame.value for frame in app.dataframe])


def test_a_table_that_does_not_exist() -> None:
    app = open_page("map", map_vectors="../etc", projection="PCA", count="1,000")
    assert "of 400,000 words" in said(app)
