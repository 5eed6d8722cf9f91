from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from transformers import AutoModel, AutoTokenizer

from core.catalog import folder_of
from core.embeddings import Embeddings
from core.errors import InputError, ModelError
from core.language import text_embeddings
from core.language.bm25 import WordIndex
from core.language.models import ENCODER, LanguageModel, load_folder
from core.language.text_embeddings import (
    BATCH_TOKENS,
    MAX_TEXTS,
    MAX_TOKENS,
    TextEmbeddings,
    embed_texts,
    nearest_texts,
)
from core.language.tokenizer import MAX_CHARACTERS

LONG = "The river was long, and the old bank of it unbelievably steep. " * 30
MIXED = (
    "The doctor examined the patient.",
    "",
    LONG,
    "king",
    "  \n ",
    "Zwölf Boxkämpfer 🦁 jagen Viktor — 東京",
    "king",
    "Snow covered the mountains in November, and nobody went out.",
    "x" * 300,
)
SENTENCES = (
    "The physician examined the child this morning.",
    "The garage repaired our old car for little money.",
    "A storm destroyed the roof of the school.",
    "She planted roses and tulips behind the house.",
    "The orchestra played until late at night.",
    "Our train left the station an hour late.",
    "He bakes fresh bread every Saturday.",
    "The lawyer read the contract twice.",
    "Snow covered the mountains in November.",
    "The puppy chased a ball across the lawn.",
    "My sister is learning to play the violin.",
    "The company hired forty new engineers.",
    "A telescope shows the rings of Saturn.",
    "The river flooded the cellar of the bakery.",
    "They painted the kitchen yellow.",
    "The team won the final by two goals.",
    "Order 48213 was paid on Monday.",
    "Order 48231 has not been paid yet.",
    "Order 41823 is late and has been lost in the post.",
    "He lost his keys in the park.",
)


def last(model: LanguageModel, texts: Sequence[str]) -> TextEmbeddings:
    *_, value = embed_texts(model, texts)
    return value


