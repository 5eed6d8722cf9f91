"""The page Learning, as visitors use it."""

import gzip
import json
import os
import re
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from core.jobs import Job
from core.training import snapshot_words
from core.training.config import Config
from core.training.corpus import ReadingLimits, read_corpus
from core.training.lines import UNSPACED
from core.training.snapshots import RecordedRun
from pages.learning import playback, text_source
from pages.learning.download import VECTORS_KEYS
from pages.learning.playback import training_jobs
from pages.learning.questions import default_groups, groups_typed
from pages.learning.text_source import reading_jobs
from pages.shared import job_view, url_state
from tests.bounds import MAX_SECONDS
from tests.pages.opening import bold, components, numbers, open_page, run_until, said, told

PAGE = Path(__file__).resolve().parents[3] / "pages" / "learning" / "page.py"

opened = partial(open_page, "learning")


@pytest.fixture(autouse=True)
def few_snapshots(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let a run have ten snapshots; other tests share none of these runs."""
    monkeypatch.setattr(playback, "SNAPSHOTS", 10)
    playback.kept_runs.clear()  # type: ignore[attr-defined]
    yield
    playback.kept_runs.clear()  # type: ignore[attr-defined]


def followed(app: AppTest) -> AppTest:
    """Look again and again, as a browser does, until there is nothing to wait for."""
    waiting = ("learning_watching", "reading.watched")
    watched = [f"{part}.watched" for part in (*playback.PARTS, "reading")]

    def has_ended() -> bool:
        for key in watched:
            if key in app.session_state:
                jobs, name = app.session_state[key]
                assert jobs.find(name).wait(MAX_SECONDS)
        return not any(key in app.session_state for key in waiting)

    return run_until(app, has_ended)


def press(app: AppTest, action: str) -> AppTest:
    """Click a button of the bar, which is in the browser: it sends what it does."""
    app.session_state["learning_action"] = action
    app.session_state["learn_at"] = player(app)["snapshot"]
    return app.run()


def started(app: AppTest) -> AppTest:
    return followed(press(app, "train"))


def player(app: AppTest) -> dict[str, Any]:
    """Return what is drawn."""
    (element,) = components(app)
    data: dict[str, Any] = json.loads(element.proto.json)
    return data


def ranks(app: AppTest, word: str = "queen") -> list[str]:
    """Return the rank of the analogy's answer in each run that has one."""
    return re.findall(rf"\*\*{word}\*\*\D*\*\*(\d+)\*\*", said(app))


def nearest(app: AppTest) -> list[tuple[str, str]]:
    """Return the word whose neighbours are shown, and the first of them, for each run."""
    asked = re.findall(r"Nearest to \*\*(.+?)\*\*", said(app))
    hops = [each for each in app.button if re.fullmatch("learn_hop .* 0", str(each.key))]
    firsts = [re.fullmatch(r"(\S+) [-−]?\d\.\d\d", each.label) for each in hops]
    return [(word, first[1]) for word, first in zip(asked, firsts, strict=True) if first]


def go_to(app: AppTest, snapshot: int) -> AppTest:
    """Choose a snapshot, as the player's slider does."""
    app.session_state["learn_at"] = snapshot
    return app.run()


def uploading(content: bytes, name: str = "mine.txt") -> AppTest:
    app = opened(learn_text="Uploaded")
    assert len(app.info) == 1
    assert not components(app)
    assert len(app.pills(key="example").options) > 1
    return app.file_uploader(key="learn_file").set_value((name, content, "text/plain")).run()


def uploaded(content: bytes, name: str = "mine.txt") -> AppTest:
    return followed(uploading(content, name))


def typed(text: str, **link: str) -> AppTest:
    return opened(learn_text="Typed", learn_typed=text, **link)


def test_cold_it_shows_the_untrained_vectors() -> None:
    app = opened()
    assert not app.error
    data = player(app)
    assert len(data["tracks"]) == 1
    assert [chart["title"] for chart in data["charts"]] == [
        "Loss (error)", "king - man + woman: cosine of queen",
    ]  # fmt: skip
    assert [strip["title"] for strip in data["strips"]] == ["The 30 numbers of king"]
    assert (data["snapshot"], data["newest"], data["last"]) == (0, 0, 10)
    assert app.session_state["learn_at"] == 0
    assert "5,000 sentences" in said(app)
    assert ranks(app) != ["1"]
    assert app.button(key="learning_use").disabled


def test_from_random_to_trained_and_back() -> None:
    app = started(opened(learn_epochs="3"))
    last = player(app)["last"]
    assert app.session_state["learn_at"] == player(app)["newest"] == player(app)["snapshot"] == last
    assert ranks(app) == ["1"]
    assert nearest(app) == [("king", "queen")]
    hop = next(button for button in app.button if button.label.startswith("queen "))
    assert [word for word, _ in nearest(hop.click().run())] == ["queen"]
    app = go_to(app, 1)
    assert app.session_state["learn_at"] == 1
    app = press(app, "rewind")
    assert app.session_state["learn_at"] == 0
    assert ranks(app) != ["1"]
    app = press(app, "step")
    followed(app)
    assert app.session_state["learn_at"] == 1
    assert not app.error


def test_a_pause_is_ones_own_and_the_run_goes_on_from_there() -> None:
    app = opened(learn_epochs="40", learn_seed="77")
    app = press(app, "train")
    run_until(app, lambda: bool(app.session_state["learn_at"] >= 1))
    app = press(app, "pause")
    stopped = app.session_state["learn_at"]
    app.run()
    assert app.session_state["learn_at"] == stopped < 10
    app = started(app)
    assert app.session_state["learn_at"] == 10
    # Whoever comes now with the same settings is shown the same run from its beginning.
    other = opened(learn_epochs="40", learn_seed="77")
    assert (player(other)["snapshot"], player(other)["newest"]) == (0, 0)
    assert {len(line["x"]) for chart in player(other)["charts"] for line in chart["lines"]} == {1}
    other = followed(press(other, "step"))
    assert (player(other)["snapshot"], player(other)["newest"]) == (1, 1)
    other = started(other)
    assert said(other) == said(app)


def test_what_was_trained_is_played_again_from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playback, "SNAPSHOTS", 60)  # more than are shown in two runs of the page
    app = started(opened(learn_epochs="3"))
    assert player(app)["over"]
    app = press(app, "again")
    assert player(app)["running"]
    assert 0 < player(app)["snapshot"] < player(app)["last"]
    app = followed(app)
    assert player(app)["snapshot"] == player(app)["last"]
    assert len(player(app)["readings"]) == player(app)["last"] + 1


