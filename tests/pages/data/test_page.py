"""Vectors that are brought: what is found in them, who can use them, and how they are removed."""

import io
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from core.embeddings import Embeddings
from core.errors import InputError
from core.formats import read_vectors
from core.formats.vector_file import Loaded
from core.layouts.map_words import most_frequent
from pages.data.choices import NONE
from pages.data.download import FORMATS, NOT_IN_WORDS, refused
from pages.data.summary import READ_KEY
from pages.map.columns import color_columns, colors_by_column, given_layout
from pages.shared import user_embeddings
from tests.pages.opening import PAGES, open_page, run_until, said, table, told

TYPED = "king 0.9 0.8\nqueen 0.9 0.2\nman 0.1 0.8\nwoman 0.1 0.2\nboy 0 0"


def typed(text: str = TYPED) -> AppTest:
    app = open_page("data", data_from="Type or paste")
    return app.text_area(key="data_typed").set_value(text).run()


def offered(app: AppTest) -> list[str]:
    names: list[str] = app.radio(key="data_current").options
    return names


def test_what_was_typed_is_shown_before_it_is_used() -> None:
    app = typed()
    facts = table(app, "found", "value").set_index("found")["value"]
    assert facts["different words"] == "5"
    assert facts["vectors of length 0"] == "1"
    assert facts["longest vector"] == f"{np.hypot(0.9, 0.8):.3g}"
    assert facts["order"] == "not by frequency"
    closest = table(app, "word", "closest", "cosine").set_index("word")
    assert closest.loc["king", "closest"] == "woman"
    expected = 0.25 / np.hypot(0.9, 0.8) / np.hypot(0.1, 0.2)
    assert closest.loc["king", "cosine"] == pytest.approx(expected)
    assert "boy" not in closest.index  # a vector of length 0 has no direction
    assert len(offered(app)) == 3


def test_one_word_and_none() -> None:
    assert not typed("king 1 2").exception
    assert not typed("").exception


def test_lines_that_cannot_be_read_are_named() -> None:
    app = typed("king 1 2\nqueen 1\nman x 2")
    assert {"2", "3"} <= set(told(app).replace(":", " ").replace(",", " ").split())
    assert not app.exception


def test_use_and_remove() -> None:
    app = typed().button(key="data_use").click().run()
    assert len(offered(app)) == 4
    name = app.session_state["current_vectors"]
    assert app.radio(key="data_current").value == name
    app.radio(key="data_current").set_value("MiniLM tokens").run()
    assert app.session_state["current_vectors"] == "MiniLM tokens"
    app.radio(key="data_current").set_value(name).run()
    app.button(key="data_remove").click().run()
    assert app.session_state["current_vectors"] == "GloVe"
    assert len(offered(app)) == 3


def loaded(count: int, columns: pd.DataFrame | None = None) -> Loaded:
    rng = np.random.default_rng(count)
    words = [f"word{number}" for number in range(count)]
    vectors = rng.normal(size=(count, 5)).astype(np.float32)
    embeddings = Embeddings("mine", words, vectors, "first")
    return Loaded(embeddings, "made here", columns=pd.DataFrame() if columns is None else columns)


def test_nobody_else_sees_what_was_brought() -> None:
    app = typed().button(key="data_use").click().run()
    name = app.session_state["current_vectors"]
    other = open_page("analogies", vectors=name)
    assert other.selectbox(key="vectors").value == "GloVe"
    assert name not in other.selectbox(key="vectors").options
    assert other.warning
    assert offered(open_page("data")) == offered(open_page("data"))
    assert len(offered(open_page("data"))) == 3


def test_the_oldest_is_dropped() -> None:
    user_embeddings.brought().clear()
    most = user_embeddings.MAX_BROUGHT
    names = [user_embeddings.bring(loaded(20 + number)) for number in range(most + 1)]
    assert list(user_embeddings.brought()) == names[1:]
    assert user_embeddings.find(names[0]) is None


