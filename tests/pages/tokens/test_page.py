import json
import re
from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.examples import notes
from pages.tokens.cached import NAMES, tokens_of
from tests.pages.opening import bold, components, numbers, open_page, said, table
from viz.tokens.chips import MAX_CHIPS

opened = partial(open_page, "tokens")


def typed(app: AppTest, text: str) -> AppTest:
    return app.text_area(key="to_cut").set_value(text).run()


def sentences(app: AppTest, first: str, second: str) -> AppTest:
    app.text_input(key="sentence_a").set_value(first)
    return app.text_input(key="sentence_b").set_value(second).run()


def strips(app: AppTest) -> dict[str, list[str]]:
    """Return the texts of the chips in each strip."""
    found = {}
    for element in components(app):
        data = json.loads(element.proto.json or "{}")
        name = next(name for name in (*NAMES, "Both") if name in data["alt"])
        found[name] = [chip[0] for chip in data["chips"]]
    return found


def charts(app: AppTest) -> set[str]:
    return {chart.proto.id.split("-")[-1] for chart in app.get("plotly_chart")}


def rows(app: AppTest) -> list[str]:
    """Return the names beside the rows of the embedding matrix; below them, its first and last."""
    figure = json.loads(app.get("plotly_chart")[0].proto.spec)
    return [annotation["text"] for annotation in figure["layout"]["annotations"]][:-2]


def picked(app: AppTest) -> tuple[str, str]:
    """Return the position and the segment of the token that is shown as a sum."""
    (place,) = re.findall(r"\+ position (\d+) \+ segment ([AB])", said(app))
    return place


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
    assert "2 added by the model" in said(app)
    assert "400,000 rows" in said(app)
    tokens = table(app, "token", "id")
    assert tokens["token"].tolist() == cut["GloVe"]
    assert tokens["id"].tolist()[:2] == ["0", "691"]


def test_the_sizes_can_be_checked() -> None:
    sizes = table(opened(), "model", "context").set_index("model")
    products = sizes.iloc[:, 0]
    assert products["GPT-3"] == "50,257 × 12,288 = 617,558,016"
    assert sizes.loc["GPT-3", "weights of W_U"] == "617,558,016 more"
    assert sizes.loc["GPT-3", "context"] == "2,048"
    for line in products:
        tokens, dimensions, product = (
            int(number.replace(",", "")) for number in line.replace("×", "=").split("=")
        )
        assert tokens * dimensions == product
    assert products["all-MiniLM-L6-v2"].startswith("30,522 × 384")
    assert products["SmolLM2-135M-Instruct"].startswith("49,152 × 576")
    assert "0 more" in sizes.loc["SmolLM2-135M-Instruct", "weights of W_U"]


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
    assert [note.value for note in app.info] == [notes("tokens", "label")["numbers"]]
    assert {"7", "0", "6"} <= set(strips(app)["SmolLM2"])
    assert strips(app)["MiniLM"][-4:-1] == ["700", "##66", "##52"]


def test_the_matrix_of_another_vocabulary() -> None:
    app = opened()
    for name, size in (("MiniLM", "30,522"), ("SmolLM2", "49,152")):
        app = app.button_group(key="matrix_of").set_value(name).run()
        assert_whole(app)
        assert f"{size} rows" in bold(app)
        assert table(app, "token", "id")["token"].tolist() == strips(app)[name]


def test_a_token_that_was_clicked_stands_out_among_many() -> None:
    text = "one two three four five six seven eight nine ten eleven twelve thirteen king"
    app = opened(to_cut=text)
    assert len(rows(app)) == 12
    assert "king" not in app.get("plotly_chart")[0].proto.spec
    app.session_state["picked_token"] = 13
    app.session_state["picked_token_of"] = ("GloVe", tokens_of("GloVe", text)[13])
    app.run()
    assert rows(app)[11].startswith("<b>king")
    assert_whole(typed(app, "one"))  # the token that was clicked is gone
    assert "<b>" not in app.get("plotly_chart")[0].proto.spec