def test_who_comes_later_is_told_how_many_are_before() -> None:
    jobs, released = training_jobs(), threading.Event()

    def long_work() -> Iterator[Any]:
        released.wait()
        yield None

    at_once = max((os.cpu_count() or 1) // 2, 1)
    for number in range(at_once):
        jobs.start(("long", number), long_work, "somebody").watch("somebody")
    try:
        app = press(opened(learn_seed="815"), "train")
        assert player(app)["status"].startswith(f"{at_once} ")
        assert app.session_state["learn_at"] == 0
    finally:
        released.set()
    followed(app)
    assert app.session_state["learn_at"] == 10


def test_a_pause_that_comes_after_the_end_does_nothing() -> None:
    def page() -> None:
        import streamlit as st

        from pages.learning.playback import act

        st.session_state["learn_at"] = 10
        act("pause", 4)  # which the browser still showed

    app = AppTest.from_function(page).run()
    assert app.session_state["learn_at"] == 10
    assert "learning_action" not in app.session_state


def test_the_picture_is_the_same_whenever_somebody_looked() -> None:
    begun = opened(learn_epochs="5", learn_seed="31")
    begun = followed(press(begun, "step"))
    whole, late = started(begun), started(opened(learn_epochs="5", learn_seed="31"))
    assert player(whole)["tracks"] == player(late)["tracks"]


def test_a_step_trains_one_snapshot() -> None:
    app = followed(press(opened(learn_seed="4711"), "step"))
    assert app.session_state["learn_at"] == 1
    assert re.findall(r"\d+", player(app)["readings"][1])[0] == "2"  # the epoch


def test_random_beside_zeros() -> None:
    app = started(opened(learn_compare="start", learn_epochs="3"))
    first, second = player(app)["tracks"]
    assert first["points"] != second["points"]
    assert "start: zeros" in second["name"]
    assert len(ranks(app)) == 1  # in the other run queen has none
    assert [word for word, _ in nearest(app)] == ["king"]
    (why,) = app.info
    assert re.findall(r"\*\*([\d.]+)\*\*", why.value) == ["0", "0"]  # lengths of the gradients
    assert not app.error


@pytest.mark.parametrize("what", ["method", "seed"])
def test_two_runs(what: str) -> None:
    app = started(opened(learn_compare=what, learn_epochs="2"))
    assert len(player(app)["tracks"]) == len(player(app)["charts"][0]["lines"]) == 2
    assert not app.error


def test_too_large_a_learning_rate_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playback, "SNAPSHOTS", 100)  # so that there are some before
    app = started(opened(learn_rate="0.5", learn_seed="3"))
    assert app.session_state["learn_at"] < 100
    (warning,) = app.warning
    assert str(app.session_state["learn_at"]) in re.findall(r"\d+", warning.value)
    # Its earlier snapshots are as good as others.
    last, app = app.session_state["learn_at"], go_to(app, 1)
    app = app.button(key="learning_use").click().run()
    assert "diverged" not in app.session_state["learning_used"]
    assert not app.warning
    app = go_to(app, last)
    app = app.button(key="learning_use").click().run()
    assert ", diverged · " in app.session_state["learning_used"]
    app = started(opened(learn_rate="90"))
    assert len(app.warning) == 1
    assert app.session_state["learn_at"] == 0