def test_the_server_keeps_a_bounded_number_of_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(user_embeddings, "MAX_BROUGHT_BYTES", 100)
    with pytest.raises(InputError):
        user_embeddings.bring(loaded(50))


def map_of(what: Loaded, **link: str) -> AppTest:
    """Return the map of vectors that its visitor has brought."""
    name = "mine · file 0a1b"
    app = AppTest.from_file(str(PAGES / "map" / "page.py"), default_timeout=60)
    app.session_state["brought"] = {name: what}
    for key, value in {"map_vectors": name, "projection": "PCA", **link}.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    assert not app.error
    return app


def test_columns_colour_the_map() -> None:
    kinds = [f"kind {number % 3}" for number in range(40)]
    what = loaded(40, pd.DataFrame({"kind": kinds, "size": np.arange(40.0)}))
    app = map_of(what)
    assert app.segmented_control(key="colour").value == "column"
    assert app.selectbox(key="colour_column").options == ["kind", "size"]
    assert map_of(what, colour_column="size").selectbox(key="colour_column").value == "size"
    assert map_of(what, colour="regions").segmented_control(key="colour").value == "regions"


def test_coordinates_of_a_file_are_a_picture() -> None:
    columns = pd.DataFrame({"left": np.arange(40.0), "up": np.arange(40.0) ** 2})
    what = replace(loaded(40, columns), layout=("left", "up"))
    app = map_of(what, projection="given")
    assert app.segmented_control(key="projection").value == "given"
    app.segmented_control(key="map_dimensions").set_value("3D").run()
    assert not app.exception
    assert "given" not in app.segmented_control(key="projection").options


def test_colours_of_a_column() -> None:
    drawn = most_frequent(loaded(40).embeddings, 40)
    letters = pd.Series([*"abcdefghij" * 4], name="letter")
    shown = colors_by_column(drawn, letters)
    assert shown["group_names"][-1] == "other"
    assert len(shown["group_names"]) == 8
    assert np.bincount(shown["groups"]).tolist() == [4] * 7 + [12]
    few = colors_by_column(drawn, pd.Series([1, None] * 20, name="few"))
    assert few["group_names"] == ["1", "(empty)"]
    many = colors_by_column(drawn, pd.Series([*range(39), None], name="many"))
    assert np.isnan(many["values"][-1])
    assert many["value_name"] == "many"


def test_a_column_of_few_kinds_colours_first() -> None:
    names = [f"name {number}" for number in range(9)]
    columns = pd.DataFrame(
        {"id": range(9), "name": names, "size": [0.5] * 9, "kind": [*"abcabcabc"]}
    )
    assert color_columns(columns) == ["kind", "size", "name", "id"]


def test_words_without_coordinates_are_counted() -> None:
    drawn = most_frequent(loaded(40).embeddings, 40)
    columns = pd.DataFrame({"x": [*range(38), None, "far"], "y": range(40)})
    with pytest.raises(InputError, match="2 of 40"):
        given_layout(drawn, columns, ("x", "y"))


def test_a_comparison_names_the_words_that_differ_most() -> None:
    app = open_page("data", compare_with="MiniLM tokens")
    shown = table(app, "word", "same neighbours", "cosine", "GloVe", "MiniLM tokens")
    assert shown["same neighbours"].is_monotonic_increasing
    assert shown["same neighbours"].iloc[0] == 0
    app.segmented_control(key="compared_words").set_value("most alike").run()
    alike = table(app, "word", "same neighbours")
    assert alike["same neighbours"].is_monotonic_decreasing
    assert alike["same neighbours"].min() > shown["same neighbours"].max()


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_taken_away_is_read_back(tmp_path: Path, form: str) -> None:
    what = loaded(20, pd.DataFrame({"kind": [*"ab" * 10]}))
    ending, make = FORMATS[form]
    path = tmp_path / f"vectors.{ending}"
    path.write_bytes(make(what))
    if form == "Projector":
        shutil.unpack_archive(path, tmp_path)
        path = tmp_path / "tensors.tsv"
    back = read_vectors(path).embeddings
    assert list(back.words) == list(what.embeddings.words)
    assert (back.vectors == what.embeddings.vectors).all()


