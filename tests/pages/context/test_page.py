import json
import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.context.paths import SENTENCES
from pages.context.topics import TOPICS
from tests.pages.opening import bold, counts, numbers, open_page, said, table, told

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "pages" / "context" / "page.py"
EXAMPLES = json.loads((ROOT / "assets" / "presets" / "context.json").read_text("utf-8"))
CHARTS = {"one word": 3, "attention": 2, "topics": 1, "logit lens": 1, "window": 1}

pytestmark = pytest.mark.usefixtures("language_models_are_there")

opened = partial(open_page, "context", window_numbers="true")


def pressed(app: AppTest, label: str) -> AppTest:
    (pills,) = [group for group in app.button_group if label in group.options]
    return pills.set_value(label).run()


def typed(app: AppTest, key: str, text: str) -> AppTest:
    fields = [*app.text_area, *app.text_input]
    (field,) = [field for field in fields if field.key == key]
    return field.set_value(text).run()


def figures(app: AppTest) -> list[dict[str, Any]]:
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]


def assert_shown(app: AppTest, charts: int = 1) -> None:
    assert not app.exception
    assert not app.error
    assert len(app.get("plotly_chart")) == charts
    assert len(app.dataframe) >= 1


def assert_refused(app: AppTest, named: str = "") -> None:
    """Assert that one message names what is wrong, and that nothing is drawn of it."""
    assert not app.exception
    assert len(app.error) == 1
    assert named in told(app)
    assert not app.get("plotly_chart")


def test_cold() -> None:
    app = opened()
    assert_shown(app, 3)
    assert app.title[0].value == "Context"
    assert "0.900" in said(app)
    assert "0.767" in said(app)
    assert "6 of 6" in said(app)
    curves = table(app, "same sense", "different")
    assert curves["same sense"].round(3).tolist()[::3] == [0.982, 0.900, 0.865]
    assert curves["different"].round(3).tolist()[::3] == [0.972, 0.767, 0.755]
    assert len(figures(app)[0]["frames"]) == 8


@pytest.mark.parametrize("part", CHARTS)
def test_every_part_opens_by_its_link(part: str) -> None:
    assert_shown(opened(part=part), CHARTS[part])


def test_only_the_part_that_is_seen_computes() -> None:
    app = opened(part="window")
    assert {area.key for area in app.text_area} == {"window_text"}


# How many uses find their closest partner in the same sense, and how many uses can.
KEPT_APART = {"bank": ("6", "6"), "chest": ("6", "6"), "mole": ("5", "6"), "tower": ("6", "6")}
# The strongest weight of "it", and the token that it falls on.
STRONGEST = {"it was tired": (0.69, "3 animal"), "it was wide": (0.32, "3 animal")}
LEANS_TO = {"a dog's sound": ["sounds", "animals", "pets"], "price of bread": ["currency"]}
# The likeliest next token with the whole text and with what is in the window.
NEXT = {
    "forget Anna": ["␣Anna", "␣Emily"],
    "forget Japan": ["␣Japanese", "␣English"],
    "forget Spain": ["␣Barcelona", "␣Paris"],
}


def test_every_example() -> None:
    app = opened()
    for row in EXAMPLES:
        label = row["label"]
        app.session_state["part"] = row["part"]
        app = pressed(app.run(), label)
        assert_shown(app, CHARTS[row["part"]])
        assert [note.value for note in app.info] == ([row["note"]] if "note" in row else []), label
        if label in KEPT_APART:
            assert counts(app)[0] == KEPT_APART[label]
        if label == "a growing sentence":
            assert any("the previous king" in caption.value for caption in app.caption)
        if label in STRONGEST:
            weight, token = STRONGEST[label]
            of_it = table(app, "10 it").loc["10 it"].drop("10 it")
            assert of_it.idxmax() == token
            assert of_it.max() == pytest.approx(weight, abs=0.005)
            assert bold(app)[:2] == ["it", token.split()[1]]
        if label in LEANS_TO:
            last = table(app, "animals").iloc[-1].sort_values(ascending=False)
            toward = last[last > 0].index.tolist()
            assert toward[: len(LEANS_TO[label])] == LEANS_TO[label]
            assert re.findall(r"[a-z]+(?= \()", bold(app)[0]) == toward
        if label == "capital of France":
            top = table(app, "likeliest").iloc[0]
            assert (top["likeliest"], round(top["likeliest (share)"], 3)) == ("␣Paris", 0.773)
            assert bold(app)[0] == "␣Paris"
        if label in NEXT:
            likeliest = table(app, "whole text", "in the window").idxmax()
            assert likeliest.tolist() == bold(app)[:2] == NEXT[label]


