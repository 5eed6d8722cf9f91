import re
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from gensim.test.utils import datapath
from scipy import stats
from streamlit.testing.v1 import AppTest

from core.embeddings import Embeddings
from core.evaluation.ratings import agreement
from core.evaluation.scores import Answers
from core.formats.rated_pairs import RatedPair
from core.formats.text_lines import MAX_BYTES
from core.jobs import Job
from pages.evaluation import analogy_run, own_ratings
from pages.evaluation.scores import count_options
from pages.shared import job_view, user_embeddings
from pages.shared.embeddings import TABLES, default_embeddings
from pages.shared.examples import notes
from tests.bounds import MAX_SECONDS
from tests.pages.opening import bold, counts, numbers, open_page, run_until, said, table, told

FAMILY = b": family\nman woman king queen\nman woman boy girl\nman woman uncle aunt\n"

opened = partial(open_page, "evaluation", scores_numbers="true", pairs_numbers="true")


def uploaded(data: bytes, key: str = "file", name: str = "mine.txt") -> AppTest:
    app = opened(questions="your file")
    return app.file_uploader(key=key).set_value((name, data, "text/plain")).run()


def rated(app: AppTest, data: bytes, name: str = "mine.csv") -> AppTest:
    app = app.button_group(key="ratings").set_value("your file").run()
    return app.file_uploader(key="rated_pairs").set_value((name, data, "text/csv")).run()


def total(app: AppTest) -> Any:  # noqa: ANN401
    """Return the scores over all sections."""
    scores = table(app, "accuracy (%)")
    assert scores["section"].tolist()[-1] == "all sections"
    return scores.iloc[-1]


def shares(app: AppTest) -> list[str]:
    """Return the percentages in bold."""
    return [part for part in bold(app) if part.endswith("%")]


def hints(app: AppTest) -> list[str]:
    """Return what there is to see, as the page says it."""
    start = ":primary[:material/lightbulb:]"
    return [each.value for each in app.markdown if each.value.startswith(start)]


def assert_answered(app: AppTest) -> None:
    answered(app)
    assert not app.exception
    assert not app.error
    assert len(app.get("plotly_chart")) >= 1
    assert hints(app)
    assert len(table(app, "accuracy (%)")) >= 2
    assert 1 <= len(shares(app)) <= 2


def assert_refused(app: AppTest, *named: str) -> None:
    """Assert that one message names what is wrong, and that nothing is drawn."""
    assert not app.exception
    assert len(app.error) == 1
    assert not app.get("plotly_chart")
    for part in named:
        assert part in told(app)


# Our own questions


def test_cold() -> None:
    app = opened()
    assert_answered(app)
    assert app.title[0].value == "How good?"
    assert "Of 1,320 questions, **49.6%**" in said(app)
    assert "**33.9%** remain" in said(app)
    assert total(app)["accuracy (%)"] == pytest.approx(49.6, abs=0.05)
    assert len(table(app, "accuracy (%)")) == 11
    assert len(table(app, "expected")) == 665
    assert "Pair 1 of 12" in said(app)
    assert "GloVe 6B 50d" in bold(app)


def test_a_section_is_looked_into() -> None:
    app = opened().selectbox(key="section").set_value("gender").run()
    assert_answered(app)
    assert shares(app)[0] == "78.0%"
    assert "132" in numbers(app)
    assert len(table(app, "expected")) == 29
    assert "man : woman = uncle : ?" in table(app, "expected")["question"].tolist()


def test_fewer_words_leave_questions_that_cannot_be_asked() -> None:
    app = opened().button_group(key="most_frequent").set_value("10,000").run()
    assert_answered(app)
    assert f"{total(app)['unknown']}" in numbers(app)
    assert total(app)["unknown"] > 0
    assert shares(app)[0] == f"{total(app)['accuracy (%)']:.1f}%"
    assert total(app)["asked"] + total(app)["unknown"] == 1_320
    assert "puppy" in table(app, "word")["word"].tolist()


