import json
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import numpy as np
import pytest
import torch
from plotly.colors import sample_colorscale
from streamlit.testing.v1 import AppTest

from core.embeddings import Embeddings
from core.geometry.arithmetic import solve
from core.geometry.neighbors import nearest
from core.language.context import read_sentences, uses_of
from core.language.models import DECODER, LanguageModel
from core.language.next_word import next_word
from pages.registry import TITLES
from pages.shared import language_models
from tests.pages.opening import bold, components, said
from viz.style import DIVERGING

PAGES = Path(__file__).resolve().parents[3] / "pages"
NAVIGATION = PAGES / "main.py"
CARDS = ["tokens", "vector", "map", "analogies", "context", "next_word"]
LINE = "The king lives in a palace"

pytestmark = pytest.mark.usefixtures("language_models_are_there")


def opened(**link: str) -> AppTest:
    """Return the app at its front door, which is Home, with the way to the other pages."""
    app = AppTest.from_file(str(NAVIGATION), default_timeout=60)
    for key, value in link.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def typed(app: AppTest, line: str) -> AppTest:
    app.text_input(key="line").set_value(line).run()
    assert not app.exception
    return app


def contents(app: AppTest) -> list[dict[str, Any]]:
    """Return what the cards of the path show: a picture and a sentence."""
    read = (json.loads(element.proto.json or "{}") for element in components(app))
    return [data for data in read if data.get("picture")]


def card(app: AppTest, name: str) -> dict[str, Any]:
    """Return what a card of the path shows; the late ones come in the places of the others."""
    shown = contents(app)
    assert len(shown) == len(CARDS)
    return shown[CARDS.index(name)]


def in_bold(shown: dict[str, Any]) -> list[str]:
    return shown["sentence"][1::2]


def links(app: AppTest) -> list[tuple[str, dict[str, str]]]:
    """Return the pages of the cards and the values with which they open."""
    return [
        (link.proto.page, {key: each for key, (each,) in parse_qs(link.proto.query_string).items()})
        for link in app.get("page_link")
    ][: len(TITLES)]


def test_cold() -> None:
    app = opened()
    assert not app.error
    assert app.title[0].value == "Embedding Playground"
    assert app.text_input(key="line").value == LINE
    assert app.session_state["start"] == "king"
    assert [shown["picture"]["kind"] for shown in contents(app)] == [
        "chips", "strip", "points", "points", "curve", "bars",
    ]  # fmt: skip
    assert len(app.get("plotly_chart")) == 1


def test_every_card_is_a_link_with_the_same_words() -> None:
    assert links(opened()) == [
        ("tokens", {"to_cut": LINE}),
        ("tokens", {"to_cut": LINE, "matrix_of": "GloVe"}),
        ("map", {"word": "king"}),
        ("analogies", {"expression": "king - man + woman"}),
        ("context", {"shared_word": "king", "sentences": f"king\n{LINE}"}),
        ("next_word", {"prompt": LINE}),
        ("directions", {"words": "king, man, woman, king, queen"}),
        ("dot_products", {"source": "GloVe", "first": "king"}),
        ("evaluation", {}),
        ("learning", {}),
        ("data", {}),
    ]


def test_the_pages_are_in_the_order_of_the_registry() -> None:
    pages = [page for page, _ in links(opened())]
    path, also = pages[:6], pages[6:]
    assert path == sorted(path, key=list(TITLES).index)
    assert also == sorted(also, key=list(TITLES).index)
    assert {"home", *pages} == set(TITLES)


def test_every_page_can_be_gone_to() -> None:
    app = opened()
    for page, (title, _) in TITLES.items():
        app = app.switch_page(str(PAGES / page / "page.py")).run()
        assert not app.exception
        assert app.title[0].value == ("Embedding Playground" if page == "home" else title)


def test_the_tokens_are_those_of_smollm2() -> None:
    shown = card(typed(opened(), "An unbelievable owl!"), "tokens")
    tokens = language_models.tokenizer(DECODER).tokens("An unbelievable owl!")
    drawn = [(text, below) for text, below, _ in shown["picture"]["chips"]]
    assert drawn == [(token.text, str(token.id)) for token in tokens]
    assert in_bold(shown) == [f"{len(tokens)} tokens"]


def test_of_many_tokens_the_rest_is_counted() -> None:
    shown = card(typed(opened(), "antidisestablishmentarianism " * 6), "tokens")["picture"]
    line = " ".join(["antidisestablishmentarianism"] * 6)
    count = len(language_models.tokenizer(DECODER).tokens(line))
    assert shown["more"] > 0
    assert len(shown["chips"]) + shown["more"] == count


