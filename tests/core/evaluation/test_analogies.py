from functools import cache
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from gensim.models import KeyedVectors
from gensim.test.utils import datapath
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from sklearn.isotonic import IsotonicRegression

from core.embeddings import Embeddings
from core.errors import InputError
from core.evaluation import analogies
from core.evaluation.analogies import BATCH, answer
from core.evaluation.ratings import agreement
from core.evaluation.scores import Answers
from core.evaluation.vocabulary import most_frequent_words
from core.formats.analogy_questions import AnalogyQuestion, Section, read_questions
from core.formats.rated_pairs import RatedPair, read_rated_pairs

OWN = Path(__file__).resolve().parents[3] / "assets" / "evaluation" / "analogies.txt"
GOOGLE = Path(datapath("questions-words.txt"))
RATED = {name: Path(datapath(name)) for name in ("wordsim353.tsv", "simlex999.txt")}


def toy(rows: dict[str, tuple[float, ...]]) -> Embeddings:
    return Embeddings("toy", tuple(rows), np.array(list(rows.values()), dtype=np.float32))


def asked(
    embeddings: Embeddings, *questions: tuple[str, str, str, str], most_frequent: int = 300_000
) -> Answers:
    section = Section("s", tuple(AnalogyQuestion(*words) for words in questions))
    *_, answers = answer(embeddings, [section], most_frequent)
    return answers


def key_vectors(embeddings: Embeddings, words: int) -> KeyedVectors:
    """Return the most frequent words for gensim."""
    vectors = KeyedVectors(embeddings.dimensions)
    vectors.add_vectors(list(embeddings.words[:words]), embeddings.vectors[:words])
    return vectors


# By hand, in the plane. Only directions count: for unit vectors at right angles to one another,
# such as east, north and west, north - east + west points north-west by twice as much west.

PLANE = toy({
    "east": (1, 0), "north": (0, 3), "west": (-2, 0), "northwest": (-1, 0.5), "south": (0, -1),
})  # fmt: skip


def test_the_nearest_other_word_answers() -> None:
    # north - east + west = (-2, 1), where northwest (-1, 0.5) has cosine 1.
    (one,) = asked(PLANE, ("east", "north", "west", "northwest")).each
    assert (one.given, one.right) == ("northwest", True)
    assert (one.given_with_inputs, one.right_with_inputs) == ("northwest", True)


def test_words_of_questions_are_found_behind_a_shared_prefix_and_as_phrases() -> None:
    others = {f"/x/{name}": (0.0, 5.0) for name in "abcdefgh"}
    prefixed = toy({
        "/x/east": (1, 0), "/x/north": (0, 3), "/x/west": (-2, 0), "/x/Nord_Ouest": (-1, 0.5),
    } | others)  # fmt: skip
    question = ("east", "north", "/x/West", "nord ouest")
    (one,) = asked(prefixed, question).each
    assert (one.unknown, one.given, one.right) == ((), "/x/Nord_Ouest", True)
    pair = RatedPair("east", "nord ouest", 1.0)
    assert agreement(prefixed, [pair]).unknown == ()


def test_each_of_several_right_answers_counts() -> None:
    def asked_with(*answers: str) -> Answers:
        question = AnalogyQuestion("east", "north", "west", answers[0], answers[1:])
        *_, answered = answer(PLANE, [Section("s", (question,))])
        return answered

    assert asked_with("south", "northwest").total.right == 1
    assert asked_with("nowhere", "northwest").total.right == 1
    assert asked_with("nowhere", "south").total.right == 0
    assert asked_with("nowhere", "south").total.asked == 1
    assert asked_with("nowhere", "never").each[0].unknown == ("nowhere",)


def test_the_lengths_of_vectors_do_not_matter() -> None:
    # With the lengths as they are it would be (-3, 3), between west and north, and no other word.
    lengths = {word: np.linalg.norm(PLANE.vector(word)) for word in PLANE.words}
    units = {word: tuple(PLANE.vector(word) / lengths[word]) for word in PLANE.words}
    question = ("east", "north", "west", "south")
    assert asked(PLANE, question).each[0].given == asked(toy(units), question).each[0].given


