import numpy as np
import pytest

from core.embeddings import Embeddings
from core.word_pairs import joined_pairs, read_pairs, replace_in_pairs

WORDS = ["man", "woman", "king", "queen", "new york", "x-ray", "-"]
TOY = Embeddings("toy", WORDS, np.eye(len(WORDS), dtype=np.float32))
TWO = (("man", "woman"), ("king", "queen"))


@pytest.mark.parametrize(
    "text",
    [
        "man woman, king queen",
        "man woman; king queen",
        "man woman\nking queen\n",
        "  man   woman ,, king queen, ",
        "Man WOMAN, king queen",
        "man → woman, king -> queen",
        "man - woman, king – queen",
        "man woman king queen",
        "man, woman, king, queen",
        '"man" “woman”, king queen',
        "man/woman, king/queen",
        "man:woman; king:queen",
        "man->woman\nking→queen",
        "man-> woman, king : queen",
    ],
)
def test_ways_to_write_pairs(text: str) -> None:
    found = read_pairs(TOY, text)
    assert found.pairs == TWO
    assert not found.unknown
    assert not found.not_pairs
    assert not found.left_out


def test_quotes_hold_words_together() -> None:
    assert read_pairs(TOY, '"New York" x-ray').pairs == (("new york", "x-ray"),)


def test_unknown_words_are_named_and_the_rest_is_used() -> None:
    found = read_pairs(TOY, "man womann, king queen, kking qqueen, man womann")
    assert found.pairs == (("king", "queen"),)
    assert found.unknown == ("womann", "kking", "qqueen")


def test_what_is_no_pair_is_told() -> None:
    found = read_pairs(TOY, "man woman, king, man king queen, king queen")
    assert found.pairs == TWO
    assert found.not_pairs == ("king", "man king queen")


def test_a_word_without_a_partner_is_told() -> None:
    found = read_pairs(TOY, "man woman king")
    assert found.pairs == (("man", "woman"),)
    assert found.not_pairs == ("king",)


def test_too_many_pairs_are_counted() -> None:
    words = [f"w{number}" for number in range(50_000)]
    many = Embeddings("many", words, np.ones((len(words), 1), dtype=np.float32))
    found = read_pairs(many, ", ".join(f"{word} w0" for word in words), max_pairs=3)
    assert found.pairs == (("w0", "w0"), ("w1", "w0"), ("w2", "w0"))
    assert found.left_out == 49_997


def test_a_repeated_pair_counts_once() -> None:
    found = read_pairs(TOY, "man woman, king queen, Man woman, woman man, man/woman")
    assert found.pairs == (*TWO, ("woman", "man"))
    assert found.repeated == TWO[:1]
    assert read_pairs(TOY, "man woman, king queen").repeated == ()


def test_a_known_word_is_parted_only_where_it_is_no_half_of_a_pair() -> None:
    either = Embeddings("either", ["and/or", "and", "or", "b"], np.eye(4, dtype=np.float32))
    assert read_pairs(either, "and/or b, and/or").pairs == (("and/or", "b"), ("and", "or"))
    assert read_pairs(either, "and:c").unknown == ("c",)


def test_an_unknown_word_with_a_dash_is_a_pair_if_its_parts_are_known() -> None:
    assert read_pairs(TOY, "man-woman, king–queen").pairs == TWO
    assert read_pairs(TOY, "man-woman").pairs == TWO[:1]
    assert read_pairs(TOY, "man-womann").unknown == ("man-womann",)
    assert read_pairs(TOY, "man-, -woman").unknown == ("man-", "-woman")
    dashed = Embeddings("dashed", ["x-ray", "x", "ray"], np.eye(3, dtype=np.float32))
    assert read_pairs(dashed, "x-ray x").pairs == (("x-ray", "x"),)


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("man womann, king queen", "man woman, king queen"),
        ("man/womann; womann:man", "man woman; woman man"),
        ('"womann" man', "woman man"),
        ("womanns womann-", "womanns womann-"),
    ],
)
def test_an_unknown_word_is_replaced(text: str, mended: str) -> None:
    assert replace_in_pairs(text, "womann", "woman") == mended
    assert replace_in_pairs("ny:usa", "ny", "new york") == '"new york" usa'


@pytest.mark.parametrize("text", ["", "  ", ",,;\n", '""', "→"])
def test_nothing_gives_no_pairs(text: str) -> None:
    assert read_pairs(TOY, text).pairs == ()
    assert joined_pairs(TOY, text) == ()


def test_only_words_in_twos_are_joined() -> None:
    assert joined_pairs(TOY, "man woman, king, queen, man king queen, king qqueen") == TWO[:1]
    assert joined_pairs(TOY, "man, woman") == ()
    assert joined_pairs(TOY, "man woman king queen") == ()


def test_pairs_of_known_phrases() -> None:
    words = (
        "hong kong",
        "china",
        "rio_de_janeiro",
        "brazil",
        "rio",
        "ice",
        "ice cream",
        "cream ice",
    )
    toy = Embeddings("toy", words, np.eye(len(words), dtype=np.float32))
    found = read_pairs(toy, "Hong Kong china, rio de janeiro - brazil, hong kong ice cream")
    assert found.pairs == (
        ("hong kong", "china"),
        ("rio_de_janeiro", "brazil"),
        ("hong kong", "ice cream"),
    )
    assert (found.unknown, found.not_pairs) == ((), ())
    two_ways = read_pairs(toy, "ice cream ice, rio brazil")
    assert two_ways.pairs == (("rio", "brazil"),)


def test_a_hundred_thousand_words_in_one_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[str] = []

    def find(_: Embeddings, word: str) -> int | None:
        looked_up.append(word)
        return None

    monkeypatch.setattr(Embeddings, "find", find)
    toy = Embeddings("toy", ("cat", "cats"), np.eye(2, dtype=np.float32))
    read_pairs(toy, "dog " * 100_000)
    assert sum(map(len, looked_up)) < 10_000_000
