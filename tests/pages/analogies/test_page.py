import re
from functools import partial

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.embeddings import default_embeddings
from pages.shared.examples import notes
from tests.pages.opening import bold, components, open_page, said, told

opened = partial(open_page, "analogies")


def typed(app: AppTest, text: str, key: str = "expression") -> AppTest:
    return app.text_input(key=key).set_value(text).run()


def chosen(app: AppTest, key: str, value: str) -> AppTest:
    find = app.selectbox if key == "vectors" else app.button_group
    return find(key=key).set_value(value).run()


def picture(app: AppTest) -> str:
    """Return the picture of the expression, in JSON: a plane of arrows, or a figure in space."""
    planes = components(app)
    return str(planes[0].proto) if planes else app.get("plotly_chart")[0].proto.spec


def words(app: AppTest) -> list[str]:
    """Return the words of the second ranking, without the inputs."""
    return app.dataframe[0].value.iloc[:, 2].tolist()


def assert_answered(app: AppTest) -> None:
    assert not app.exception
    assert not app.error
    assert picture(app)
    assert len(app.dataframe) >= 1


def hint(app: AppTest) -> str:
    """Return the sentence above the picture."""
    (sentence,) = [each.value for each in app.markdown if ":material/lightbulb:" in each.value]
    return str(sentence)


def rank_of(app: AppTest, word: str) -> str:
    """Return the first number after the last time that a word stands in bold."""
    return re.findall(rf"\*\*{word}\*\*\D+([\d,]+)", said(app))[-1]


def assert_refused(app: AppTest, *named: str) -> None:
    """Assert that one message names what is wrong, and that nothing broke."""
    assert not app.exception
    assert len(app.error) == 1
    for part in named:
        assert part in told(app)


def test_cold() -> None:
    app = opened()
    assert_answered(app)
    assert app.text_input(key="expression").value == "king - man + woman"
    assert words(app)[0] == "queen"
    assert ".886" in said(app)
    assert ".861" in said(app)
    assert len(components(app)) == len(app.get("plotly_chart")) == 1
    assert app.title[0].value == "Analogies"


def test_a_picture_that_reverses_the_order_says_so() -> None:
    """The distances from the tip, computed here: king is nearer, but drawn further away."""
    glove = default_embeddings()
    king, man, woman, queen = (
        glove.vector(word).astype(float) for word in ("king", "man", "woman", "queen")
    )
    tip = king - man + woman
    near, far = (float(np.linalg.norm(tip - word)) for word in (king, queen))
    assert near < far
    assert f"(distance {near:.2f} against {far:.2f})" in hint(opened())
    assert "50 dimensions king is" in hint(opened())
    assert "dimensions" not in hint(opened(vectors="typed"))  # of two numbers: nothing is lost
    assert "dimensions" not in hint(opened(step="2"))


def test_an_expression_is_typed() -> None:
    app = typed(opened(), "paris - france + germany")
    assert_answered(app)
    assert words(app)[0] == "berlin"
    assert app.dataframe[0].value["cosine "].iloc[0] == pytest.approx(0.918, abs=0.0005)


@pytest.mark.parametrize("dimensions", ["2D", "3D"])
def test_every_way_to_rank_and_to_draw(dimensions: str) -> None:
    app = chosen(opened(), "dimensions", dimensions)
    for metric in ("dot", "euclidean", "cosine"):
        app = chosen(app, "metric", metric)
        assert_answered(app)
        assert len(words(app)) == 10
        kind = "scatter3d" if dimensions == "3D" else "arrow"
        assert kind in picture(app)


def test_a_link_restores_what_was_seen() -> None:
    app = opened(
        expression="uncle - man + woman",
        look_for="aunt",
        metric="euclidean",
        dimensions="3D",
        walk_from="cat",
        walk_to="dog",
    )
    assert_answered(app)
    assert app.text_input(key="expression").value == "uncle - man + woman"
    assert app.text_input(key="look_for").value == "aunt"
    assert app.session_state["metric"] == "euclidean"
    assert app.session_state["dimensions"] == "3D"
    assert app.text_input(key="walk_from").value == "cat"
    assert "aunt" in bold(app)


@pytest.mark.parametrize(
    ("text", "word", "rank"),
    [
        ("sushi - japan + germany", "bratwurst", "106"),
        ("cat - meow + bark", "dog", "154"),
        ("uncle - man + woman", "aunt", "4"),
        ("king - man + woman", "QUEEN", "1"),
        ("king - man + woman", "king", "1"),  # an input, among all words
    ],
)
def test_the_rank_of_a_word_is_told(text: str, word: str, rank: str) -> None:
    app = opened(expression=text, look_for=word)
    assert_answered(app)
    assert rank_of(app, word.lower()) == rank


@pytest.mark.parametrize(
    "text", ["king minus man plus woman", "king - man + woman = ?", "king-man+woman=", "= queen"]
)
def test_an_expression_is_read_as_people_write_it(text: str) -> None:
    app = typed(opened(), text.replace("= queen", "king - man + woman = queen"))
    assert_answered(app)
    assert words(app)[0] == "queen"
    assert bool(re.search(r"\*\*queen\*\*\D+ 1 ", said(app))) == ("queen" in text)


