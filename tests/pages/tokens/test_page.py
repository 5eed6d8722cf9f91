import json
from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from pages.tokens.cached import NAMES, tokens_of
from tests.pages.opening import open_page, said

opened = partial(open_page, "tokens")


def typed(app: AppTest, text: str) -> AppTest:
    return app.text_area(key="to_cut").set_value(text).run()


def sentences(app: AppTest, first: str, second: str) -> AppTest:
    app.text_input(key="sentence_a").set_value(first)
    return app.text_input(key="sentence_b").set_value(second).run()


def strips(app: AppTest) -> dict[str, list[str]]:
    """Return the texts of the chips in each strip."""
    found = {}
    for element in app.get("bidi_component"):
        data = json.loads(element.proto.json or "{}")
        name = next(name for name in (*NAMES, "Both") if name in data["alt"])
        found[name] = [chip[0] for chip in data["chips"]]
    return found


def assert_whole(app: AppTest, figures: int = 4) -> None:
    assert not app.exception
    assert not app.error
    assert len(app.get("plotly_chart")) == figures


def test_cold() -> None:
    app = opened()
    assert_whole(app)
    assert app.title[0].value == "Tokens"
    cut = strips(app)
    assert cut["GloVe"][:4] == ["the", "king", "'s", "tokenization"]
    assert cut["MiniLM"][:3] == ["[CLS]", "the", "king"]
    assert cut["SmolLM2"][:4] == ["The", "␣king", "'s", "␣token"]
    assert "GloVe**, whole words: **13 tokens, 1 unknown" in said(app)
    assert "2 special" in said(app)
    assert "400,000 rows" in said(app)
    table = app.dataframe[0].value
    assert table["token"].tolist() == cut["GloVe"]
    assert table["id"].tolist()[:2] == ["0", "691"]


def test_the_sizes_can_be_checked() -> None:
    table = opened().dataframe[-1].value.set_index("model")
    products = table.iloc[:, 0]
    assert products["GPT-3"] == "50,257 × 12,288 = 617,558,016"
    assert table.loc["GPT-3", "weights of W_U"] == "617,558,016 more"
    assert table.loc["GPT-3", "context"] == "2,048"
    for line in products:
        tokens, dimensions, product = (
            int(number.replace(",", "")) for number in line.replace("×", "=").split("=")
        )
        assert tokens * dimensions == product
    assert products["all-MiniLM-L6-v2"].startswith("30,522 × 384")
    assert products["SmolLM2-135M-Instruct"].startswith("49,152 × 576")
    assert "0 more" in table.loc["SmolLM2-135M-Instruct", "weights of W_U"]


def test_a_text_is_typed() -> None:
    app = typed(opened(), "A zyzzyvan [SEP] <|im_end|> 😀")
    assert_whole(app)
    cut = strips(app)
    assert cut["GloVe"][:5] == ["a", "zyzzyvan", "[", "sep", "]"]
    assert cut["MiniLM"][0] == "[CLS]"
    assert cut["MiniLM"].count("[SEP]") == 1  # the model's own, at the end
    assert "<|im_end|>" not in cut["SmolLM2"]
    assert app.query_params["to_cut"] == "A zyzzyvan [SEP] <|im_end|> 😀"


def test_an_example_with_a_note() -> None:
    app = opened()
    (pills,) = [group for group in app.button_group if "numbers" in group.options]
    pills.set_value("numbers").run()
    assert_whole(app)
    assert "each digit by itself" in said(app)
    assert {"7", "0", "6"} <= set(strips(app)["SmolLM2"])
    assert strips(app)["MiniLM"][-4:-1] == ["700", "##66", "##52"]


@pytest.mark.parametrize(("name", "rows"), [("MiniLM", "30,522"), ("SmolLM2", "49,152")])
def test_the_matrix_of_another_vocabulary(name: str, rows: str) -> None:
    app = opened().button_group(key="matrix_of").set_value(name).run()
    assert_whole(app)
    assert f"{rows} rows" in said(app)
    assert app.dataframe[0].value["token"].tolist() == strips(app)[name]