def test_the_questions_own_words_answer_only_where_they_may() -> None:
    # queen - man + woman: without man, woman and king it is queen; with them, king is nearer.
    words = toy({
        "man": (1, 0.2), "woman": (1, 0.4), "king": (0.3, 1), "queen": (0.05, 1), "pear": (-1, 0),
    })  # fmt: skip
    (one,) = asked(words, ("man", "woman", "king", "queen")).each
    unit = {word: words.vector(word) / np.linalg.norm(words.vector(word)) for word in words.words}
    point = unit["woman"] - unit["man"] + unit["king"]
    cosines = {word: float(unit[word] @ point) for word in words.words}
    assert one.given_with_inputs == max(cosines, key=lambda word: cosines[word]) == "king"
    assert one.given == "queen"
    assert (one.right, one.right_with_inputs) == (True, False)


def test_unknown_words_are_counted_and_never_hidden() -> None:
    answers = asked(
        PLANE,
        ("east", "north", "west", "northwest"),
        ("east", "north", "up", "down"),
        ("east", "up", "up", "northwest"),
        ("east", "north", "west", "south"),
    )
    total = answers.total
    assert (total.questions, total.asked, total.unknown, total.right) == (4, 2, 2, 1)
    assert total.accuracy == 0.5
    assert total.accuracy_of_all == 0.25
    assert answers.unknown_words == {"up": 2, "down": 1}
    assert [one.unknown for one in answers.each] == [(), ("up", "down"), ("up",), ()]
    assert [one.question.expected for one in answers.mistakes()] == ["south"]


def test_upper_and_lower_case_are_one_word_and_the_more_frequent_form_stands_for_both() -> None:
    words = toy({
        "East": (1, 0), "north": (0, 1), "west": (-1, 0), "NorthWest": (-2, 1), "WEST": (-2, 1.1),
        "NORTHWEST": (0, -1),
    })  # fmt: skip
    (one,) = asked(words, ("EAST", "North", "West", "northwest")).each
    assert (one.given, one.right) == ("NorthWest", True)
    # WEST is another form of an input: it is no answer, though it is nearest.
    words = toy({"east": (1, 0), "north": (0, 1), "west": (-1, 0), "WEST": (-2, 1), "pear": (0, 1)})
    (one,) = asked(words, ("east", "north", "west", "pear")).each
    assert (one.given, one.right) == ("pear", True)
    assert one.given_with_inputs == "WEST"


def test_only_the_most_frequent_words_take_part() -> None:
    question = ("east", "north", "west", "northwest")
    few = asked(PLANE, question, most_frequent=3)
    assert few.each[0].unknown == ("northwest",)
    assert asked(PLANE, question, most_frequent=4).total.right == 1
    rare = asked(toy({"a": (1, 0), "b": (0, 1), "c": (1, 1), "d": (0, 2)}), ("a", "b", "c", "d"))
    assert rare.each[0].given == "d"
    with pytest.raises(InputError):
        asked(PLANE, question, most_frequent=0)


def test_no_other_word_is_left() -> None:
    (one,) = asked(toy({"a": (1, 0), "b": (0, 1), "c": (1, 1)}), ("a", "b", "c", "a")).each
    assert (one.given, one.right, one.unknown) == ("", False, ())


def test_vectors_of_length_zero_answer_something() -> None:
    zero = toy({"a": (0, 0), "b": (0, 0), "c": (0, 0), "d": (1, 0), "e": (0, 1)})
    assert asked(zero, ("a", "b", "c", "d")).each[0].given in {"d", "e"}


