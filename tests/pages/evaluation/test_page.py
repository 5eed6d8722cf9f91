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
from tests.pages.opening import open_page, said

FAMILY = b": family\nman woman king queen\nman woman boy girl\nman woman uncle aunt\n"

opened = partial(open_page, "evaluation")


def uploaded(data: bytes, key: str = "file", name: str = "mine.txt") -> AppTest:
    app = opened(questions="your file")
    return app.file_uploader(key=key).set_value((name, data, "text/plain")).run()


def table(app: AppTest, column: str) -> Any:  # noqa: ANN401
    """Return the values of the first table that has such a column."""
    return next(frame.value for frame in app.dataframe if column in frame.value.columns)


def assert_answered(app: AppTest) -> None:
    answered(app)
    assert not app.exception
    assert not app.error
    assert len(app.get("plotly_chart")) >= 1
    assert "are answered rightly" in said(app)


def assert_refused(app: AppTest, *told: str) -> None:
    assert not app.exception
    assert len(app.error) == 1
    assert not app.get("plotly_chart")
    for part in told:
        assert part in app.error[0].value.replace("\\", "")


# Our own questions


def test_cold() -> None:
    app = opened()
    assert_answered(app)
    assert app.title[0].value == "How good?"
    assert "Of 1,320 questions, **49.6%**" in said(app)
    assert "**33.9%** remain" in said(app)
    scores = table(app, "accuracy (%)")
    assert scores["section"].tolist()[-1] == "all sections"
    assert len(scores) == 11
    assert len(table(app, "expected")) == 665
    assert "No ratings come with the app" in said(app)


def test_a_section_is_looked_into() -> None:
    app = opened().selectbox(key="section").set_value("gender").run()
    assert_answered(app)
    assert "Of 132 questions about gender, **78.0%**" in said(app)
    assert len(table(app, "expected")) == 29
    assert "man : woman = uncle : ?" in table(app, "expected")["question"].tolist()


def test_fewer_words_leave_questions_that_cannot_be_asked() -> None:
    app = opened().button_group(key="most_frequent").set_value("10,000").run()
    assert_answered(app)
    assert "could not be asked" in said(app)
    total = table(app, "accuracy (%)").iloc[-1]
    assert total["asked"] + total["unknown"] == 1_320
    assert "puppy" in table(app, "word")["word"].tolist()


def test_one_way_to_count_or_both() -> None:
    app = opened()
    assert app.get("plotly_chart")[0].proto.spec.count('"bar"') == 2
    app.toggle(key="as_textbooks").set_value(True).run()
    assert_answered(app)
    assert app.get("plotly_chart")[0].proto.spec.count('"bar"') == 1
    assert "remain" not in said(app)


def test_a_link_restores_what_was_seen() -> None:
    app = opened(section="capital", most_frequent="50,000", as_textbooks="true")
    assert_answered(app)
    assert app.session_state["section"] == "capital"
    assert app.session_state["most_frequent"] == "50,000"
    assert app.session_state["as_textbooks"] is True
    assert "questions about capital" in said(app)
    assert "lightbulb" in app.info[0].icon


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
    assert "Of 3 questions, **66.7%**" in said(app)
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
    assert "Of 6 questions, **83.3%**" in said(app)


def test_broken_lines_are_named_and_the_rest_is_used() -> None:
    app = uploaded(FAMILY + b"one two three\n" * 7)
    assert_answered(app)
    warning = app.warning[0].value.replace("\\", "")
    assert "7 lines could not be read; the other 3 questions are used" in warning
    assert "line 5: 3 words, expected four" in warning
    assert table(app, "reason")["line"].tolist() == [5, 6, 7, 8, 9, 10, 11]


def test_another_encoding_costs_the_lines_that_need_it() -> None:
    app = uploaded(FAMILY + "Mann Frau König Königin".encode("latin-1"))
    assert_answered(app)
    assert "line 5: not in UTF-8" in said(app)


