import re
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from gensim.test.utils import datapath
from streamlit.testing.v1 import AppTest

from core.evaluation.scores import Answers
from core.formats.text_lines import MAX_BYTES
from core.jobs import Job
from pages.evaluation import analogy_run
from pages.shared.examples import notes
from tests.bounds import MAX_SECONDS
from tests.pages.opening import bold, counts, numbers, open_page, run_until, said, table, told

FAMILY = b": family\nman woman king queen\nman woman boy girl\nman woman uncle aunt\n"

opened = partial(open_page, "evaluation")


def uploaded(data: bytes, key: str = "file", name: str = "mine.txt") -> AppTest:
    app = opened(questions="your file")
    return app.file_uploader(key=key).set_value((name, data, "text/plain")).run()


def rated(app: AppTest, data: bytes, name: str = "mine.csv") -> AppTest:
    return app.file_uploader(key="rated_pairs").set_value((name, data, "text/csv")).run()


def total(app: AppTest) -> Any:  # noqa: ANN401
    """Return the scores over all sections."""
    scores = table(app, "accuracy (%)")
    assert scores["section"].tolist()[-1] == "all sections"
    return scores.iloc[-1]


def shares(app: AppTest) -> list[str]:
    """Return the percentages in bold."""
    return [part for part in bold(app) if part.endswith("%")]


def assert_answered(app: AppTest) -> None:
    answered(app)
    assert not app.exception
    assert not app.error
    assert len(app.get("plotly_chart")) >= 1
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
    assert "No ratings come with the app" in said(app)


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


# A visitor's questions


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


def test_another_encoding_costs_the_lines_that_need_it() -> None:
    app = uploaded(FAMILY + "Mann Frau König Königin".encode("latin-1"))
    assert_answered(app)
    (warning,) = app.warning
    assert "line 5" in warning.value
    assert total(app)["asked"] == 3


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
