import re
from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from core.language.models import load
from core.language.next_word import next_word
from pages.next_word.stories import percent
from tests.pages.opening import bold, components, numbers, open_page, said, table, told

pytestmark = pytest.mark.usefixtures("language_models_are_there")

opened = partial(open_page, "next_word")


def typed(app: AppTest, key: str, text: str) -> AppTest:
    (field,) = [field for field in [*app.text_area, *app.text_input] if field.key == key]
    return field.set_value(text).run()


def assert_shown(app: AppTest) -> None:
    assert not app.exception
    assert not app.error
    assert app.get("plotly_chart") or components(app)


def assert_refused(app: AppTest, named: str = "") -> None:
    """Assert that one message names what is wrong."""
    assert not app.exception
    assert len(app.error) == 1
    assert named in told(app)


def test_cold() -> None:
    app = opened()
    assert_shown(app)
    assert app.title[0].value == "Next word"
    likeliest = table(app, "token", "as set")
    assert likeliest["token"].iloc[0] == "␣Paris"
    assert likeliest["as set"].iloc[0] == pytest.approx(0.773, abs=0.005)
    assert "T = 2 with" in said(app)


def test_a_link_restores_text_tokens_and_sliders() -> None:
    app = opened(
        prompt="Once upon a time, there was a", added="1165-338",
        temperature="0.5", top_k="7.0", top_p="0.9",
    )  # fmt: skip
    assert_shown(app)
    shares = table(app, "token", "as set")["as set"]
    assert shares.sum() == pytest.approx(1)
    assert 1 < (shares > 0).sum() <= 7
    assert not app.button(key="undo").disabled


def test_tokens_are_taken_back_one_by_one() -> None:
    app = opened(added="1165-338")
    app = app.button(key="undo").click().run()
    assert app.session_state["added"] == "1165"
    assert app.query_params["added"] in ("1165", ["1165"])
    app = app.button(key="undo").click().run()
    assert app.button(key="undo").disabled
    assert "added" not in app.query_params
    assert table(app, "token", "as set")["token"].iloc[0] == "␣Paris"


def test_another_text_begins_without_them() -> None:
    app = typed(opened(added="1165-338"), "prompt", "Hello")
    assert_shown(app)
    assert app.session_state["added"] == ""


def test_temperature_zero_by_link() -> None:
    shares = table(opened(temperature="0.0"), "token", "as set")["as set"]
    assert shares.tolist() == [1.0] + [0.0] * 59


UNUSUAL = (
    " ", "  \n ", "🙂🏳️‍🌈", "عاصمة فرنسا هي", "法国的首都是", "a\x00b\x07\u202e", "<|im_end|>",
    "**x** $y$ <b>z</b>",
)  # fmt: skip


@pytest.mark.parametrize("part", ["next word", "one logit"])
def test_unusual_texts_are_read(part: str) -> None:
    app = opened(part=part)
    for text in UNUSUAL:
        app = typed(app, "prompt", text)
        assert_shown(app)


def test_a_text_too_long_is_cut_and_said() -> None:
    app = typed(opened(), "prompt", "word " * 20_000)
    assert_shown(app)
    assert len(app.session_state["prompt"]) == 2_000
    assert "98,000" in numbers(app)


@pytest.mark.parametrize(
    ("part", "key"), [("next word", "prompt"), ("stories", "story"), ("one logit", "prompt")]
)
def test_no_text_is_refused(part: str, key: str) -> None:
    assert_refused(typed(opened(part=part), key, ""))


def test_seven_logits_by_hand() -> None:
    app = opened(part="softmax by hand")
    assert_shown(app)
    shares = table(app, "logit", "probability")["probability"]
    assert shares.round(2).tolist() == [0.01, 0.0, 0.03, 0.09, 0.61, 0.0, 0.25]
    assert shares.sum() == pytest.approx(1)
    assert bold(app)[-1] == "1.0000"


def test_logits_that_mean_nothing() -> None:
    app = opened(part="softmax by hand")
    for key, text, named in (
        ("logits", "1, nan", "nan"),
        ("logits", "1, inf", "inf"),
        ("logits", "1, one", "one"),
        ("logits", "", "logit"),
        ("logits", "1 " * 61, "61"),
        ("hand_temperature", "-1", "-1"),
        ("hand_temperature", "hot", "“hot”"),
    ):
        before = app.text_input(key=key).value
        app = typed(app, key, text)
        assert_refused(app, named)
        assert app.text_input(key=key).value == text  # nothing is lost
        app = typed(app, key, before)
        assert_shown(app)


def test_the_logit_of_paris() -> None:
    app = opened(part="one logit", logit_of="␣Lyon")
    assert_shown(app)
    app = app.selectbox(key="logit_of").set_value("␣Paris").run()
    assert_shown(app)
    terms = table(app, "term", "sum so far")
    assert len(terms) == 576
    assert terms["sum so far"].iloc[-1] == pytest.approx(terms["term"].sum(), abs=1e-3)
    by_hand, token, of_model = bold(app)
    assert token == "␣Paris"
    assert float(by_hand) == pytest.approx(float(of_model), abs=1e-3)
    assert float(of_model) == pytest.approx(17.371, abs=0.01)


def test_the_logit_after_appended_tokens() -> None:
    model = load("smollm2-135m-instruct")
    added = model.tokenizer.ids(" Paris")
    app = opened(part="one logit", added="-".join(map(str, added)))
    assert_shown(app)
    ids = (*model.tokenizer.ids("The capital of France is"), *added)
    expected = next_word(model, ids)
    token, of_model = bold(app)[1:]
    best = int(expected.logits.argmax())
    assert token == model.token_names[best]
    assert float(of_model) == pytest.approx(float(expected.logits[best]), abs=1e-3)
    app = app.button(key="start_again").click().run()
    assert bold(app)[1] == "␣Paris"


def test_a_link_writes_its_stories_again() -> None:
    app = opened(part="stories", length="5", temperatures="0, 1", written="1")
    for _ in range(200):
        if not app.button(key="write").disabled:
            break
        app = app.run()
    assert_shown(app)
    (sentence,) = [line for line in app.markdown if "Different tokens" in line.value]
    assert re.findall(r"of (\d+)", sentence.value) == ["5", "5"]
    assert app.query_params["written"] in ("1", ["1"])
    app = typed(app, "temperatures", "0")
    assert "written" not in app.query_params


def test_temperatures_of_stories_that_mean_nothing() -> None:
    app = opened(part="stories")
    for temperatures, named in (
        ("-1", "-1"),
        ("nan", "nan"),
        ("x", "x"),
        ("", ""),
        ("1,2,3,4,5", "5"),
    ):
        app = typed(app, "temperatures", temperatures)
        assert_refused(app, named)


LINKS = [
    {"part": "x"}, {"temperature": "x"}, {"temperature": "-1"}, {"temperature": "nan"},
    {"top_k": "1e9"}, {"top_p": "0"}, {"added": "x"}, {"added": "99999999"},
    {"added": "0" * 9 + "1" * 5000}, {"added": "-"},
    {"part": "stories", "seed": "x"}, {"part": "stories", "length": "9999"},
    {"part": "one logit", "logit_of": "x"},
]  # fmt: skip


@pytest.mark.parametrize("link", LINKS, ids=str)
def test_a_broken_link_shows_the_page_all_the_same(link: dict[str, str]) -> None:
    assert_shown(opened(**link))


def test_a_small_probability_is_not_called_none() -> None:
    assert percent(0.6914) == "69.1%"
    assert percent(0.00099) == "less than 0.1%"
    assert percent(0.0) == "0%"
