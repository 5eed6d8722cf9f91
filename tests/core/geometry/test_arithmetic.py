import json
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.embeddings import Embeddings
from core.errors import ExpressionError, InputError, NoDirectionError, UnknownWordError
from core.formats.typed import read_typed
from core.geometry.arithmetic import evaluate, solve, sums_read_as_words
from core.geometry.neighbors import METRICS, Metric, nearest, rank

PRESETS = Path(__file__).resolve().parents[3] / "assets" / "presets"
ROUNDED = 5e-4  # what three decimals leave open
TYPED = "capital 0.2 0.9\nfrance 0.9 0.2\nparis 0.9 0.9\nlyon 0.8 0.3\nlondon 0.3 1.0"


def toy() -> Embeddings:
    vectors = np.array([[4, 1], [4, 4], [1, 1], [1, 4], [5, 0]], dtype=np.float32)
    return Embeddings("toy", ["king", "queen", "man", "woman", "<b>lord</b>"], vectors)


# By hand


def test_a_sum_by_hand() -> None:
    total = evaluate(toy(), "king - man/2 + 2*woman")
    assert total.words == ("king", "man", "woman")
    assert total.rows.tolist() == [0, 2, 3]
    assert total.weights.tolist() == [1, -0.5, 2]
    assert total.vectors.tolist() == [[4, 1], [1, 1], [1, 4]]
    assert total.vector.tolist() == [5.5, 8.5]


def test_both_rankings_by_hand() -> None:
    answer = solve(toy(), "king - man + woman", metric="euclidean")
    assert answer.sum.vector.tolist() == [4, 4]
    assert answer.with_inputs.words == ("queen", "king", "woman", "<b>lord</b>", "man")
    assert answer.with_inputs.scores.tolist() == pytest.approx([0, 3, 3, 17**0.5, 18**0.5])
    assert answer.without_inputs.words == ("queen", "<b>lord</b>")


@pytest.mark.parametrize(
    "text", ["king - king", "king - man - (king - man)", "0*king", "king/3 - 2*king/6"]
)
def test_a_sum_that_cancels_has_no_direction(text: str) -> None:
    with pytest.raises(NoDirectionError, match="zero vector"):
        evaluate(toy(), text)


def test_a_small_sum_still_has_a_direction() -> None:
    assert evaluate(toy(), "king/1000000").vector.tolist() == pytest.approx([4e-6, 1e-6])
    assert (
        solve(toy(), "king/1000000000").with_inputs.words == solve(toy(), "king").with_inputs.words
    )


def test_a_word_of_zeros_has_no_direction() -> None:
    words = Embeddings("toy", ["nothing", "east"], np.array([[0, 0], [1, 0]], dtype=np.float32))
    with pytest.raises(NoDirectionError):
        evaluate(words, "nothing")
    assert evaluate(words, "nothing + east").vector.tolist() == [1, 0]


@pytest.mark.parametrize(
    "text",
    ["9" * 305 + "*king", "9" * 160 + "*king", "king/." + "0" * 200 + "1", "9" * 13 + "*king"],
)
def test_a_factor_that_is_too_large_is_no_zero_vector(text: str) -> None:
    with pytest.raises(InputError) as caught:
        solve(toy(), text)
    assert not isinstance(caught.value, NoDirectionError)


def test_words_in_capitals_are_spelled_as_the_embeddings_have_them() -> None:
    assert evaluate(toy(), "KING - Man").words == ("king", "man")


def test_words_of_html_are_words() -> None:
    assert evaluate(toy(), '"<b>lord</b>" - man').vector.tolist() == [4, -1]
    with pytest.raises(UnknownWordError, match="<i>"):
        evaluate(toy(), "<i>king")


def test_an_unknown_word_and_a_malformed_expression_are_told_apart() -> None:
    with pytest.raises(UnknownWordError, match="'qeen'.*queen"):
        solve(toy(), "king + qeen")
    with pytest.raises(ExpressionError):
        solve(toy(), "king + + qeen *")


