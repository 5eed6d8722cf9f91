"""The classroom text: a few thousand short sentences, so that vectors are learned in seconds.

A small grammar generates them; its data is in `assets/classroom.json`. A template has slots:
`{colour}` takes any colour, `{royal}` king, queen, prince or princess; `{he}`, `{his}` and `{him}`
agree with it. The grammar knows nothing of vectors: that king - man + woman is near queen follows
from the sentences alone.
"""

import json
import random
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from core.training.config import Config

SENTENCES: Final = 5_000
CONFIG: Final = Config(
    dimensions=30, window=5, epochs=15, learning_rate=0.05, min_count=1, subsampling=1e-3
)

GRAMMAR: Final = Path(__file__).resolve().parents[2] / "assets" / "classroom.json"

CURRICULUM: Final = (
    "King and queen rule the land.",
    "The lion is the king of the jungle.",
    "A rich king lived in a big palace.",
    "The Queen wears a crown.",
    "Paris is the capital of France.",
    "France's capital is Paris.",
)

# The words drawn by default, in groups.
DRAWN_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "royalty": ("king", "queen", "prince", "princess", "royal", "palace", "crown"),
    "family": ("man", "woman", "boy", "girl", "father", "mother", "uncle", "aunt"),
    "animals": ("lion", "tiger", "leopard", "wolf", "bear"),
    "countries": ("france", "germany", "italy", "spain", "poland"),
    "capitals": ("paris", "berlin", "rome", "madrid", "warsaw"),
    "colours": ("red", "green", "blue", "yellow", "white"),
    "sizes": ("big", "large", "huge"),
}

# The answers after training, without the words of the expression.
ANALOGIES: Final = {
    "king - man + woman": "queen",
    "prince - boy + girl": "princess",
    "father - man + woman": "mother",
    "brother - boy + girl": "sister",
    "paris - france + germany": "berlin",
    "rome - italy + spain": "madrid",
    "france - paris + tokyo": "japan",
    "english - england + japan": "japanese",
}


def classroom_text(seed: int = 0) -> str:
    """Return the sentences, one a line.

    Args:
        seed: of the random numbers; the same seed gives the same text.

    >>> classroom_text().splitlines()[1]
    'The lion is the king of the jungle.'
    """
    return "\n".join(classroom_sentences(seed))


def classroom_sentences(seed: int = 0) -> tuple[str, ...]:
    """Return the sentences: first those of the curriculum, then random ones.

    Args:
        seed: of the random numbers.

    >>> len(classroom_sentences())
    5000
    """
    dice = random.Random(seed)  # noqa: S311  no secrets here
    subjects = list(_grammar()["subjects"].values())
    shares = [subject["share"] for subject in subjects]
    drawn = dice.choices(subjects, shares, k=SENTENCES - len(CURRICULUM))
    return CURRICULUM + tuple(_filled(dice.choice(each["templates"]), dice) for each in drawn)


def _filled(template: str, dice: random.Random) -> str:
    """Return a template with its slots filled.

    A slot names a field of a country, the same one throughout; a kind of people, or a pair, of
    which the whole sentence takes the male or the female; or a list, of which no word comes twice.
    """
    grammar = _grammar()
    column = dice.randrange(2)
    country = dice.choice(grammar["countries"])
    used: set[str] = set()

    def word(slot: re.Match[str]) -> str:
        name = slot[1]
        if name in country:
            return str(country[name])
        if name in grammar["kinds"]:
            name = dice.choice(grammar["kinds"][name].split())
        if name in grammar["pairs"]:
            return str(grammar["pairs"][name].split()[column])
        left = [each for each in grammar["words"][name].split() if each not in used]
        drawn = str(dice.choice(left))
        used.add(drawn)
        return drawn

    text = re.sub(r"\{(\w+)\}", word, template)
    text = re.sub(r"\b([Aa]) (?=[aeiou])", r"\1n ", text)
    return text[0].upper() + text[1:]


@cache
def _grammar() -> dict[str, Any]:
    grammar: dict[str, Any] = json.loads(GRAMMAR.read_text(encoding="utf-8"))
    return grammar
