"""The sentences above figures, with values worked out by hand."""

import re
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from core.language.sizes import Sizes
from pages.map.quality import group_hint
from pages.next_word.stories import stories_hint
from pages.tokens.input_sum import terms_hint
from pages.tokens.positions import positions_hint, sizes_hint
from tests.pages.opening import open_page, said


def bold(hint: str) -> list[str]:
    return re.findall(r"\*\*(.+?)\*\*", hint)


def test_tokens_are_counted_in_each_vocabulary() -> None:
    for text, counts in (("king and queen", "333"), ("blorptastic", "144")):
        (hint,) = [
            line
            for line in said(open_page("tokens", to_cut=text)).splitlines()
            if "cut into" in line and "**" in line
        ]
        assert "".join(re.findall(r"\*\*(\d+)\*\*", hint)) == counts, hint
        unknown = re.findall(r"(\w+) does not know (\d+)", hint)
        assert unknown == ([("GloVe", "1")] if text == "blorptastic" else [])


def test_the_longest_of_three_rows_is_named() -> None:
    rows = {"token": [[3, 4]], "position": [[0, 1]], "segment": [[6, 8]]}
    inputs: Any = SimpleNamespace(**{name: np.array(row) for name, row in rows.items()})
    hint = terms_hint(inputs, 0)
    assert re.findall(r"\*\*(\w+)\*\*", hint) == ["segment"]
    assert re.findall(r"\d+\.\d\d", hint) == ["10.00", "5.00", "1.00"]


def test_cosines_of_positions_are_averaged() -> None:
    shown = np.array([[1, 0.4, 0.1, 0], [0.4, 1, 0.6, 0.3], [0.1, 0.6, 1, 0.8], [0, 0.3, 0.8, 1]])
    hint = positions_hint(shown, range(0, 32, 8))
    assert re.findall(r"(\d+) apart", hint) == ["8", "16"]
    assert bold(hint) == ["0.60", "0.20"]


def test_the_largest_matrix_is_compared_with_the_smallest() -> None:
    sizes = [Sizes(name, tokens, 10, "none") for name, tokens in (("b", 60), ("c", 90), ("a", 30))]
    hint = sizes_hint(sizes)
    assert bold(hint) == ["c", "3 times"]
    assert "900" in hint


def test_colours_that_stay_together_are_counted() -> None:
    # Rows 0 and 1 are closest to each other, row 2 to row 1, row 3 to row 2 of its own group.
    places = np.array([[0, 0], [1, 0], [2.5, 0], [9, 9]], dtype=np.float32)
    drawn = SimpleNamespace(position=lambda row: row if row < 4 else None)
    layout: Any = SimpleNamespace(drawn=drawn, coordinates=places)
    assert "**3 of 4**" in group_hint(layout, {"a": [0, 1], "b": [2, 3, 7]})
    assert group_hint(layout, {"a": [0, 1], "b": [7]}) == ""


def test_repetition_in_stories_is_counted() -> None:
    stories: Any = [[SimpleNamespace(id=each) for each in ids] for ids in ([1, 2, 1, 2], [1, 2, 3])]
    counts = re.findall(r"\*\*(\d+) of (\d+)\*\*", stories_hint((0.0, 1.5), stories))
    assert counts == [("2", "4"), ("3", "3")]


@pytest.mark.usefixtures("language_models_are_there")
def test_the_window_and_the_lens_name_what_the_model_predicts() -> None:
    lens = said(open_page("context", part="logit lens"))
    assert "predicts **␣Paris** (77.3%)" in lens
    window = said(open_page("context", part="window"))
    assert "**␣Japanese**, with the last 12 **␣English**" in window