def test_no_word_but_the_inputs() -> None:
    answer = solve(toy(), 'king + queen + man + woman + "<b>lord</b>"')
    assert len(answer.with_inputs) == 5
    assert len(answer.without_inputs) == 0


def test_a_known_word_with_a_sign_is_one_word() -> None:
    words = ["x", "ray", "x-ray", "rock_and_roll", "c++", "9/11", "Saint-Denis"]
    known = Embeddings("toy", words, np.eye(len(words), dtype=np.float32))
    meant = {
        "x-ray - x": ("x-ray", "x"),
        "X-Ray": ("x-ray",),
        "x – ray": ("x", "ray"),
        "rock and roll + x": ("rock_and_roll", "x"),
        "c++ - x": ("c++", "x"),
        "x + 9/11": ("x", "9/11"),
        "9/11*x": ("x",),
        "saint-denis+x": ("Saint-Denis", "x"),
        "ray-x": ("ray", "x"),
    }
    assert {text: evaluate(known, text).words for text in meant} == meant
    assert evaluate(known, "x - ray").vector.tolist()[:3] == [1, -1, 0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x-ray + x", ("x-ray",)),
        ("X-Ray", ("X-Ray",)),
        ('"x-ray" + x', ()),
        ('" x-ray " + x', ()),
        ("x - ray", ()),
        ("x-x + ray", ()),
        ("2*x-ray/2 + (x-ray)", ("x-ray",)),
    ],
)
def test_words_that_could_be_sums(text: str, words: tuple[str, ...]) -> None:
    known = Embeddings("toy", ["x", "ray", "x-ray"], np.eye(3, dtype=np.float32))
    assert sums_read_as_words(known, evaluate(known, text)) == words


@given(st.text(max_size=80) | st.text('ab "()+-*/.19', max_size=80))
def test_any_text_is_answered_or_refused_in_words(text: str) -> None:
    words = Embeddings(
        "toy", ["a", "b", "ab"], np.array([[1, 2], [3, 4], [5, 0]], dtype=np.float32)
    )
    with suppress(InputError):
        answer = solve(words, text, 3)
        assert len(sums_read_as_words(words, answer.sum)) <= len(answer.sum.words)
        assert len(answer.with_inputs) == 3


# On real vectors

PARTS = ["king", "2*man", "woman/3", "(paris - france)/2", "-(uncle + aunt)", '"new-york"', "cat"]


@pytest.mark.parametrize("left", PARTS)
@pytest.mark.parametrize("right", PARTS[:4])
def test_sums_are_linear(glove: Embeddings, left: str, right: str) -> None:
    added = evaluate(glove, f"{left} + 3*({right})").vector
    separate = evaluate(glove, left).vector + 3 * evaluate(glove, right).vector
    np.testing.assert_allclose(added, separate, rtol=0, atol=1e-12)


def test_queen_is_first_without_the_inputs_and_second_with_them(glove: Embeddings) -> None:
    answer = solve(glove, "king - man + woman")
    assert answer.with_inputs.words[:2] == ("king", "queen")
    assert answer.with_inputs.scores[:2].tolist() == pytest.approx([0.886, 0.861], abs=ROUNDED)
    assert answer.without_inputs.words[0] == "queen"
    assert answer.without_inputs.scores[0] == pytest.approx(0.861, abs=ROUNDED)
    assert not {"king", "man", "woman"} & set(answer.without_inputs.words)


@pytest.mark.parametrize(
    ("text", "word", "score"),
    [
        ("hitler + italy - germany", "mussolini", 0.847),
        ("paris - france + germany", "berlin", 0.918),
    ],
)
def test_the_answer_comes_first_even_with_the_inputs(
    glove: Embeddings, text: str, word: str, score: float
) -> None:
    answer = solve(glove, text)
    for ranking in (answer.with_inputs, answer.without_inputs):
        assert ranking.words[0] == word
        assert ranking.scores[0] == pytest.approx(score, abs=ROUNDED)


def test_nurse_is_first_without_the_inputs_only(glove: Embeddings) -> None:
    answer = solve(glove, "doctor - man + woman")
    assert answer.with_inputs.words[:2] == ("doctor", "nurse")
    assert answer.without_inputs.words[0] == "nurse"
    assert answer.without_inputs.scores[0] == pytest.approx(0.842, abs=ROUNDED)