def test_two_dimensions_and_one() -> None:
    for dimensions in ("2", "1"):
        app = started(opened(learn_dimensions=dimensions, learn_epochs="2"))
        assert not app.error


def test_the_vectors_are_offered_to_the_other_pages() -> None:
    app = started(opened(learn_epochs="3"))
    app = app.button(key="learning_use").click().run()
    assert not app.exception
    name = app.session_state["learning_used"]
    assert '"Learned from the classroom sentences"' in said(app)
    assert name not in said(app)
    analogies = open_page("analogies", vectors=name)
    assert analogies.session_state["vectors"] == name
    assert analogies.dataframe[0].value["other words"].iloc[0] == "queen"
    links = [(link.proto.page, parse_qs(link.proto.query_string)) for link in app.get("page_link")]
    linked = {page: query for page, query in links if [name] in query.values()}
    assert {page: query[key] for page, key in VECTORS_KEYS.items() for query in [linked[page]]} == {
        page: [name] for page in VECTORS_KEYS
    }
    assert linked["map"]["word"] == linked["dot_products"]["first"] == ["king"]
    assert linked["dot_products"]["table"] == [name]
    assert linked["analogies"]["expression"] == ["king - man + woman"]
    assert linked["evaluation"]["typed_questions"] == ["man king woman queen"]
    for page, query in linked.items():
        other = open_page(page, **query)
        assert not other.error
        assert other.session_state[VECTORS_KEYS[page]] == name


def test_the_links_of_a_text_without_king_take_its_words_along() -> None:
    text = "The owl hunts mice. The fox hunts mice. The owl sleeps by day. The fox sleeps. " * 10
    app = started(typed(text, learn_epochs="1", learn_word="fox"))
    app = app.button(key="learning_use").click().run()
    links = {link.proto.page: parse_qs(link.proto.query_string) for link in app.get("page_link")}
    assert links["map"]["word"] == links["dot_products"]["first"] == ["fox"]
    for page, key in VECTORS_KEYS.items():
        assert links[page][key] == [app.session_state["learning_used"]]
        other = open_page(page, **links[page])
        assert not other.error
        assert not [each for each in other.caption if "Not in" in each.value]
        assert not [each for each in other.warning if "server" in each.value]
    again = followed(opened(**{key: app.query_params[key] for key in app.query_params}))
    assert again.session_state["learn_at"] == app.session_state["learn_at"]
    assert {link.proto.page for link in again.get("page_link")} >= set(VECTORS_KEYS)
    assert "learning_used" not in again.session_state


# Texts of one's own


def test_a_typed_text() -> None:
    app = started(typed("The owl sleeps. The owl eats. The cat sleeps. The cat eats. " * 30))
    assert {"120", "360"} <= set(numbers(app))  # sentences and words
    assert any(part.startswith("5 ") for part in bold(app))  # different ones
    assert not app.error
    assert [word for word, _ in nearest(app)] == ["the"]
    assert app.text_input(key="learn_word").value == "the"
    assert app.text_input(key="learn_puzzle").value == ""
    app = app.text_input(key="learn_word").set_value("king ").run()
    assert len(app.error) == 1
    assert "'king'" in told(app)
    assert not nearest(app)
    app = app.text_input(key="learn_word").set_value("dog").run()
    assert len(app.error) == 1
    assert "'dog'" in told(app)
    app = app.text_input(key="learn_word").set_value("Owl").run()
    app = app.text_input(key="learn_puzzle").set_value("owl + eats - cat = sleeps").run()
    assert not app.error
    assert [word for word, _ in nearest(app)] == ["owl"]
    assert len(ranks(app, "sleeps")) == 1