def test_progress_comes_in_parts_that_can_be_kept() -> None:
    questions = tuple(AnalogyQuestion("east", "north", "west", "northwest") for _ in range(BATCH))
    sections = [Section("first", questions), Section("second", questions), Section("none", ())]
    parts = list(answer(PLANE, sections))
    assert [len(part.each) for part in parts] == [BATCH, 2 * BATCH]
    assert [part.complete for part in parts] == [False, True]
    begun = next(iter(answer(PLANE, sections)))
    assert [(score.name, score.asked, score.right) for score in begun.scores] == [
        ("first", BATCH, BATCH),
        ("second", 0, 0),
        ("none", 0, 0),
    ]
    assert [score.questions for score in begun.scores] == [BATCH, BATCH, 0]
    assert begun.scores[1].accuracy == begun.scores[1].accuracy_of_all == 0


# The tokens of a language model

PREFIXED = Embeddings(
    "tokens",
    ("east", "␣East", "␣east", "␣north", "␣West", "␣northwest", "NORTHWEST", "south", "␣zero"),
    np.array(
        [(0, -1), (1, 0), (1, 0.1), (0, 3), (-2, 0), (-1, 0.5), (-1, 0.6), (0, -1), (0, 0)],
        dtype=np.float32,
    ),
    "first",
    "␣",
)


def test_words_are_the_tokens_after_a_space() -> None:
    vocabulary = most_frequent_words(PREFIXED, 1)  # in no order of frequency: all take part
    assert vocabulary.rows(["east", "East", "EAST", "␣east", "west", "south", "up"]) == [
        2, 1, 1, 2, 4, -1, -1,
    ]  # fmt: skip
    (one,) = asked(PREFIXED, ("east", "north", "south", "west")).each
    assert one.unknown == ("south",)


def test_all_forms_of_a_token_are_one_word() -> None:
    answers = asked(PREFIXED, ("East", "north", "west", "northwest"), most_frequent=1)
    (one,) = answers.each
    assert (one.given, one.right, one.right_with_inputs) == ("␣northwest", True, True)
    # north - east + east is north itself: all forms of both are barred.
    (one,) = asked(PREFIXED, ("east", "north", "East", "northwest")).each
    assert (one.given_with_inputs, one.repeats_input) == ("␣north", True)
    assert one.given == "NORTHWEST"
    assert one.right


def test_tokens_are_searched_as_a_plain_comparison_of_all_finds_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(analogies, "BLOCK_ROWS", 7)
    generator = np.random.default_rng(0)
    words = tuple(f"{mark}w{number}" for number in range(30) for mark in ("", "␣"))
    table = Embeddings("t", words, generator.normal(size=(60, 4)).astype(np.float32), "first", "␣")
    picked = [[f"w{n}" for n in generator.choice(30, 4, replace=False)] for _ in range(20)]
    units = {
        word: vector / np.linalg.norm(vector)
        for word, vector in zip(words, table.vectors.astype(float), strict=True)
    }
    found = asked(table, *((a, b, c, d) for a, b, c, d in picked)).each
    for one, (a, b, c, _) in zip(found, picked, strict=True):
        point = units[f"␣{b}"] - units[f"␣{a}"] + units[f"␣{c}"]
        ranked = sorted(words, key=lambda word: -float(units[word] @ point))
        assert one.given_with_inputs == ranked[0]
        assert one.given == next(w for w in ranked if w.removeprefix("␣") not in (a, b, c))


def test_pairs_are_rated_by_the_tokens_after_a_space() -> None:
    found = agreement(PREFIXED, [RatedPair("east", "north", 1), RatedPair("east", "south", 2)])
    assert found.cosines == pytest.approx([0.1 / np.hypot(1, 0.1)])
    assert [pair.second for pair in found.unknown] == ["south"]


def test_which_wrong_answers_are_of_the_right_kind() -> None:
    answers = asked(
        PLANE, ("east", "north", "west", "south"), ("east", "west", "north", "northwest")
    )
    assert [one.of_kind for one in answers.each] == [True, True]
    assert answers.total.repeats_input == sum(one.repeats_input for one in answers.each)
    assert [one.of_kind for one in asked(PLANE, ("east", "north", "west", "south")).each] == [False]


# Against gensim

SOME = ("capital-common-countries", "currency", "family", "gram2-opposite")