def test_one_way_to_count_or_both() -> None:
    app = opened()
    assert app.get("plotly_chart")[0].proto.spec.count('"bar"') == len(shares(app)) == 2
    app.toggle(key="as_textbooks").set_value(True).run()
    assert_answered(app)
    assert app.get("plotly_chart")[0].proto.spec.count('"bar"') == len(shares(app)) == 1


def test_a_link_restores_what_was_seen() -> None:
    app = opened(section="capital", most_frequent="50,000", as_textbooks="true")
    assert_answered(app)
    assert app.session_state["section"] == "capital"
    assert app.session_state["most_frequent"] == "50,000"
    assert app.session_state["as_textbooks"] is True
    capital = table(app, "accuracy (%)").set_index("section").loc["capital"]
    assert shares(app) == [f"{capital['accuracy (%)']:.1f}%"]
    assert app.info[0].value == notes("evaluation", "section")["capital"]


LINKS = [
    {"section": "nothing"}, {"section": ""}, {"most_frequent": "7"}, {"most_frequent": "many"},
    {"as_textbooks": "perhaps"}, {"questions": "theirs"}, {"questions": ""},
    {"evaluation_example": "nothing"}, {"file": "x"},
]  # fmt: skip


@pytest.mark.parametrize("link", LINKS, ids=str)
def test_a_broken_link_shows_the_page_all_the_same(link: dict[str, str]) -> None:
    assert_answered(opened(**link))


@pytest.mark.parametrize(("changed", "named"), [
    ({}, ["nationality", "young animals"]),
    ({"section": "nationality"}, ["nationality"]),
    ({"section": "opposites"}, ["opposites"]),
])  # fmt: skip
def test_what_to_see_is_true_of_the_scores(changed: dict[str, str], named: list[str]) -> None:
    app = opened(**changed)
    (hint,) = hints(app)
    assert re.findall(r"\*\*(.+?)\*\*", hint) == named
    scores = table(app, "accuracy (%)").iloc[:-1].set_index("section")["accuracy (%)"]
    shares = [f"{scores[section]:.0f}%" for section in named]
    assert re.findall(r"\d+%", hint) == shares
    if not changed:
        assert [scores.idxmax(), scores.idxmin()] == named
    else:
        counted = [
            int(number)
            for number in re.findall(r"(\d+) of the other 9|, (\d+) less", hint)
            for number in number
            if number
        ]
        score = scores[named[0]]
        assert counted == [int((scores > score).sum()), int((scores < score).sum())]


# Other vectors


@pytest.mark.parametrize(("name", "asked"), [("MiniLM tokens", 1_032), ("SmolLM2 tokens", 986)])
def test_tokens_are_asked(name: str, asked: int) -> None:
    app = opened(vectors=name, section="capital")
    assert_answered(app)
    assert app.selectbox(key="vectors").value == name
    assert total(app)["asked"] == asked
    assert not [group for group in app.button_group if group.key == "most_frequent"]
    assert not app.info  # the note was written for GloVe
    assert "Italy" in " ".join(table(app, "expected")["question"])


def test_of_smollm2_a_word_is_the_token_after_a_space() -> None:
    app = opened(
        vectors="SmolLM2 tokens", questions="typed", typed_questions="france paris japan tokyo\n"
        "man woman king queen\nman woman ␣king queen\nman woman yen queen",
    )  # fmt: skip
    assert (total(app)["asked"], total(app)["unknown"]) == (3, 1)
    assert table(app, "word")["word"].tolist() == ["yen"]


def offered(words: tuple[str, ...], called: str = "Classroom") -> str:
    """Offer vectors of some words as the page Learning does, and return their name.

    All tests of a process share what is offered: two of them need two titles.
    """
    vectors = np.random.default_rng(0).normal(size=(len(words), 5)).astype(np.float32)
    return user_embeddings.use(called, Embeddings("raw", words, vectors))


