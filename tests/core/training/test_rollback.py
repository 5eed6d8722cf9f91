"""Tables that are kept on disk."""

import numpy as np

from core.training.config import Config
from core.training.parameters import initial_tables
from core.training.rollback import LastGood

CONFIG = Config(dimensions=12, initialisation="normal")


def test_they_come_back_as_they_were() -> None:
    tables = initial_tables(50, CONFIG)
    tables.outputs[:] = 3
    before = tables.copy()
    good = LastGood()
    good.keep(tables)
    for _ in range(2):
        tables.inputs[:] = np.nan
        tables.outputs[:] = np.inf
        good.give_back(tables)
        np.testing.assert_array_equal(tables.inputs, before.inputs)
        np.testing.assert_array_equal(tables.outputs, before.outputs)


def test_the_newest_ones_come_back() -> None:
    tables = initial_tables(50, CONFIG)
    good = LastGood()
    for number in (1, 2):
        tables.inputs[:] = number
        good.keep(tables)
    tables.inputs[:] = 9
    good.give_back(tables)
    assert (tables.inputs == 2).all()


def test_what_was_never_kept_changes_nothing() -> None:
    tables = initial_tables(50, CONFIG)
    before = tables.copy()
    LastGood().give_back(tables)
    np.testing.assert_array_equal(tables.inputs, before.inputs)
