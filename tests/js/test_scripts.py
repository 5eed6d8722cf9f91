"""The components' JavaScript under the node that comes with Playwright."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import playwright
import pytest

import pages
from core.embeddings import Embeddings
from core.geometry.arithmetic import solve
from core.geometry.construction import construct
from core.geometry.moved_tip import movable_tip
from core.geometry.neighbors import METRICS
from core.layouts.regions import regions
from core.layouts.store import SHIPPED, SHIPPED_RECIPES, entry
from viz.components import modules
from viz.components.arrow_plane.component import movable_data
from viz.components.word_map.event import read_event
from viz.components.word_map.payload import (
    NO_COLOR,
    groups_payload,
    layout_payload,
    packed,
    values_payload,
    words_payload,
)
from viz.components.word_map.regions import levels_payload

FOLDER = Path(__file__).parent
NODE = Path(playwright.__file__).parent / "driver" / f"node{'.exe' * (sys.platform == 'win32')}"
WORDS = ["king", "", "日本語", "שלום", "a\nb", "<b>", "x" * 300]
SELECTIONS = [[0], [5, 6, 306], [0, 127, 128, 400, 399_999]]

pytestmark = pytest.mark.skipif(not NODE.is_file(), reason="Playwright has no node here")


def node(*arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [NODE, *arguments],
        env={**os.environ, **variables},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_every_script_is_valid() -> None:
    scripts = [
        path for each in (pages, modules) for path in Path(each.__file__).parent.rglob("*.js")
    ]
    with ThreadPoolExecutor(2) as pool:
        results = [*pool.map(lambda script: node("--check", script), scripts)]
    assert len(results) > 20
    assert [result.stderr for result in results if result.returncode] == []


def test_a_script_that_is_not_valid_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{ "type": "module" }')
    (tmp_path / "a.js").write_text("export const a = ;\n")
    assert node("--check", tmp_path / "a.js").returncode != 0


def test_the_logic_of_the_scripts(tmp_path: Path) -> None:
    write_payloads(tmp_path)
    result = node("--test", *sorted(FOLDER.glob("*.test.mjs")), PAYLOADS=str(tmp_path))
    assert result.returncode == 0, result.stdout
    for indices, text in zip(
        SELECTIONS, json.loads((tmp_path / "packed.json").read_text()), strict=True
    ):
        selection = {"words": "words:a", "count": len(indices), "indices": text}
        event = read_event({"selection": selection}, "words:a", 400_000)
        assert list(event.selected) == indices


def write_payloads(folder: Path) -> None:
    """Write payloads as the server sends them, and what has to come out of them."""
    random = np.random.default_rng(1)
    layout = random.normal(size=(5, 3)).astype(np.float32)
    layout[3] = np.nan
    groups = np.array([0, 3, NO_COLOR, 1], dtype=np.uint8)
    runs = np.repeat(np.array([7, 0, NO_COLOR], dtype=np.uint8), [20, 9, 30])
    values = np.array([-2.0, 6.0, 2.0, np.nan], dtype=np.float32)
    ranks = np.array([1.0, 100.0, 10_000.0], dtype=np.float32)
    ordered = np.concatenate([np.arange(1, 509), [1e6, np.nan, 5e6]]).astype(np.float32)
    payloads = {
        "words": words_payload("words:hard", WORDS),
        "layout2": layout_payload("layout:2", layout[:, :2]),
        "layout3": layout_payload("layout:3", layout),
        "groups": groups_payload(groups),
        "runs": groups_payload(runs),
        "values": values_payload(values, {"low": -2.0, "high": 6.0, "logarithmic": False}),
        "ranks": values_payload(ranks, {"low": 1.0, "high": 10_000.0, "logarithmic": True}),
        "ordered": values_payload(ordered, {"low": 0.0, "high": 1.0, "by_order": True}),
    }
    with np.load(SHIPPED, allow_pickle=False) as shipped:
        for recipe, name in zip(SHIPPED_RECIPES, ("tsne", "umap"), strict=False):
            payloads[name] = layout_payload(f"layout:{name}", shipped[entry(recipe)])
    for dimensions in (2, 3):
        payloads |= cloud_payloads(dimensions)
    for name, payload in payloads.items():
        (folder / f"{name}.gz").write_bytes(packed(payload, 6))
    expected = {
        "words": WORDS,
        "layout2": rows_of(layout[:, :2]),
        "layout3": rows_of(layout),
        "groups": groups.tolist(),
        "runs": runs.tolist(),
        "values": [None if np.isnan(value) else float(value) for value in values],
        "selections": SELECTIONS,
    }
    (folder / "expected.json").write_text(json.dumps(expected), encoding="utf-8")
    (folder / "moved_tip.json").write_text(json.dumps(moved_tips()), encoding="utf-8")


def cloud_payloads(dimensions: int) -> dict[str, bytes]:
    """Return the layout of 6,000 words in 150 heaps, and its regions."""
    random = np.random.default_rng(dimensions)
    heap = np.concatenate([np.arange(150), random.choice(150, 5850, p=random.dirichlet([2] * 150))])
    kind = np.arange(150) % 12  # heaps of one kind lie close together
    centers = 5 * random.normal(size=(12, dimensions))[kind]
    centers += 1.5 * random.normal(size=(150, dimensions))
    meanings = random.normal(size=(12, 16))[kind] + 0.6 * random.normal(size=(150, 16))
    coordinates = centers[heap] + 0.25 * random.normal(size=(6000, dimensions))
    units = meanings[heap] + 0.3 * random.normal(size=(6000, 16))
    units /= np.linalg.norm(units, axis=1, keepdims=True)
    layout = coordinates.astype(np.float32)
    words = [f"word{number}" for number in range(6000)]
    levels = regions(words, units.astype(np.float32), layout)
    return {
        f"cloud{dimensions}": layout_payload("layout:cloud", layout),
        f"regions{dimensions}": levels_payload("regions:cloud", levels, layout),
    }


def moved_tips() -> list[dict[str, object]]:
    """Return sums whose tip was moved, as the browser gets them, and the scores of their words."""
    random = np.random.default_rng(1)
    words = Embeddings(
        "toy", [f"w{i}" for i in range(30)], random.normal(size=(30, 7)).astype(np.float32)
    )
    found: list[dict[str, object]] = []
    for metric in METRICS:
        answer = solve(words, "w1 - w2 + w3", 12, metric)
        drawing = construct(words, answer)
        movable = movable_tip(words, answer, drawing)
        sent = movable_data(movable, metric)
        found += [
            {"movable": sent, "tip": tip.tolist(), "scores": movable.scores(tip, metric).tolist()}
            for tip in (drawing.tip, drawing.tip + np.array([1.5, -0.5]))
        ]
    return found


def rows_of(layout: np.ndarray) -> list[list[float] | None]:
    return [None if np.isnan(row).any() else row.tolist() for row in layout]