# One word


def test_own_sentences() -> None:
    app = typed(opened(), "shared_word", "bark")
    assert_refused(app, "bark")
    app = typed(app, "sentences", "dog: The dog will bark.\ntree: The bark of the oak is thick.")
    assert_shown(app, 3)
    assert table(app, "different").columns.tolist() == ["different"]  # nothing of the same sense


def test_the_layer_of_the_table_is_chosen() -> None:
    app = opened()
    last = figures(app)[2]["data"][0]["z"]
    app = app.slider(key="uses_layer").set_value(0).run()
    assert_shown(app, 3)
    assert figures(app)[2]["data"][0]["z"] != last


def test_everything_is_shown_when_asked() -> None:
    app = opened(shown="everything")
    assert_shown(app, 3)
    assert figures(app)[0]["data"][0]["x"] != figures(opened())[0]["data"][0]["x"]


def test_a_link_restores_sentences_and_layer() -> None:
    app = opened(shared_word="king", sentences="a king\nthe king of spades", uses_layer="2")
    assert_shown(app, 3)
    assert app.text_input(key="shared_word").value == "king"
    assert app.text_area(key="sentences").value == "a king\nthe king of spades"
    assert app.slider(key="uses_layer").value == 2


def test_a_word_in_pieces_and_a_sentence_without_it_are_told() -> None:
    app = opened(shared_word="embeddings", sentences="We train embeddings.\nNothing here.")
    assert not app.exception
    assert not app.error
    assert "em ##bed ##ding ##s" in said(app)
    assert "“Nothing here.”" in said(app)
    assert len(app.info) == 1
    assert len(app.get("plotly_chart")) == 1


def test_unusual_sentences_are_shown() -> None:
    app = opened()
    for word, sentences in (
        ("bank", "The bank."),
        ("bank", "The bank.\nThe bank."),
        ("bank", "a: The bank.\na: The bank."),
        ("🏦", "A 🏦 here.\n🏦"),
        ("银行", "我去银行存钱。\n河边没有银行。"),
        ("بنك", "هذا بنك كبير.\nبنك صغير."),
        ("[SEP]", "**[SEP]** <b>x</b> $y$\n[SEP] [CLS] [PAD]"),
        ("bank", "bank " * 20_000),
        ("bank", "a bank\nbank \x00"),
    ):
        app.text_area(key="sentences").set_value(sentences)
        app = typed(app, "shared_word", word)
        assert not app.exception, sentences[:40]
        assert not app.error, sentences[:40]
        assert app.get("plotly_chart"), sentences[:40]


def test_what_cannot_be_shown_is_told() -> None:
    app = opened()
    for word, sentences, named in (
        ("", SENTENCES, ""),
        ("bank", "", ""),
        ("bank", "  \n ", ""),
        ("zebra", SENTENCES, "zebra"),
        ("bank", "bank\n" * 13, "13"),
        ("bank", "x" * 100_000, "bank"),
    ):
        app.text_area(key="sentences").set_value(sentences)
        app = typed(app, "shared_word", word)
        assert_refused(app, named)


# The other parts


def test_a_head_a_layer_and_a_temperature() -> None:
    app = opened(part="attention", attention_layer="1", attention_head="3", looks="all")
    assert_shown(app, 2)
    before = figures(app)[0]["data"][0]["z"]
    app = app.slider(key="attention_temperature").set_value(4.0).run()
    assert_shown(app, 2)
    assert figures(app)[0]["data"][0]["z"] != before
    app = app.selectbox(key="attention_head").set_value("mean").run()
    assert_shown(app, 2)
    app = app.slider(key="attention_layer").set_value(6).run()
    assert_shown(app, 2)
    assert app.session_state["attention_head"] == "mean"


def test_equal_sentences_have_no_difference() -> None:
    app = typed(opened(), "sentences", "the bank\nthe bank")
    assert_shown(app, 3)
    assert "0%" not in said(app)
    assert "no difference" in said(app)


