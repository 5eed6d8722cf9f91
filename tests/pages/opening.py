"""A page as its tests open it and read it."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
from streamlit.testing.v1 import AppTest

from tests.bounds import MAX_SECONDS

PAGES = Path(__file__).resolve().parents[2] / "pages"
NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"


def open_page(page: str, **link: str | list[str]) -> AppTest:
    """Return a page as it opens, from a link or without one.

    Args:
        page: its folder in `pages`.
        link: what the address says.
    """
    app = AppTest.from_file(str(PAGES / page / "page.py"), default_timeout=60)
    for key, value in link.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def components(app: AppTest) -> list[Any]:
    """Return the components that a visitor sees, in their order on the page."""
    found = app.get("bidi_component")
    return [each for each in found if each.proto.component_name != "word_completion"]


def run_until(app: AppTest, condition: Callable[[], bool]) -> AppTest:
    """Run a page again and again, as a browser does, until a condition holds."""
    give_up = time.monotonic() + MAX_SECONDS
    while not condition():
        assert time.monotonic() < give_up, said(app)
        app.run()
        assert not app.exception
    return app


def said(app: AppTest) -> str:
    """Return all that a page says, without the signs that keep Markdown from reading it."""
    elements: list[Any] = [
        *app.markdown, *app.caption, *app.info, *app.warning, *app.error, *app.subheader,
    ]  # fmt: skip
    return "\n".join(element.value for element in elements).replace("\\", "")


def bold(app: AppTest) -> list[str]:
    """Return what stands in bold in what a page says: mostly words and numbers of its answer."""
    return re.findall(r"\*\*(.+?)\*\*", said(app))


def numbers(app: AppTest) -> list[str]:
    """Return the numbers in what a page says, as they are written there, without their signs."""
    return re.findall(rf"{NUMBER}|\.\d+", said(app))


def counts(app: AppTest) -> list[tuple[str, str]]:
    """Return all that a page says to be so many of so many."""
    return re.findall(rf"({NUMBER}) of ({NUMBER})", said(app))


def table(app: AppTest, *columns: str) -> pd.DataFrame:
    """Return the one table that has certain columns."""
    (shown,) = [
        frame.value for frame in app.dataframe if set(columns) <= set(map(str, frame.value.columns))
    ]
    return shown


def told(app: AppTest) -> str:
    """Return what a page says went wrong."""
    return "\n".join(error.value for error in app.error).replace("\\", "")