@pytest.mark.parametrize("words", [300_000, 12_000])
def test_the_same_answers_as_gensim(glove: Embeddings, tmp_path: Path, words: int) -> None:
    sections = [
        Section(section.name, section.questions[:: 16 if words > 100_000 else 4])
        for section in read_questions(GOOGLE.read_bytes()).sections
        if section.name in SOME
    ]
    lines = [
        line
        for section in sections
        for line in (
            f": {section.name}",
            *(f"{one.a} {one.b} {one.c} {one.expected}" for one in section.questions),
        )
    ]
    path = tmp_path / "questions.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    *_, ours = answer(glove, sections, words)
    # gensim keeps to the first words by itself: these are all it needs to be given.
    gensim = key_vectors(glove, words)
    accuracy, theirs = gensim.evaluate_word_analogies(path, words)
    assert len(theirs) == len(SOME) + 1
    assert ours.total.asked > 100
    assert ours.total.unknown > 0
    for score, other in zip((*ours.scores, ours.total), theirs, strict=True):
        assert score.asked == len(other["correct"]) + len(other["incorrect"])
        assert score.right == len(other["correct"])
    assert ours.total.accuracy == accuracy
    if words < 100_000:
        with_unknown, _ = gensim.evaluate_word_analogies(path, words, dummy4unknown=True)
        assert ours.total.accuracy_of_all == with_unknown


@pytest.mark.parametrize("name", RATED)
@pytest.mark.parametrize("words", [300_000, 5_000])
def test_the_same_correlations_as_gensim(glove: Embeddings, name: str, words: int) -> None:
    rated = read_rated_pairs(RATED[name].read_bytes())
    ours = agreement(glove, rated.pairs, words)
    pearson, spearman, unknown = key_vectors(glove, words).evaluate_word_pairs(RATED[name])
    _, spearman_of_all, _ = key_vectors(glove, words).evaluate_word_pairs(
        RATED[name], dummy4unknown=True
    )
    assert ours.spearman == pytest.approx(spearman[0], abs=1e-6)
    assert ours.pearson == pytest.approx(pearson[0], abs=1e-6)
    assert ours.spearman_of_all == pytest.approx(spearman_of_all[0], abs=1e-6)
    assert 100 * len(ours.unknown) / len(rated) == pytest.approx(unknown)
    assert (len(ours.unknown) > 0) == (words == 5_000 or name == "simlex999.txt")


# The questions of our own, on the real GloVe


@cache
def own_answers(glove: Embeddings) -> Answers:
    *_, answers = answer(glove, read_questions(OWN.read_bytes()).sections)
    return answers


def test_our_own_questions(glove: Embeddings) -> None:
    answers = own_answers(glove)
    assert answers.complete
    right = {score.name: score.right for score in answers.scores}
    assert right == {
        "gender": 103, "plural": 93, "past tense": 72, "comparative": 78, "capital": 114,
        "nationality": 132, "currency": 44, "opposites": 14, "young animals": 2,
        "small to large": 3,
    }  # fmt: skip
    assert answers.total.unknown == 0
    assert answers.total.accuracy == pytest.approx(0.496, abs=5e-4)
    assert answers.total.accuracy_with_inputs == pytest.approx(0.339, abs=5e-4)


def test_mistakes_are_those_of_the_section(glove: Embeddings) -> None:
    answers = own_answers(glove)
    assert len(answers.mistakes()) == 1_320 - 655
    assert len(answers.mistakes("capital")) == 132 - 114
    assert answers.mistakes("nationality") == ()
    assert {one.section for one in answers.mistakes("capital")} == {"capital"}
    for one in answers.mistakes():
        assert one.given != one.question.expected
        assert one.given not in {one.question.a, one.question.b, one.question.c}


