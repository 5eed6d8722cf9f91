import numpy as np
import pytest

from core.embeddings import Embeddings
from core.errors import InputError, UnknownWordError


def toy() -> Embeddings:
    vectors = np.array([[1, 0], [0, 1], [3, 4]], dtype=np.float32)
    return Embeddings("toy", ["king", "queen", "Rome"], vectors)


def test_a_word_gives_its_row_and_its_vector() -> None:
    assert toy().index("queen") == 1
    assert toy().vector("queen").tolist() == [0, 1]
    assert toy().indices(["Rome", "king", "Rome"]).tolist() == [2, 0, 2]
    assert toy().indices([]).tolist() == []
    assert (len(toy()), toy().dimensions) == (3, 2)


def test_a_word_in_capitals_is_found_in_lower_case() -> None:
    assert toy().index("KING") == 0


def test_a_word_is_first_looked_up_as_it_is_written() -> None:
    both = Embeddings("both", ["us", "US"], np.eye(2, dtype=np.float32))
    assert both.index("US") == 1
    assert both.index("us") == 0
    assert both.index("Us") == 0


def test_lower_case_does_not_find_a_word_in_capitals() -> None:
    with pytest.raises(UnknownWordError):
        toy().index("rome")


def test_containing_is_exact() -> None:
    assert "king" in toy()
    assert "KING" not in toy()
    assert 3 not in toy()


def test_an_unknown_word_names_the_source_and_close_words() -> None:
    with pytest.raises(UnknownWordError, match=r"'qeen' is not in toy \(3 words\)") as caught:
        toy().vector("qeen")
    assert caught.value.suggestions == ("queen",)
    assert caught.value.word == "qeen"


def test_vectors_cannot_be_changed() -> None:
    own = np.eye(2, dtype=np.float32)
    embeddings = Embeddings("toy", ["a", "b"], own)
    with pytest.raises(ValueError, match="read-only"):
        embeddings.vectors[0, 0] = 5
    with pytest.raises(ValueError, match="read-only"):
        embeddings.vector("a")[0] = 5
    assert own.flags.writeable  # the array that came stays the caller's own


@pytest.mark.parametrize(
    "vectors",
    [
        np.eye(2),
        np.eye(2, dtype=np.float16),
        np.eye(2, dtype=np.int32),
        np.zeros(2, dtype=np.float32),
        np.zeros((2, 2, 2), dtype=np.float32),
        np.zeros((3, 2), dtype=np.float32),
        np.zeros((0, 2), dtype=np.float32),
    ],
    ids=lambda vectors: f"{vectors.dtype} {vectors.shape}",
)
def test_vectors_of_another_kind_or_number_are_refused(vectors: np.ndarray) -> None:
    with pytest.raises(InputError, match="toy"):
        Embeddings("toy", ["a", "b"], vectors)


def test_glove_is_what_it_says(glove: Embeddings) -> None:
    assert (len(glove), glove.dimensions) == (400_000, 50)
    assert glove.words[0] == "the"
    assert len(set(glove.words)) == len(glove)
    assert np.isfinite(glove.vectors).all()
    # The first numbers of "the" in Stanford's own file, glove.6B.50d.txt.
    assert glove.vector("the")[:3].round(4).tolist() == pytest.approx(
        [0.418, 0.2497, -0.4124], abs=1e-4
    )
