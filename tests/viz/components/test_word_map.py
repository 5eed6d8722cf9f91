"""The Python side of the word map: what it packs, joins, checks and reads."""

import base64
import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from viz.components.modules import joined
from viz.components.word_map import Highlight, Link, Marker, component
from viz.components.word_map.checks import check_marks, check_shape
from viz.components.word_map.colors import coloring
from viz.components.word_map.event import WordMapEvent, read_event
from viz.components.word_map.payload import (
    groups_payload,
    layout_payload,
    payload_id,
    values_payload,
    words_payload,
)

FOLDER = Path(component.__file__).parent
HARD_WORDS = ["king", "", "日本語", "שלום", "a\nb", "<b>", "x" * 300]


def unpacked(payload: bytes) -> tuple[dict[str, object], bytes]:
    length = int.from_bytes(payload[:4], "little")
    return json.loads(payload[4 : 4 + length]), payload[4 + length :]


def test_words_come_back_as_they_were() -> None:
    header, body = unpacked(words_payload("words:hard", HARD_WORDS))
    assert header == {"id": "words:hard", "kind": "words", "count": 7}
    lengths = np.frombuffer(body[:14], dtype="<u2").tolist()
    ends = np.cumsum([14, *lengths]).tolist()
    words = [body[start:end].decode() for start, end in pairwise(ends)]
    assert words == HARD_WORDS


def test_a_word_beyond_what_its_length_can_say_is_cut() -> None:
    _, body = unpacked(words_payload("words:long", ["x" * 70_000]))
    assert len(body) == 2 + 65_535


@pytest.mark.parametrize("dimensions", [2, 3])
def test_coordinates_come_back_as_they_were(dimensions: int) -> None:
    # Columns of a larger matrix lie apart in memory; they must still be packed row by row.
    coordinates = np.random.default_rng(1).normal(size=(5, 4)).astype(np.float32)[:, :dimensions]
    header, body = unpacked(layout_payload("layout:some", coordinates))
    assert header["dimensions"] == dimensions
    np.testing.assert_array_equal(np.frombuffer(body, "<f4").reshape(5, dimensions), coordinates)


def unrolled(payload: bytes) -> list[int]:
    header, body = unpacked(payload)
    runs = header["runs"]
    assert isinstance(runs, int)
    if runs == 0:
        return list(body)
    lengths = np.frombuffer(body[: 4 * runs], "<u4")
    return np.repeat(np.frombuffer(body[4 * runs :], np.uint8), lengths).tolist()


@pytest.mark.parametrize(
    "indices", [[0, 1], [255, 255, 255], [3], [], [7, 7, 0, 0, 0, 7], [7] * 20 + [0] * 9]
)
def test_groups_come_back_as_they_were(indices: list[int]) -> None:
    payload = groups_payload(np.array(indices, dtype=np.uint8))
    assert unrolled(payload) == indices
    header, _ = unpacked(payload)
    assert (header["kind"], header["count"]) == ("groups", len(indices))


def test_a_few_groups_among_400_000_words_are_small() -> None:
    indices = np.full(400_000, 255, dtype=np.uint8)
    indices[np.random.default_rng(1).choice(400_000, 84, replace=False)] = 3
    assert len(groups_payload(indices)) < 1_000


def test_many_small_groups_take_a_byte_a_word() -> None:
    indices = np.arange(20_000, dtype=np.uint8) % 8
    assert len(groups_payload(indices)) < 20_200


def test_values_come_back_as_they_were() -> None:
    values = np.array([1.5, np.nan, -2.0], dtype=np.float32)
    header, body = unpacked(values_payload(values, {"low": -2.0, "high": 1.5}))
    assert (header["kind"], header["low"], header["high"]) == ("values", -2.0, 1.5)
    np.testing.assert_array_equal(np.frombuffer(body, "<f4"), values)


def test_colors_are_named_by_their_content() -> None:
    one, same, other = (
        payload_id(groups_payload(np.array(indices, dtype=np.uint8)))
        for indices in ([0, 1], [0, 1], [1, 0])
    )
    assert one == same != other
    values = np.array([1.0], dtype=np.float32)
    linear, logarithmic = (
        payload_id(values_payload(values, {"logarithmic": flag})) for flag in (False, True)
    )
    assert linear != logarithmic


def test_the_scene_element_is_small_since_it_travels_with_every_change() -> None:
    assert len(joined(FOLDER / "scene_element.js")) < 1200


def test_the_engine_is_large_enough_for_streamlit_to_cache_its_message() -> None:
    assert len(joined(FOLDER / "engine_element.js")) > 10_000


