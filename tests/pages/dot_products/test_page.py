import re
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from core.embeddings import Embeddings
from pages.dot_products.two_vectors import SIDES, SIGNS
from pages.dot_products.vector_table import TOY, exact, rows_of, text_of
from pages.shared import user_embeddings
from tests.pages.opening import bold, components, counts, numbers, open_page, said, table, told
from viz.numbers import number

PAGE = Path(__file__).resolve().parents[3] / "pages" / "dot_products" / "page.py"
WORDS = ["king", "queen", "monarchy", "banana"]

opened = partial(open_page, "dot_products", term_numbers="true")
many = partial(open_page, "dot_products", part="many words", heatmap_numbers="true")
opposed = partial(open_page, "dot_products", part="opposites", opposites_numbers="true")


def typed(app: AppTest, text: str, key: str) -> AppTest:
    return app.text_input(key=key).set_value(text).run()


def chosen(app: AppTest, key: str, value: str) -> AppTest:
    return app.button_group(key=key).set_value(value).run()


def charts(app: AppTest) -> int:
    """Return the number of figures: bars, colours and the plane of arrows."""
    return len(app.get("plotly_chart")) + len(components(app))


def has_table(app: AppTest, column: str) -> bool:
    return any(column in map(str, frame.value.columns) for frame in app.dataframe)


def cosine(app: AppTest) -> str:
    """Return the cosine of the two vectors, as the sentence above the arrows has it."""
    (written,) = re.findall(r"°, cosine (−?[\d.]+)\)", said(app))
    return str(written)


def assert_shown(app: AppTest, pictures: int = 2) -> None:
    assert not app.exception
    assert not app.error
    assert charts(app) == pictures


def assert_refused(app: AppTest, *named: str) -> None:
    """Assert that one message names what is wrong, and that nothing broke."""
    assert not app.exception
    assert len(app.error) == 1
    for part in named:
        assert part in told(app)


def test_cold() -> None:
    app = opened()
    assert_shown(app)
    assert app.title[0].value == "Dot products"
    assert "= 9 cdot 8 + (-5) cdot (-4) + 6 cdot 6 = 72 + 20 + 36 = 128" in said(app)
    assert table(app, "product")["total so far"].tolist() == [72, 92, 128]


# Term by term


@pytest.mark.parametrize(
    ("lines", "total", "shown"),
    [
        ("king 9 -5 6\nqueen 8 -4 6", 128, "0.997"),
        ("east 4 3\nnorth -3 4", 0, "0"),
        ("forth 5 1\nback -4 2", -18, "−0.789"),
        ("a 1 1\nb 1 1", 2, "1"),
        ("a 0.1 0.2 0.3\nb 1 1 -1", 0, "0"),
    ],
)
def test_a_link_restores_the_toy_and_the_sign_is_told(lines: str, total: float, shown: str) -> None:
    app = opened(toy=lines)
    assert_shown(app)
    assert app.session_state.toy == lines
    assert table(app, "product")["total so far"].iloc[-1] == pytest.approx(total)
    assert f"= {total}$" in said(app)
    side = 1 - int(np.sign(total))
    assert [each for each in SIDES if each in said(app)] == [SIDES[side]]
    assert f"{SIGNS[side].lower()}: **{number(total)}**" in said(app)
    assert cosine(app) == shown


def test_of_three_toy_vectors_two_are_chosen() -> None:
    app = opened(toy="a 1 2\nb 3 4\nc 5 6")
    assert_shown(app)
    assert table(app, "product")["total so far"].tolist() == [3, 11]
    app = app.selectbox(key="toy_second").set_value("c").run()
    assert table(app, "product")["total so far"].tolist() == [5, 17]
    assert "a · c" in bold(app)
    app = opened(toy="a 1 2\nb 3 4\nc 5 6", toy_first="c", toy_second="b")
    assert "c · b" in bold(app)
    assert_shown(opened(toy="a 1 2\nb 3 4\nc 5 6", toy_first="nothing"))


def test_one_toy_vector_is_multiplied_by_itself() -> None:
    app = opened(toy="a 3 4")
    assert_shown(app)
    assert "a · a" in bold(app)


def test_a_vector_of_zeros_has_no_angle() -> None:
    app = opened(toy="a 0 0\nb 3 4")
    assert_shown(app, pictures=1)
    assert len(app.info) == 1
    assert_shown(opened(toy="a 5 5 5\nb 2 2 2"))  # a constant one has


