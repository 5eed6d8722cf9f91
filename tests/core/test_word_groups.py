import numpy as np
import pytest

from core.embeddings import Embeddings
from core.errors import InputError
from core.word_groups import LONGEST_NAME, read_word_groups

TOY = Embeddings("toy", ["red", "blue", "cat", "dog", "a:b"], np.eye(5, dtype=np.float32))


def groups(text: str) -> dict[str, tuple[str, ...]]:
    return {group.name: group.words.words for group in read_word_groups(TOY, text)}


def test_a_line_is_a_group() -> None:
    text = "colours: red, Blue\n\n  pets :cat dog  \n"
    assert groups(text) == {"colours": ("red", "blue"), "pets": ("cat", "dog")}


@pytest.mark.parametrize("text", ["", " \n\t\n"])
def test_nothing_is_no_group(text: str) -> None:
    assert groups(text) == {}


def test_without_a_name_the_first_word_names_the_group() -> None:
    assert groups("cat, dog\n: red") == {"cat": ("cat", "dog"), "red": ("red",)}


def test_lines_of_one_name_are_one_group_and_words_come_once() -> None:
    assert groups("x: cat\ny: red\nx: dog cat") == {"x": ("cat", "dog"), "y": ("red",)}


def test_unknown_words_are_named_and_the_rest_is_used() -> None:
    (group,) = read_word_groups(TOY, "pets: cat, hamster, dog")
    assert group.words.words == ("cat", "dog")
    assert group.words.unknown == ("hamster",)
    assert group.words.indices.tolist() == [2, 3]


def test_a_line_without_a_known_word_is_told_by_its_number() -> None:
    with pytest.raises(InputError, match=r"Line 3 has no word of toy\. Write a name"):
        read_word_groups(TOY, "pets: cat\n\nsea: whale")


def test_a_long_name_is_cut() -> None:
    assert list(groups(f"{'x' * 1_000}: cat")) == ["x" * LONGEST_NAME]
