"""A text as numbers is the text."""

import gzip
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import IO, Any

import numpy as np
import pytest
from gensim.models import Word2Vec
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InputError
from core.training import corpus as corpus_module
from core.training.corpus import END, Corpus, ReadingLimits, read_corpus, reading
from core.training.text import MemoryFile
from core.training.vocabulary import Vocabulary, alias_table

TEXT = "The lion is the king of the jungle. A king rules.\nThe queen rules!"


def sentences_of(corpus: Corpus) -> list[list[str]]:
    sentences: list[list[str]] = [[]]
    for number in corpus.ids.tolist():
        if number == END:
            sentences.append([])
        else:
            sentences[-1].append(corpus.vocabulary.words[number])
    return [sentence for sentence in sentences if sentence]


def test_words_have_ids_by_their_frequency() -> None:
    corpus = read_corpus(TEXT, min_count=1)
    assert corpus.vocabulary.words[:3] == ("the", "king", "rules")
    assert corpus.vocabulary.counts[:3].tolist() == [4, 2, 2]
    assert corpus.words_read == 14
    assert corpus.vocabulary.ids["king"] == 1


def test_the_ids_are_the_text_again() -> None:
    assert sentences_of(read_corpus(TEXT, min_count=1)) == [
        ["the", "lion", "is", "the", "king", "of", "the", "jungle"],
        ["a", "king", "rules"],
        ["the", "queen", "rules"],
    ]


def test_rare_words_are_left_out() -> None:
    assert sentences_of(read_corpus(TEXT, min_count=2)) == [
        ["the", "the", "king", "the"],
        ["king", "rules"],
        ["the", "rules"],
    ]


def test_the_rare_words_are_named_by_their_frequency() -> None:
    corpus = read_corpus("a a a f f f b b c d d. e", min_count=3)
    assert corpus.vocabulary.words == ("a", "f")
    assert corpus.rare.words == ("b", "d", "c", "e")
    assert corpus.rare.counts.tolist() == [2, 2, 1, 1]


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=8), min_size=1), st.integers(1, 4))
def test_in_small_chunks_the_same_comes_out(sentences: list[list[str]], min_count: int) -> None:
    counts = Counter(word for sentence in sentences for word in sentence)
    text = ". ".join(" ".join(sentence) for sentence in sentences)
    often = {word for word, count in counts.items() if count >= min_count}
    before, corpus_module.CHUNK = corpus_module.CHUNK, 3
    try:
        if len(often) < 2:
            with pytest.raises(InputError):
                read_corpus(text, min_count)
            return
        corpus = read_corpus(text, min_count)
    finally:
        corpus_module.CHUNK = before
    left = [[word for word in sentence if word in often] for sentence in sentences]
    assert sentences_of(corpus) == [sentence for sentence in left if sentence]
    assert dict(zip(corpus.vocabulary.words, corpus.vocabulary.counts.tolist(), strict=True)) == {
        word: counts[word] for word in often
    }