def test_another_number_of_dimensions_keeps_the_numbers_there_are() -> None:
    app = opened()
    app = app.number_input(key="toy_size").set_value(5).run()
    assert_shown(app)
    assert app.session_state.toy == "king 9 -5 6 0 0\nqueen 8 -4 6 0 0"
    app = app.number_input(key="toy_size").set_value(2).run()
    assert app.session_state.toy == "king 9 -5\nqueen 8 -4"
    assert table(app, "product")["total so far"].tolist() == [72, 92]


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        ("nonsense", "line 1"),
        ("a nan 1\nb 1 2", "line 1"),
        ("a 1 2\na 2 3", "line 2"),
        ("a 1 2\nb 1 2 3", "line 2"),
        ("a " + "1 " * 20, "2 to 12"),
        ("a 1e300 1\nb 1 2", "1,000,000"),
        ("<b>x</b> 1 x", "line 1"),
    ],
)
def test_a_broken_link_is_told_and_the_usual_toy_stands_there(lines: str, named: str) -> None:
    app = opened(toy=lines)
    assert_refused(app, named)
    assert charts(app) == 2
    assert app.session_state.toy == TOY


def edited(*rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["word", "1", "2"])


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (("b", 1.5, -2), "b 1.5 -2"),
        (("new york", 1, 2), "new_york 1 2"),
        (("b", None, 2), "b 0 2"),
        (("b", np.nan, np.inf), "b 0 0"),
        (("b", "x", 2), "b 0 2"),
        (("b", 123456.7, 1e-5), "b 123456.7 1e-05"),
        ((None, 1, 2), None),
        (("  ", 1, 2), None),
        ((None, None, None), None),
    ],
)
def test_what_is_typed_into_the_table(row: tuple[object, ...], line: str | None) -> None:
    text = text_of(rows_of(edited(("a", 3, 4), row)))
    assert text == "\n".join(part for part in ("a 3 4", line) if part)


def test_typed_decimals_are_kept() -> None:
    numbers = np.array([[0.1, 123456.7], [-1e-5, 3]], dtype=np.float32)
    assert exact(numbers).tolist() == [[0.1, 123456.7], [-1e-5, 3]]


def test_two_words_of_glove() -> None:
    app = opened(source="GloVe", first="large", second="small")
    assert_shown(app)
    rows = table(app, "product")
    assert len(rows) == 50
    assert rows["total so far"].iloc[-1] == pytest.approx(26.11, abs=0.005)
    assert cosine(app) == "0.968"
    assert "Dimension 31 alone" in said(app)
    app = typed(typed(app, "KING", "first"), "banana", "second")
    assert "king · banana" in bold(app)
    assert cosine(app) == "0.221"
    assert cosine(typed(app, "king", "second")) == "1"


def test_an_unknown_word_is_told() -> None:
    app = opened(source="GloVe")
    for word in ("qeen", "", "x" * 10_000, "<b>", "king queen"):
        assert_refused(typed(app, word, "second"), word[:9], "400,000")


def test_an_unknown_word_is_mended_by_a_click() -> None:
    app = typed(opened(source="GloVe"), "qeen", "second")
    (button,) = [button for button in app.button if button.label == "queen"]
    assert_shown(button.click().run())


# The heatmap


def test_the_cosines_with_king() -> None:
    app = many()
    cosines = table(app, *WORDS).loc["king", WORDS]
    np.testing.assert_allclose(cosines, [1, 0.784, 0.590, 0.221], atol=0.0005)


def test_words_come_by_link() -> None:
    app = many(words="dog,cat,horse", measure="euclidean", order="clustered")
    assert_shown(app, pictures=1)
    distances = table(app, "dog", "cat", "horse")
    assert distances.loc["dog", "dog"] == 0
    assert distances.loc["dog", "cat"] < distances.loc["cat", "horse"]


def test_every_measure_and_order() -> None:
    app = many()
    for measure in ("dot", "euclidean", "cosine"):
        app = chosen(app, "measure", measure)
        assert_shown(app, pictures=1)
    before = list(table(app, *WORDS).columns)
    app = chosen(app, "order", "clustered")
    after = list(table(app, *WORDS).columns)
    assert sorted(before) == sorted(after)
    assert before != after
    assert abs(after.index("france") - after.index("paris")) == 1
    assert abs(after.index("apple") - after.index("banana")) == 1


def test_unknown_words_are_named_and_the_rest_is_used() -> None:
    app = typed(many(), "king, qeen, banana, asdfghjkla", "words")
    assert_shown(app, pictures=1)
    assert "qeen, asdfghjkla" in said(app)
    assert list(table(app, "king", "banana").columns) == ["king", "banana"]