def test_what_the_examples_say_of_the_steps(glove: Embeddings) -> None:
    alike = {}
    for section in read_questions(OWN.read_bytes()).sections:
        pairs = list(dict.fromkeys((one.a, one.b) for one in section.questions))
        units = [
            vector / np.linalg.norm(vector, axis=1, keepdims=True)
            for vector in (
                glove.vectors[glove.indices(words)] for words in zip(*pairs, strict=True)
            )
        ]
        steps = units[1] - units[0]
        steps /= np.linalg.norm(steps, axis=1, keepdims=True)
        alike[section.name] = float((steps @ steps.T)[~np.eye(len(steps), dtype=bool)].mean())
    assert alike["opposites"] < 0.1
    assert alike["young animals"] < 0.3
    assert alike["capital"] > 0.6
    capitals = own_answers(glove).mistakes("capital")
    cities = {
        "rome", "prague", "munich", "milan", "frankfurt", "stockholm", "turin", "beijing", "paris",
        "lillehammer", "thessaloniki",
    }  # fmt: skip
    assert sum(one.given in cities for one in capitals) > 0.8 * len(capitals)


# Agreement with people, by hand

FAN = toy({"a": (1, 0), "b": (1, 1), "c": (0, 1), "d": (-1, 1), "e": (-1, 0)})


def test_agreement_by_hand() -> None:
    # Cosines with a: b .707, c 0, d -.707, e -1. People put c first, then b, d, e: one swap of
    # neighbours among four, so Spearman is 1 - 6 (1 + 1) / (4 * 15) = .8.
    pairs = [
        RatedPair("A", word, rating) for word, rating in zip("bcde", (8, 9, 5, 1), strict=True)
    ]
    found = agreement(FAN, [*pairs, RatedPair("a", "z", 4), RatedPair("z", "z", 3)])
    assert found.spearman == pytest.approx(0.8)
    assert found.pearson == pytest.approx(np.corrcoef([8, 9, 5, 1], found.cosines)[0, 1])
    np.testing.assert_allclose(found.cosines, [0.5**0.5, 0, -(0.5**0.5), -1], atol=1e-7)
    assert [pair.second for pair in found.pairs] == ["b", "c", "d", "e"]
    assert len(found.unknown) == 2
    by_people, by_cosine = found.ranks()
    assert by_people.tolist() == [2, 1, 3, 4]
    assert by_cosine.tolist() == [1, 2, 3, 4]
    # With ratings rising, cosines are -1, -.707, .707, 0: the last two are made equal.
    np.testing.assert_allclose(found.rising_curve(), [0.354, 0.354, -0.707, -1], atol=1e-3)


@pytest.mark.parametrize(
    "pairs",
    [
        [],
        [RatedPair("a", "b", 1)],
        [RatedPair("a", "b", 1), RatedPair("a", "c", 1)],
        [RatedPair("a", "c", 1), RatedPair("b", "d", 2)],
        [RatedPair("x", "y", 1), RatedPair("y", "x", 2)],
    ],
)
def test_where_nothing_varies_there_is_no_correlation(pairs: list[RatedPair]) -> None:
    found = agreement(FAN, pairs)
    assert found.spearman is found.pearson is None
    assert len(found.pairs) + len(found.unknown) == len(pairs)


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.integers(0, 9)), min_size=2, max_size=30))
def test_correlations_and_the_curve_are_those_of_others(rows: list[tuple[str, int]]) -> None:
    found = agreement(FAN, [RatedPair("b", word, rating) for word, rating in rows])
    if found.spearman is None:
        return
    assert found.spearman == pytest.approx(stats.spearmanr(found.ratings, found.cosines).statistic)
    curve = IsotonicRegression().fit_transform(found.ratings, found.cosines)
    np.testing.assert_allclose(found.rising_curve(), curve, atol=1e-9)


def test_asking_stops_when_nobody_asks_for_more() -> None:
    questions = tuple(
        AnalogyQuestion("east", "north", "west", "northwest") for _ in range(5 * BATCH)
    )
    parts = answer(PLANE, [Section("s", questions)])
    assert [len(part.each) for part in islice(parts, 2)] == [BATCH, 2 * BATCH]
    parts.close()
    assert list(parts) == []