def test_unknown_words_are_listed() -> None:
    app = uploaded(FAMILY + b"man woman <b>x</b> *qeen*\n")
    assert_answered(app)
    assert "1 more could not be asked" in said(app)
    assert table(app, "word")["word"].tolist() == ["<b>x</b>", "*qeen*"]


def test_words_that_nobody_knows() -> None:
    app = uploaded(b": <i>s</i>\nqq ww ee rr1\n")
    assert not app.exception
    assert not app.error
    assert "Of 0 questions" in said(app)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", ["empty"]),
        (b" \n \n", ["empty"]),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", ["not a text file", "UTF-8"]),
        (bytes(range(256)), ["not a text file"]),
        (b"tiger,cat,7.35", ["line 1", "four words"]),
        (b"word\n" * 20, ["line 1", "17 more"]),
        (b"a" * (MAX_BYTES + 1), ["10,000,001 bytes"]),
        (b"a b c d\n" * 200_001, ["200,002 lines"]),
        (b"".join(b": %d\na b c d\n" % place for place in range(150)), ["150 sections"]),
    ],
    ids=["empty", "blank", "png", "bytes", "ratings", "words", "large", "lines", "sections"],
)
def test_what_cannot_be_used_is_told(data: bytes, told: list[str]) -> None:
    assert_refused(uploaded(data), *told)


def answered(app: AppTest) -> AppTest:
    """Run the page again and again, as a browser does, until no answers are waited for."""
    while f"{analogy_run.PART}.watched" in app.session_state:
        app.run()
        assert not app.exception
    return app


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
    while not app.session_state[analogy_run.RUN].answers.each:
        app.run()
    first = len(app.session_state[analogy_run.RUN].answers.each)
    assert 0 < first < 1_100
    app = app.button(key="stop_analogies").click().run()
    assert app.session_state[analogy_run.RUN].answers.total.asked == first
    go_on.release(9)
    app = answered(app.button(key="start_analogies").click().run())
    assert app.session_state[analogy_run.RUN].answers.total.asked == 1_100
    assert_answered(app)


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
    app = opened()
    app.file_uploader(key="rated_pairs").set_value(("wordsim.tsv", data, "text/plain")).run()
    assert_answered(app)
    assert "Over 353 pairs **Spearman is 0.503**" in said(app)
    assert len(app.get("plotly_chart")) == 2
    assert len(table(app, "place of cosine")) == 353


def test_pairs_with_unknown_words_are_told() -> None:
    data = b"Word 1,Word 2,Mean\ntiger,cat,7\nking,cabbage,1\ntiger,qeen,5\nnew york,city,9\nx,y\n"
    app = opened()
    app.file_uploader(key="rated_pairs").set_value(("mine.csv", data, "text/csv")).run()
    assert_answered(app)
    assert "Pairs left out: 2 of 4" in said(app)
    assert "line 6: 2 parts" in said(app)
    assert table(app, "pair")["pair"].tolist() == ["tiger – qeen", "new york – city"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b"\0\1\2", "not a text file"),
        (b"man woman king queen", "4 parts"),
        (b"tiger,cat", "2 parts"),
    ],
)
def test_ratings_that_cannot_be_used_leave_the_rest_of_the_page(data: bytes, told: str) -> None:
    app = opened()
    app.file_uploader(key="rated_pairs").set_value(("mine.csv", data, "text/csv")).run()
    assert not app.exception
    assert told in app.error[0].value
    assert len(app.get("plotly_chart")) == 1


@pytest.mark.parametrize(
    "data", [b"tiger,cat,7", b"qeen,kng,7", b"tiger,cat,7\ntiger,cat,7", b"cat,cat,1\ndog,dog,2"]
)
def test_too_few_ratings_for_a_correlation_are_told(data: bytes) -> None:
    app = opened()
    app.file_uploader(key="rated_pairs").set_value(("mine.csv", data, "text/csv")).run()
    assert_answered(app)
    assert "A correlation needs two at least" in said(app)
