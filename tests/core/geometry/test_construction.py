from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from core.embeddings import Embeddings
from core.formats.typed import read_typed
from core.geometry.arithmetic import solve, step_similarity
from core.geometry.construction import Construction, WordPoint, construct

SINGLE = 1e-4  # positions pass through float32


def drawn(words: Embeddings, text: str, components: int = 2, near: int = 6) -> Construction:
    return construct(words, solve(words, text), components, near)


def place(drawing: Construction, word: str) -> WordPoint:
    (found,) = [place for place in drawing.points if place.word == word]
    return found


def distance(left: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    return float(np.linalg.norm(left - right))


# By hand

# b is (1, 0, 0); seen from there c lies 3 along the first axis and a 2 along the second.
HAND = read_typed("a 1 2 0\nb 1 0 0\nc 4 0 0\nanswer 4 2 1\nother 4 3 5", "by hand")


def test_a_parallelogram_by_hand() -> None:
    drawing = drawn(HAND, "a - b + c")
    assert drawing.parallelogram
    np.testing.assert_allclose(place(drawing, "b").position, [0, 0], atol=1e-6)
    np.testing.assert_allclose(place(drawing, "c").position, [3, 0], atol=1e-6)
    np.testing.assert_allclose(place(drawing, "a").position, [0, 2], atol=1e-6)
    np.testing.assert_allclose(place(drawing, "answer").position, [3, 2], atol=1e-6)
    np.testing.assert_allclose(drawing.tip, [3, 2], atol=1e-6)
    assert place(drawing, "answer").distance == pytest.approx(1)
    assert place(drawing, "other").distance == pytest.approx(5)
    assert drawing.gap == pytest.approx(1)
    assert drawing.kept == pytest.approx(1)
    assert drawing.angle == pytest.approx(np.degrees(np.arccos(20 / (20 * 21) ** 0.5)))
    assert {place.word: place.role for place in drawing.points} == {
        "a": "input", "b": "input", "c": "input", "answer": "answer", "other": "near",
    }  # fmt: skip


def test_its_arrows_go_from_b_to_a_and_from_c_to_the_tip() -> None:
    first, second = drawn(HAND, "a - b + c").arrows
    np.testing.assert_allclose([*first.start, *first.end], [0, 0, 0, 2], atol=1e-6)
    np.testing.assert_allclose([*second.start, *second.end], [3, 0, 3, 2], atol=1e-6)
    assert "a" in first.label
    assert "b" in first.label
    assert "c" in second.label


def test_a_third_axis_leads_to_the_answer() -> None:
    drawing = drawn(HAND, "a - b + c", 3)
    np.testing.assert_allclose(place(drawing, "answer").position, [3, 2, 1], atol=1e-6)
    assert place(drawing, "answer").distance == pytest.approx(0, abs=1e-6)
    np.testing.assert_allclose(drawing.tip, [3, 2, 0], atol=1e-6)


@pytest.mark.parametrize(
    "text", ["a + c - b", "c - b + a", "-b + a + c", "(a - b) + c", "1*a - b + c"]
)
def test_any_order_of_writing_is_a_parallelogram(text: str) -> None:
    drawing = drawn(HAND, text)
    assert drawing.parallelogram
    assert len(drawing.arrows) == 2
    np.testing.assert_allclose(drawing.arrows[-1].end, drawing.tip, atol=1e-6)
    assert distance(drawing.tip, place(drawing, "b").position) == pytest.approx(13**0.5)


@pytest.mark.parametrize(
    "text", ["a + b + c", "a - b", "2*a - b + c", "a - b + a", "a - b + b", "a - b - c", "a"]
)
def test_other_sums_are_chains_from_the_origin_to_the_tip(text: str) -> None:
    drawing = drawn(HAND, text)
    assert not drawing.parallelogram
    assert len(drawing.arrows) == len(solve(HAND, text).sum.words)
    np.testing.assert_allclose(drawing.arrows[0].start, [0, 0], atol=1e-6)
    for one, following in zip(drawing.arrows, drawing.arrows[1:], strict=False):
        np.testing.assert_allclose(one.end, following.start, atol=1e-6)
    np.testing.assert_allclose(drawing.arrows[-1].end, drawing.tip, atol=1e-5)


def test_two_dimensional_vectors_are_drawn_as_they_are() -> None:
    toy = read_typed("capital 0.2 0.9\nfrance 0.9 0.2\nparis 0.9 0.9\nlyon 0.8 0.3")
    for components in (2, 3):
        drawing = drawn(toy, "capital + france", components)
        first, second = drawing.arrows
        np.testing.assert_allclose([*first.start, *first.end], [0, 0, 0.2, 0.9], atol=1e-6)
        np.testing.assert_allclose([*second.start, *second.end], [0.2, 0.9, 1.1, 1.1], atol=1e-6)
        np.testing.assert_allclose(drawing.tip, [1.1, 1.1], atol=1e-6)
        np.testing.assert_allclose(place(drawing, "paris").position, [0.9, 0.9], atol=1e-6)
        assert all(found.distance == pytest.approx(0, abs=1e-6) for found in drawing.points)
        assert drawing.gap == pytest.approx(0.08**0.5)
        assert drawing.angle == pytest.approx(0, abs=1e-5)
        assert drawing.kept == pytest.approx(1)


def test_weights_stand_on_the_labels() -> None:
    labels = [arrow.label for arrow in drawn(HAND, "2*a - b/4 + c").arrows]
    assert "2" in labels[0]
    assert labels[1].startswith(("−", "-"))
    assert "0.25" in labels[1]


def test_one_word_left_over_and_none() -> None:
    alone = read_typed("a 1 2 0\nb 1 0 0\nc 4 0 0\nleft 1 1 1")
    drawing = drawn(alone, "a - b + c", 3)
    assert [found.role for found in drawing.points].count("answer") == 1
    none = drawn(read_typed("a 1 2 0\nb 1 0 0\nc 4 0 0"), "a - b + c", 3)
    assert {found.role for found in none.points} == {"input"}
    assert np.isnan(none.gap)
    assert np.isnan(none.angle)


def test_words_with_the_same_vector_are_drawn() -> None:
    same = read_typed("a 1 1 1\nb 1 1 1\nc 1 1 1\nd 2 1 1")
    for components in (2, 3):
        drawing = drawn(same, "a - b + c", components)
        assert 0 <= drawing.kept <= 1
        assert np.isfinite(drawing.tip).all()
        assert place(drawing, "a").position == pytest.approx(place(drawing, "b").position)


def test_corners_on_one_line_keep_their_distances() -> None:
    line = read_typed("a 1 0 0\nb 2 0 0\nc 5 0 0\nd 4 1 1")
    drawing = drawn(line, "a - b + c")
    assert distance(place(drawing, "a").position, place(drawing, "c").position) == pytest.approx(4)
    assert distance(place(drawing, "d").position, drawing.tip) <= drawing.gap + SINGLE
    assert drawing.kept == pytest.approx(1)


def test_an_answer_in_the_plane_itself_leaves_a_third_axis() -> None:
    flat = read_typed("a 0 2 0 0\nb 0 0 0 0\nc 3 0 0 0\nd 3 2 0 0\ne 3 1 0 0")
    drawing = drawn(flat, "a - b + c", 3)
    assert len(drawing.tip) == 3
    assert drawing.gap == pytest.approx(0, abs=1e-6)


# On real vectors, with the distances of all 50 dimensions as the oracle

ANALOGIES = [
    "king - man + woman",
    "hitler + italy - germany",
    "paris - france + germany",
    "uncle - man + woman",
    "sushi - japan + germany",
    "cat - meow + bark",
    "doctor - man + woman",
]
CHAINS = [
    "2*king - man",
    "(paris - france) + (italy + germany)/2",
    "king",
    "king + queen",
    "cat - dog",
]


@pytest.mark.parametrize("components", [2, 3])
@pytest.mark.parametrize("text", ANALOGIES)
def test_the_parallelogram_is_drawn_as_it_truly_lies(
    glove: Embeddings, text: str, components: int
) -> None:
    answer = solve(glove, text)
    drawing = construct(glove, answer, components)
    assert drawing.parallelogram
    assert drawing.kept == pytest.approx(1)
    points = {
        word: (glove.vector(word), place(drawing, word).position) for word in answer.sum.words
    }
    points["the tip"] = (answer.sum.vector, drawing.tip)
    for (true_left, left), (true_right, right) in combinations(points.values(), 2):
        assert distance(left, right) == pytest.approx(distance(true_left, true_right), abs=SINGLE)


@pytest.mark.parametrize("components", [2, 3])
@pytest.mark.parametrize("text", [*ANALOGIES, *CHAINS])
def test_position_and_height_give_the_full_distance(
    glove: Embeddings, text: str, components: int
) -> None:
    answer = solve(glove, text)
    drawing = construct(glove, answer, components)
    center = np.zeros(50)
    if drawing.parallelogram:
        (minus,) = np.flatnonzero(answer.sum.weights < 0)
        center = answer.sum.vectors[minus]
    for found in drawing.points:
        true = distance(glove.vector(found.word), center)
        assert np.hypot(np.linalg.norm(found.position), found.distance) == pytest.approx(
            true, abs=SINGLE
        )
    assert 0 <= drawing.kept <= 1


@pytest.mark.parametrize("text", ANALOGIES)
def test_in_space_the_answer_is_as_far_from_the_tip_as_it_truly_is(
    glove: Embeddings, text: str
) -> None:
    answer = solve(glove, text)
    drawing = construct(glove, answer, 3)
    best = place(drawing, answer.without_inputs.words[0])
    true = distance(glove.vector(best.word), answer.sum.vector)
    assert drawing.gap == pytest.approx(true)
    assert distance(best.position, drawing.tip) == pytest.approx(true, abs=SINGLE)
    assert best.distance == pytest.approx(0, abs=SINGLE)
    cosine = answer.without_inputs.scores[0]
    assert drawing.angle == pytest.approx(np.degrees(np.arccos(cosine)))


@pytest.mark.parametrize("components", [2, 3])
@pytest.mark.parametrize("text", CHAINS)
def test_a_chain_ends_at_the_tip_and_no_arrow_is_drawn_too_long(
    glove: Embeddings, text: str, components: int
) -> None:
    answer = solve(glove, text)
    drawing = construct(glove, answer, components)
    assert not drawing.parallelogram
    np.testing.assert_allclose(drawing.arrows[-1].end, drawing.tip, atol=SINGLE)
    steps = answer.sum.weights[:, None] * answer.sum.vectors
    for arrow, step in zip(drawing.arrows, steps, strict=True):
        assert distance(arrow.start, arrow.end) <= np.linalg.norm(step) + SINGLE
    if len(steps) <= components:
        assert drawing.kept == pytest.approx(1)


def test_how_many_words_are_near(glove: Embeddings) -> None:
    for near in (1, 4, 9):
        roles = [found.role for found in drawn(glove, "king - man + woman", near=near).points]
        assert roles.count("input") == 3
        assert roles.count("answer") == 1
        assert roles.count("near") == near - 1


def test_no_word_is_placed_twice(glove: Embeddings) -> None:
    words = [found.word for found in drawn(glove, "king + king - man").points]
    assert len(words) == len(set(words)) == 2 + 6


def test_the_step_to_aunt_is_like_the_step_from_man_to_woman(glove: Embeddings) -> None:
    total = solve(glove, "uncle - man + woman").sum
    alike = step_similarity(total, glove.vector("aunt").astype(float))
    assert alike is not None
    assert (alike.a, alike.b, alike.c) == ("uncle", "man", "woman")
    assert alike.cosine == pytest.approx(0.692, abs=5e-4)
    assert step_similarity(total, glove.vector("uncle").astype(float)) is None
    assert step_similarity(solve(glove, "king").sum, glove.vector("aunt").astype(float)) is None