def test_of_few_words_those_questions_are_asked_that_can_be() -> None:
    name = offered(("king", "queen", "man", "woman", *(f"word{number}" for number in range(36))))
    app = opened(vectors=name)
    assert_answered(app)
    assert (total(app)["asked"], total(app)["unknown"]) == (2, 1_318)
    assert {"Paris", "uncle"} < set(table(app, "word")["word"])
    assert not [group for group in app.button_group if group.key == "most_frequent"]
    assert "Classroom" in bold(app)


def test_where_nothing_can_be_asked_no_accuracy_is_shown() -> None:
    name = offered(("some", "other", "words"), "Nursery")
    app = opened(vectors=name, my_ratings=",".join("123456789123"))
    answered(app)
    assert not app.error
    assert not app.get("plotly_chart")
    assert not hints(app)
    assert shares(app) == []
    assert total(app)["asked"] == 0
    assert np.isnan(total(app)["accuracy (%)"])


@pytest.mark.parametrize(("size", "options"), [
    (40, ["40"]), (10_000, ["10,000"]), (60_000, ["10,000", "50,000", "60,000"]),
    (400_000, ["10,000", "50,000", "300,000", "400,000"]),
])  # fmt: skip
def test_how_many_words_can_take_part(size: int, options: list[str]) -> None:
    words = tuple(map(str, range(size)))
    vectors = np.zeros((size, 1), dtype=np.float32)
    assert count_options(Embeddings("v", words, vectors)) == options
    assert count_options(Embeddings("v", words, vectors, "first")) == options[-1:]


# A visitor's questions


def test_typed_questions_are_asked() -> None:
    app = opened().button_group(key="questions").set_value("typed").run()
    assert_answered(app)
    assert total(app)["asked"] == 4
    app.text_area(key="typed_questions").set_value("man, woman, king, queen").run()
    assert_answered(app)
    assert (total(app)["asked"], shares(app)[0]) == (1, "100.0%")
    assert app.query_params["typed_questions"] == "man, woman, king, queen"
    assert app.query_params["questions"] == "typed"
    app.text_area(key="typed_questions").set_value(" ").run()
    assert not app.error
    app.text_area(key="typed_questions").set_value("man woman king").run()
    assert len(app.error) == 1


def test_a_link_to_many_questions_is_opened_in_one_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analogy_run, "PATIENCE", 0.0)
    broken_off: list[bool] = []
    monkeypatch.setattr(job_view.st, "rerun", lambda: broken_off.append(True))
    text = "\n".join(f"{number} {number + 100}" for number in range(100, 140))
    app = opened(questions="typed", typed_questions=text)
    assert f"{analogy_run.PART}.watched" in app.session_state
    assert broken_off == []
    monkeypatch.undo()
    assert_answered(app)
    assert total(app)["asked"] == 40 * 39


def test_a_typed_word_is_corrected() -> None:
    app = opened(questions="typed", typed_questions="man woman king qeen\nman woman uncle aunt")
    app.button(key="typed_questions qeen").click().run()
    assert app.session_state["typed_questions"].startswith("man woman king queen\n")
    assert_answered(app)
    assert total(app)["asked"] == 2


def test_a_note_on_our_questions_is_not_one_on_others() -> None:
    app = opened(questions="typed", typed_questions=": capital\nfrance paris italy rome")
    app.selectbox(key="section").set_value("capital").run()
    assert not app.info


def test_without_a_file_the_formats_are_shown() -> None:
    app = opened(questions="your file")
    assert not app.exception
    assert not app.error
    assert not app.get("plotly_chart")
    assert app.code[0].value == ": capital\nfrance paris germany berlin"
    assert app.code[1].value == ": capital\nfrance paris\ngermany berlin"


def test_a_file_is_asked() -> None:
    app = uploaded(FAMILY)
    assert_answered(app)
    assert (total(app)["asked"], shares(app)[0]) == (3, "66.7%")
    assert not app.warning
    assert table(app, "expected")["expected"].tolist() == ["aunt"]
    app.selectbox(key="section").set_value("family").run()
    assert_answered(app)
    app.button_group(key="most_frequent").set_value("10,000").run()
    assert_answered(app)
    assert app.session_state["section"] == "family"


