"""A part of a page waits for one job, shows its progress, stops it and keeps what there is."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from core.jobs import Job
from tests.bounds import MAX_SECONDS
from tests.pages.opening import run_until
from tests.pages.shared.counting import Counting


def script() -> None:
    import streamlit as st

    from tests.pages.shared.counting import show_page

    show_page(st.session_state["counting"])


@pytest.fixture
def counting() -> Iterator[Counting]:
    counting = Counting()
    yield counting
    counting.go_on.release(20)


@pytest.fixture
def app(counting: Counting) -> AppTest:
    app = AppTest.from_function(script, default_timeout=60)
    app.session_state["counting"] = counting
    return app.run()


def ended(job: Job[int] | None) -> Job[int]:
    assert job is not None
    assert job.wait(MAX_SECONDS)
    return job


def until(app: AppTest, latest: object) -> AppTest:
    return run_until(app, lambda: bool(app.session_state["latest"] == latest))


def has_button(app: AppTest, key: str) -> bool:
    return any(button.key == key for button in app.button)


def test_it_is_watched_until_it_is_done(app: AppTest, counting: Counting) -> None:
    assert app.session_state["latest"] is None
    assert has_button(app, "stop_part")
    assert app.session_state["part.watched"] == (counting.jobs, "first")
    for number in range(3):
        counting.go_on.release()
        until(app, number)
    run_until(app, lambda: "part.watched" not in app.session_state)
    assert ended(counting.jobs.find("first")).state == "done"
    assert not has_button(app, "stop_part")


def test_it_is_stopped_keeps_its_result_and_starts_again(app: AppTest, counting: Counting) -> None:
    counting.go_on.release()
    until(app, 0)
    app.button(key="stop_part").click().run()
    assert has_button(app, "start_part")
    counting.go_on.release()
    job = ended(counting.jobs.find("first"))
    assert job.state == "stopped"
    assert app.session_state["latest"] == 0
    app.button(key="start_part").click().run()
    assert counting.jobs.find("first") is not job
    assert has_button(app, "stop_part")


def test_another_job_takes_its_place(app: AppTest, counting: Counting) -> None:
    app.session_state["name"] = "second"
    app.run()
    assert app.session_state["part.watched"] == (counting.jobs, "second")
    counting.go_on.release()
    assert ended(counting.jobs.find("first")).state == "stopped"


def test_those_before_are_counted(app: AppTest, counting: Counting) -> None:
    other = AppTest.from_function(script, default_timeout=60)
    other.session_state["counting"] = counting
    other.session_state["name"] = "second"
    other.run()
    assert (app.get("progress")[0].proto.value, other.get("progress")[0].proto.value) == (50, 0)
    assert other.get("progress")[0].proto.text.startswith("1 ")


def test_a_failure_is_shown_until_another_job_is_asked_for(counting: Counting) -> None:
    app = AppTest.from_function(script, default_timeout=60)
    app.session_state["counting"], app.session_state["name"] = counting, "broken"
    app.run()
    counting.go_on.release()
    ended(counting.jobs.find("broken"))
    for _ in range(2):
        assert len(app.run().error) == 1
        assert "part.watched" not in app.session_state
    app.session_state["name"] = "second"
    assert not app.run().error


def test_a_job_that_was_dropped_meanwhile_starts_again(app: AppTest, counting: Counting) -> None:
    job = counting.jobs.find("first")
    assert job is not None
    job._watched_at.clear()  # as when a hidden tab has not asked for it
    counting.go_on.release()
    ended(job)
    app.run()
    assert counting.jobs.find("first") is not job
    assert app.session_state["part.watched"] == (counting.jobs, "first")
