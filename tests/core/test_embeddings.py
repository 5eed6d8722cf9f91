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


def of(*words: str, prefix: str = "") -> Embeddings:
    return Embeddings("toy", words, np.eye(len(words), dtype=np.float32), prefix=prefix)


@pytest.mark.parametrize(
    ("words", "typed", "found"),
    [
        (["Ärger", "Zorn"], "ärger", "Ärger"),
        (["ärger", "Ärger"], "ÄRGER", "ärger"),
        (["ÄRGER", "Ärger"], "Ärger", "Ärger"),
        (["Rome"], "rome", "Rome"),
        (["Buße", "Busse"], "busse", "Busse"),  # lower case before ß as ss
        (["Buße", "Busse"], "buße", "Buße"),
        (["Buße"], "BUSSE", "Buße"),
        (["Σίσυφος"], "σίσυφοσ", "Σίσυφος"),
        (["re\u0301sume\u0301"], "r\u00e9sum\u00e9", "re\u0301sume\u0301"),
        (["r\u00e9sum\u00e9"], "re\u0301sume\u0301", "r\u00e9sum\u00e9"),
        (["E\u0301lan", "e\u0301lan"], "\u00e9lan", "e\u0301lan"),
        (["\u00c9lan", "e\u0301lan"], "\u00e9lan", "e\u0301lan"),  # accents before case
        (["phở", "phổ"], "phở", "phở"),
        (["hot_dog", "Hot_Dog"], "hot dog", "hot_dog"),
        (["hot_dog", "Hot_Dog"], "Hot  Dog", "Hot_Dog"),
        (["hot dog", "hot_dog"], "hot dog", "hot dog"),
    ],
)
def test_a_word_is_found_in_the_form_closest_to_the_typed_one(
    words: list[str], typed: str, found: str
) -> None:
    toy = of(*words)
    assert words[toy.index(typed)] == found
    assert toy.spelled(typed) == found
    assert toy.knows(typed)


def test_the_first_of_two_equal_words_is_found() -> None:
    assert of("sun", "moon", "sun").index("sun") == 0
    assert of("Sun", "moon", "SUN").index("sun") == 0


def test_a_prefix_that_nearly_all_words_share_may_be_left_out() -> None:
    names = ("tree", "leaf", "root", "new_york", "bark", "seed", "moss", "fern", "Oak", "ash")
    toy = of(*(f"/c/en/{name}" for name in names), "/c/fr/arbre", "ash")
    assert toy.shared_prefix == "/c/en/"
    assert toy.words[toy.index("tree")] == "/c/en/tree"
    assert toy.words[toy.index("OAK")] == "/c/en/Oak"
    assert toy.words[toy.index("New York")] == "/c/en/new_york"
    assert toy.words[toy.index("/c/fr/arbre")] == "/c/fr/arbre"
    assert toy.words[toy.index("ash")] == "ash"  # as it is written comes first
    with pytest.raises(UnknownWordError) as caught:
        toy.index("laef")
    assert caught.value.suggestions == ("leaf",)


@pytest.mark.parametrize(
    "words",
    [
        ("x-ray", "x-axis"),  # too few
        tuple(f"x-{letter}" for letter in "abcdefgh") + tuple("abcdefghijk"),  # too small a share
        tuple(f"x{letter}" for letter in "abcdefghijk"),  # up to no sign
    ],
)
def test_other_beginnings_are_not_left_out(words: tuple[str, ...]) -> None:
    assert of(*words).shared_prefix == ""


def test_tokens_are_first_looked_up_with_their_prefix() -> None:
    tokens = of("ing", "king", "_King", "_KING", "_queen", prefix="_")
    assert [tokens.index(word) for word in ("king", "KING", "King", "Queen", "ING")] == [
        1, 3, 2, 4, 0,
    ]  # fmt: skip
    assert tokens.spelled("Queen") == "queen"


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


def test_few_forms_of_glove_are_kept_beside_its_words(glove: Embeddings) -> None:
    assert len(glove._index_of_forms) < 1_000  # nearly all words are in lower case and composed
    assert glove.shared_prefix == ""
    assert glove.find("QUEEN") == glove.index("queen")


def test_glove_is_what_it_says(glove: Embeddings) -> None:
    assert (len(glove), glove.dimensions) == (400_000, 50)
    assert glove.words[0] == "the"
    assert len(set(glove.words)) == len(glove)
    assert np.isfinite(glove.vectors).all()
    # The first numbers of "the" in Stanford's own file, glove.6B.50d.txt.
    assert glove.vector("the")[:3].round(4).tolist() == pytest.approx(
        [0.418, 0.2497, -0.4124], abs=1e-4
    )
