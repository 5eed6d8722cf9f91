"""A language model of one's own on the pages."""

import shutil
from functools import partial
from pathlib import Path

import pytest

from core.catalog import folder_of
from core.language.custom_models import VARIABLE
from core.language.models import ENCODER
from tests.pages.opening import open_page

opened = partial(open_page, "context")


@pytest.mark.usefixtures("language_models_are_there")
def test_without_one_there_is_nothing_to_choose() -> None:
    app = opened(encoder="../../etc")
    assert not [box for box in app.selectbox if box.key in ("encoder", "decoder")]
    assert not app.error


@pytest.mark.usefixtures("language_models_are_there")
def test_one_that_was_named_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(folder_of(ENCODER), tmp_path / "my own")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "my own"))
    app = opened()
    assert app.selectbox(key="encoder").options == ["all-MiniLM-L6-v2", "my own"]
    app = app.selectbox(key="encoder").set_value("my own").run()
    assert not app.exception
    assert not app.error
    assert len(app.get("plotly_chart")) >= 1
