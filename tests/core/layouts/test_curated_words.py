import pytest

from core.embeddings import Embeddings
from core.layouts.curated_words import curated_words
from core.layouts.map_words import most_frequent
from tests.core.layouts.preset_words import preset_words


def test_the_list_has_the_words_of_the_presets() -> None:
    """If it fails: `python -m tests.core.layouts.preset_words`, then `python -m core.layouts`."""
    assert preset_words() <= curated_words()


def test_the_words_of_directions_and_presets_are_there() -> None:
    wanted = "cat cats puppy puppies octopi hitler mussolini sushi bratwurst king queen woman"
    assert set(wanted.split()) <= curated_words()


@pytest.mark.parametrize("word", ["sushi", "mussolini", "puppies", "octopi", "bratwurst"])
def test_rare_words_of_the_lessons_are_on_the_usual_map(glove: Embeddings, word: str) -> None:
    row = glove.index(word)
    assert row >= 20_000, "no test of rare words"
    drawn = most_frequent(glove, 20_000)
    position = drawn.position(row)
    assert position is not None
    assert position >= 20_000
    assert drawn.words[position] == word