def test_a_file_of_pairs_is_asked() -> None:
    app = uploaded(b": capital\nfrance paris\ngermany berlin\njapan tokyo")
    assert_answered(app)
    assert (total(app)["asked"], shares(app)[0]) == (6, "83.3%")


def test_broken_lines_are_named_and_the_rest_is_used() -> None:
    app = uploaded(FAMILY + b"one two three\n" * 7)
    assert_answered(app)
    (warning,) = app.warning
    assert re.findall(r"\d+", warning.value)[:3] == ["7", "3", "5"]  # lines, questions, line
    assert total(app)["asked"] == 3
    assert table(app, "reason")["line"].tolist() == [5, 6, 7, 8, 9, 10, 11]


def test_another_encoding_is_read_and_named() -> None:
    app = uploaded(FAMILY + "Mann Frau König Königin".encode("latin-1"))
    assert_answered(app)
    assert not app.warning
    assert any("cp1252" in caption.value for caption in app.caption)
    assert total(app)["questions"] == 4


def test_unknown_words_are_listed() -> None:
    app = uploaded(FAMILY + b"man woman <b>x</b> *qeen*\n")
    assert_answered(app)
    assert (total(app)["asked"], total(app)["unknown"]) == (3, 1)
    assert table(app, "word")["word"].tolist() == ["<b>x</b>", "*qeen*"]


def test_words_that_nobody_knows() -> None:
    app = uploaded(b": <i>s</i>\nqq ww ee rr1\n")
    assert not app.exception
    assert not app.error
    assert (total(app)["asked"], total(app)["unknown"]) == (0, 1)


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"", []),
        (b" \n \n", []),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", []),
        (bytes(range(256)), []),
        (b"tiger,cat,7.35", ["line 1"]),
        (b"word\n" * 20, ["line 1", "17"]),
        (b"a" * (MAX_BYTES + 1), ["10,000,001"]),
        (b"a b c d\n" * 200_001, ["200,002"]),
        (b"".join(b": %d\na b c d\n" % section for section in range(150)), ["150"]),
    ],
    ids=["empty", "blank", "png", "bytes", "ratings", "words", "large", "lines", "sections"],
)
def test_what_cannot_be_used_is_told(data: bytes, named: list[str]) -> None:
    assert_refused(uploaded(data), *named)


def answered(app: AppTest) -> AppTest:
    """Run the page again and again, as a browser does, until no answers are waited for."""
    return run_until(app, lambda: f"{analogy_run.PART}.watched" not in app.session_state)


def test_a_long_file_is_asked_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analogy_run, "PATIENCE", 0.0)
    app = answered(uploaded(b": s\n" + b"man woman king queen\n" * 1_100))
    assert_answered(app)
    assert app.session_state[analogy_run.RUN].answers.total.asked == 1_100
    assert not [button for button in app.button if button.key == "stop_analogies"]


def test_asking_is_stopped_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analogy_run, "PATIENCE", 0.0)
    go_on, answer = threading.Semaphore(1), analogy_run.answer

    def waiting(*arguments: Any) -> Iterator[Answers]:  # noqa: ANN401
        for answers in answer(*arguments):
            go_on.acquire()
            yield answers

    monkeypatch.setattr(analogy_run, "answer", waiting)
    app = uploaded(b": s\n" + b"man woman king queen\n" * 1_100)
    run_until(app, lambda: bool(app.session_state[analogy_run.RUN].answers.each))
    first = len(app.session_state[analogy_run.RUN].answers.each)
    assert 0 < first < 1_100
    app = app.button(key="stop_analogies").click().run()
    assert app.session_state[analogy_run.RUN].answers.total.asked == first
    go_on.release(9)
    app = answered(app.button(key="start_analogies").click().run())
    assert app.session_state[analogy_run.RUN].answers.total.asked == 1_100
    assert_answered(app)