def test_the_questions_suit_the_text_after_one_that_cannot_be_read() -> None:
    app = typed("The king and the queen. The man and the woman. " * 10)
    assert app.text_input(key="learn_puzzle").value
    app = app.text_area(key="learn_typed").set_value("").run()
    assert len(app.error) == 1
    app = app.text_area(key="learn_typed").set_value("The owl sleeps. The cat eats. " * 20).run()
    assert app.text_input(key="learn_word").value == "the"
    assert app.text_input(key="learn_puzzle").value == ""
    assert not app.error


def test_an_unknown_word_is_reported_once() -> None:
    app = typed("The owl sleeps. The cat eats. " * 20)
    app = app.text_input(key="learn_words").set_value("zebra; zebra, zebra the owl").run()
    assert len(app.error) == 1


def test_the_questions_suit_the_text_until_one_is_typed() -> None:
    app = opened()
    assert app.text_input(key="learn_word").value == "king"
    app.session_state["learn_typed"] = "The owl sleeps. The cat eats. " * 20
    app = app.selectbox(key="learn_text").set_value("Typed").run()
    assert app.text_input(key="learn_word").value == "the"
    assert app.text_input(key="learn_puzzle").value == ""
    assert not app.error
    app = app.text_input(key="learn_puzzle").set_value("owl + eats - cat = sleeps").run()
    app = app.selectbox(key="learn_text").set_value("Classroom").run()
    assert app.text_input(key="learn_word").value == "king"
    assert app.text_input(key="learn_puzzle").value == "owl + eats - cat = sleeps"
    assert len(app.error) == 1
    assert "'owl'" in told(app)


@pytest.mark.parametrize(
    ("text", "count"), [("", ""), ("king", "1"), ("king king king", "1"), ("... !!! ???", "")]
)
def test_a_text_too_short_is_told(text: str, count: str) -> None:
    app = typed(text)
    assert len(app.error) == 1
    assert count in told(app)
    assert not components(app)
    assert len(app.pills(key="example").options) > 1  # a way out


def test_two_words_are_learned() -> None:
    app = started(typed("king queen"))
    assert any(part.startswith("2 ") for part in bold(app))
    assert app.session_state["learn_at"] == 10


def test_a_minimum_count_that_leaves_nothing_is_told() -> None:
    app = typed("The owl sleeps.", learn_min_count="9")
    assert len(app.error) == 1
    assert not components(app)


def test_words_left_out_are_shown() -> None:
    app = typed("owl owl owl cat cat cat dog", learn_min_count="2")
    assert "1" in numbers(app)
    app = app.toggle(key="learning_left_out").set_value(True).run()
    assert any("dog" in table.value.index for table in app.dataframe)


@pytest.mark.parametrize("packed", [False, True])
def test_an_uploaded_text(packed: bool) -> None:
    content = "Der Löwe ruht. Die Katze ruht. ".encode() * 50
    name = "mine.txt.gz" if packed else "mine.txt"
    app = started(uploaded(gzip.compress(content, mtime=0) if packed else content, name))
    assert name in said(app)
    assert {"100", "300"} <= set(numbers(app))  # sentences and words


def test_broken_letters_are_counted() -> None:
    app = uploaded("Der Löwe ruht. Die Katze ruht. ".encode() * 50 + b"K\xfche ruhen. " * 50)
    (warning,) = app.warning
    assert re.findall(r"\d+", warning.value)[0] == "50"  # characters


def test_another_encoding_is_read_and_named() -> None:
    app = uploaded("Der Löwe ruht. Die Katze ruht. ".encode("latin-1") * 50)
    assert not app.warning
    assert any("cp1252" in caption.value for caption in app.caption)


def test_a_text_without_spaces_is_noticed() -> None:
    app = uploaded("猫は魚を食べるのが好きです。犬は公園を走るのが好きです。".encode() * 50)
    (warning,) = app.warning
    assert warning.value == UNSPACED
    assert not app.error


@pytest.mark.parametrize(
    ("content", "name", "named"),
    [
        (b"", "mine.txt", "mine.txt"),
        (b"\x89PNG\0\0\0", "mine.txt", "mine.txt"),
        (gzip.compress(b"owl cat " * 99, mtime=0)[:20], "mine.gz", "mine.gz"),
        (b"owl", "mine.txt", "1"),
    ],
)
def test_an_upload_that_is_no_text_is_told(content: bytes, name: str, named: str) -> None:
    app = uploaded(content, name)
    assert not app.exception
    assert len(app.error) == 1
    assert named in told(app)
    assert "/tmp" not in told(app)


