"""Text cut into tokens, against the `transformers` library's own tokenizers and by hand."""

import os
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.catalog import fetch
from core.embeddings import Embeddings
from core.errors import ModelError
from core.language.models import DECODER, ENCODER
from core.language.tokenizer import MAX_CHARACTERS, TextTokenizer, open_tokenizer
from core.language.vocabularies import dropped_characters
from core.language.word_tokens import UNKNOWN, visible, word_tokens

TEXTS = (
    "The king's tokenization: 3 unbelievable owls!",
    "dog bites man",
    "  two  spaces\n\tand a tab ",
    "naïve café, résumé",
    "1,234.5 + 7 = x_y",
    "مرحبا بالعالم",
    "你好，世界",
    "😀👩‍👩‍👧 ok",
    "\x00\x07\u202e\u200d",
)


# Bytes that SmolLM2 has no token for; of characters beyond U+3FFFF it loses the first byte.
MISSING = "\x04\x06\x13\x14\x16\x1d"
REPRESENTED = st.characters(codec="utf-8", max_codepoint=0x3FFFF, exclude_characters=MISSING)


@cache
def opened(name: str) -> TextTokenizer:
    return TextTokenizer(fetch(name) / "tokenizer.json")


@pytest.fixture
def pieces() -> TextTokenizer:
    return opened(ENCODER)


@pytest.fixture
def byte_pairs() -> TextTokenizer:
    return opened(DECODER)


@pytest.mark.parametrize("name", [ENCODER, DECODER])
def test_as_transformers_does(name: str) -> None:
    from transformers import AutoTokenizer

    theirs = AutoTokenizer.from_pretrained(fetch(name), local_files_only=True)
    for text in TEXTS:
        assert opened(name).ids(text, special=True) == theirs(text).input_ids


def test_word_pieces(pieces: TextTokenizer) -> None:
    tokens = pieces.tokens("The tokenization", special=True)
    assert [token.text for token in tokens] == ["[CLS]", "the", "token", "##ization", "[SEP]"]
    assert [token.special for token in tokens] == [True, False, False, False, True]
    assert [token.id for token in tokens][0::4] == [101, 102]
    assert [(token.start, token.end) for token in tokens[1:4]] == [(0, 3), (4, 9), (9, 16)]


def test_byte_pairs_show_spaces_and_bytes(byte_pairs: TextTokenizer) -> None:
    assert [token.text for token in byte_pairs.tokens("a king\n")] == ["a", "␣king", "↵"]
    assert [token.text for token in byte_pairs.tokens("你")] == ["<E4 BD>", "<A0>"]
    first, second = byte_pairs.tokens("king king")
    assert first.id != second.id  # with and without the space before it


def test_a_character_that_is_not_there_is_unknown(pieces: TextTokenizer) -> None:
    (owl,) = pieces.tokens("🦉")
    assert (owl.text, owl.known) == ("[UNK]", False)


@pytest.mark.parametrize("typed", ["<|im_end|>", "<|endoftext|>", "[SEP]", "[CLS]", "[UNK]"])
def test_what_is_typed_is_never_special(
    pieces: TextTokenizer, byte_pairs: TextTokenizer, typed: str
) -> None:
    for tokenizer in (pieces, byte_pairs):
        tokens = tokenizer.tokens(f"say {typed} now")
        assert len(tokens) > 4
        assert all(token.known and not token.special for token in tokens)
        assert typed not in [token.text for token in tokens]


@given(st.text(REPRESENTED, max_size=80))
def test_byte_pairs_lose_nothing(text: str) -> None:
    tokenizer = opened(DECODER)
    tokens = tokenizer.tokens(text)
    assert tokenizer.text([token.id for token in tokens]) == text
    assert dropped_characters(tokens, text) == ""


@pytest.mark.parametrize("sign", MISSING[:-1])  # the last one counts as a space
def test_what_has_no_token_is_told(byte_pairs: TextTokenizer, sign: str) -> None:
    assert dropped_characters(byte_pairs.tokens(f"a{sign} b"), f"a{sign} b") == sign