def test_words_that_a_format_cannot_hold_are_told_before() -> None:
    vectors = np.ones((2, 3), dtype=np.float32)
    for word, refusing in (("two words", {"word2vec binary"}), ("a\nb", set(NOT_IN_WORDS))):
        embeddings = Embeddings("mine", [word, "b"], vectors, "first")
        assert {form for form in FORMATS if refused(form, embeddings)} == refusing


def test_a_format_can_be_chosen() -> None:
    app = open_page("data", data_format="Parquet")
    assert app.selectbox(key="data_format").value == "Parquet"
    assert not app.error


def test_two_sets_without_common_words_say_so() -> None:
    app = typed().button(key="data_use").click().run()
    app.selectbox(key="compare_with").set_value("GloVe").run()
    assert "5 words" in told(app) or "4 words" in told(app)
    assert not app.exception


def test_texts_without_vectors_are_embedded_by_the_model() -> None:
    lines = [f"{kind} {number};{kind}" for kind in ("dog", "car", "dog") for number in range(4)]
    app = open_page("data")
    content = "\n".join(("text;kind", *lines)).encode()
    app.file_uploader(key="data_files").set_value([("animals.csv", content, "text/csv")]).run()
    assert not app.exception
    app.button(key="start_texts").click().run()
    run_until(app, lambda: any(button.key == "data_use" for button in app.button))
    facts = table(app, "found", "value").set_index("found")["value"]
    assert facts["different texts"] == "8"
    assert len(table(app, "text", "closest", "cosine")) == 5
    app.session_state[READ_KEY] = "dog 1"  # as a click on it does
    assert "“dog 1”" in said(app.run())
    app.session_state[READ_KEY] = "a text of another file"
    assert "another" not in said(app.run())
    app.button(key="data_use").click().run()
    assert app.session_state["current_vectors"].startswith("animals")
    (kept,) = app.session_state["brought"].values()
    assert kept.embeddings.dimensions == 384
    assert list(kept.embeddings.words) == [line.split(";")[0] for line in lines]
    assert np.allclose(np.linalg.norm(kept.embeddings.vectors, axis=1), 1, atol=1e-5)
    assert kept.columns["kind"].tolist() == [line.split(";")[1] for line in lines]


# A price and stars look like vectors of two numbers; the vectors meant are in three columns.
TABLE = (
    "name;remark;price;stars;d1;d2;d3;left;up\n"
    + "".join(
        f"thing {row};remark {row % 4};{row};5;{row % 3};{row % 5};1;{row}.5;{-row}.5\n"
        for row in range(12)
    )
).encode()


def uploaded(name: str, content: bytes) -> AppTest:
    app = open_page("data")
    app.file_uploader(key="data_files").set_value([(name, content, "")]).run()
    return run_until(app, lambda: not any("Reading" in each.value for each in app.markdown))


def box(app: AppTest, name: str) -> Selectbox:
    """Return the box with which a column of the file is chosen."""
    (shown,) = [each for each in app.selectbox if str(each.key).startswith(f"data_{name} ")]
    return shown


def choose(app: AppTest, name: str, value: str) -> None:
    box(app, name).set_value(value).run()
    run_until(app, lambda: not any("Reading" in each.value for each in app.markdown))


def used(app: AppTest) -> Loaded:
    """Return what is brought by a click."""
    app.button(key="data_use").click().run()
    kept: Loaded = [*app.session_state["brought"].values()][-1]
    return kept