def test_a_guess_is_ranked_beside_the_word_looked_for() -> None:
    app = opened(expression="uncle - man + woman = aunt", look_for="niece")
    assert_answered(app)
    assert rank_of(app, "aunt") == "4"
    assert "niece" in bold(app)


def test_a_misspelt_guess_is_told_and_corrected_by_a_click() -> None:
    app = opened(expression="uncle - man + woman = auntt")
    assert len(app.dataframe) >= 1  # the answer is there all the same
    assert_refused(app, "'auntt'")
    app = next(button for button in app.button if button.label == "aunt").click().run()
    assert_answered(app)
    assert app.text_input(key="expression").value == "uncle - man + woman = aunt"
    assert rank_of(app, "aunt") == "4"


def test_another_expression_forgets_the_word_looked_for() -> None:
    app = opened(expression="paris - france + germany", look_for="berlin")
    assert "berlin" in bold(app)
    app = typed(app, "uncle - man + woman")
    assert_answered(app)
    assert app.text_input(key="look_for").value == ""
    assert "berlin" not in said(app)


def pressed(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def test_the_answer_is_hidden_until_the_last_step() -> None:
    app = pressed(opened(walk_from=""), "build_up")
    for step in (1, 2, 3):
        assert not app.exception
        assert app.session_state["step"] == step
        assert not app.dataframe
        assert "queen" not in said(app) + picture(app)
        if step < 3:
            app = pressed(app, "step_next")
    assert "3 of 4" in said(app)
    app = pressed(pressed(typed(app, "princess", "look_for"), "step_back"), "step_next")
    app = pressed(app, "step_next")
    assert_answered(app)
    assert "step" not in app.query_params
    assert rank_of(app, "princess") == "5"
    assert "queen" in picture(app)


def test_a_link_restores_a_step() -> None:
    app = opened(step="2", expression="paris - france + germany", walk_from="")
    assert app.session_state["step"] == 2
    assert not app.dataframe
    assert "berlin" not in said(app) + picture(app)
    for invalid in ("9", "-1", "x", "4"):
        assert_answered(opened(step=invalid))


def test_another_expression_is_shown_whole() -> None:
    app = typed(opened(step="2"), "paris - france + germany")
    assert_answered(app)
    assert words(app)[0] == "berlin"


def test_the_hint_says_where_the_arrow_ends() -> None:
    assert bold(opened())[:2] == ["king", "queen"]
    assert bold(opened(expression="paris - france + germany"))[0] == "berlin"
    assert bold(opened(expression="king"))[0] == "prince"


LINKS = [
    {"metric": "foo"}, {"dimensions": "4D"}, {"vectors": "nothing"}, {"example": "nothing"},
    {"metric": ""}, {"dimensions": ""}, {"vectors": ""}, {"walk_ends": "perhaps"}, {"other": "1"},
]  # fmt: skip


@pytest.mark.parametrize("link", LINKS, ids=str)
def test_a_broken_link_shows_the_page_all_the_same(link: dict[str, str]) -> None:
    assert_answered(opened(**link))


def test_what_cannot_be_read_is_told() -> None:
    """What is wrong is named, and marked where it stands."""
    app = opened()
    for text, named, column in (
        ("king - qeen", ("'qeen'", "400,000", "queen"), None),
        ("king +* man", ("'*'",), 6),
        ("king man", ("'man'",), 5),
        ("(king", (), 0),
        ("", (), None),
        ("   ", (), None),
        ("2", ("2",), 0),
        ("king/0", (), 4),
        ("king - king", ("'king - king'",), None),
        ("<script>alert(1)</script>", ("'('",), 13),
        ("<b>king</b>", (), 8),
        ("$$x$$ + [a](b)", ("'('",), 11),
        ("99999999999999999999*king", (), 20),
    ):
        app = typed(app, text)
        assert_refused(app, *named)
        marks = [] if column is None else [f"{text}\n{' ' * column}^"]
        assert [code.value for code in app.code] == marks
    for text, named in (("x" * 10_000, ("10,000", "1,000")), ("(" * 900, ())):
        assert_refused(typed(app, text), *named)


@pytest.mark.parametrize("text", ["king - qeen", "king +* man", "<b>king</b>", "x" * 10_000])
def test_a_link_that_cannot_be_read_is_told(text: str) -> None:
    assert_refused(opened(expression=text))


def test_after_a_fault_the_next_expression_is_answered() -> None:
    app = typed(opened(), "king +* man")
    assert_refused(app)
    app = typed(app, "doctor - man + woman")
    assert_answered(app)
    assert words(app)[0] == "nurse"


def test_a_word_with_a_hyphen_is_pointed_out() -> None:
    app = typed(opened(), "full-time")
    assert_answered(app)
    assert "full-time" in app.info[0].value.replace("\\", "")
    assert "full-time (typed)" in app.dataframe[0].value.to_numpy()
    assert not typed(app, '"full-time"').info


def test_unusual_words_are_answered() -> None:
    app = opened()
    for text in ('"mother-in-law" - woman + man', '"2" + "<"', "KING - Man", "u.s. - china"):
        app = typed(app, text)
        assert_answered(app)


def test_an_unknown_word_to_look_for_is_told_below_the_answer() -> None:
    app = typed(opened(), "qeen", "look_for")
    assert_refused(app, "'qeen'", "queen")
    assert words(app)[0] == "queen"


# Vectors typed by hand


def by_hand(app: AppTest, text: str, expression: str) -> AppTest:
    app.text_area(key="typed").set_value(text)
    return typed(app, expression)


def test_the_toy_vectors_that_are_there_at_first() -> None:
    app = typed(chosen(opened(), "vectors", "typed"), "capital + france")
    assert_answered(app)
    assert words(app)[0] == "paris"


def test_own_vectors() -> None:
    app = by_hand(opened(vectors="typed"), "a 1 2 3\nb 3 2 1\n<b>c</b> 2 2 2", "a + b")
    for dimensions in ("2D", "3D"):
        app = chosen(app, "dimensions", dimensions)
        assert_answered(app)
        assert words(app)[0] == "<b>c</b>"


def test_no_other_word_is_left() -> None:
    app = by_hand(opened(vectors="typed"), "a 1 2\nb 3 2", "a + b")
    assert_answered(app)


def test_words_with_the_same_vector() -> None:
    app = by_hand(opened(vectors="typed"), "a 1 1\nb 1 1\nc 1 1\nd 2 1", "a - b + c")
    assert_answered(app)


def test_bad_lines_are_told() -> None:
    app = opened(vectors="typed")
    for text, named in (
        ("capital 1", ["line 1"]),
        ("capital 1 x\nfrance 1 2", ["line 1", "'x'"]),
        ("capital 1 2\nfrance 1 2 3", ["line 2"]),
        ("capital nan inf", ["line 1"]),
        ("capital 1 2\ncapital 2 3", ["line 2", "'capital'"]),
        ("", []),
        ("\n\n", []),
        ("w 1 2\n" * 300, ["300"]),
        ("capital 1 2\nberlin 2 3", ["'france'"]),
        ("capital 0 0\nfrance 0 0", ["'capital + france'"]),
    ):
        app = by_hand(app, text, "capital + france")
        assert_refused(app, *named)


# The walk


def test_a_walk() -> None:
    app = typed(typed(opened(), "cat", "walk_from"), "dog", "walk_to")
    assert_answered(app)
    without = app.dataframe[1].value["word"].tolist()
    assert not {"cat", "dog"} & set(without)
    app = app.toggle(key="walk_ends").set_value(True).run()
    assert {"cat", "dog"} <= set(app.dataframe[1].value["word"])


def test_a_walk_that_leads_nowhere_is_told_and_the_answer_stays() -> None:
    app = opened()
    for end, named in (
        ("king", ["'king'"]), ("KING", []), ("qeen", ["'qeen'", "queen"]), ("<i>", ["<i>"]),
    ):  # fmt: skip
        app = typed(app, end, "walk_to")
        assert_refused(app, *named)
        assert words(app)[0] == "queen"


def test_a_walk_needs_two_words() -> None:
    app = typed(opened(), "", "walk_to")
    assert not app.exception
    assert not app.error
    assert len(app.info) == 1
    assert not app.get("plotly_chart")


def test_an_example_can_be_pressed_again_and_sets_the_metric_back() -> None:
    app = opened(metric="dot")
    for _ in range(2):
        app = typed(app, "cat")
        (pills,) = [group for group in app.button_group if "king → queen" in group.options]
        app = pills.set_value("king → queen").run()
        assert app.session_state.expression == "king - man + woman"
        assert app.session_state.metric == "cosine"


def test_an_unknown_word_of_the_walk_is_mended_by_a_click() -> None:
    app = typed(opened(), "qeen", "walk_to")
    (button,) = [button for button in app.button if button.label == "queen"]
    app = button.click().run()
    assert app.session_state.walk_to == "queen"
    assert not app.error


def test_the_step_from_uncle_to_aunt_is_held_against_that_from_man_to_woman() -> None:
    app = opened(expression="uncle - man + woman", look_for="aunt")
    assert any("**aunt**" in text.value and "0.692" in text.value for text in app.markdown)


def test_a_note_about_glove_is_not_shown_with_other_vectors() -> None:
    expression = "doctor - man + woman"
    assert [note.value for note in opened(expression=expression).info] == [
        notes("analogies", "expression")[expression]
    ]
    assert not opened(expression=expression, vectors="MiniLM tokens").info


def test_what_a_shorter_ranking_lacks_is_left_blank() -> None:
    app = opened(expression="capital + france", vectors="typed")
    table = app.dataframe[0]
    assert table.value.isna().any(axis=None)
    assert table.proto.placeholder == ""
    assert table.proto.HasField("placeholder")