def test_a_very_long_line() -> None:
    app = uploaded(b"owl cat dog sleeps eats " * 40_000)
    assert not app.error
    assert "200,000 words" in said(app)


def test_files_are_read_one_after_the_other_and_reading_stops() -> None:
    released = threading.Event()

    def long_work() -> Iterator[Any]:
        released.wait()
        yield None

    reading_jobs().start("long", long_work, "somebody")
    try:
        app = uploading(b"The heron sleeps. The otter eats. " * 20)
        assert app.get("progress")[0].proto.text.startswith("1 ")
        app = app.button(key="stop_reading").click().run()
        assert not components(app)
        app = app.button(key="start_reading").click().run()
        assert "reading.watched" in app.session_state
    finally:
        released.set()
    app = followed(app)
    assert "mine.txt" in said(app)
    assert "40" in numbers(app)


def test_an_upload_that_a_browser_should_not_have_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_source, "MAX_UPLOAD_MB", 1)
    app = opened(learn_text="Uploaded")
    content = b"The heron sleeps. " * 100_000
    app = app.file_uploader(key="learn_file").set_value(("mine.txt", content, "text/plain")).run()
    assert len(app.error) == 1
    assert "learning_player" not in [each.key for each in components(app)]


def test_a_packed_upload_that_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_source, "UPLOAD_LIMITS", ReadingLimits(10**6, 10**6, 10**6))
    app = uploaded(gzip.compress(b"." * 5_000_000, mtime=0), "mine.txt.gz")
    assert len(app.error) == 1
    assert "1,000,000" in told(app)


def test_a_run_that_ends_while_the_page_is_made_is_played_to_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    watch = job_view.watch

    def ended(*arguments: Any) -> Job[Any]:  # noqa: ANN401
        job = watch(*arguments)
        assert job.wait(MAX_SECONDS)
        return job

    monkeypatch.setattr(job_view, "watch", ended)
    app = started(typed("the owl sleeps. the cat eats. " * 9, learn_seed="556"))
    assert app.session_state["learn_at"] == player(app)["last"]


def test_the_error_of_a_run_stays_until_it_is_started_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    steps = RecordedRun.steps

    def failing(run: RecordedRun, index: int) -> Iterator[Any]:
        yield from steps(run, 2)
        raise MemoryError

    monkeypatch.setattr(RecordedRun, "steps", failing)
    app = started(opened(learn_epochs="3", learn_seed="77"))
    reached = app.session_state["learn_at"]
    for _ in range(2):  # a run of the page later it is still there
        assert len(app.error) == 1
        assert player(app)["snapshot"] == reached
        app = app.run()
    monkeypatch.setattr(RecordedRun, "steps", steps)
    app = started(app)
    assert not app.error
    assert player(app)["snapshot"] == player(app)["last"]


def test_file_names_are_shown_letter_by_letter() -> None:
    app = uploaded(b"The heron sleeps. The otter eats. " * 20, "*[x](y)*.txt")
    app = started(app)
    app = app.button(key="learning_use").click().run()
    assert "*[x](y)*.txt" in app.session_state["learning_used"]
    shown = [each.value for each in app.markdown if "txt" in each.value]
    assert len(shown) == 2  # the text, and the name of the vectors
    assert all("\\*\\[x\\]" in each for each in shown)


def test_more_words_than_the_dimensions_allow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playback, "MAX_NUMBERS", 100)
    app = typed("the owl sleeps. the cat eats. " * 9, learn_dimensions="30", learn_seed="555")
    assert "150" in told(app)
    assert "20" in told(app)
    assert not components(app)
    app = app.number_input(key="learn_dimensions").set_value(20).run()
    assert not app.error
    assert components(app)


def test_a_file_kept_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "owls.txt").write_text("The owl sleeps. The cat eats. " * 20)
    (folder / "notes.md").write_text("no text")
    (tmp_path / "secret.txt").write_text("secret " * 99)
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    assert "A file here" not in opened().selectbox(key="learn_text").options
    monkeypatch.setenv("EMBEDDING_PLAYGROUND_TEXTS", str(folder))
    app = opened(learn_text="A file here", learn_here="../secret.txt")
    assert app.selectbox(key="learn_here").options == ["owls.txt"]
    assert "owls.txt" in said(app)
    assert "40" in numbers(app)
    (folder / "owls.txt").unlink()
    app = opened(learn_text="A file here")
    assert len(app.error) == 1
    assert not components(app)


# What is asked of a snapshot


