"""Whether line ends end the sentences of a text, and whether spaces separate its words."""

import re
from itertools import pairwise
from statistics import mean, median
from typing import Final

SAMPLE: Final = 50_000  # characters of a text that are looked at
MIN_LINES: Final = 8  # with fewer, every line end ends a sentence
OPEN_SHARE: Final = 0.6  # of the lines have no end of a sentence at their end
EQUAL_SHARE: Final = 0.7  # of the lines differ from the median length by at most `TOLERANCE`
TOLERANCE: Final = 0.35
ENDED: Final = re.compile(r"[.!?…:।॥。؟۔！？][\"'”’»)\]]*$")
END_INSIDE: Final = re.compile(r"(?:[.!?…।॥؟۔][\"'”’»)\]]*\s|[。！？])(?=.)")
# Runs of letters of scripts without spaces: Han and kana, whose words are short, and Thai, Lao,
# Burmese and Khmer.
SHORT_WORDS: Final = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
LONG_WORDS: Final = re.compile(r"[\u0e01-\u0e4e\u0e80-\u0ecd\u1000-\u1049\u1780-\u17d3]+")
MEAN_LENGTHS: Final = {SHORT_WORDS: 4, LONG_WORDS: 12}  # letters; longer runs are several words
MIN_RUNS: Final = 5

WRAPPED: Final = (
    "the lines are about equally long and sentences run across them, so a line end does not end a "
    "sentence"
)
KEPT: Final = "every line end ends a sentence"
UNSPACED: Final = (
    "This text has hardly any spaces between its words, so that whole phrases are taken for words. "
    "Put a space after each word first; programs such as jieba (Chinese), fugashi (Japanese) and "
    "PyThaiNLP (Thai) do this."
)


def line_ends(text: str) -> str | None:
    """Return what the line ends of a text mean, `WRAPPED` or `KEPT`; None if it does not matter.

    A text is wrapped if most lines have no end of a sentence at their end, are about equally long
    and go on with a small letter, and if sentences rather end within lines. In poems and in files
    of one sentence per line they end with the lines, or are not marked at all.
    """
    lines = [line.strip() for line in text[:SAMPLE].split("\n")]
    inner = [(line, after) for line, after in pairwise(lines) if line and after]
    ongoing = [(line, after) for line, after in inner if not ENDED.search(line)]
    if len(inner) < MIN_LINES or len(ongoing) < OPEN_SHARE * len(inner):
        return None
    inside = sum(len(END_INSIDE.findall(line)) for line, _ in inner)
    middle = median(len(line) for line, _ in inner)
    equal = sum(abs(len(line) - middle) <= TOLERANCE * middle for line, _ in inner)
    capital = sum(after[0].isupper() for _, after in ongoing)
    is_wrapped = (
        inside > len(inner) - len(ongoing)
        and equal >= EQUAL_SHARE * len(inner)
        and capital <= len(ongoing) / 2
    )
    return WRAPPED if is_wrapped else KEPT


def is_unspaced(text: str) -> bool:
    """Return whether a text is mostly in a script without spaces, and none were put in.

    >>> is_unspaced("猫は魚を食べるのが好きです。" * 9), is_unspaced("猫 は 魚 を 食べる 。" * 9)
    (True, False)
    """
    text = text[:SAMPLE]
    letters = sum(map(str.isalpha, text))
    for script, longest in MEAN_LENGTHS.items():
        lengths = [len(run) for run in script.findall(text)]
        is_many = len(lengths) >= MIN_RUNS and sum(lengths) > letters / 2
        if is_many and mean(lengths) > longest:
            return True
    return False