def by_hand(folder: Path, texts: Sequence[str]) -> NDArray[np.float32]:
    """Return what sentence-transformers computes: one text at a time, with transformers alone."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    network = AutoModel.from_pretrained(folder, dtype=torch.float32).eval()
    rows = []
    for text in texts:
        read = tokenizer(text, truncation=True, max_length=MAX_TOKENS, return_tensors="pt")
        with torch.inference_mode():
            mean = network(**read).last_hidden_state[0].mean(dim=0)
        rows.append((mean / mean.norm()).numpy())
    return np.stack(rows)


def test_vectors_are_means_of_the_last_hidden_states(encoder: LanguageModel) -> None:
    embedded = last(encoder, MIXED)
    assert embedded.vectors.dtype == np.float32
    np.testing.assert_allclose(embedded.vectors, by_hand(folder_of(ENCODER), MIXED), atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(embedded.vectors, axis=1), 1, atol=1e-5)
    assert (embedded.done, embedded.count, embedded.truncated) == (len(MIXED), len(MIXED), 1)
    assert not embedded.vectors.flags.writeable


@pytest.mark.parametrize("name", ["bert", "distilbert", "roberta"])
def test_other_encoders_ignore_padding_and_keep_their_window(
    tiny: Callable[[str], Path], name: str
) -> None:
    model = load_folder(tiny(name))
    texts = ["The bank", "a king by the old river had money", "The bank by the river. " * 90]
    together = last(model, texts)
    for row, text in enumerate(texts):
        ids = model.tokenizer.ids(text, special=True)
        kept = min(MAX_TOKENS, model.window)
        if len(ids) > kept:
            ids = [*ids[: kept - 1], ids[-1]]
        with torch.inference_mode():
            mean = model.network(torch.tensor([ids])).last_hidden_state[0].mean(dim=0)
        np.testing.assert_allclose(together.vectors[row], mean / mean.norm(), atol=1e-5)
    assert together.truncated == 1


def test_partial_results_are_the_first_texts(
    encoder: LanguageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [*MIXED, "A queen.", LONG, "An old house."]
    whole = last(encoder, texts)
    monkeypatch.setattr(text_embeddings, "CHUNK_TEXTS", 4)
    monkeypatch.setattr(text_embeddings, "BATCH_TOKENS", 512)  # less than a chunk has
    values = list(embed_texts(encoder, texts))
    done = [value.done for value in values]
    assert done == sorted(set(done))
    assert {len(value.vectors) for value in values} == {0, 4, 8, 12}
    for value in values:
        assert len(value.vectors) <= value.done <= value.count == len(texts)
        rows = len(value.vectors)
        np.testing.assert_allclose(value.vectors, whole.vectors[:rows], atol=1e-5)
        assert value.truncated == sum(text is LONG for text in texts[:rows])
    assert whole.truncated == 2


def test_long_texts_end_a_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_embeddings, "CHUNK_CHARACTERS", 10)
    texts = ["x" * size for size in (30, 4, 6, 1, 0, 12)]
    assert list(text_embeddings._chunks(texts)) == [(0, 1), (1, 3), (3, 5), (5, 6)]


def test_equal_texts_are_computed_once(
    encoder: LanguageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed: list[int] = []
    pooled = text_embeddings._pooled

    def counted(model: LanguageModel, ids: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        computed.append(len(ids))
        return pooled(model, ids)

    monkeypatch.setattr(text_embeddings, "_pooled", counted)
    monkeypatch.setattr(text_embeddings, "CHUNK_TEXTS", 2)
    embedded = last(encoder, ["king", "queen", "king", "king", "queen", "lion"])
    assert sum(computed) == 3
    assert embedded.vectors.shape == (6, 384)
    np.testing.assert_array_equal(embedded.vectors[[0, 1, 0]], embedded.vectors[[2, 4, 3]])


def test_a_batch_is_bounded_and_has_texts_of_similar_length() -> None:
    lengths = np.random.default_rng(0).integers(2, MAX_TOKENS + 1, 500).tolist()
    batches = list(text_embeddings._batches(lengths))
    assert sorted(index for batch in batches for index in batch) == list(range(500))
    for batch in batches:
        sizes = [lengths[index] for index in batch]
        assert len(batch) * max(sizes) <= BATCH_TOKENS
    assert sum(len(each) * max(lengths[i] for i in each) for each in batches) < 1.05 * sum(lengths)


def test_too_many_characters_are_truncated(encoder: LanguageModel) -> None:
    text = "king" + " " * MAX_CHARACTERS
    embedded = last(encoder, [text + "queen", "king"])
    np.testing.assert_allclose(embedded.vectors[0], embedded.vectors[1], atol=1e-5)
    assert embedded.truncated == 1


def test_what_cannot_be_embedded(encoder: LanguageModel, decoder: LanguageModel) -> None:
    for texts in ([], ["a"] * (MAX_TEXTS + 1)):
        with pytest.raises(InputError):
            next(embed_texts(encoder, texts))
    with pytest.raises(ModelError):
        next(embed_texts(decoder, ["a"]))


@pytest.fixture(scope="module")
def sentences(encoder: LanguageModel) -> Embeddings:
    return Embeddings("sentences", SENTENCES, last(encoder, SENTENCES).vectors, "first")


def test_meaning_wins_where_the_words_differ(encoder: LanguageModel, sentences: Embeddings) -> None:
    query, answer = "I need a doctor for my baby", SENTENCES[0]  # which has none of these words
    ranking = nearest_texts(encoder, sentences, query, 3)
    assert ranking.words[0] == answer
    assert ranking.scores[0] > ranking.scores[1] + 0.2
    assert 0 not in WordIndex(SENTENCES).search(query, len(SENTENCES)).rows


def test_words_win_where_a_number_must_be_right(
    encoder: LanguageModel, sentences: Embeddings
) -> None:
    query, answer = "order 48213 is unpaid", SENTENCES.index("Order 48213 was paid on Monday.")
    assert WordIndex(SENTENCES).search(query, 1).rows.tolist() == [answer]
    by_meaning = nearest_texts(encoder, sentences, query, 1)
    assert by_meaning.words == ("Order 48231 has not been paid yet.",)


def test_a_search_needs_a_text_and_vectors_of_the_model(encoder: LanguageModel) -> None:
    toy = Embeddings("toy", ["a", "b"], np.eye(2, dtype=np.float32))
    for query in ("", " \n", "a"):
        with pytest.raises(InputError):
            nearest_texts(encoder, toy, query)