def test_the_columns_that_were_found_are_shown_and_others_can_be_chosen() -> None:
    app = uploaded("things.csv", TABLE)
    shown = [box(app, name).value for name in ("text", "vector", "vector_end", "x", "y")]
    assert shown == ["name", "d1", "d3", NONE, NONE]
    assert box(app, "vector_end").options == ["d1", "d2", "d3", "left", "up"]
    first = used(app)
    choose(app, "text", "remark")
    choose(app, "x", "left")
    choose(app, "y", "up")
    choose(app, "vector", "price")
    choose(app, "vector_end", "d2")
    (limit,) = app.number_input
    limit.set_value(7).run()
    second = used(app)
    assert list(first.embeddings.words) == [f"thing {row}" for row in range(12)]
    assert list(second.embeddings.words) == [f"remark {row % 4}" for row in range(7)]
    expected = [[row, 5, row % 3, row % 5] for row in range(7)]
    assert second.embeddings.vectors.tolist() == expected
    assert second.layout == ("left", "up")
    assert second.columns["name"].tolist() == [f"thing {row}" for row in range(7)]
    assert len(app.session_state["brought"]) == 2
    assert not app.exception


def test_a_choice_that_cannot_be_read_says_so_and_can_be_undone() -> None:
    app = uploaded("things.csv", b"name,kind,a,b\n" + b"x,y,1,nan\n" * 6 + b"z,w,1,2\n" * 7)
    assert not app.error
    choose(app, "vector", "b")
    before = list(app.session_state["data_read"].values())
    app.number_input[0].set_value(6).run()
    assert "6 of 6 rows" in told(app)
    assert list(app.session_state["data_read"].values()) == before
    app.number_input[0].set_value(None).run()
    assert not app.error
    assert used(app).embeddings.vectors.shape == (7, 1)


def test_the_texts_of_a_table_with_numbers_can_be_embedded() -> None:
    app = uploaded("remarks.csv", TABLE)
    choose(app, "vector", NONE)
    app.button(key="start_texts").click().run()
    run_until(app, lambda: any(button.key == "data_use" for button in app.button))
    assert used(app).embeddings.dimensions == 384
    choose(app, "x", "left")
    choose(app, "y", "up")
    assert used(app).layout == ("left", "up")  # without another run of the model
    assert len(app.session_state["brought"]) == 1
    choose(app, "vector", "d1")
    assert used(app).embeddings.dimensions == 3


def test_one_of_several_matrices_is_chosen() -> None:
    file = io.BytesIO()
    words = np.array(["a", "b", "c"])
    np.savez(file, first=np.eye(3), second=2 * np.eye(3), words=words)
    app = uploaded("two.npz", file.getvalue())
    assert box(app, "member").options == ["first", "second"]
    assert not app.error
    choose(app, "member", "second")
    assert used(app).embeddings.vectors.max() == 2


def test_a_matrix_of_a_file_in_an_archive_is_chosen() -> None:
    inner, file = io.BytesIO(), io.BytesIO()
    np.savez(inner, first=np.eye(3), second=2 * np.eye(3))
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("one.npz", inner.getvalue())
        archive.writestr("two.txt", "king 1 2\nqueen 3 4\nman 5 6\n")
    app = uploaded("two_levels.zip", file.getvalue())
    choose(app, "member", "one.npz")
    assert not app.error
    assert box(app, "member one.npz").options == ["first", "second"]
    choose(app, "member one.npz", "one.npz/second")
    assert used(app).embeddings.vectors.max() == 2
    choose(app, "member ", "two.txt")
    assert list(used(app).embeddings.words) == ["king", "queen", "man"]
    choose(app, "member ", "one.npz")
    choose(app, "member one.npz", "one.npz/first")
    assert used(app).embeddings.vectors.max() == 1


def test_one_of_several_files_in_an_archive_is_chosen() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("names/one.csv", TABLE)
        archive.writestr("two.txt", "king 1 2\nqueen 3 4\nman 5 6\n")
    app = uploaded("both.zip", file.getvalue())
    choose(app, "member", "names/one.csv")
    assert box(app, "text").value == "name"
    choose(app, "text", "remark")
    assert used(app).embeddings.words[0] == "remark 0"
    choose(app, "member", "two.txt")
    assert list(used(app).embeddings.words) == ["king", "queen", "man"]
