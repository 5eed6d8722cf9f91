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
    # JupyterLab sends a widget's messages by a way of their own. A cell that is run after a
    # selection may be faster, so wait for Python's answer to the selection itself.
    """from ipywidgets import Label
told = Label()
one.observe(lambda change: setattr(told, "value", str(one.selection)), "selected_rows")
told""",
    'two.selection = "w7"',
    "print(one.selection, two.selection)",
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
KERNEL = "globalThis.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel"
KERNEL_READY = f"{KERNEL}?.status === 'idle' && {KERNEL}.connectionStatus === 'connected'"
PLAIN = 3  # importance of the labels of words without a mark
MAP = ".embedding-playground-map"
MAPS = f"[...document.querySelectorAll('{MAP}')].map((host) => {SCENES}.get(host))"
MARKED = f"""
{MAPS}.map(({{ labels }}) => labels.filter(({{ importance }}) => importance < {PLAIN})
  .map(({{ index }}) => index).sort())
"""
VIEWS = f"{MAPS}.map((map) => JSON.stringify(map.view))"
PICTURE_FOCUSED = f"document.activeElement?.matches('{MAP}')"
NOTEBOOK = "jupyterapp.shell.currentWidget.content"
RUNS = f"{NOTEBOOK}.widgets.map((cell) => cell.model.executionCount)"
END_SECONDS = 20
TOLD_WITHIN = 20_000


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
    try:
        yield served_address(process)
    finally:
        process.terminate()
        try:
            process.communicate(timeout=END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def served_address(process: subprocess.Popen[str]) -> str:
    """Return the address that a JupyterLab tells when it has started."""
    assert process.stderr is not None
    told: list[str] = []
    for line in process.stderr:
        told.append(line)
        if served := re.search(r"http://127\.0\.0\.1:\d+/", line):
            return served[0]
    pytest.fail(f"JupyterLab did not start: {''.join(told)}")


def run_cell(page: Page, number: int) -> None:
    """Run one cell, as a reader does."""
    page.locator(".jp-CodeCell").nth(number).locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")


def test_two_maps_select_words_in_jupyterlab(browser: Browser, lab: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 1200}, color_scheme="dark")
    errors: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{lab}lab/tree/map.ipynb?token=secret")
    # Cells that are run before the kernel is ready are dropped without an error.
    page.wait_for_function(KERNEL_READY, timeout=60_000)
    page.evaluate("void jupyterapp.commands.execute('notebook:run-all-cells')")
    page.locator(f"{MAP}[data-drawn]").nth(1).wait_for(state="attached", timeout=60_000)
    # Set from Python.
    until(page, f"{MAPS}.map((map) => map.selected).join() === '0,1'")
    until(page, f"{MAPS}.every((map) => map.still)")
    assert page.evaluate(MARKED) == [[], [7]]
    # Two neighbouring words inside a box.
    box = page.locator(MAP).first.locator("canvas.overlay").bounding_box()
    assert box is not None
    ends = page.evaluate(f"[0, 1].map((index) => {MAPS}[0].where(index))")
    (left, y, _), (right, _, _) = sorted(ends)
    page.keyboard.down("Shift")
    page.mouse.move(box["x"] + left - 6, box["y"] + y - 6)
    page.mouse.down()
    page.mouse.move(box["x"] + right + 6, box["y"] + y + 6, steps=3)
    page.mouse.up()
    page.keyboard.up("Shift")
    until(page, f"{MAPS}[0].selected === 2")
    expect(page.locator(".widget-label")).to_have_text("('w0', 'w1')", timeout=TOLD_WITHIN)
    until(page, f"{MAPS}.every((map) => map.still)")
    assert page.evaluate(MARKED) == [[0, 1], [7]]
    # Keys move this map only; the notebook neither runs, edits nor deletes a cell.
    page.evaluate(f"globalThis.before = {VIEWS}")
    runs = page.evaluate(RUNS)
    page.keyboard.press("ArrowRight")
    until(page, f"{VIEWS}.map((view, at) => view === before[at]).join() === 'false,true'")
    for key in ("Enter", "Shift+Enter", "a", "d", "d"):
        page.keyboard.press(key)
    assert page.evaluate(PICTURE_FOCUSED)
    assert (page.evaluate(RUNS), page.evaluate(f"{NOTEBOOK}.mode")) == (runs, "command")
    # The notebook's theme, not that of the computer.
    assert page.locator(f"{MAP}.dark").count() == 0
    change = "void jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})"
    page.evaluate(change)
    until(page, f"document.querySelectorAll('{MAP}.dark').length === 2")
    # The map of a cell that is run again takes the place of the old one.
    page.evaluate(f"globalThis.old = document.querySelector('{MAP}')")
    run_cell(page, 0)
    until(page, f"{SCENES}.size === 2 && !{SCENES}.has(globalThis.old)")
    run_cell(page, len(CELLS) - 1)
    printed = page.locator(".jp-CodeCell").nth(len(CELLS) - 1).locator(".jp-OutputArea-output pre")
    expect(printed).to_have_text("() ('w7',)", timeout=TOLD_WITHIN)
    assert errors == []
    assert [url for url in asked if not url.startswith((lab, "blob:", "data:"))] == []
    page.close()
