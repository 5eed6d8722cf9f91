"""The classroom text teaches what the curriculum says, and random vectors do not know it."""

import re
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from core.embeddings import Embeddings
from core.geometry.arithmetic import solve
from core.geometry.neighbors import nearest
from core.geometry.similarity import similarities
from core.training.classroom import (
    ANALOGIES,
    CONFIG,
    CURRICULUM,
    DRAWN_WORDS,
    SENTENCES,
    classroom_sentences,
    classroom_text,
)
from core.training.corpus import read_corpus
from core.training.training import Training

SEEDS = (0, 1, 2)


@cache
def learned(seed: int) -> tuple[Embeddings, Embeddings]:
    """Return the vectors before training and after; text and run have the same seed."""
    config = replace(CONFIG, seed=seed)
    training = Training(read_corpus(classroom_text(seed), config.min_count), config)
    before = training.embeddings("before")
    for _ in training.run():
        pass
    return before, training.embeddings("after")


def cosine(embeddings: Embeddings, first: str, second: str) -> float:
    return float(similarities(embeddings.vectors[embeddings.indices((first, second))])[0, 1])


def king_has_its_court(embeddings: Embeddings) -> bool:
    near = nearest(embeddings, embeddings.vectors[embeddings.index("king")], 11).words
    return {"queen", "prince", "royal"} <= set(near)


def lion_has_the_power_and_not_the_palace(embeddings: Embeddings) -> bool:
    power, palace = (cosine(embeddings, "lion", word) for word in ("powerful", "palace"))
    king_power, king_palace = (cosine(embeddings, "king", word) for word in ("powerful", "palace"))
    return power > palace + 0.1 and king_palace > palace + 0.05 and king_power > 0.2


def answers(embeddings: Embeddings) -> list[str]:
    return [solve(embeddings, sum_, 1).without_inputs.words[0] for sum_ in ANALOGIES]


def test_the_same_seed_gives_the_same_text() -> None:
    assert classroom_text(3) == classroom_text(3) != classroom_text(4)
    assert classroom_text(3).splitlines() == list(classroom_sentences(3))


def test_the_sentences_read_like_sentences() -> None:
    sentences = classroom_sentences(0)
    assert len(sentences) == SENTENCES
    assert set(CURRICULUM) <= set(sentences)
    assert len(set(sentences)) > 1_000
    for sentence in sentences:
        assert re.fullmatch(r"[A-Z][A-Za-z' ]+\.", sentence), sentence
        assert 4 <= len(sentence.split()) <= 14
        assert not re.search(r"\ba [aeiou]|\b(\w+) \1\b|  ", sentence.lower()), sentence
        assert not ({"he", "his", "him"} & set(sentence.lower().split())) or not (
            {"she", "her"} & set(sentence.lower().split())
        ), sentence


def test_the_words_shown_are_in_the_text() -> None:
    words = [word for group in DRAWN_WORDS.values() for word in group]
    assert len(words) == len(set(words)) <= 40
    assert set(words) <= set(re.findall(r"\w+", classroom_text(0).lower()))


@pytest.mark.parametrize("seed", SEEDS)
def test_king_is_near_queen_prince_and_royal(seed: int) -> None:
    before, after = learned(seed)
    assert king_has_its_court(after)
    assert not king_has_its_court(before)


@pytest.mark.parametrize("seed", SEEDS)
def test_lion_shares_with_king_its_power_and_not_its_palace(seed: int) -> None:
    before, after = learned(seed)
    assert lion_has_the_power_and_not_the_palace(after)
    assert not lion_has_the_power_and_not_the_palace(before)


@pytest.mark.parametrize("seed", SEEDS)
def test_analogies_hold_once_it_is_trained(seed: int) -> None:
    before, after = learned(seed)
    assert answers(after) == list(ANALOGIES.values())
    assert not any(np.array(answers(before)) == np.array(list(ANALOGIES.values())))
