import json
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.embeddings import Embeddings
from core.errors import InputError
from core.word_groups import MAX_NAME_LENGTH, read_word_groups

ASSETS = Path(__file__).resolve().parents[2] / "assets"
WORDS = ["red", "blue", "green", "cat", "dog", "new york", ":", "3d"]
TOY = Embeddings("toy", WORDS, np.eye(len(WORDS), dtype=np.float32))


def read(text: str) -> dict[str, tuple[str, ...]]:
    return {group.name: group.words.words for group in read_word_groups(TOY, text)}


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("", {}),
        (" \n\t\n", {}),
        ("colours: red, blue", {"colours": ("red", "blue")}),
        ("colours:red blue;green", {"colours": ("red", "blue", "green")}),
        ("  my colours  :  Red  ", {"my colours": ("red",)}),
        ("colours: red\n\nanimals: cat, dog\n", {"colours": ("red",), "animals": ("cat", "dog")}),
        ("colours: red\r\nanimals: cat", {"colours": ("red",), "animals": ("cat",)}),
        ("animals: dog\ncolours: red", {"animals": ("dog",), "colours": ("red",)}),
        ("red, blue\ncat dog", {"red": ("red", "blue"), "cat": ("cat", "dog")}),
        ("qqq blue", {"blue": ("blue",)}),
        (": red, blue", {"red": ("red", "blue")}),
        ("a: red\nb: cat\na: blue, red", {"a": ("red", "blue"), "b": ("cat",)}),
        ("red, blue\nred: green", {"red": ("red", "blue", "green")}),
        ('cities: "New York"', {"cities": ("new york",)}),
        ("time: 3d : cat", {"time": ("3d", ":", "cat")}),
        ("a: red\nb: red", {"a": ("red",), "b": ("red",)}),
        ("Größe <b>: red", {"Größe <b>": ("red",)}),
    ],
)
def test_ways_to_write_groups(text: str, groups: dict[str, tuple[str, ...]]) -> None:
    assert read(text) == groups
    assert list(read(text)) == list(groups)  # in their order


def test_unknown_words_are_named_and_the_rest_is_used() -> None:
    (group,) = read_word_groups(TOY, "colours: red, bleu\ncolours: grün, red, bleu, blue")
    assert group.words.words == ("red", "blue")
    assert group.words.unknown == ("bleu", "grün")
    assert group.words.indices.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("text", "line"), [("nothing", 1), ("a:", 1), (":", 1), ("a: red\n\nb: qqq, zzz\nc: cat", 3)]
)
def test_a_line_without_a_known_word_is_named(text: str, line: int) -> None:
    with pytest.raises(InputError, match=f"Line {line} has no word of toy.*fruit: apple"):
        read_word_groups(TOY, text)


def test_long_names_are_cut() -> None:
    (name,) = read("x" * 100 + ": red")
    assert name == "x" * MAX_NAME_LENGTH


def test_the_groups_that_come_with_the_app_can_be_typed(glove: Embeddings) -> None:
    ready = json.loads((ASSETS / "word_groups.json").read_text(encoding="utf-8"))
    text = "\n".join(f"{name}: {', '.join(words)}" for name, words in ready.items())
    found = read_word_groups(glove, text)
    assert {group.name: list(group.words.words) for group in found} == ready
    assert not any(group.words.unknown for group in found)


@given(st.text(max_size=80) | st.text("rdeblu:,;\" \n'", max_size=80))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    with suppress(InputError):
        groups = read_word_groups(TOY, text)
        names = [group.name for group in groups]
        assert len(set(names)) == len(names)
        assert all(0 < len(name) <= MAX_NAME_LENGTH for name in names)
        assert all(len(group.words) for group in groups)