def test_an_empty_field_asks_for_nothing() -> None:
    app = opened(learn_word="", learn_puzzle="")
    app = app.text_input(key="learn_word").set_value("").run()
    app = app.text_input(key="learn_puzzle").set_value("").run()
    assert not app.error
    assert not nearest(app)
    assert not ranks(app)


def test_an_example_starts_by_itself() -> None:
    app = opened(learn_seed="81").pills(key="example").set_value("Two dimensions only").run()
    app = followed(app)
    assert player(app)["strips"][0]["title"] == "The 2 numbers of king"
    assert player(app)["snapshot"] == player(app)["newest"] == player(app)["last"]


def mean_cosines(app: AppTest) -> list[float]:
    """Return the mean cosine of two words, where a caption explains it."""
    found = [re.search(r"\b[01]\.\d\d\b", caption.value) for caption in app.caption]
    return [float(match[0]) for match in found if match]


def test_early_cosines_are_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playback, "SNAPSHOTS", 100)  # so that the first is early
    app = opened(learn_seed="9100")
    assert not mean_cosines(app)
    app = followed(press(app, "step"))
    (mean,) = mean_cosines(app)
    assert mean > 0.9
    assert not mean_cosines(started(app))


def test_little_text_is_told_to_be_little() -> None:
    little, enough = (uploaded(b"a cat sat. " * count) for count in (9, 999))
    assert "only 27 words" in said(little)
    assert "only" not in said(enough)
    # It stands above the pictures, and knows the example that the field has at first.
    first = next(index for index, each in enumerate(little.markdown) if "27" in each.value)
    assert first == 1  # after the sentence below the title
    example, own = opened(learn_text="Typed"), typed("a cat sat. " * 9)
    assert "This example has only" in said(example)
    assert "This text has only" in said(own)


@pytest.mark.parametrize(
    ("key", "value", "named"),
    [
        ("learn_word", "qeen", "queen"),
        ("learn_puzzle", "king - man", ""),
        ("learn_puzzle", "king - man + = queen", ""),
        ("learn_puzzle", "king - unicorn = queen", "'unicorn'"),
        ("learn_words", "king king", "1"),
        ("learn_words", "king unicorn", "'unicorn'"),
    ],
)
def test_what_cannot_be_answered_is_told(key: str, value: str, named: str) -> None:
    app = opened().text_input(key=key).set_value(value).run()
    assert not app.exception
    assert len(app.error) == 1
    assert named in told(app)


def test_unknown_words_are_told_and_the_others_drawn() -> None:
    app = opened(learn_words="king unicorn; queen lion")
    assert "'unicorn'" in told(app)
    assert player(app)["words"] == ["king", "queen", "lion"]
    app = opened(learn_words="a1 a2 a3 a4 a5")
    assert len(app.error) == 3
    assert player(app)["words"] == player(opened())["words"]


def test_of_thousands_of_unknown_words_a_few_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """To look for close words among 50,000 takes some milliseconds a word."""
    searched = []
    monkeypatch.setattr(snapshot_words, "close_words", lambda word, _: searched.append(word) or [])
    run = RecordedRun(read_corpus("the owl sleeps", 1), Config(dimensions=2))
    groups, wrong = groups_typed(run, " ".join(f"a{number}" for number in range(3_000)))
    assert len(searched) == len(wrong) == 3
    assert groups == default_groups(run)


def test_words_drawn() -> None:
    link = {"learn_words": "king queen king; lion, tiger;", "learn_lengths": "lengths"}
    app = opened(**link)
    assert not app.error
    assert not [each for each in app.dataframe if "across" in each.value.columns]
    app = opened(**link, learn_numbers="true")
    (table,) = [each.value for each in app.dataframe if "across" in each.value.columns]
    assert table.index.tolist() == ["king", "queen", "lion", "tiger"]
    assert table["group"].tolist() == ["king …", "king …", "lion …", "lion …"]


def hint_of(app: AppTest) -> str:
    (hint,) = [each.value for each in app.markdown if "lightbulb" in each.value]
    return hint.replace("\\", "")


def test_the_hint_counts_what_is_drawn() -> None:
    groups = "king queen prince; lion tiger bear"
    app = opened(learn_epochs="3", learn_words=groups)
    assert re.search(r"\*\*\d of 6\*\*", hint_of(app))
    assert ranks(app)[0] in hint_of(app)
    app = started(app)
    data, hint = player(app), hint_of(app)
    assert "**6 of 6**" in hint
    losses = data["charts"][0]["lines"][0]["y"]
    assert f"{losses[0]:.2f} to **{losses[-1]:.2f}**" in hint
    assert "to **1**" in hint
    # Without groups and an analogy there is the loss alone.
    app = started(opened(learn_epochs="3", learn_words="king queen", learn_puzzle=""))
    assert " of 2" not in hint_of(app)
    assert f"{losses[0]:.2f} to **{losses[-1]:.2f}**" in hint_of(app)