def test_more_than_150_words_have_a_table_only(glove: Embeddings) -> None:
    words = [word for word in glove.words[:500] if word.isalpha()]
    app = typed(many(), " ".join(words[:150]), "words")
    assert_shown(app, pictures=1)
    app = typed(app, " ".join(words[:151]), "words")
    assert_shown(app, pictures=0)
    assert len(table(app, *words[:151])) == 151
    app = typed(app, " ".join(words[:310]), "words")
    assert len(table(app, *words[:300])) == 300
    assert {"300", "10"} <= set(numbers(app))


def test_no_known_word_asks_for_one() -> None:
    app = many()
    for text in ("", ",,", "qeen", "<b>x</b>y", '"', "x" * 10_000):
        app = typed(app, text, "words")
        assert_shown(app, pictures=0)
        assert len(app.info) == 1


def test_a_hundred_thousand_words(glove: Embeddings) -> None:
    app = typed(many(), "\n".join(glove.words[:100_000]), "words")
    assert_shown(app, pictures=0)
    assert len(table(app, "the", "of")) == 300


def test_one_or_two_words() -> None:
    app = many(order="clustered")
    for text in ("king", "king KING king", "king, queen"):
        assert_shown(typed(app, text, "words"), pictures=1)


# The topic


def test_a_topic_changes_the_table_and_says_what_is_left() -> None:
    app = many(words="dog, lion, piano", topic="dog, cat, horse")
    assert_shown(app, pictures=1)
    assert ("3", "50") in counts(app)
    left = table(app, "left", "removed").set_index("word")
    assert left.loc["dog", "left"] == pytest.approx(100)
    assert left.loc["lion", "left"] == pytest.approx(53.6, abs=0.8)  # 73 % of its length
    assert left.loc["piano", "left"] == pytest.approx(5.7, abs=0.3)  # 24 %
    np.testing.assert_allclose(left["left"] + left["removed"], 100)
    seen = table(app, "dog", "lion", "piano").loc["dog", "lion"]
    whole = table(many(words="dog, lion, piano"), "dog", "lion", "piano").loc["dog", "lion"]
    assert seen == pytest.approx(0.869, abs=0.001)
    assert seen - whole > 0.2


def test_topics_of_one_word_or_none() -> None:
    app = many()
    for text, words in (
        ("dog", ["dog"]), ("dog dog DOG", ["dog"]), ("dog, qeen", ["dog"]), ("qeen", []), ("", []),
    ):  # fmt: skip
        app = typed(app, text, "topic")
        assert_shown(app, pictures=1)
        assert has_table(app, "removed") == bool(words)
        assert [word for word in bold(app) if word == "dog"] == words
        assert ("qeen" in said(app)) == ("qeen" in text)


def test_a_topic_of_all_dimensions_squashes_nothing(glove: Embeddings) -> None:
    words = [word for word in glove.words[:300] if word.isalpha()]
    app = typed(many(), " ".join(words[:100]), "topic")
    assert_shown(app, pictures=1)
    assert table(app, "left", "removed")["left"].min() == pytest.approx(100)


# The claim


def test_opposites_have_no_negative_dot_product() -> None:
    app = opposed()
    rows = table(app, "pair").set_index("pair")
    for pair, dot, cosine in (
        ("large – small", 26.1, 0.97), ("hot – cold", 20.2, 0.80), ("up – down", 26.6, 0.95),
    ):  # fmt: skip
        assert rows.loc[pair, "dot product"] == pytest.approx(dot, abs=0.05)
        assert rows.loc[pair, "cosine"] == pytest.approx(cosine, abs=0.005)
    assert len(rows) == 8
    assert (rows["dot product"] > 0).all()
    assert {"2.0", "12,497,500"} <= set(numbers(app))  # percent of all pairs are negative


def test_words_of_different_contexts_have_negative_cosines() -> None:
    app = opposed(opposites="violin election, wizard treaty, king banana")
    assert_shown(app, pictures=1)
    assert (table(app, "pair")["cosine"] < 0).tolist() == [True, True, False]
    assert ("2", "3") in counts(app)
    app = typed(app, "violin election", "opposites")
    assert (table(app, "pair")["cosine"] < 0).tolist() == [True]


