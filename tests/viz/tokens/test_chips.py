"""Tokens as chips and as a table."""

import pytest

from core.language.tokenizer import Token
from viz.components.token_strip import Chip
from viz.components.token_strip.component import read_pick
from viz.style import BLUE, GREEN, GREY, ORANGE, VERMILLION
from viz.tokens.chips import (
    MAX_CHARACTERS,
    MAX_CHIPS,
    MAX_ROWS,
    TINTS,
    chips_of,
    color_of,
    colors_of,
    number_of,
    short,
    token_table,
)

TEXT = "The cat 🦉 the"
TOKENS = (
    Token(101, "[CLS]", 0, 0, special=True),
    Token(7, "the", 0, 3),
    Token(9, "cat", 4, 7),
    Token(100, "[UNK]", 8, 9, known=False),
    Token(7, "the", 10, 13),
)


def test_the_same_token_has_the_same_colour() -> None:
    chips = chips_of(TOKENS, TEXT)
    assert [chip.text for chip in chips] == ["[CLS]", "the", "cat", "[UNK]", "the"]
    assert [chip.below for chip in chips] == ["101", "7", "9", "100", "7"]
    assert [chip.color for chip in chips] == [GREY, BLUE, ORANGE, VERMILLION, BLUE]
    assert [chip.dashed for chip in chips] == [True, False, False, True, False]
    assert [chip.strength for chip in chips] == [0.3, 1, 1, 0, 1]


def test_what_stands_apart_says_why() -> None:
    chips = chips_of(TOKENS, TEXT)
    assert chips[0].tip
    assert chips[3].tip == "🦉: not in the vocabulary"
    assert chips[1].tip == ""


def test_colours_come_in_turn_and_begin_again() -> None:
    colors = colors_of(range(8))
    assert list(colors.values()) == [*TINTS, *TINTS[:2]]
    assert colors_of([-1, 4, -1]) == {4: BLUE}
    assert color_of(Token(2, "x", 0, 1), {2: GREEN}) == GREEN


def test_sentences_have_a_colour_each() -> None:
    chips = chips_of(TOKENS, segments=(0, 0, 0, 1, 1))
    assert [chip.color for chip in chips] == [BLUE, BLUE, BLUE, ORANGE, ORANGE]


def test_many_and_long_tokens_are_cut() -> None:
    word = Token(-1, "x" * 9_000, 0, 9_000, known=False)
    chips = chips_of([word] * 900, "x" * 9_000)
    assert len(chips) == MAX_CHIPS
    assert len(chips[0].text) == MAX_CHARACTERS
    assert chips[0].below == "unknown"
    table = token_table([word] * 9_000, "x" * 9_000)
    assert len(table) == MAX_ROWS
    assert table.map(len).to_numpy().max() <= MAX_CHARACTERS


def test_the_table_tells_ids_and_characters() -> None:
    table = token_table(TOKENS, TEXT)
    assert table["token"].tolist() == ["[CLS]", "the", "cat", "[UNK]", "the"]
    assert table["id"].tolist() == ["101", "7", "9", "100", "7"]
    assert table["characters"].tolist() == ["special", "The", "cat", "🦉", "the"]
    assert table.index.tolist() == [1, 2, 3, 4, 5]
    spaces = token_table([Token(5, "␣a", 0, 2)], " a")
    assert spaces["characters"].tolist() == ["␣a"]


def test_a_mark_by_itself_can_be_seen() -> None:
    assert short("\ufe0f") == "◌\ufe0f"
    assert short("e\u0301") == "e\u0301"
    assert short("") == ""


def test_ids_for_people() -> None:
    assert number_of(Token(12_345, "a", 0, 1)) == "12345"
    assert number_of(Token(-1, "a", 0, 1, known=False)) == "unknown"


@pytest.mark.parametrize(
    "message",
    [
        None,
        "2",
        {},
        {"strip": "b2", "index": 1},
        {"strip": "a1"},
        {"strip": "a1", "index": "1"},
        {"strip": "a1", "index": True},
        {"strip": "a1", "index": -1},
        {"strip": "a1", "index": 3},
        {"strip": "a1", "index": 1.0},
    ],
)
def test_a_click_that_does_not_fit_is_dropped(message: object) -> None:
    assert read_pick(message, "a1", 3) is None


def test_a_click_is_read() -> None:
    assert read_pick({"strip": "a1", "index": 2}, "a1", 3) == 2
    assert Chip("a") == Chip("a", "", "", 1.0)