def test_untrained_words_are_compared_with_chance() -> None:
    """Of four words of two colours, each has three others, of which one has its colour."""
    assert "1.3 on average" in hint_of(opened(learn_words="king queen; lion tiger"))
    assert "2.4 on average" in hint_of(opened(learn_words="king queen prince; lion tiger bear"))


def test_words_suggested_to_be_drawn_are_of_the_text() -> None:
    assert opened().text_input(key="learn_words").placeholder == "king queen; lion"
    app = typed("The owl hunts mice. The owl eats mice. The fox hunts. The owl hunts.")
    words = set(re.findall(r"\w+", app.text_input(key="learn_words").placeholder))
    assert len(words) == 3
    assert words <= {"owl", "fox", "hunts", "eats", "mice"}
    app = app.text_input(key="learn_words").set_value("owl").run()
    assert "king" not in told(app)


def test_the_hint_of_zeros_and_of_two_runs() -> None:
    app = started(opened(learn_epochs="2", learn_start="zeros"))
    assert re.findall(r"\d+", hint_of(app)) == [str(len(player(app)["words"]))]
    app = started(opened(learn_epochs="2", learn_compare="start"))
    losses = [line["y"][-1] for line in player(app)["charts"][0]["lines"]]
    assert [float(each) for each in re.findall(r"\d\.\d\d", hint_of(app))] == pytest.approx(
        losses, abs=0.006
    )
    assert losses[0] < losses[1]
    assert "*start: uniform*" in hint_of(app)


def test_the_picture_tells_what_it_keeps() -> None:
    app = started(opened(learn_epochs="2"))
    (track,) = player(app)["tracks"]
    kept = [int(re.search(r"(\d+)%", note)[1]) for note in track["notes"]]  # type: ignore[index]
    assert len(kept) == player(app)["last"] + 1
    assert all(0 < share < 100 for share in kept)
    (flat,) = player(opened(learn_dimensions="2"))["tracks"]
    assert "%" not in flat["notes"][0]


def test_the_names_of_the_starts_are_new_and_their_addresses_are_not() -> None:
    for start in ("random", "normal", "zeros"):
        app = opened(learn_start=start)
        assert app.session_state["learn_start"] == start
        assert app.query_params.get("learn_start", "random") in (start, [start])


# The window, and one step


def gap_words(app: AppTest) -> tuple[list[str], str]:
    """Return the words of the sentence, and the missing one."""
    pills = app.pills(key="learn_gap")
    words = [re.sub(r":\S+?\[(.*)\]|\*", r"\1", each) for each in pills.options]
    return words, words[int(pills.value)]


def step_of(app: AppTest) -> Any:  # noqa: ANN401
    (table,) = [each.value for each in app.dataframe if "moves by" in each.value.columns]
    return table


def test_the_window_is_that_of_the_sentence() -> None:
    app = opened(learn_window="1")
    words, missing = gap_words(app)
    assert words == ["king", "and", "queen", "rule", "the", "land"]
    assert missing == "rule"
    shown = app.pills(key="learn_gap").options
    assert [at for at, each in enumerate(shown) if "background" in each] == [2, 4]
    app = app.pills(key="learn_gap").set_value("0").run()
    assert [at for at, each in enumerate(app.pills(key="learn_gap").options) if "back" in each] == [
        1
    ]
    assert app.query_params["learn_gap"] in ("0", ["0"])
    again = opened(learn_window="1", learn_gap="0")
    assert gap_words(again)[1] == "king"


def test_a_step_has_one_pull_and_the_noise_words_of_the_settings() -> None:
    app = opened(learn_epochs="2", learn_negatives="4", learn_step_numbers="true")
    assert not step_of(app)["moves by"].any()
    assert any("zeros" in each.value for each in app.info)  # untrained, nothing moves
    app = started(app)
    table = step_of(app)
    assert table["is"].tolist() == ["near", *["noise"] * 4]
    assert table.index[0] == gap_words(app)[1] == "rule"
    assert (table["moves by"] > 0).all()
    early = step_of(go_to(app, 1))
    assert not early.equals(table)
    assert not app.exception


