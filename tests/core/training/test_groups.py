"""Words beside others of their group."""

import numpy as np

from core.training.groups import nearest_in_group


def test_two_clouds_are_told_apart_and_mixed_ones_are_not() -> None:
    apart = np.array([[0, 0], [1, 0], [0, 1], [9, 9], [9, 8]])
    assert nearest_in_group(apart, [0, 0, 0, 1, 1]).tolist() == [True] * 5
    assert nearest_in_group(apart, [0, 1, 2, 0, 1]).tolist() == [False] * 4


def test_a_word_alone_in_its_group_is_left_out() -> None:
    points = np.array([[0.0], [1.0], [1.4], [5.0]])
    assert nearest_in_group(points, [0, 0, 1, 0]).tolist() == [True, False, False]
    assert nearest_in_group(points, [0, 1, 2, 3]).tolist() == []
