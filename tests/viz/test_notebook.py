"""The word map in a notebook, without a browser."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from core.embeddings import Embeddings
from core.errors import InputError, UnknownWordError
from core.layouts.map_words import chosen
from core.layouts.regions import regions
from viz import notebook
from viz.components.word_map import Highlight, pack
from viz.components.word_map.payload import payload_id
from viz.notebook import WordMap

ROOT = Path(__file__).resolve().parents[2]
WORDS = ["king", "queen", "man", "woman", "king"]
TOY = Embeddings("toy", WORDS, np.eye(5, dtype=np.float32))
LAYOUT = np.arange(10, dtype=np.float32).reshape(5, 2)


def test_it_needs_no_streamlit() -> None:
    code = "import sys, viz.notebook; sys.exit('streamlit' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_without_anywidget_the_error_says_what_to_install() -> None:
    code = "import sys; sys.modules['anywidget'] = None; import viz.notebook"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "constraints.txt anywidget" in done.stderr.splitlines()[-1]


def test_the_browser_gets_the_payloads_that_the_scene_names() -> None:
    corners = np.repeat(np.eye(2, dtype=np.float32), 50, axis=0)
    many = Embeddings("many", [f"word{number}" for number in range(100)], corners)
    levels = regions(many.words, corners, corners, counts=[2])
    state = WordMap(
        many, corners, regions=levels, color_by_regions=True, highlights=[Highlight(3)], height=300
    ).get_state()
    scene, payloads = state["_scene"], state["_payloads"]
    assert [payload_id(payload) for payload in payloads] == list(scene["addresses"])
    assert {scene[kind] for kind in ("words", "layout", "regions")} == set(scene["addresses"])
    assert (scene["legend"], scene["height"]) == ({"regions": True}, 300)
    assert scene["highlights"] == [[3, "accent", None]]


def test_equal_words_share_their_payload_and_other_layouts_do_not() -> None:
    one, two = WordMap(TOY, LAYOUT)._scene, WordMap(TOY, -LAYOUT)._scene
    assert one["words"] == two["words"]
    assert one["layout"] != two["layout"]


def test_rows_and_words_are_selected_from_python() -> None:
    shown = WordMap(TOY, LAYOUT)
    assert (shown.selection, shown.selected_rows) == ((), ())
    shown.selection = ["Woman", "queen"]
    assert (shown.selection, shown.selected_rows) == (("queen", "woman"), (1, 3))
    shown.selection = "king"
    assert shown.selected_rows == (0,)
    shown.selected_rows = np.array([4, 2, 4])
    assert (shown.selection, shown.selected_rows) == (("man", "king"), (2, 4))
    assert shown.get_state()["selected_rows"] == pack([2, 4])


def test_the_browsers_selection_is_read_and_observed() -> None:
    shown = WordMap(TOY, LAYOUT)
    seen: list[tuple[int, ...]] = []
    shown.observe(lambda change: seen.append(change["new"]), "selected_rows")
    shown.set_state({"selected_rows": pack([1, 4])})
    assert shown.selection == ("queen", "king")
    assert seen == [(1, 4)]
    shown.set_state({"selected_rows": pack([1, 5])})  # the map has no such row
    assert shown.selected_rows == (1, 4)


def test_the_words_of_a_map_are_taken_as_well() -> None:
    some = chosen(TOY, [1, 3])
    shown = WordMap(some, LAYOUT[:2])
    shown.selection = "woman"
    assert shown.selected_rows == (1,)


@pytest.mark.parametrize("rows", [[5], [-1], ["king"], [0.5], 3, None])
def test_rows_that_are_none_are_refused(rows: object) -> None:
    shown = WordMap(TOY, LAYOUT)
    with pytest.raises(InputError):
        shown.selected_rows = rows
    assert shown.selected_rows == ()


def test_an_unknown_word_leaves_the_selection() -> None:
    shown = WordMap(TOY, LAYOUT)
    shown.selection = "man"
    with pytest.raises(UnknownWordError, match="queen"):
        shown.selection = ["king", "qeen"]
    assert shown.selection == ("man",)


@pytest.mark.parametrize(
    ("layout", "message"),
    [
        (LAYOUT[:3], "5 words and 3 rows"),
        (LAYOUT.T, r"shape \(2, 5\)"),
        (LAYOUT[:, 0], r"shape \(5,\)"),
        (np.zeros((5, 4)), r"shape \(5, 4\)"),
        ("king", "layout is 'king'"),
        ([[1, 2], [3]], "layout is"),
        (None, r"shape \(\)"),
    ],
)
def test_a_layout_that_does_not_fit_is_refused(layout: object, message: str) -> None:
    with pytest.raises((InputError, ValueError), match=message):
        WordMap(TOY, layout)  # type: ignore[arg-type]


def test_other_words_and_heights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="list"):
        WordMap(WORDS, LAYOUT)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="260"):
        WordMap(TOY, LAYOUT, height=10)
    monkeypatch.setattr(notebook, "MAX_WORDS", 4)
    with pytest.raises(InputError, match="most_frequent"):
        WordMap(TOY, LAYOUT)