def test_a_noise_word_that_is_near_is_named() -> None:
    """With few words, noise is often a word of the same sentence; with other words, it is not."""
    app = started(typed("the cat saw the dog", learn_step_numbers="true", learn_negatives="3"))
    near = {"the", "cat", "saw", "dog"} - {gap_words(app)[1]}
    noise = step_of(app).index.tolist()[1:]
    assert set(noise) & near
    said_near = said(app).split("counted as 0%")[1].split("push")[0]
    assert set(re.findall(r"\*\*(\w+)\*\*", said_near)) == set(noise) & near
    link = {"learn_epochs": "1", "learn_window": "1", "learn_gap": "0"}
    app = started(opened(**link, learn_step_numbers="true"))
    assert gap_words(app)[0][1] == "and"
    assert "and" not in step_of(app).index.tolist()[1:]
    assert "**" not in said(app).split("counted as 0%")[1].split("push")[0]


def test_a_step_of_cbow_has_no_near_word_to_choose() -> None:
    app = started(opened(learn_epochs="2", learn_method="CBOW", learn_step_numbers="true"))
    assert "learn_near" not in app.session_state
    assert len(step_of(app)) == 6
    app = started(opened(learn_epochs="2", learn_step_numbers="true"))
    before = step_of(app)["held near (%)"].tolist()
    app.session_state["learn_near"] = "0"
    assert step_of(app.run())["held near (%)"].tolist() != before


@pytest.mark.parametrize("link", [{"learn_gap": "99"}, {"learn_gap": "x"}, {"learn_near": "77"}])
def test_a_broken_link_to_a_word_takes_another(link: dict[str, str]) -> None:
    app = opened(**link)
    assert gap_words(app)[1] == "rule"


def test_of_two_words_one_pulls() -> None:
    app = started(typed("king queen", learn_step_numbers="true"))
    assert len(step_of(app)) == 2


def test_settings_come_from_a_link() -> None:
    app = opened(learn_method="CBOW", learn_dimensions="7", learn_rate="0.01", learn_seed="5")
    assert app.number_input(key="learn_dimensions").value == 7
    assert app.number_input(key="learn_rate").value == 0.01
    assert app.session_state["learn_method"] == "CBOW"
    app = opened(learn_method="GPT", learn_dimensions="-3", learn_epochs="many", learn_text="x")
    assert not app.error


def test_a_link_has_the_snapshot(monkeypatch: pytest.MonkeyPatch) -> None:
    app = started(opened(learn_epochs="3", learn_seed="62"))
    assert app.query_params["learn_at"] == "10"
    app = go_to(app, 7)
    assert app.query_params["learn_at"] == "7"
    other = followed(opened(learn_epochs="3", learn_seed="62", learn_at="7"))
    assert player(other)["snapshot"] == player(other)["newest"] == 7
    assert said(other) == said(app)
    untrained = followed(opened(learn_epochs="3", learn_seed="63", learn_at="5"))
    assert player(untrained)["snapshot"] == player(untrained)["newest"] == 5
    untrained = started(untrained)
    assert player(untrained)["snapshot"] == 10
    with monkeypatch.context() as back:
        back.setattr(url_state, "is_history_navigation", lambda: True)
        untrained.query_params["learn_at"] = "5"
        untrained.run()
    assert player(followed(untrained))["snapshot"] == 5
    untrained = press(untrained, "rewind")
    assert "learn_at" not in untrained.query_params
    assert player(untrained)["snapshot"] == 0


def test_a_link_to_a_run_that_others_have_begun() -> None:
    link = {"learn_epochs": "3", "learn_seed": "66"}
    followed(press(opened(**link), "step"))
    other = followed(opened(**link, learn_at="7"))
    assert player(other)["snapshot"] == player(other)["newest"] == 7
    assert other.query_params["learn_at"] in ("7", ["7"])


@pytest.mark.parametrize("place", ["-1", "0", "x", "²", "7" * 99, ""])
def test_a_broken_link_begins_at_the_beginning(place: str) -> None:
    app = opened(learn_seed="64", learn_at=place)
    assert not app.error
    assert player(app)["snapshot"] == 0
    assert "learning_watching" not in app.session_state


def test_a_link_beyond_the_end_stops_there() -> None:
    app = followed(opened(learn_epochs="2", learn_seed="65", learn_at="99999"))
    assert player(app)["snapshot"] == player(app)["last"] < 99999


def test_another_setting_begins_anew() -> None:
    app = started(opened(learn_epochs="2"))
    assert app.session_state["learn_at"] > 0
    app = app.number_input(key="learn_seed").set_value(8).run()
    assert app.session_state["learn_at"] == 0
    assert "learning_watching" not in app.session_state