def test_aunt_is_fourth(glove: Embeddings) -> None:
    found = solve(glove, "uncle - man + woman").without_inputs
    assert (found.words[0], found.words[3]) == ("daughter", "aunt")
    assert found.scores[[0, 3]].tolist() == pytest.approx([0.909, 0.885], abs=ROUNDED)


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("sushi - japan + germany", "bratwurst", 106),
        ("cat - meow + bark", "dog", 154),
        ("uncle - man + woman", "aunt", 4),
        ("king - man + woman", "queen", 1),
    ],
)
def test_the_place_of_what_was_hoped_for(
    glove: Embeddings, text: str, word: str, place: int
) -> None:
    answer = solve(glove, text, count=200)
    assert answer.without_inputs.words.index(word) + 1 == place
    inputs = answer.sum.rows.tolist()
    assert rank(glove, answer.sum.vector, glove.index(word), exclude=inputs) == place


def test_aunt_less_uncle_points_nearly_as_woman_less_man(glove: Embeddings) -> None:
    left, right = (evaluate(glove, text).vector for text in ("aunt - uncle", "woman - man"))
    cosine = left @ right / np.linalg.norm(left) / np.linalg.norm(right)
    assert cosine == pytest.approx(0.692, abs=ROUNDED)


def test_typed_vectors() -> None:
    answer = solve(read_typed(TYPED), "capital + france")
    assert answer.sum.vector.tolist() == pytest.approx([1.1, 1.1])
    assert answer.with_inputs.words[0] == answer.without_inputs.words[0] == "paris"
    assert answer.with_inputs.scores[0] == pytest.approx(1)


def test_words_of_a_kind_are_nearer_to_each_other_than_to_the_other_kinds(
    glove: Embeddings,
) -> None:
    groups = json.loads((PRESETS.parent / "word_groups.json").read_text("utf-8"))
    rows = {name: glove.vectors[glove.indices(words)] for name, words in groups.items()}
    units = {name: part / np.linalg.norm(part, axis=1)[:, None] for name, part in rows.items()}
    for name, part in units.items():
        inside = (part @ part.T)[np.triu_indices(len(part), 1)].mean()
        outside = {other: (part @ rest.T).mean() for other, rest in units.items() if other != name}
        assert inside > max(outside.values()) + 0.03, (name, inside, outside)


def presets(page: str, key: str) -> list[dict[str, str]]:
    rows = json.loads((PRESETS / f"{page}.json").read_text("utf-8"))
    return [row for row in rows if row.get(key)]


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("preset", presets("analogies", "expression"), ids=lambda row: row["label"])
def test_every_example_can_be_solved(
    glove: Embeddings, preset: dict[str, str], metric: Metric
) -> None:
    words = read_typed(TYPED) if preset.get("vectors") == "typed" else glove
    answer = solve(words, preset["expression"], metric=metric)
    assert len(answer.without_inputs) > 0
    if "look_for" in preset:
        assert rank(words, answer.sum.vector, words.index(preset["look_for"]), metric) >= 1


@pytest.mark.parametrize("preset", presets("map", "axis_1"), ids=lambda row: row["label"])
def test_the_axes_of_every_example_have_a_direction(
    glove: Embeddings, preset: dict[str, str]
) -> None:
    axes = [text for key, text in preset.items() if key.startswith("axis_")]
    assert all(np.linalg.norm(evaluate(glove, text).vector) > 1 for text in axes)


# The most telling neighbours; the oracle for all is in test_neighbors.
@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("tower", {"towers", "building", "skyscraper"}),
        ("cat", {"dog", "rabbit", "monster"}),
        ("king", {"prince", "queen", "emperor", "throne"}),
        ("bank", {"banks", "banking", "credit"}),
    ],
)
def test_neighbours_that_a_learner_is_promised(
    glove: Embeddings, word: str, near: set[str]
) -> None:
    found = nearest(glove, glove.vector(word), 15, exclude=[glove.index(word)])
    assert near <= set(found.words)
