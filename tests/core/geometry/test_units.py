import numpy as np
import pytest
from sklearn.preprocessing import normalize

from core.geometry.units import unit_rows

rng = np.random.default_rng(0)


def test_rows_have_length_one_as_scikit_learn_has_them() -> None:
    rows = rng.normal(size=(20, 7))
    assert unit_rows(rows) == pytest.approx(normalize(rows))


def test_zeros_stay_zeros() -> None:
    assert unit_rows(np.array([[3, 4], [0, 0]])).tolist() == [[0.6, 0.8], [0, 0]]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_dtype(dtype: type) -> None:
    assert unit_rows(np.ones((2, 3), dtype=np.float32), dtype).dtype == dtype


def test_stacks_of_rows_are_normalised_and_left_unchanged() -> None:
    stack = rng.normal(size=(3, 4, 5))
    before = stack.copy()
    assert np.linalg.norm(unit_rows(stack), axis=-1) == pytest.approx(np.ones((3, 4)))
    assert np.array_equal(stack, before)