def test_attention_of_the_other_model() -> None:
    app = opened(part="attention", attention_head="12")
    app = app.button_group(key="attention_model").set_value("SmolLM2").run()
    assert_shown(app, 2)
    app = app.slider(key="attention_layer").set_value(30).run()
    assert_shown(app, 2)
    app = app.button_group(key="attention_model").set_value("MiniLM").run()
    assert_shown(app, 2)


def test_a_window_is_moved() -> None:
    app = opened(part="window", window="19")
    assert "19" in numbers(app)
    shares = table(app, "whole text", "in the window")
    assert shares["whole text"].tolist() == shares["in the window"].tolist()
    app = app.slider(key="window").set_value(3).run()
    assert_shown(app)
    assert "~~I grew up in Japan" in said(app)  # struck through
    assert table(app, "whole text", "in the window").idxmax().nunique() == 2
    assert app.query_params["window"] in ("3", ["3"])


def test_parts_remember_what_was_typed() -> None:
    app = typed(opened(), "sentences", "a bank\nthe bank")
    app = app.button_group(key="part").set_value("window").run()
    app = app.slider(key="window").set_value(5).run()
    app = app.button_group(key="part").set_value("one word").run()
    assert app.text_area(key="sentences").value == "a bank\nthe bank"
    app = app.button_group(key="part").set_value("window").run()
    assert app.slider(key="window").value == 5


TEXTS = {
    "attention": "attention_text",
    "topics": "topic_text",
    "logit lens": "lens_text",
    "window": "window_text",
}


UNUSUAL = (
    "a", "🦖", "我去银行", "هذا بنك", "[SEP]<|im_end|>", "**x** <b>y</b> $z$ ~~w~~", "\x00 x",
)  # fmt: skip
LONG = {  # 400 tokens, or one long unknown word
    "attention": "x" * 100_000,
    "topics": "x" * 100_000,
    "logit lens": "word " * 20_000,
    "window": "word " * 20_000,
}


@pytest.mark.parametrize("part", TEXTS)
def test_unusual_texts_are_shown(part: str) -> None:
    app = opened(part=part)
    for text in (*UNUSUAL, LONG[part]):
        app = typed(app, TEXTS[part], text)
        assert not app.exception, text[:40]
        assert not app.error, text[:40]
        assert app.get("plotly_chart"), text[:40]


@pytest.mark.parametrize("part", TEXTS)
def test_no_text_is_told(part: str) -> None:
    assert_refused(typed(opened(part=part), TEXTS[part], ""))


def test_topics_that_cannot_be_read_are_told() -> None:
    app = opened(part="topics")
    for topics, named in (("", "0"), ("a: x", "1"), ("<b>", "<b>"), ("a: x\na: y", "'a'")):
        app = typed(app, "topics", topics)
        assert_refused(app, named)


def test_a_topic_of_ones_own() -> None:
    app = typed(opened(part="topics"), "topics", f"{TOPICS}\nfood: bread, cheese, soup")
    assert_shown(app)
    assert "food" in app.dataframe[0].value.columns


LINKS = [
    {"part": "nothing"}, {"part": ""}, {"uses_layer": "99"}, {"uses_layer": "x"}, {"shown": "x"},
    {"example": "x"}, {"part": "attention", "attention_layer": "99"},
    {"part": "attention", "attention_head": "x", "looks": "x", "attention_model": "x"},
    {"part": "attention", "attention_temperature": "0"}, {"part": "window", "window": "-3"},
    {"part": "window", "window": "x"}, {"part": "logit lens", "lens_rows": "x"},
]  # fmt: skip


@pytest.mark.parametrize("link", LINKS, ids=str)
def test_a_broken_link_shows_the_page_all_the_same(link: dict[str, str]) -> None:
    app = opened(**link)
    assert not app.exception
    assert not app.error
    assert app.get("plotly_chart")


def test_a_text_from_a_link_may_be_too_long() -> None:
    app = opened(sentences="bank " * 1_000)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize(
    ("part", "key"),
    [
        ("one word", "sentences"), ("attention", "attention_text"), ("topics", "topics"),
        ("logit lens", "lens_text"), ("window", "window_text"),
    ],
)  # fmt: skip
def test_characters_beyond_the_limit_are_counted(part: str, key: str) -> None:
    app = opened(part=part)
    assert "1,000" not in numbers(app)
    app = typed(app, key, "bank: the bank " * 200)
    assert "1,000" in numbers(app)
    assert len(app.session_state[key]) == 2_000
