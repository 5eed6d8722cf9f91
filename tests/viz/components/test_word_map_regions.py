"""The regions of a word map: their colours, their radii and their bytes."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from core.layouts.regions import RegionLevel, regions
from viz.components.word_map import standalone_html
from viz.components.word_map.regions import (
    HUES,
    SHADES,
    check_regions,
    different_colors,
    levels_payload,
    on_words,
    region_colors,
    region_radii,
    regions_id,
)


def cloud(seed: int, count: int = 1200, dimensions: int = 2) -> tuple[RegionLevel, ...]:
    """Return the regions of words in 40 heaps of random sizes."""
    random = np.random.default_rng(seed)
    heap = random.choice(40, count, p=random.dirichlet(np.ones(40)))
    centers, meanings = random.normal(size=(40, dimensions)), random.normal(size=(40, 8))
    coordinates = (centers[heap] + random.normal(scale=0.2, size=(count, dimensions))).astype("f4")
    units = (meanings[heap] + random.normal(scale=0.5, size=(count, 8))).astype("f4")
    units /= np.linalg.norm(units, axis=1, keepdims=True)
    return regions([f"word{n}" for n in range(count)], units, coordinates, counts=(12, 40, 60))


@pytest.mark.parametrize("dimensions", [2, 3])
@pytest.mark.parametrize("seed", range(4))
def test_regions_that_touch_have_different_colors(seed: int, dimensions: int) -> None:
    levels = cloud(seed, dimensions=dimensions)
    first, second, third = (np.array(colors) for colors in region_colors(levels))
    assert (first % SHADES == 0).all()
    assert not (levels[0].adjacent & (first[:, None] == first)).any()
    np.testing.assert_array_equal(second // SHADES, first[levels[1].parents] // SHADES)
    siblings = levels[1].parents[:, None] == levels[1].parents
    assert not (levels[1].adjacent & siblings & (second[:, None] == second)).any()
    np.testing.assert_array_equal(third, second[levels[2].parents])
    assert max(first) < HUES * SHADES


@given(st.integers(1, 30), st.integers(0, 10_000), st.integers(2, 8))
@settings(max_examples=60, deadline=None)
def test_enough_colors_are_always_enough(count: int, seed: int, degree: int) -> None:
    random = np.random.default_rng(seed)
    adjacent = np.zeros((count, count), dtype=bool)
    for one, other in random.integers(count, size=(6 * count, 2)):
        if one != other and max(adjacent[[one, other]].sum(axis=1)) < degree:
            adjacent[one, other] = adjacent[other, one] = True
    colors = np.array(different_colors(adjacent, degree + 1))
    assert not (adjacent & (colors[:, None] == colors)).any()
    assert colors.min() >= 0
    assert colors.max() <= degree


def test_a_spare_color_is_used_only_where_no_other_is_free() -> None:
    assert 3 not in different_colors(np.zeros((9, 9), dtype=bool), 4, spare=1)
    assert sorted(different_colors(~np.eye(4, dtype=bool), 4, spare=1)) == [0, 1, 2, 3]
    assert sorted(different_colors(~np.eye(6, dtype=bool), 4)) == [0, 0, 1, 1, 2, 3]


def level_of(labels: list[int], peaks: list[list[float]]) -> RegionLevel:
    count = len(peaks)
    return RegionLevel(
        np.array(labels, dtype=np.int32),
        np.zeros(count, dtype=np.int32),
        np.array(peaks, dtype=np.float32),
        ((0,),) * count,
        tuple(f"<b>{number}" for number in range(count)),
        ~np.eye(count, dtype=bool),
        np.full(count, 0.5, dtype=np.float32),
    )


def test_most_words_of_a_region_are_within_its_radius() -> None:
    coordinates = np.array([[n, 0] for n in range(10)] + [[5, 9], [5, 8]], dtype=np.float32)
    level = level_of([0] * 10 + [1, 1], [[0, 0], [5, 8]])
    np.testing.assert_array_equal(region_radii(level, coordinates), [7, 1])


def test_names_stand_on_words() -> None:
    coordinates = np.array([[0, 0], [3, 0], [9, 9]], dtype=np.float32)
    level = level_of([0, 0, 1], [[2, 0], [8, 9]])
    np.testing.assert_array_equal(on_words(level, coordinates), [[3, 0], [9, 9]])


def test_regions_travel_as_one_payload() -> None:
    levels = cloud(1)
    coordinates = np.zeros((1200, 2), dtype=np.float32)
    payload = levels_payload("regions:x", levels, coordinates)
    length = int.from_bytes(payload[:4], "little")
    header = json.loads(payload[4 : 4 + length])
    assert (header["id"], header["kind"], header["count"]) == ("regions:x", "regions", 1200)
    for level, described in zip(levels, header["levels"], strict=True):
        assert described["names"] == list(level.names)
        assert described["parents"] == level.parents.tolist()
        assert described["sizes"] == np.bincount(level.labels).tolist()
        assert all(len(values) == len(level) for values in described.values())
    labels = np.frombuffer(payload[4 + length :], "<u2")
    np.testing.assert_array_equal(labels, levels[-1].labels)


def test_regions_are_named_by_their_content_and_their_layout() -> None:
    one, other = [level_of([0, 1], [[0, 0], [1, 1]])], [level_of([1, 0], [[0, 0], [1, 1]])]
    assert regions_id(one, "a") == regions_id(one, "a")
    assert len({regions_id(one, "a"), regions_id(other, "a"), regions_id(one, "b")}) == 3


def test_regions_of_another_map_are_refused() -> None:
    level = level_of([0, 1], [[0, 0], [1, 1]])
    check_regions([level], 2, 2)
    with pytest.raises(ValueError, match="expected 3 words in 2 dimensions"):
        check_regions([level], 3, 2)
    with pytest.raises(ValueError, match="expected 2 words in 3 dimensions"):
        check_regions([level], 2, 3)


def test_a_word_has_one_color() -> None:
    level = level_of([0, 1], [[0, 0], [1, 1]])
    with pytest.raises(ValueError, match="a word has one colour"):
        standalone_html(
            ["a", "b"], np.eye(2), title="", alt="", values=[1, 2], regions=[level],
            color_by_regions=True,
        )  # fmt: skip


def test_a_page_with_regions_runs() -> None:
    def page() -> None:
        import numpy as np

        from core.layouts.regions import regions
        from viz.components.word_map.component import word_map

        corners = np.repeat(np.eye(2, dtype=np.float32), 50, axis=0)
        words = [f"word{number}" for number in range(100)]
        word_map(
            words,
            corners,
            words_id="a",
            layout_id="b",
            alt="Words.",
            key="map",
            regions=regions(words, corners, corners, counts=[2]),
            color_by_regions=True,
        )

    assert not AppTest.from_function(page).run().exception
