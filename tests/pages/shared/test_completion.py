"""Which words are offered while one types."""

import gzip

import numpy as np
import pytest

from core.embeddings import Embeddings
from pages.shared import completion


def embeddings(words: list[str], **looks: str) -> Embeddings:
    vectors = np.zeros((len(words), 2), dtype=np.float32)
    return Embeddings("mine", words, vectors, **looks)  # type: ignore[arg-type]


def offered(words: list[str], **looks: str) -> list[str]:
    packed = completion._packed(embeddings(words, **looks))
    return gzip.decompress(packed).decode().split("\n")


def test_words_are_offered_as_they_are_typed() -> None:
    assert offered(["the", ",", "don't", "日本", "a\nb", "x" * 31]) == ["the", "don't", "日本"]
    assert offered(["␣king", "##s", "␣queen", "king"], prefix="␣") == ["king", "queen"]


def test_the_most_frequent_ones_are_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(completion, "MAX_OFFERED", 2)
    assert offered(["one", "two", "three"]) == ["one", "two"]


def test_many_words_without_an_order_are_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: dict[tuple[str, ...], bytes] = {}
    monkeypatch.setattr(completion, "MAX_OFFERED", 2)
    monkeypatch.setattr(completion, "word_completion", sent.__setitem__)
    completion.offer_words(embeddings(["one", "two", "three"], order="first"), "a")
    completion.offer_words(embeddings(["one", "two"], order="first"), "b")
    completion.offer_words(embeddings(["one", "two", "three"]), "c", "d")
    assert sent["a",] == b""  # also for a field that offered other vectors' words before
    assert gzip.decompress(sent["b",]) == gzip.decompress(sent["c", "d"]) == b"one\ntwo"