def test_answers_that_come_after_a_stop_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analogy_run, "PATIENCE", 0.0)
    go_on, answer = threading.Semaphore(1), analogy_run.answer
    taking_the_last = threading.Event()

    def waiting(*arguments: Any) -> Iterator[Answers]:  # noqa: ANN401
        for answers in answer(*arguments):
            if answers.complete:
                taking_the_last.set()
            go_on.acquire()
            yield answers

    monkeypatch.setattr(analogy_run, "answer", waiting)
    app = uploaded(b": s\n" + b"man woman king queen\n" * 1_100)
    jobs, name = app.session_state[f"{analogy_run.PART}.watched"]
    assert taking_the_last.wait(MAX_SECONDS)
    app = app.run().button(key="stop_analogies").click().run()
    assert 0 < app.session_state[analogy_run.RUN].answers.total.asked < 1_100
    go_on.release(9)
    assert jobs.find(name).wait(MAX_SECONDS)
    app = answered(app.button(key="start_analogies").click().run())
    assert app.session_state[analogy_run.RUN].answers.total.asked == 1_100
    assert_answered(app)


def test_the_page_waits_no_longer_than_for_the_last_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(analogy_run, "PATIENCE", 0.0)
    released, answer = threading.Event(), analogy_run.answer

    def lingering(*arguments: Any) -> Iterator[Answers]:  # noqa: ANN401
        yield from answer(*arguments)
        released.wait(MAX_SECONDS)

    monkeypatch.setattr(analogy_run, "answer", lingering)
    try:
        app = answered(uploaded(b": s\n" + b"man woman king queen\n" * 1_100))
    finally:
        released.set()
    assert app.session_state[analogy_run.RUN].answers.total.asked == 1_100


def test_answers_that_end_while_the_page_reads_them_are_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(analogy_run, "PATIENCE", 0.0)

    def read_slowly(job: Job[Answers]) -> Answers | None:
        latest: Answers | None = vars(job).get("latest")
        job.wait(60)  # the end comes after the reading
        return latest

    def keep(job: Job[Answers], value: Answers | None) -> None:
        vars(job)["latest"] = value

    monkeypatch.setattr(Job, "latest", property(read_slowly, keep), raising=False)
    app = answered(uploaded(b": s\n" + b"man woman king queen\n" * 1_100))
    assert app.session_state[analogy_run.RUN].answers.total.asked == 1_100


# Ratings


def test_ratings_are_held_against_cosines() -> None:
    data = Path(datapath("wordsim353.tsv")).read_bytes()
    app = rated(opened(), data, "wordsim.tsv")
    assert_answered(app)
    assert any("0.503" in part for part in bold(app))
    assert len(app.get("plotly_chart")) == 2
    assert len(table(app, "place of cosine")) == 353


def test_pairs_with_unknown_words_are_told() -> None:
    data = b"Word 1,Word 2,Mean\ntiger,cat,7\nking,cabbage,1\ntiger,qeen,5\nnew york,city,9\nx,y\n"
    app = rated(opened(), data)
    assert_answered(app)
    assert counts(app) == [("2", "4")]
    (warning,) = app.warning
    assert "line 6" in warning.value
    assert table(app, "pair")["pair"].tolist() == ["tiger – qeen", "new york – city"]


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"", ""),
        (b"\0\1\2", ""),
        (b"man woman king queen", "line 1: 4 "),
        (b"tiger,cat", "line 1: 2 "),
    ],
)
def test_ratings_that_cannot_be_used_leave_the_rest_of_the_page(data: bytes, named: str) -> None:
    app = rated(opened(), data)
    assert not app.exception
    assert len(app.error) == 1
    assert named in told(app)
    assert len(app.get("plotly_chart")) == 1


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (b"tiger,cat,7", "1"),
        (b"qeen,kng,7", "0"),
        (b"tiger,cat,7\ntiger,cat,7", "2"),
        (b"cat,cat,1\ndog,dog,2", "2"),
    ],
)
def test_too_few_ratings_give_no_correlation(data: bytes, count: str) -> None:
    app = rated(opened(), data)
    assert_answered(app)
    assert count in numbers(app)
    assert not any(re.search(r"\d\.\d{3}", part) for part in bold(app))


# Ratings of one's own


