import numpy as np

from viz.geometry.vector_strip import strip_figure


def test_a_row_for_each_word_and_a_cell_for_each_number() -> None:
    vectors = np.array([[1, -2, 0.5], [0, 1, 3]], dtype=np.float32)
    (cells,) = strip_figure(["king", "<b>"], vectors).data
    np.testing.assert_array_equal(np.asarray(cells.z), vectors)
    assert list(cells.y) == ["king ", "&lt;b&gt; "]
    assert (cells.zmin, cells.zmax) == (-3, 3)


def test_words_that_are_numbers_stay_words() -> None:
    figure = strip_figure(["42", "1984"], np.eye(2, dtype=np.float32))
    assert figure.layout.yaxis.type == "category"
