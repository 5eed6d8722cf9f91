import numpy as np
import pytest
import torch

from core.errors import InputError
from core.language.models import LanguageModel
from core.language.topics import MAX_WORDS_PER_TOPIC, read_topics, topic_lean
from pages.context.topics import TOPICS

SIX = read_topics(TOPICS)


def leading(model: LanguageModel, text: str, layer: int = -1) -> str:
    found = topic_lean(model, text, SIX)
    return found.topics[int(found.cosines[layer].argmax())]


def test_what_sound_does_a_dog_make(encoder: LanguageModel) -> None:
    found = topic_lean(encoder, "What sound does a dog make?", SIX)
    assert found.left_out == ("dog", "sound")  # they would decide the matter
    last = dict(zip(found.topics, found.cosines[-1].tolist(), strict=True))
    assert min(last[name] for name in ("sounds", "animals", "pets")) > 0.1
    assert max(last[name] for name in ("currency", "architecture", "sports")) < -0.1
    assert max(last, key=lambda name: last[name]) == "sounds"
    # Before the first layer it leans to no animals, and not even to pets.
    first = dict(zip(found.topics, found.cosines[0].tolist(), strict=True))
    assert first["animals"] < -0.05
    assert first["pets"] < 0


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("How much does a loaf of bread cost?", "currency"),
        ("Who won the game last night?", "sports"),
        ("Which cathedral has the highest dome?", "architecture"),
        ("My kitten sleeps on the sofa.", "pets"),
        ("The tiger hunts in the forest.", "animals"),
    ],
)
def test_the_topics_of_other_questions(encoder: LanguageModel, text: str, topic: str) -> None:
    assert leading(encoder, text) == topic


def test_cosines_against_plain_transformers(encoder: LanguageModel) -> None:
    topics = {"one": ("red", "embeddings"), "two": ("loud",), "three": ("seven",)}

    def state(text: str) -> np.ndarray:
        ids = torch.tensor([encoder.tokenizer.ids(text, special=True)])
        with torch.inference_mode():
            layers = encoder.network(ids, output_hidden_states=True).hidden_states
        return np.stack([layer[0, 1:-1].mean(dim=0).numpy() for layer in layers])

    middles = [np.mean([state(word) for word in words], axis=0) for words in topics.values()]
    shared = np.mean(middles, axis=0)
    found = topic_lean(encoder, "A bell rings.", topics)
    for place, middle in enumerate(middles):
        for layer in range(7):
            one = state("A bell rings.")[layer] - shared[layer]
            other = middle[layer] - shared[layer]
            expected = one @ other / np.linalg.norm(one) / np.linalg.norm(other)
            assert found.cosines[layer, place] == pytest.approx(expected, abs=1e-4)


def test_a_topic_of_the_sentences_own_words_is_left_out(encoder: LanguageModel) -> None:
    found = topic_lean(encoder, "A dog", {"dogs": ("dog",), "cats": ("cat",), "cars": ("car",)})
    assert found.topics == ("cats", "cars")
    with pytest.raises(InputError, match="Fewer than two"):
        topic_lean(encoder, "A dog", {"dogs": ("dog",), "cats": ("cat",)})


@pytest.mark.parametrize("text", ["", "  ", "\n\n"])
def test_no_sentence_is_told(encoder: LanguageModel, text: str) -> None:
    with pytest.raises(InputError, match="no text"):
        topic_lean(encoder, text, SIX)


@pytest.mark.parametrize("text", ["🦖", "银行", "بنك", "[SEP]", "word " * 30_000])
def test_unusual_texts_are_read(encoder: LanguageModel, text: str) -> None:
    found = topic_lean(encoder, text, SIX)
    assert np.isfinite(found.cosines).all()
    assert (found.truncated > 0) == (len(text) > 1_000)


def test_topics_are_read() -> None:
    assert list(SIX) == ["animals", "sounds", "pets", "currency", "architecture", "sports"]
    assert read_topics("a: x, y, x,\n\n b :z")["a"] == ("x", "y")
    many = ", ".join(map(str, range(MAX_WORDS_PER_TOPIC)))
    assert len(read_topics(f"a: {many}\nb: z")["a"]) == MAX_WORDS_PER_TOPIC


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "0"),
        ("a: x", "1"),
        ("a x, y\nb: z", "a x, y"),
        ("a:\nb: z", "a:"),
        (": x\nb: z", ": x"),
        ("a: x\na: y", "a"),
        ("\n".join(f"{place}: x" for place in range(9)), "9"),
        (f"a: {', '.join(map(str, range(100)))}\nb: z", "100.*12"),
    ],
)
def test_topics_that_cannot_be_read_are_told(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_topics(text)