def test_twelve_pairs_are_rated_before_their_cosines_are_shown() -> None:
    app = opened()
    for at, rating in enumerate((8, 5, 9, 1, 3, 6, 4, 10, 0, 3, 2, 7)):
        assert len(app.get("plotly_chart")) == 1
        assert f"Pair {at + 1} of 12" in said(app)
        app.button_group(key=f"rating_{at}").set_value(rating).run()
        assert not app.exception
    assert app.query_params["my_ratings"] == "8,5,9,1,3,6,4,10,0,3,2,7"
    assert_answered(app)
    shown = table(app, "place of cosine")
    expected = stats.spearmanr(shown["rating"], shown["cosine"]).statistic
    assert f"Spearman is {expected:.3f}" in bold(app)
    app.button(key="ratings_restart").click().run()
    assert "Pair 1 of 12" in said(app)
    assert "my_ratings" not in app.query_params


def test_ratings_are_skipped_taken_back_and_ended() -> None:
    app = opened(my_ratings="8,-,9")
    assert "Pair 4 of 12" in said(app)
    assert not [button for button in app.button if button.key == "ratings_end"]
    app.button(key="ratings_back").click().run()
    app.button_group(key="rating_2").set_value(2).run()
    app.button(key="ratings_skip").click().run()
    app.button_group(key="rating_4").set_value(7).run()
    assert app.query_params["my_ratings"] == "8,-,2,-,7"
    app.button(key="ratings_end").click().run()
    assert_answered(app)
    assert table(app, "place of cosine")["rating"].size == 3
    assert set(table(app, "place of cosine")["rating"]) == {8, 2, 7}


def test_ratings_in_a_link_are_held_against_any_vectors() -> None:
    link = "8,5,9,1,3,6,4,10,0,3,2,7"
    found = {
        vectors: next(part for part in bold(opened(my_ratings=link, vectors=vectors))
                      if part.startswith("Spearman is"))
        for vectors in TABLES
    }  # fmt: skip
    assert len(set(found.values())) == len(TABLES)


@pytest.mark.parametrize(
    ("text", "ratings"),
    [
        ("", ()),
        ("7", (7,)),
        ("7,-,0", (7, None, 0)),
        ("11,7", ()),
        ("7,x,5", (7,)),
        ("-1", ()),
        ("٣", ()),
        ("1," * 99, (1,) * 12),
    ],
)
def test_ratings_in_an_address(text: str, ratings: tuple[int | None, ...]) -> None:
    assert own_ratings.read_ratings(text) == ratings
    assert own_ratings.read_ratings(own_ratings.write_ratings(ratings)) == ratings


def test_the_twelve_pairs_are_spread_over_the_cosines() -> None:
    glove = default_embeddings()
    pairs = own_ratings.own_pairs()
    assert len(set(pairs)) == 12
    assert max(glove.indices([word for pair in pairs for word in pair])) < 200_000
    rated = [RatedPair(first, second, at) for at, (first, second) in enumerate(pairs)]
    cosines = np.sort(agreement(glove, rated).cosines)
    assert cosines[0] < 0.1
    assert cosines[-1] > 0.9
    assert np.diff(cosines).max() < 0.2


def test_typed_ratings_are_held_against_cosines() -> None:
    app = opened(ratings="typed", typed_ratings="tiger, cat, 7\nking, cabbage, 1\nbook, papr, 8")
    assert len(table(app, "place of cosine")) == 2
    app.button(key="typed_ratings papr").click().run()
    assert app.session_state["typed_ratings"].endswith("book, paper, 8")
    assert len(table(app, "place of cosine")) == 3
    assert_answered(app)


def test_where_nothing_differs_no_pair_is_named() -> None:
    app = opened(ratings="typed", typed_ratings="tiger, cat, 7\nking, cabbage, 1")
    assert not re.findall(r"\*\*(.+?)\*\*", hints(app)[1])
    swapped = opened(ratings="typed", typed_ratings="tiger, cat, 1\nking, cabbage, 7\ncat, dog, 9")
    assert re.findall(r"\*\*(.+?)\*\*", hints(swapped)[1]) == ["tiger – cat"]
