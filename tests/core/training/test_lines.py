"""What the line ends of a text mean, and texts without spaces."""

import random
from textwrap import fill

import pytest

from core.errors import InputError
from core.training.classroom import classroom_text
from core.training.corpus import read_corpus
from core.training.lines import KEPT, UNSPACED, WRAPPED, is_unspaced, line_ends

PROSE = (
    "Every spring the farmer ploughed the field behind the barn. His horse was old, and it did not "
    "like the rain. When the work was done they went home together; the dog ran ahead of them. "
    "What a day! Nobody in the village had seen such clouds before. "
)


@pytest.mark.parametrize("width", [35, 60, 80])
def test_wrapped_prose(width: int) -> None:
    assert line_ends(fill(PROSE * 5, width)) == WRAPPED
    assert line_ends("\n\n".join([fill(PROSE * 3, width)] * 4)) == WRAPPED


def test_lines_of_a_number_of_words() -> None:
    words = (PROSE * 6).split()
    lines = (" ".join(words[at : at + 7]) for at in range(0, len(words), 7))
    assert line_ends("\n".join(lines)) == WRAPPED


def test_poems_keep_their_lines() -> None:
    first = (
        "The wind is low",
        "A bird has flown. It sings",
        "Beyond the snow",
        "Old bells and rings",
    )
    assert line_ends("\n".join(f"{line} over the hill" for line in first * 4)) == KEPT
    song = "we walk along the river\nand no one calls our name\n\n"
    assert line_ends(song * 10) == KEPT


def test_one_sentence_per_line() -> None:
    assert line_ends("\n".join(PROSE.split(". ") * 6)) in (KEPT, None)
    assert line_ends("the farmer has a horse\nthe dog likes the farmer\n" * 30) == KEPT
    assert line_ends("\n".join(f"Line {number} ends here." for number in range(40))) is None
    dice = random.Random(1)
    headlines = (" ".join(PROSE.split()[: dice.randint(3, 30)]) for _ in range(50))
    assert line_ends("\n".join(headlines)) == KEPT


def test_few_lines_and_none() -> None:
    assert line_ends("") is None
    assert line_ends(PROSE) is None
    assert line_ends(fill(PROSE, 60)) is None


@pytest.mark.parametrize(
    ("unspaced", "spaced"),
    [
        (
            "我们明天早上去学校上课。他喜欢在河边看书，",
            "我们 明天 早上 去 学校 上课 。 他 喜欢 看 书 ，",
        ),
        ("わたしは毎朝早く起きて散歩をします。", "わたし は 毎朝 早く 起き て 散歩 を します 。"),
        ("ฉันชอบกินข้าวผัดที่ร้านใกล้บ้าน ", "ฉัน ชอบ กิน ข้าว ผัด ที่ ร้าน ใกล้ บ้าน "),
    ],
)
def test_a_text_without_spaces_is_noticed(unspaced: str, spaced: str) -> None:
    assert is_unspaced(unspaced * 10)
    assert not is_unspaced(spaced * 10)
    assert not is_unspaced(PROSE * 2 + unspaced)
    corpus = read_corpus(unspaced * 10 + "one two", min_count=1)
    assert corpus.is_unspaced
    assert not read_corpus(spaced * 10, min_count=1).is_unspaced
    with pytest.raises(InputError, match=UNSPACED[:30]):
        read_corpus(unspaced * 10, min_count=100)


def test_the_classroom_text_is_read_as_usual() -> None:
    assert read_corpus(classroom_text()).notes == ()