def test_a_link_restores_the_token_that_was_clicked() -> None:
    text = " ".join([*(f"{word} and" for word in ("one", "two", "three")), "king"])
    app = opened(to_cut=text, picked_token="6")
    assert rows(app)[-1].startswith("<b>king")
    (told,) = [line for line in said(app).splitlines() if line.startswith("**king** has the id")]
    assert re.findall(r"\d+", told)[:2] == ["691", "691"]
    assert app.query_params["picked_token"] == "6"
    app = app.button_group(key="matrix_of").set_value("SmolLM2").run()
    assert "picked_token" not in app.query_params
    for broken in ("99", "-5", "x"):
        assert_whole(opened(to_cut=text, picked_token=broken))


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
    assert "576 numbers" in bold(app)
    assert "man" in bold(app)
    assert "2,158" in numbers(app)
    assert picked(app) == ("3", "A")
    assert app.session_state["positions"] == "every 8th of 512"
    assert app.query_params["input_place"] == "3"


def test_token_position_and_segment_add_up() -> None:
    app = opened(input_place="9")
    assert "they" in strips(app)["Both"]
    terms = table(app, "position", "segment")
    assert len(terms) == 384
    parts = terms["token"] + terms["position"] + terms["segment"]
    assert (parts - terms["sum"]).abs().max() < 1e-6
    assert picked(app) == ("9", "B")


def test_two_orders_have_the_same_tokens_and_other_inputs() -> None:
    app = sentences(opened(), "dog bites man", "man bites dog")
    assert_whole(app)
    shared = table(app, "cosine of rows").set_index("token")
    assert shared["position in A"].tolist() == ["1", "2", "3"]
    assert shared["position in B"].tolist() == ["3", "2", "1"]
    assert shared["cosine of rows"].to_numpy() == pytest.approx(1)
    assert shared["cosine of inputs"].round(3).to_dict() == {"dog": 0.963, "bites": 1, "man": 0.960}


def test_the_row_of_king_is_static() -> None:
    app = opened()
    words = bold(app)
    assert words[words.index("king", words.index("king") + 1) :][:3] == ["king", "0", "0.963"]
    king = table(app, "cosine of rows").set_index("token").loc["king"]
    assert king["cosine of rows"] == pytest.approx(1)
    assert king["cosine of inputs"] == pytest.approx(0.963, abs=0.0005)


def test_any_two_sentences() -> None:
    app = opened()
    for first, second, parts in (
        ("one two", "three four", {"terms"}),
        ("", "three", set()),
        ("a rose", "a rose", {"terms", "same_row"}),
        ("😀 مرحبا", "[SEP] <b>", {"terms"}),
        ("a " * 900, "b " * 900, {"terms"}),
    ):
        app = sentences(app, first, second)
        assert not app.exception
        assert not app.error
        assert charts(app) == {"rows", "positions_figure"} | parts
        assert len(app.info) == ("same_row" not in parts)
        assert len(app.warning) == (len(first) > 512)
    assert "645" in re.findall(r"\d+", app.warning[0].value)  # tokens of the first are left out


@pytest.mark.parametrize("place", ["999", "99999", "-1", "two", "²", ""])
def test_a_broken_link_opens(place: str) -> None:
    app = opened(input_place=place, matrix_of="none", numbers="none", positions="none")
    assert_whole(app)


def test_any_text() -> None:
    app = opened()
    for text, named, figures in (
        ("", "", 3),
        (" \n ", "", 3),
        ("x" * 100_000, "80,000", 3),
        ("a b " * 25_000, "9,490", 4),
        ("a\x04b", "<U+0004>", 4),
        ("<script>alert(1)</script> **b** $x$", "", 4),
        ("word " * 500, "200", 4),
    ):
        app = typed(app, text)
        assert_whole(app, figures)
        assert named in said(app)
        cut = {name: len(tokens_of(name, app.session_state["to_cut"])) for name in NAMES if text}
        shown = {name: len(chips) for name, chips in strips(app).items() if name != "Both"}
        assert shown == {name: min(count, MAX_CHIPS) for name, count in cut.items() if count}


def test_a_long_text_stays_out_of_the_address() -> None:
    app = typed(opened(), "hello " * 2_000)
    assert "to_cut" not in app.query_params
    assert "to_cut" in typed(app, "hello").query_params


def test_positions_of_the_whole_table() -> None:
    app = opened().button_group(key="positions").set_value("every 8th of 512").run()
    assert_whole(app)
    assert table(app, "0", "8", "16").columns.tolist()[:3] == ["0", "8", "16"]
    assert "0.85" in bold(app)  # of neighbours