@pytest.mark.parametrize(
    ("words", "shape", "names", "message"),
    [
        (["a"], (1, 4), (), r"shape \(1, 4\); expected \(words, 2\) or \(words, 3\)"),
        (["a", "b"], (3, 2), (), r"2 words and 3 rows .* expected one row for each word"),
        (["a"], (1, 3), ("x",), "1 axis names for 3 dimensions; expected one for each"),
    ],
)
def test_what_does_not_fit_is_refused(
    words: list[str], shape: tuple[int, int], names: tuple[str, ...], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        check_shape(words, np.zeros(shape, dtype=np.float32), names)


@pytest.mark.parametrize(
    ("mark", "message"),
    [
        (Highlight(3), "on word 3; expected an index from 0 to 2"),
        (Link(0, -1), "on word -1; expected"),
        (Link((1.0, 2.0, 3.0), 0), r"point \(1.0, 2.0, 3.0\); expected 2 coordinates"),
        (Marker((1.0,), "here"), "expected 2 coordinates"),
    ],
)
def test_marks_on_unknown_words_are_refused(mark: Highlight | Link | Marker, message: str) -> None:
    kinds = [[mark] if isinstance(mark, kind) else [] for kind in (Highlight, Link, Marker)]
    with pytest.raises(ValueError, match=message):
        check_marks(3, 2, *kinds)  # type: ignore[arg-type]


def test_an_unknown_role_is_refused() -> None:
    with pytest.raises(ValueError, match="role 'pink'; expected one of accent, blue"):
        Highlight(0, "pink").to_json()  # type: ignore[arg-type]


def test_groups_are_indices_of_the_palette() -> None:
    colors = coloring(3, groups=np.array([1, -1, 0]), group_names=["food", "animal"])
    assert colors is not None
    assert unrolled(colors.payload) == [1, 255, 0]
    assert colors.legend == {"groups": ["food", "animal"]}


def test_without_groups_and_values_there_are_no_colors() -> None:
    assert coloring(3) is None


def test_signed_values_have_zero_in_the_middle() -> None:
    colors = coloring(4, values=[-1.0, 0.0, 3.0, np.nan], value_name="gain", signed=True)
    assert colors is not None
    assert colors.legend["scale"] == [-3.0, 3.0]
    assert (colors.legend["name"], colors.legend["signed"]) == ("gain", True)
    header, _ = unpacked(colors.payload)
    assert (header["low"], header["high"], header["logarithmic"]) == (-3.0, 3.0, False)


def test_ticks_are_in_order_in_the_legend() -> None:
    ticks = {10_000: "10,000th", 1: "1st"}
    colors = coloring(2, values=[1, 20_000], value_ticks=ticks, logarithmic=True)
    assert colors is not None
    assert colors.legend["ticks"] == [[1.0, "1st"], [10_000.0, "10,000th"]]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"groups": [0, 0], "values": [1.0, 1.0]}, "a word has one colour"),
        ({"groups": [0]}, "1 groups for 2 words"),
        ({"values": [0.0]}, "1 values for 2 words"),
        ({"groups": [0, 1], "group_names": ["one"]}, "groups from 0 to 1 with 1 names"),
        ({"groups": [0, 0], "group_names": list("123456789")}, "9 groups; expected at most 8"),
        ({"values": [0.0, 1.0], "logarithmic": True}, "values from 0; expected only positive"),
        (
            {"values": [1.0, 2.0], "logarithmic": True, "signed": True},
            "zero in the middle; expected only positive",
        ),
    ],
)
def test_colors_that_do_not_fit_are_refused(given: dict[str, list[int]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        coloring(2, **given)  # type: ignore[arg-type]


def packed(*steps: int) -> str:
    return base64.b64encode(bytes(steps)).decode()


def test_an_event_says_what_was_clicked_and_selected() -> None:
    selection = {"words": "words:a", "count": 3, "indices": packed(5, 1, 0b1010_1100, 0b10)}
    event = read_event({"picked": {"words": "words:a", "index": 2}, "selection": selection},
                       "words:a", 400)  # fmt: skip
    assert event == WordMapEvent(2, (5, 6, 306), 3)


@pytest.mark.parametrize(
    "result",
    [
        {},
        {"picked": {"words": "words:other", "index": 2}},
        {"picked": {"words": "words:a", "index": 400}},
        {"picked": {"words": "words:a", "index": True}},
        {"picked": {"words": "words:a", "index": "<script>"}},
        {"picked": 2, "selection": [1]},
        {"selection": {"words": "words:other", "count": 1, "indices": packed(5)}},
        {"selection": {"words": "words:a", "count": 401, "indices": packed(5)}},
        {"selection": {"words": "words:a", "count": 1, "indices": packed(127 + 128, 100)}},
        {"selection": {"words": "words:a", "count": 1, "indices": packed(5, 1)}},
        {"selection": {"words": "words:a", "count": None, "indices": "§"}},
    ],
)
def test_a_message_about_other_words_is_ignored(result: dict[str, object]) -> None:
    assert read_event(result, "words:a", 400) == WordMapEvent()


def test_a_page_with_a_map_runs() -> None:
    def page() -> None:
        import numpy as np
        import streamlit as st

        from viz.components.word_map import Highlight
        from viz.components.word_map.component import word_map

        event = word_map(
            ["king", "queen"],
            np.eye(2, dtype=np.float32),
            words_id="two",
            layout_id="two:2",
            alt="Two words.",
            key="map",
            highlights=[Highlight(1)],
            values=[1.0, 2.0],
        )
        st.write(f"picked {event.picked}, selected {event.selected_count}")

    tested = AppTest.from_function(page).run()
    assert not tested.exception
    assert tested.markdown[0].value == "picked None, selected 0"
