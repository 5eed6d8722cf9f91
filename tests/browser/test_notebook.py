"""The word map in a real JupyterLab."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.waits import until

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
CELLS = (
    """import numpy as np
from core.embeddings import Embeddings
from viz.notebook import WordMap
toy = Embeddings("toy", [f"w{number}" for number in range(100)], np.eye(100, dtype=np.float32))
layout = np.array([(number % 10, number // 10) for number in range(100)])
one = WordMap(toy, layout, height=300)
one""",
    "two = WordMap(toy, -layout, height=300)\ntwo",
    "print(one.selection, two.selection)",
    'two.selection = "w7"',
)
SETTINGS = (
    "--no-browser",
    "--allow-root",
    "--ServerApp.ip=127.0.0.1",
    "--ServerApp.port=0",
    "--IdentityProvider.token=secret",
    "--LabApp.expose_app_in_browser=True",
    "--LabApp.extension_manager=readonly",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)
FOLDERS = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
OWN_FOLDERS = (*FOLDERS, "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR")
SCENES = "globalThis[Symbol.for('word_map')].scenes"
MAP = ".embedding-playground-map"
END_SECONDS = 20


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[str]:
    """Return the address of a JupyterLab with one notebook, whose cells have not been run."""
    cells = [
        {"cell_type": "code", "execution_count": None, "id": f"cell{number}", "metadata": {},
         "outputs": [], "source": source}
        for number, source in enumerate(CELLS)
    ]  # fmt: skip
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4}
    root = tmp_path / "notebooks"
    root.mkdir()
    (root / "map.ipynb").write_text(json.dumps({**notebook, "nbformat_minor": 5}))
    folders = {name: str(tmp_path / name) for name in OWN_FOLDERS}
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *SETTINGS, f"--ServerApp.root_dir={root}"],
        env={**os.environ, **folders, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    told: list[str] = []
    for line in process.stderr:
        told.append(line)
        if served := re.search(r"http://127\.0\.0\.1:\d+/", line):
            yield served[0]
            break
    else:
        pytest.fail(f"JupyterLab did not start: {''.join(told)}")
    process.terminate()
    process.communicate(timeout=END_SECONDS)


def run_cell(page: Page, number: int) -> None:
    """Run one cell, as a reader does."""
    page.locator(".jp-CodeCell").nth(number).locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")


def printed(page: Page, text: str) -> None:
    """Run the cell that prints the selections, and expect a text."""
    run_cell(page, 2)
    expect(page.locator(".jp-CodeCell").nth(2).locator(".jp-OutputArea-output pre")).to_have_text(
        text
    )


def test_two_maps_select_words_in_jupyterlab(browser: Browser, lab: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 1200})
    errors: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{lab}lab/tree/map.ipynb?token=secret")
    page.locator(".jp-CodeCell").nth(3).wait_for(timeout=60_000)
    # Before the kernel is ready, cells would not be run.
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for(timeout=60_000)
    page.evaluate("void jupyterapp.commands.execute('notebook:run-all-cells')")
    page.locator(f"{MAP}[data-drawn]").nth(1).wait_for(state="attached", timeout=60_000)
    # Set from Python.
    until(page, f"[...{SCENES}.values()].map((map) => map.selected).join() === '0,1'")
    until(page, f"[...{SCENES}.values()].every((map) => map.still)")
    # Two neighbouring words inside a box.
    box = page.locator(MAP).first.locator("canvas.overlay").bounding_box()
    assert box is not None
    ends = page.evaluate(f"[0, 1].map((index) => [...{SCENES}.values()][0].where(index))")
    (left, y, _), (right, _, _) = sorted(ends)
    page.keyboard.down("Shift")
    page.mouse.move(box["x"] + left - 6, box["y"] + y - 6)
    page.mouse.down()
    page.mouse.move(box["x"] + right + 6, box["y"] + y + 6, steps=3)
    page.mouse.up()
    page.keyboard.up("Shift")
    until(page, f"[...{SCENES}.values()][0].selected === 2")
    printed(page, "('w0', 'w1') ('w7',)")
    # The notebook's theme.
    assert page.locator(f"{MAP}.dark").count() == 0
    change = "void jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})"
    page.evaluate(change)
    until(page, f"document.querySelectorAll('{MAP}.dark').length === 2")
    # The map of a cell that is run again takes the place of the old one.
    page.evaluate(f"globalThis.old = [...{SCENES}.keys()][0]")
    run_cell(page, 0)
    until(page, f"{SCENES}.size === 2 && !{SCENES}.has(globalThis.old)")
    printed(page, "() ('w7',)")
    assert errors == []
    assert [url for url in asked if not url.startswith((lab, "blob:", "data:"))] == []
    page.close()
