import numpy as np
import pytest
from rapidfuzz import process

from core.embeddings import Embeddings
from core.word_lists import read_word_list, replace_in_list

WORDS = ("king", "queen", "new york", "x-ray", "u.s.", "Paris", "a,b", "'s")
TOY = Embeddings("toy", WORDS, np.eye(len(WORDS), dtype=np.float32))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("king, queen", ["king", "queen"]),
        ("king queen", ["king", "queen"]),
        ("king;queen\nx-ray\r\nu.s.\tParis", ["king", "queen", "x-ray", "u.s.", "Paris"]),
        ("queen,,; ,\n king ,", ["queen", "king"]),
        ("king, KING, King", ["king"]),
        ('"new york" king', ["new york", "king"]),
        ("“new york”, «king»", ["new york", "king"]),
        ('"a,b";"queen"', ["a,b", "queen"]),
        ('" king "', ["king"]),
        ("king，queen；x-ray、Paris", ["king", "queen", "x-ray", "Paris"]),
        ('king, "queen', ["king", "queen"]),
        ('"king\nqueen" x-ray', ["king", "queen", "x-ray"]),
        ("'s", ["'s"]),
        ("", []),
        (" ,;\n", []),
        ('""', []),
    ],
)
def test_what_parts_words(text: str, words: list[str]) -> None:
    found = read_word_list(TOY, text)
    assert list(found.words) == words
    assert found.indices.tolist() == [WORDS.index(word) for word in words]
    assert found.unknown == ()
    assert found.left_out == 0


def test_a_word_is_found_as_it_is_written_before_its_lower_case() -> None:
    both = Embeddings("both", ("us", "US"), np.eye(2, dtype=np.float32))
    assert read_word_list(both, "US us Us").words == ("US", "us")


def test_unknown_words_are_kept_as_they_were_written_each_once() -> None:
    found = read_word_list(TOY, 'Qeen, king, bananna, Qeen, "los angeles", pariss')
    assert found.words == ("king",)
    assert found.unknown == ("Qeen", "bananna", "los angeles", "pariss")
    assert len(found) == 1


PHRASES = ("ice", "cream", "ice_cream", "hong kong", "Rio_de_Janeiro", "tea")


@pytest.mark.parametrize(
    ("text", "words", "unknown"),
    [
        ("ice cream, tea", ["ice_cream", "tea"], []),
        ("tea\nice cream", ["tea", "ice_cream"], []),
        ("ice cream", ["ice", "cream"], []),  # two words or one: as without the phrase
        ("ice cream tea", ["ice", "cream", "tea"], []),
        ("ice cream tea, ice", ["ice", "cream", "tea"], []),
        ("hong kong", ["hong kong"], []),
        ("tea Hong Kong ice", ["tea", "hong kong", "ice"], []),
        ("rio de janeiro, hong tea", ["Rio_de_Janeiro", "tea"], ["hong"]),
        ('"hong kong" cream "ice cream"', ["hong kong", "cream", "ice_cream"], []),
    ],
)
def test_a_known_phrase_is_one_word(text: str, words: list[str], unknown: list[str]) -> None:
    toy = Embeddings("toy", PHRASES, np.eye(len(PHRASES), dtype=np.float32))
    found = read_word_list(toy, text)
    assert (list(found.words), list(found.unknown)) == (words, unknown)
    assert [PHRASES[row] for row in found.indices] == words


def test_words_beyond_the_most_are_counted_once_each() -> None:
    found = read_word_list(TOY, "king queen KING x-ray nothing x-ray u.s.", max_words=2)
    assert found.words == ("king", "queen")
    assert found.left_out == 2
    assert found.unknown == ("nothing",)
    assert read_word_list(TOY, "king queen", max_words=0).left_out == 2
    assert read_word_list(TOY, "king queen", max_words=2).left_out == 0


def test_a_hundred_thousand_words(glove: Embeddings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(process, "extract")  # searching close words would take 20 minutes
    known = [word for word in glove.words[:110_000] if word.isalpha()][:50_000]
    unknown = [f"Xq{number}y" for number in range(50_000)]
    text = "\n".join(known + unknown)
    found = read_word_list(glove, text, max_words=150)
    assert list(found.words) == known[:150]
    assert found.left_out == 50_000 - 150
    assert list(found.unknown) == unknown


@pytest.mark.parametrize(
    ("text", "written", "word", "mended"),
    [
        ("king, qeen; qeens", "qeen", "queen", "king, queen; qeens"),
        ("qeen qeen\nking", "qeen", "queen", "queen queen\nking"),
        ('"los angles", king', "los angles", "los angeles", '"los angeles", king'),
        ("nwyork", "nwyork", "new york", '"new york"'),
        ("king", "qeen", "queen", "king"),
        ("a.b axb", "a.b", "c", "c axb"),
        ("x", "x", r"\1", r"\1"),
    ],
)
def test_one_word_is_replaced(text: str, written: str, word: str, mended: str) -> None:
    assert replace_in_list(text, written, word) == mended
