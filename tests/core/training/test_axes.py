"""The axes of a picture stand still while a run goes on."""

import numpy as np
import pytest
from sklearn.decomposition import PCA

from core.training.axes import principal_axes

rng = np.random.default_rng(0)
CLOUD = rng.normal(size=(30, 6)) * [5, 3, 1, 0.5, 0.2, 0.1]


def test_the_axes_are_the_principal_ones() -> None:
    found = principal_axes(CLOUD)
    oracle = PCA(2).fit(CLOUD)
    assert np.abs(found.axes) == pytest.approx(np.abs(oracle.components_), abs=1e-9)
    assert found.project(CLOUD).mean(axis=0) == pytest.approx([0, 0], abs=1e-9)


def test_a_picture_made_anew_does_not_jump() -> None:
    before = principal_axes(CLOUD)
    moved = CLOUD + rng.normal(size=CLOUD.shape) * 0.05
    after = principal_axes(moved, before)
    assert np.abs(after.project(moved) - before.project(CLOUD)).max() < 0.3
    # The same plane upside down and turned is turned back.
    angle = 2.0
    turn = np.array([[np.cos(angle), np.sin(angle)], [np.sin(angle), -np.cos(angle)]])
    turned = type(before)(turn @ before.axes, before.center)
    assert principal_axes(CLOUD, turned).project(CLOUD) == pytest.approx(
        turned.project(CLOUD), abs=1e-9
    )


@pytest.mark.parametrize("vectors", [np.zeros((5, 4)), np.ones((1, 3)), np.eye(4, 1)])
def test_vectors_without_two_dimensions_are_drawn(vectors: np.ndarray) -> None:
    drawn = principal_axes(vectors).project(vectors)
    assert drawn.shape == (len(vectors), 2)
    assert np.isfinite(drawn).all()


def test_the_share_kept_is_that_of_scikit_learn() -> None:
    oracle = PCA(2).fit(CLOUD).explained_variance_ratio_.sum()
    axes = principal_axes(CLOUD)
    assert axes.kept_share(CLOUD) == pytest.approx(oracle)
    both = axes.kept_share(np.stack([CLOUD, np.ones_like(CLOUD)]))
    assert both[0] == pytest.approx(oracle)
    assert np.isnan(both[1])