def test_progress_is_told_while_reading(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("the king rules the land. " * 100_000)
    states = list(reading(path, 1))
    assert len(states) > 2
    assert [state.share for state in states] == sorted(state.share for state in states)
    assert states[0].corpus is None
    assert states[-1].corpus is not None
    assert states[-1].words == 500_000


@pytest.mark.parametrize(
    ("text", "min_count", "said"),
    [
        ("", 1, "No word"),
        ("   \n ... !", 1, "No word"),
        ("king", 1, "Only 1 distinct word"),
        ("king king. king", 1, "Only 1 distinct word"),
        ("a few words of which none is there twice", 2, "smaller minimum count"),
    ],
)
def test_too_little_text(text: str, min_count: int, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_corpus(text, min_count)


def test_blocks_cover_the_text_and_end_with_sentences() -> None:
    text = "".join(f"the king {'rules ' * (n % 7)}land. " for n in range(3_000))
    corpus = read_corpus(text, min_count=1)
    parts = sorted((*corpus.blocks, *corpus.held_out), key=lambda part: part.start)
    assert parts[0].start == 0
    assert parts[-1].stop == len(corpus.ids)
    assert all(one.stop == next_.start for one, next_ in pairwise(parts))
    assert all(corpus.ids[part.stop - 1] == END for part in parts)
    assert 80 <= len(corpus.blocks) <= 101
    assert 10 <= len(corpus.held_out) <= 26
    assert sum(map(len, corpus.held_out)) < 0.04 * len(corpus.ids)


def test_of_a_short_text_all_is_trained() -> None:
    corpus = read_corpus(TEXT, min_count=1)
    assert not corpus.held_out
    assert sum(map(len, corpus.blocks)) == len(corpus.ids)


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(corpus_module.tempfile, "TemporaryFile", full)
    with pytest.raises(InputError, match="No space left"):
        read_corpus(TEXT, 1)


def test_ends_of_sentences_in_a_row_are_stored_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text of nothing but full stops takes no room."""
    sizes = []
    renumbered = corpus_module._renumbered

    def measured(file: IO[bytes], *rest: Any) -> Corpus:  # noqa: ANN401
        sizes.append(file.tell() // 4)
        return renumbered(file, *rest)

    monkeypatch.setattr(corpus_module, "_renumbered", measured)
    corpus = read_corpus("." * 600_000 + "king rules" + "." * 600_000 + " queen rules ...", 1)
    assert sizes == [6]
    assert corpus.ids.tolist() == [1, 0, END, 2, 0, END]
    assert corpus.sentences == 2


@pytest.mark.parametrize(
    ("content", "limit"),
    [
        (b"." * 10_000_000, "5,000,000 bytes"),
        (b"a b " * 99, "100 words"),
        (b"a b c d e f g h i j k", "10 different words"),
    ],
)
def test_a_compressed_text_is_read_up_to_the_limits(content: bytes, limit: str) -> None:
    upload = MemoryFile("mine.txt.gz", gzip.compress(content, mtime=0))
    limits = ReadingLimits(words=100, distinct=10, size=5_000_000)
    last, error = None, ""
    try:
        for last in reading(upload, 1, limits=limits):
            assert last.corpus is None
    except InputError as raised:
        error = str(raised)
    assert error.startswith(f"mine.txt.gz has more than {limit}")


def test_another_text_has_another_digest() -> None:
    one, same, other = (read_corpus(text, 1).digest() for text in (TEXT, TEXT, TEXT + " The end."))
    assert one == same != other


def test_words_are_kept_as_gensim_keeps_them() -> None:
    sentences = [["the"] * 50 + ["king"] * 5 + ["owl"]] * 10
    model = Word2Vec(sentences, vector_size=2, min_count=1, sample=1e-2, seed=1)
    vocabulary = Vocabulary(("the", "king", "owl"), np.array([500, 50, 10]))
    theirs = [model.wv.get_vecattr(word, "sample_int") / (2**32 - 1) for word in vocabulary.words]
    np.testing.assert_allclose(vocabulary.kept(1e-2), theirs, rtol=1e-5)


@given(st.lists(st.floats(0.01, 1e6), min_size=1, max_size=40))
def test_the_alias_table_draws_in_proportion(weights: list[float]) -> None:
    noise = alias_table(weights)
    share = noise.probability.astype(np.float64)
    np.add.at(share, noise.alias, 1 - noise.probability.astype(np.float64))
    np.testing.assert_allclose(share / len(weights), np.array(weights) / sum(weights), atol=1e-6)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="measured as on Linux")
def test_memory_is_given_back() -> None:
    def from_files() -> int:
        told = Path("/proc/self/status").read_text().partition("RssFile:")[2]
        return int(told.split()[0]) // 1024  # MB

    corpus = read_corpus("a b " * 1_000_000, min_count=1)
    corpus.release()
    before = from_files()
    read = corpus.ids.copy()
    assert from_files() >= before + 7  # of the 8 that two million ids take
    corpus.release()
    assert from_files() <= before + 1
    np.testing.assert_array_equal(corpus.ids, read)