def test_the_strip_is_the_vector_of_the_word(glove: Embeddings) -> None:
    shown = card(opened(), "vector")
    assert in_bold(shown) == ["50", "king"]
    vector = glove.vector("king")
    shares = (vector / abs(vector).max() + 1) / 2
    expected = sample_colorscale(DIVERGING, shares.tolist(), colortype="tuple")
    drawn = [[int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
             for color in shown["picture"]["colors"]]  # fmt: skip
    assert np.array(drawn) == pytest.approx(np.array(expected), abs=0.01)


def test_the_small_map_has_the_true_neighbours(glove: Embeddings) -> None:
    shown = card(opened(start="palace"), "map")
    near = nearest(glove, glove.vector("palace"), 12, exclude=[glove.index("palace")])
    assert shown["picture"]["words"] == ["palace", *near.words]
    assert in_bold(shown) == [near.words[0], "palace"]
    places = np.array(shown["picture"]["places"])
    assert places.min() >= 0
    assert places.max() <= 1
    # A plane of thirteen points keeps part of their distances, and does not enlarge one.
    vectors = glove.vectors[[glove.index("palace"), *near.indices]]
    centered = vectors - vectors.mean(axis=0)
    left, sizes, _ = np.linalg.svd(centered.astype(np.float64), full_matrices=False)
    for axis in (0, 1):
        expected = left[:, axis] * sizes[axis]
        assert abs(np.corrcoef(expected, places[:, axis])[0, 1]) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(
    ("word", "step", "end"),
    [
        ("king", ("man", "woman"), "queen"),
        ("queen", ("woman", "man"), "king"),
        ("berlin", ("paris", "france"), "germany"),
        ("dogs", ("cats", "cat"), "dog"),
        ("man", ("boy", "girl"), "woman"),
    ],
)
def test_the_counterpart_is_what_analogies_answers(
    glove: Embeddings, word: str, step: tuple[str, str], end: str
) -> None:
    app = opened(start=word)
    shown, expression = card(app, "analogies"), dict(links(app))["analogies"]["expression"]
    assert expression == f"{word} - {step[0]} + {step[1]}"
    assert solve(glove, expression).without_inputs.words[0] == end
    assert solve(glove, f"{end} - {step[1]} + {step[0]}").without_inputs.words[0] == word
    assert shown["picture"]["words"] == [word, end, *step]
    assert shown["picture"]["arrows"] == [[0, 1], [2, 3]]
    assert in_bold(shown) == [word, end, word]


@pytest.mark.parametrize(
    ("line", "other"), [("She sat by the bank", "sat"), ("bank", "banks"), ("the bank", "banks")]
)
def test_without_a_counterpart_the_middle_is_shown(
    glove: Embeddings, line: str, other: str
) -> None:
    app = opened(line=line, start="bank")
    shown, expression = card(app, "analogies"), dict(links(app))["analogies"]["expression"]
    assert expression == f"bank + {other}"
    middle = solve(glove, expression).without_inputs.words[0]
    assert in_bold(shown) == ["bank", other, middle]
    assert shown["picture"]["words"] == ["bank", other, middle]


def test_the_curve_compares_the_word_alone_with_the_word_in_the_line(
    encoder: LanguageModel,
) -> None:
    shown = card(opened(), "context")
    uses = uses_of(encoder, "king", read_sentences(f"king\n{LINE}"))
    alone, there = uses.vectors[:, 0].astype(float), uses.vectors[:, 1].astype(float)
    lengths = np.linalg.norm(alone, axis=1) * np.linalg.norm(there, axis=1)
    cosines = (alone * there).sum(axis=1) / lengths
    assert shown["picture"]["values"] == pytest.approx(cosines, abs=1e-3)
    assert in_bold(shown) == ["king", f"{cosines[-1]:.2f}"]


def test_a_word_alone_is_changed_by_nothing() -> None:
    shown = card(typed(opened(), "king"), "context")
    assert shown["picture"]["values"] == pytest.approx([1] * 7, abs=1e-3)
    assert in_bold(shown) == ["king"]


def test_the_bars_are_the_likeliest_tokens(decoder: LanguageModel) -> None:
    shown = card(opened(), "next_word")
    logits = torch.from_numpy(next_word(decoder, decoder.tokenizer.ids(LINE)).logits)
    best = torch.softmax(logits.double(), 0).topk(5)
    names = [decoder.token_names[number] for number in best.indices.tolist()]
    assert [token for token, _, _ in shown["picture"]["bars"]] == names
    shares = [share for _, share, _ in shown["picture"]["bars"]]
    assert shares == pytest.approx(best.values.tolist(), abs=1e-3)
    assert in_bold(shown)[0] == names[0]


def test_another_line_and_another_word_of_it() -> None:
    app = typed(opened(), "She sat by the Tower of London")
    assert app.session_state["start"] == "sat"
    options = app.segmented_control(key="start").options
    assert [option.replace("\\", "") for option in options] == [
        "she", "sat", "by", "the", "tower", "of", "london",
    ]  # fmt: skip
    app.segmented_control(key="start").set_value("tower").run()
    assert not app.exception
    assert "tower" in bold(app)
    assert card(app, "map")["picture"]["words"][0] == "tower"
    assert app.query_params["start"] == "tower"
    assert app.query_params["line"] == "She sat by the Tower of London"


def test_a_link_restores_the_line_and_the_word() -> None:
    app = opened(line="The bank is closed", start="closed")
    assert app.text_input(key="line").value == "The bank is closed"
    assert card(app, "map")["picture"]["words"][0] == "closed"


@pytest.mark.parametrize("word", ["bank", "42", "Paris"])
def test_an_old_link_with_a_word_only_gets_a_line_with_it(word: str) -> None:
    app = opened(start=word)
    assert app.text_input(key="line").value.split()[-1] == word
    assert word.lower() in bold(app)
    assert card(app, "map")["picture"]["words"][0] == word.lower()


def test_a_neighbour_takes_the_place_of_the_word() -> None:
    app = opened().button(key="hop prince").click().run()
    assert not app.exception
    assert app.text_input(key="line").value == "The prince lives in a palace"
    assert card(app, "map")["picture"]["words"][0] == "prince"


def test_a_random_word_comes_into_an_empty_line(
    monkeypatch: pytest.MonkeyPatch, glove: Embeddings
) -> None:
    monkeypatch.setattr("random.choice", lambda _: glove.index("music"))
    app = typed(opened(), "")
    app.button(key="random_word").click().run()
    assert app.text_input(key="line").value.split()[-1] == "music"
    assert card(app, "map")["picture"]["words"][0] == "music"


def test_a_misspelt_word_is_corrected_by_a_click() -> None:
    app = opened(start="qeen")
    assert "qeen" in said(app)
    button = next(button for button in app.button if button.label.endswith("queen"))
    app = button.click().run()
    assert not app.exception
    assert app.text_input(key="line").value.split()[-1] == "queen"
    assert "queen" in bold(app)


@pytest.mark.parametrize("line", ["!!! ???", "👩‍👩‍👧", "король", "qxzqxz", "<b></b>\x00"])
def test_a_line_without_a_known_word_says_so_on_each_card(line: str) -> None:
    app = typed(opened(), line)
    assert not app.error
    kinds = [shown["picture"]["kind"] for shown in contents(app)]
    if line != "<b></b>\x00":
        assert kinds == ["chips", "none", "none", "none", "none", "bars"]
    assert all(any(shown["sentence"]) for shown in contents(app))
    assert dict(links(app))["next_word"] == {"prompt": line}


def test_hostile_text_stays_text() -> None:
    line = "\u202e<img src=x onerror=alert(1)> **king** [x](javascript:1) $x$"
    app = typed(opened(), line)
    assert dict(links(app))["next_word"] == {"prompt": line}
    texts = json.dumps([contents(app), said(app)], ensure_ascii=False)
    assert "\u202e" not in texts


def test_a_long_line_is_cut_and_says_so() -> None:
    app = opened(line="king " * 100)
    assert app.text_input(key="line").value == ("king " * 100)[:200]
    assert "300 more" in said(app)


def test_an_emptied_field_leaves_the_path_to_the_pages() -> None:
    app = typed(opened(), "  ")
    assert not app.error
    assert contents(app) == []
    assert len(app.info) == 1
    assert [page for page, _ in links(app)] == [page for page, _ in links(opened())]
    assert all(not query for _, query in links(app))


def test_a_word_that_the_model_does_not_find_is_told() -> None:
    app = opened(line="Kings don't sing", start="do")
    assert card(app, "context")["picture"]["kind"] == "none"
    assert in_bold(card(app, "context")) == ["do"]


def test_a_missing_model_is_told_on_its_card(monkeypatch: pytest.MonkeyPatch) -> None:
    from core.errors import ModelError

    def missing(name: str) -> object:
        raise ModelError("It is not on this computer.")

    line = "A line that no other test has read"
    cached = sys.modules["pages.home.cached"]
    cards = sys.modules["pages.home.cards"]
    monkeypatch.setattr(cached, "opened", missing)
    monkeypatch.setattr(cards, "is_present", lambda name: False)
    app = opened(line=line)
    kinds = [shown["picture"]["kind"] for shown in contents(app)]
    assert kinds == ["chips", "strip", "points", "points", "none", "none"]
    for name, title in (("context", "MiniLM"), ("next_word", "SmolLM2")):
        (sentence,) = card(app, name)["sentence"]
        assert title in sentence
        assert "run.py" in sentence