def test_a_token_that_was_clicked_stands_out_among_many() -> None:
    text = "one two three four five six seven eight nine ten eleven twelve thirteen king"
    app = opened(to_cut=text)
    assert "2 more pick rows too" in said(app)
    assert "king" not in app.get("plotly_chart")[0].proto.spec
    app.session_state["picked_token"] = ("GloVe", 13, tokens_of("GloVe", text)[13])
    app.run()
    assert (
        "<b>king"
        in json.loads(app.get("plotly_chart")[0].proto.spec)["layout"]["annotations"][11]["text"]
    )
    assert_whole(typed(app, "one"))  # the token that was clicked is gone
    assert "<b>" not in app.get("plotly_chart")[0].proto.spec


def test_a_link_restores_what_was_seen() -> None:
    app = opened(
        to_cut="hello world",
        matrix_of="SmolLM2",
        sentence_a="dog bites man",
        sentence_b="man bites dog",
        input_place="3",
        numbers="all 384",
        positions="every 8th of 512",
    )
    assert_whole(app)
    assert strips(app)["SmolLM2"] == ["hello", "␣world"]
    assert "576 numbers" in said(app)
    assert "man** (row 2,158" in said(app)
    assert "position 3 + segment A" in said(app)
    assert app.session_state["positions"] == "every 8th of 512"
    assert app.query_params["input_place"] == "3"


def test_token_position_and_segment_add_up() -> None:
    app = opened(input_place="9")
    assert "they" in strips(app)["Both"]
    table = app.dataframe[1].value
    assert len(table) == 384
    parts = table["token"] + table["position"] + table["segment"]
    assert (parts - table["sum"]).abs().max() < 1e-6
    assert "position 9 + segment B" in said(app)


def test_two_orders_have_the_same_tokens_and_other_inputs() -> None:
    app = sentences(opened(), "dog bites man", "man bites dog")
    assert_whole(app)
    assert "the same tokens in another order" in said(app)
    table = app.dataframe[2].value.set_index("token")
    assert table["cosine of rows"].to_numpy() == pytest.approx(1)
    assert table["cosine of inputs"].round(3).to_dict() == {"dog": 0.963, "bites": 1, "man": 0.960}


def test_the_row_of_king_is_static() -> None:
    app = opened()
    assert "king** picks the same row in A and in B" in said(app)
    assert "is **0**" in said(app)
    assert "**0.963**" in said(app)


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("one two", "three four", "no token in common"),
        ("", "three", "Two sentences are needed"),
        ("a rose", "a rose", "nothing differs"),
        ("😀 مرحبا", "[SEP] <b>", "no token in common"),
        ("a " * 900, "b " * 900, "645 tokens of sentence A"),
    ],
)
def test_any_two_sentences(first: str, second: str, told: str) -> None:
    app = sentences(opened(), first, second)
    assert not app.exception
    assert not app.error
    assert told in said(app)


@pytest.mark.parametrize("place", ["999", "99999", "-1", "two", "²", ""])
def test_a_broken_link_opens(place: str) -> None:
    app = opened(input_place=place, matrix_of="none", numbers="none", positions="none")
    assert_whole(app)


@pytest.mark.parametrize(
    ("text", "told", "figures"),
    [
        ("", "Nothing to cut yet", 3),
        (" \n ", "No word here", 3),
        ("x" * 100_000, "80,000 more at the end were left out", 3),
        ("a b " * 25_000, "9,490", 4),
        ("a\x04b", "1 character has no token here and is dropped: <U+0004>", 4),
        ("<script>alert(1)</script> **b** $x$", "whole words", 4),
        ("word " * 500, "200 more follow", 4),
    ],
)
def test_any_text(text: str, told: str, figures: int) -> None:
    app = typed(opened(), text)
    assert_whole(app, figures)
    assert told in said(app)


def test_a_long_text_stays_out_of_the_address() -> None:
    app = typed(opened(), "hello " * 2_000)
    assert "to_cut" not in app.query_params
    assert "too long for the address" in said(app)
    assert "to_cut" in typed(app, "hello").query_params


def test_positions_of_the_whole_table() -> None:
    app = opened().button_group(key="positions").set_value("every 8th of 512").run()
    assert_whole(app)
    assert app.dataframe[3].value.columns.tolist()[:3] == ["0", "8", "16"]
    assert "**0.85** on average" in said(app)