def test_other_pairs() -> None:
    app = typed(opposed(), "king banana; qeen king\nparliament guitar, one", "opposites")
    assert_shown(app, pictures=1)
    assert table(app, "pair")["pair"].tolist() == ["king – banana", "parliament – guitar"]
    assert "qeen" in said(app)
    assert any(caption.value.endswith(": “one”.") for caption in app.caption)


def test_no_pair_is_no_fault() -> None:
    app = opposed()
    for text in ("", "qeen", ",,", "<b>", "x" * 10_000, "king"):
        app = typed(app, text, "opposites")
        assert_shown(app, pictures=1)
        assert "12,497,500" in said(app)


def test_a_misspelt_pair_is_corrected_by_a_click() -> None:
    app = opposed(opposites="hot/colld, up/down, hot/colld, up down")
    assert table(app, "pair")["pair"].tolist() == ["up – down"]
    assert any("“up down”" in caption.value for caption in app.caption)  # counted once
    app = next(button for button in app.button if button.label == "colld → cold").click().run()
    assert app.text_input(key="opposites").value == "hot cold, up/down, hot cold, up down"
    assert table(app, "pair")["pair"].tolist() == ["hot – cold", "up – down"]


def test_many_pairs_are_cut(glove: Embeddings) -> None:
    words = [word for word in glove.words[:300] if word.isalpha()][:100]
    app = typed(opposed(), " ".join(words), "opposites")
    assert_shown(app, pictures=1)
    assert len(table(app, "pair")) == 20
    assert "30" in numbers(app)  # pairs are left out


def test_a_broken_link_shows_the_page_all_the_same() -> None:
    app = opened(
        source="nothing", measure="foo", order="", topic="<b>", toy_first="x", opposites="",
        words_example="nothing",
    )  # fmt: skip
    assert_shown(app)
    assert app.session_state.source == "typed"
    app = chosen(app, "part", "many words")
    assert_shown(app, pictures=1)
    assert app.session_state.measure == "cosine"
    assert_shown(chosen(app, "part", "opposites"), pictures=1)
    assert charts(opened(toy="")) == 2
    assert not many(words="").exception


def test_a_link_without_a_part_opens_the_one_it_is_about() -> None:
    for link, part in (
        ({}, "two vectors"), ({"first": "dog"}, "two vectors"), ({"topic": "dog"}, "many words"),
        ({"opposites": "hot cold"}, "opposites"), ({"part": "nothing"}, "two vectors"),
    ):  # fmt: skip
        assert open_page("dot_products", **link).session_state["part"] == part
    app = opened(source="GloVe", words="dog, cat", opposites="up down")
    assert app.session_state["part"] == "two vectors"
    assert chosen(app, "part", "many words").text_input(key="words").value == "dog, cat"
    assert chosen(app, "part", "opposites").text_input(key="opposites").value == "up down"


@pytest.mark.parametrize("named", ["SmolLM2", "SmolLM2 tokens"])
def test_a_link_may_name_vectors_in_short_or_in_full(named: str) -> None:
    app = opened(source=named)
    assert_shown(app)
    assert app.session_state.source == "SmolLM2 tokens"
    assert "␣king · ␣queen" in bold(app)


def test_names_of_trained_vectors_are_shown_letter_by_letter() -> None:
    app = opened()
    name, rows = "*[x](y)*.txt", np.eye(2, dtype=np.float32)
    user_embeddings._kept().put(name, Embeddings(name, ["king", "queen"], rows))
    app.session_state[user_embeddings.USED_KEY] = [name]
    app.run()
    (label,) = [label for label in app.button_group(key="source").options if "x" in label]
    assert label.startswith(r"\*\[x\]\(y\)\*\.txt")
    app = chosen(app, "source", name)
    assert app.session_state["source"] == name
    assert app.query_params["source"] == name
    assert_shown(app)


def test_words_stay_on_their_page_and_are_there_again() -> None:
    app = AppTest.from_file(str(PAGE.parents[1] / "main.py"), default_timeout=60).run()
    app = app.switch_page(str(PAGE)).run()
    app = typed(chosen(app, "part", "many words"), "zebra, lion", "words")
    app.query_params.clear()  # as a browser does on the way to another page
    app = app.switch_page(str(PAGE.parents[1] / "directions" / "page.py")).run()
    assert not app.exception
    assert app.text_input(key="words").value not in ("", "zebra, lion")
    app.query_params.clear()
    app = app.switch_page(str(PAGE)).run()
    assert not app.exception
    assert len(app.get("plotly_chart")) == 1
    assert app.text_input(key="words").value == "zebra, lion"
