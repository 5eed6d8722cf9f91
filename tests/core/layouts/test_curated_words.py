import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.embeddings import Embeddings
from core.layouts import curated_words as lessons
from core.layouts.curated_words import ASSETS, lesson_words
from core.layouts.map_words import most_frequent


def test_the_words_of_all_groups_are_there() -> None:
    groups = json.loads((ASSETS / "word_groups.json").read_text(encoding="utf-8"))
    for words in groups.values():
        assert set(words) <= lesson_words()


def test_the_words_of_directions_and_presets_are_there() -> None:
    # plural = cats - cat, said of puppies and octopi; hitler + italy - germany; sushi and bratwurst
    wanted = "cat cats puppy puppies octopi hitler mussolini sushi bratwurst king queen woman"
    assert set(wanted.split()) <= lesson_words()


@pytest.mark.parametrize("word", ["sushi", "mussolini", "puppies", "octopi", "bratwurst"])
def test_rare_words_of_the_lessons_are_on_the_usual_map(glove: Embeddings, word: str) -> None:
    row = glove.index(word)
    assert row >= 20_000, "no test of rare words"
    drawn = most_frequent(glove, 20_000)
    place = drawn.place(row)
    assert place is not None
    assert place >= 20_000
    assert drawn.words[place] == word


@pytest.fixture
def own_lessons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(lessons, "ASSETS", tmp_path)
    lesson_words.cache_clear()
    yield tmp_path
    lesson_words.cache_clear()


def test_words_are_found_wherever_they_stand_in_a_lesson(own_lessons: Path) -> None:
    (own_lessons / "presets").mkdir()
    (own_lessons / "presets" / "a.json").write_text(
        '[{"title": "Plurals’ way", "values": {"x": ["Cats - cat", "man-made woman"]}, "n": 7}]',
        encoding="utf-8",
    )
    (own_lessons / "word_groups.json").write_text('{"sea": ["o\'clock", "\'gulls\' 3d "]}')
    (own_lessons / "other.json").write_text('["ignored"]')
    expected = "title plurals way values x cats cat man-made woman n sea o'clock gulls d"
    assert lesson_words() == set(expected.split())


def test_no_lessons_have_no_words(own_lessons: Path) -> None:
    assert lesson_words() == frozenset()
