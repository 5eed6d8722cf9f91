"""Parameters that are kept on disk."""

import numpy as np

from core.training.config import Config
from core.training.parameters import initial_parameters
from core.training.rollback import Rollback

CONFIG = Config(dimensions=12, initialisation="normal")


def test_they_come_back_as_they_were() -> None:
    parameters = initial_parameters(50, CONFIG)
    parameters.outputs[:] = 3
    before = parameters.copy()
    rollback = Rollback()
    rollback.save(parameters)
    for _ in range(2):
        parameters.inputs[:] = np.nan
        parameters.outputs[:] = np.inf
        rollback.restore(parameters)
        np.testing.assert_array_equal(parameters.inputs, before.inputs)
        np.testing.assert_array_equal(parameters.outputs, before.outputs)


def test_the_newest_ones_come_back() -> None:
    parameters = initial_parameters(50, CONFIG)
    rollback = Rollback()
    for number in (1, 2):
        parameters.inputs[:] = number
        rollback.save(parameters)
    parameters.inputs[:] = 9
    rollback.restore(parameters)
    assert (parameters.inputs == 2).all()


def test_what_was_never_kept_changes_nothing() -> None:
    parameters = initial_parameters(50, CONFIG)
    before = parameters.copy()
    Rollback().restore(parameters)
    np.testing.assert_array_equal(parameters.inputs, before.inputs)