def test_what_is_cleaned_away_is_told(pieces: TextTokenizer, glove: Embeddings) -> None:
    text = "a\x00 b\u200d"
    assert dropped_characters(pieces.tokens(text, special=True), text) == "\x00\u200d"
    assert dropped_characters(word_tokens(text, glove), text) == ""


@pytest.mark.parametrize("text", ["\ud83d half", "", " ", "x" * 100_000, "a b " * 25_000])
def test_any_text_has_tokens_within_it(
    pieces: TextTokenizer, byte_pairs: TextTokenizer, glove: Embeddings, text: str
) -> None:
    cuts = [pieces.tokens(text), byte_pairs.tokens(text), word_tokens(text, glove)]
    for tokens in cuts:
        assert all(0 <= token.start <= token.end <= MAX_CHARACTERS for token in tokens)
        assert tokens or not text.strip()


def test_a_tokenizer_is_shared_until_its_file_changes(tmp_path: Path) -> None:
    path = tmp_path / "tokenizer.json"
    path.write_bytes((fetch(ENCODER) / "tokenizer.json").read_bytes())
    shared = open_tokenizer(path)
    assert open_tokenizer(path) is shared
    os.utime(path, ns=(0, 0))
    assert open_tokenizer(path) is not shared


def test_a_file_that_is_no_tokenizer(tmp_path: Path) -> None:
    (tmp_path / "tokenizer.json").write_text("[]")
    with pytest.raises(ModelError, match="Expected the tokenizer"):
        TextTokenizer(tmp_path / "tokenizer.json")


# Words, as GloVe's text was cut


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The king's land.", "the king 's land ."),
        ("I don't, you can't", "i do n't , you ca n't"),
        ("Mr. Smith left the U.S. No.", "mr. smith left the u.s. no ."),
        ("an X-ray cost €1,000 (3.14%)", "an x-ray cost € 1,000 ( 3.14 % )"),
        ("wow -- at 5 a.m...", "wow -- at 5 a.m. . ."),
        ("jungle.The", "jungle . the"),
        ("((king))", "( ( king ) )"),
        ("O'Brien o'clock", "o'brien o'clock"),
        ("", ""),
        (" \n\t ", ""),
    ],
)
def test_words_are_cut_as_in_the_text_that_was_learned_from(
    glove: Embeddings, text: str, words: str
) -> None:
    tokens = word_tokens(text, glove)
    assert " ".join(token.text for token in tokens) == words
    assert all(token.known for token in tokens)
    assert [token.id for token in tokens] == [glove.index(token.text) for token in tokens]


def test_an_unknown_word_says_so(glove: Embeddings) -> None:
    tokens = word_tokens("The blorptastic हिन्दी 你好 \x00", glove)
    assert [token.text for token in tokens] == ["the", "blorptastic", "हिन्दी", "你好", "<U+0000>"]
    assert [token.id for token in tokens] == [0, *[UNKNOWN] * 4]
    assert [token.known for token in tokens] == [True, *[False] * 4]


@pytest.mark.parametrize(
    "text", ["don't'" + "'s" * 9_000, "a-'" * 6_000, "'" * 20_000, "a." * 9_000]
)
def test_no_text_is_too_deep(glove: Embeddings, text: str) -> None:
    assert len(word_tokens(text, glove)) > 1_000


@given(st.text(max_size=60))
def test_words_keep_the_order_and_all_that_is_no_space(text: str) -> None:
    toy = Embeddings("toy", ["a", ".", "--"], np.eye(3, dtype=np.float32))
    tokens = word_tokens(text, toy)
    kept = "".join(text[token.start : token.end] for token in tokens)
    assert kept == "".join(text.split())


def test_signs_for_what_cannot_be_seen() -> None:
    assert visible("a b\n\t\x07") == "a␣b↵⇥<U+0007>"
