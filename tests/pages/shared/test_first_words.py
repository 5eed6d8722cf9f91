"""With vectors that lack king and queen, the pages start with words that these vectors have."""

from urllib.parse import parse_qs

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.embeddings import Embeddings
from pages.learning.download import VECTORS_KEYS
from pages.shared import user_embeddings as trained
from pages.shared.embeddings import default_embeddings
from pages.shared.first_words import own_words
from tests.pages.opening import open_page, said, told

COMMON = ("the", "in", "and", "of", "they", "because")
RARE = (
    "tomato", "onion", "garlic", "knife", "soup", "stove", "pepper", "butter", "flour", "oven",
    "spoon", "bread", "cheese", "carrot", "sugar", "kitchen", "apron", "plate",
)  # fmt: skip
WORDS = (*COMMON, *RARE)
CONTROLS = {
    "analogies": ("vectors", "expression"),
    "directions": ("direction_vectors", "words"),
    "dot_products": ("source", "first"),
}


def offer(words: tuple[str, ...] = WORDS, title: str = "Learned from your sentences") -> str:
    """Offer vectors of some words as the page Learning does, and return their name."""
    vectors = np.random.default_rng(0).normal(size=(len(words), 6)).astype(np.float32)
    return trained.use(title, Embeddings("raw", words, vectors))


def with_own(page: str) -> AppTest:
    """Return a page as it opens for somebody who has trained vectors, without a link to them."""
    app = open_page(page)
    app.session_state[trained.USED_KEY] = [offer()]
    return app.run()


def chosen(app: AppTest, key: str, vectors: str) -> AppTest:
    control = app.button_group if key == "source" else app.selectbox
    return control(key=key).set_value(vectors).run()


@pytest.mark.parametrize("page", CONTROLS)
def test_a_link_to_vectors_without_king(page: str) -> None:
    control, field = CONTROLS[page]
    app = open_page(page, **{control: offer()})
    assert not told(app)
    assert not [each for each in app.caption if "Not in" in each.value]
    assert any(word in app.text_input(key=field).value for word in RARE)
    assert field not in app.query_params


@pytest.mark.parametrize("page", CONTROLS)
def test_vectors_chosen_by_the_control_and_left_again(page: str) -> None:
    control, field = CONTROLS[page]
    app = with_own(page)
    if page == "dot_products":
        app = chosen(app, control, "GloVe")
    first = app.text_input(key=field).value
    app = chosen(app, control, offer())
    assert not told(app)
    assert any(word in app.text_input(key=field).value for word in RARE)
    app = chosen(app, control, "GloVe")
    assert not told(app)
    assert app.text_input(key=field).value == first


def test_a_word_that_somebody_typed_stays_and_is_told_to_be_unknown() -> None:
    app = open_page("map", map_vectors=offer())
    assert not told(app)
    app = app.text_input(key="word").set_value("king").run()
    assert "'king' is not in Learned from your sentences (24 words)." in told(app)
    assert "Close" not in told(app)
    app = open_page("analogies", vectors=offer(), expression="king - man + woman")
    assert "'king'" in told(app)


def test_each_kind_of_direction_starts_with_words_of_the_vectors() -> None:
    for kind, key in (
        ("own pairs", "pairs_1"), ("own groups", "low_1"), ("expression", "expression_1"),
    ):  # fmt: skip
        app = open_page("directions", direction_vectors=offer(), direction_1=kind)
        assert not told(app)
        assert any(word in app.text_input(key=key).value for word in RARE)
    app = open_page("directions", direction_vectors=offer(), picture="space")
    assert not told(app)
    pairs = {app.text_input(key=f"pairs_{number}").value for number in (1, 2, 3)}
    assert len(pairs) == 3


def test_a_ready_made_direction_is_taken_if_its_words_are_known() -> None:
    capitals = ("france", "paris", "germany", "berlin", "india", "delhi", "italy", "rome")
    app = open_page("directions", direction_vectors=offer((*WORDS, *capitals)))
    assert not told(app)
    assert app.session_state["direction_1"] == "capital of"


def test_the_heatmap_starts_with_words_of_the_vectors() -> None:
    app = open_page("dot_products", part="many words", table=offer())
    assert not told(app)
    assert app.text_input(key="words").value.split(", ") == list(RARE[:8])


def test_typed_vectors_start_with_their_own_words() -> None:
    app = open_page("analogies", vectors="typed")
    assert not told(app)
    assert app.text_input(key="expression").value == "capital - france + paris"


def test_pairs_to_rate_are_of_words_of_the_vectors() -> None:
    app = open_page("evaluation", vectors=offer())
    assert "Pair 1 of 9" in said(app)
    assert [each.value for each in app.subheader][-1] == "tomato – onion"
    app = open_page("evaluation", vectors=offer(), own_word_ratings="1,2,3,4,5,6,7,8,9")
    assert app.get("plotly_chart")
    assert app.query_params["own_word_ratings"] == "1,2,3,4,5,6,7,8,9"
    app.session_state[trained.USED_KEY] = [offer((*WORDS[:-3], "cup", "pan", "pot"))]
    app = chosen(app.run(), "vectors", app.session_state[trained.USED_KEY][0])
    assert "Pair 1 of 9" in said(app)  # ratings of other pairs do not count


def test_own_words_are_frequent_ones_that_mean_something() -> None:
    assert set(COMMON) <= set(default_embeddings().words[:250])
    vectors = np.ones((len(WORDS), 2), dtype=np.float32)
    assert own_words(Embeddings("mine", WORDS, vectors)) == list(RARE)
    assert own_words(Embeddings("mine", WORDS[:1], vectors[:1])) == ["the"]


# Vectors that are gone


@pytest.mark.parametrize(("page", "control"), VECTORS_KEYS.items())
def test_vectors_that_are_gone_are_told_to_be(page: str, control: str) -> None:
    gone = f"Learned from the classroom sentences · {'0' * 32}"
    app = open_page(page, **{control: gone})
    assert not told(app)
    (warning,) = app.warning
    assert "Learned from the classroom sentences" in warning.value
    assert "000" not in warning.value
    links = [link.proto for link in app.get("page_link") if link.proto.page == "learning"]
    assert [parse_qs(link.query_string) for link in links] == [{"learn_text": ["Classroom"]}]
    app = chosen(app.run(), control, "MiniLM tokens")
    assert not app.warning
    assert not open_page(page).warning


def test_an_endless_name_in_a_link_is_not_repeated() -> None:
    assert not open_page("analogies", vectors=f"{'x' * 5_000} · {'0' * 32}").warning


def test_vectors_of_one_name_are_numbered() -> None:
    names = [offer(), offer(WORDS[1:]), offer(WORDS[2:])]
    app = open_page("analogies", vectors=names[0])
    app.session_state[trained.USED_KEY] = names
    app = app.run()
    shown = [each for each in app.selectbox(key="vectors").options if "Learned" in each]
    title = "Learned from your sentences"
    assert shown == [title, f"{title} (2)", f"{title} (3)"]
    assert app.query_params["vectors"] == names[0]
