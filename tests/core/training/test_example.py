"""The sentence on which a step is shown."""

import numpy as np

from core.training.config import Config
from core.training.corpus import read_corpus
from core.training.example import WORDS, example_of

TEXT = "A cat sat. The big cat sat on the mat today. The dog ran."


def test_the_first_sentence_of_enough_words_is_taken() -> None:
    corpus = read_corpus(TEXT, min_count=1)
    example = example_of(corpus, Config(window=2), len(corpus.vocabulary))
    words = [corpus.vocabulary.words[word] for word in example.sentence]
    assert words == ["the", "big", "cat", "sat", "on", "the", "mat", "today"]
    assert example.near(0) == (1, 2)
    assert example.near(4) == (2, 3, 5, 6)


def test_words_outside_the_snapshots_are_not_used() -> None:
    corpus = read_corpus(TEXT, min_count=1)
    for words in range(2, len(corpus.vocabulary)):
        example = example_of(corpus, Config(negatives=3), words)
        assert len(example.sentence) >= 2
        assert max(example.words) < words


def test_noise_words_are_different_and_never_the_missing_word() -> None:
    corpus = read_corpus(TEXT, min_count=1)
    example = example_of(corpus, Config(negatives=4, seed=3), len(corpus.vocabulary))
    assert len(set(example.noise)) == 5
    for gap, missing in enumerate(example.sentence):
        noise = example.noise_for(gap)
        assert missing not in noise
        assert len(noise) == 4
    assert example == example_of(corpus, Config(negatives=4, seed=3), len(corpus.vocabulary))


def test_noise_words_are_drawn_by_their_counts() -> None:
    corpus = read_corpus("owl " * 980 + "cat " * 10 + "dog " * 10, min_count=1)
    first = [
        example_of(corpus, Config(negatives=1, exponent=1.0, seed=seed), 3).noise[0]
        for seed in range(200)
    ]
    assert 0.94 < np.mean(np.array(first) == 0) <= 1


def test_of_two_words_there_is_an_example() -> None:
    corpus = read_corpus("king queen", min_count=1)
    example = example_of(corpus, Config(), 2)
    assert sorted(example.sentence) == [0, 1]
    assert example.noise_for(0) == (example.sentence[1],)


def test_a_long_sentence_is_cut() -> None:
    corpus = read_corpus("a b c d e f g " * 9, min_count=1)
    assert len(example_of(corpus, Config(), 7).sentence) == WORDS
