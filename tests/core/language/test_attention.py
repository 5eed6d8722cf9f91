import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from transformers import AutoModel

from core.catalog import folder_of
from core.errors import InputError
from core.language.attention import MAX_TOKENS, Attention, attention
from core.language.models import DECODER, ENCODER, LanguageModel

TIRED = "The animal did not cross the street because it was too tired."
WIDE = "The animal did not cross the street because it was too wide."


def own_weights(name: str, found: Attention) -> list[np.ndarray]:
    """Return what the same weights say when `transformers` writes its attention down."""
    eager = AutoModel.from_pretrained(
        folder_of(name), attn_implementation="eager", dtype="float32", local_files_only=True
    ).eval()
    ids = torch.tensor([[token.id for token in found.tokens]])
    with torch.inference_mode():
        return [layer[0].numpy() for layer in eager(ids, output_attentions=True).attentions]


@pytest.mark.parametrize("text", [TIRED, "Word 🦖 银行 بنك [SEP]\n<|im_end|>", "a"])
@pytest.mark.parametrize("name", [ENCODER, DECODER])
def test_at_temperature_1_it_is_the_models_own(
    request: pytest.FixtureRequest, name: str, text: str
) -> None:
    model = request.getfixturevalue("encoder" if name == ENCODER else "decoder")
    found = attention(model, text)
    for layer, own in enumerate(own_weights(name, found), 1):
        for head in range(1, model.heads + 1):
            np.testing.assert_allclose(found.of_head(layer, head), own[head - 1], atol=1e-5)
        np.testing.assert_allclose(found.of_head(layer), own.mean(axis=0), atol=1e-5)


def test_a_decoder_never_looks_ahead(decoder: LanguageModel) -> None:
    found = attention(decoder, TIRED)
    for temperature in (0.1, 1, 4):
        assert not np.triu(found.of_head(7, 3, temperature), 1).any()


def test_a_head_finds_what_a_word_stands_for(encoder: LanguageModel) -> None:
    for text, animal, street in ((TIRED, 0.69, 0.05), (WIDE, 0.32, 0.15)):
        found = attention(encoder, text)
        names = [token.text for token in found.tokens]
        weights = found.of_head(4, 2)[names.index("it")]
        assert weights[names.index("animal")] == pytest.approx(animal, abs=0.01)
        assert weights[names.index("street")] == pytest.approx(street, abs=0.01)


def test_a_head_looks_one_back(encoder: LanguageModel) -> None:
    for text in (TIRED, "Whatever else is written."):
        weights = attention(encoder, text).of_head(1, 3)
        assert np.diag(weights, -1).min() > 0.99


def by_hand(*rows: list[float]) -> Attention:
    return Attention((), np.array([[rows]], dtype=np.float32), 0)


def test_temperature_by_hand() -> None:
    found = by_hand([0.75, 0.25], [1, 0])
    np.testing.assert_allclose(found.of_head(1, 1), [[0.75, 0.25], [1, 0]], atol=1e-6)
    np.testing.assert_allclose(found.of_head(1, 1, 0.5), [[0.9, 0.1], [1, 0]], atol=1e-6)
    np.testing.assert_allclose(found.of_head(1, None, 1e6), [[0.5, 0.5], [1, 0]], atol=1e-4)


@given(
    st.lists(st.floats(-50, 50, width=32), min_size=2, max_size=6),
    st.floats(0.1, 4),
)
def test_a_temperature_divides_the_scores(scores: list[float], temperature: float) -> None:
    def softmax(numbers: np.ndarray) -> np.ndarray:
        powers = np.exp(numbers - numbers.max())
        return powers / powers.sum()

    given_scores = np.array(scores)
    found = Attention((), softmax(given_scores)[None, None, None].astype(np.float32), 0)
    expected = softmax(given_scores / temperature)
    np.testing.assert_allclose(found.of_head(1, 1, temperature)[0], expected, atol=2e-4)


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_no_text_is_told(encoder: LanguageModel, text: str) -> None:
    with pytest.raises(InputError, match="no text"):
        attention(encoder, text)


def test_an_empty_text_is_told_by_a_decoder_too(decoder: LanguageModel) -> None:
    with pytest.raises(InputError, match="no text"):
        attention(decoder, "")


def test_a_long_text_is_truncated(encoder: LanguageModel) -> None:
    found = attention(encoder, "word " * 100)
    assert len(found.tokens) == MAX_TOKENS
    assert found.truncated == 62
    assert found.tokens[-1].text == "[SEP]"


@pytest.mark.parametrize(
    ("layer", "head", "temperature"),
    [
        (0, 1, 1.0),
        (2, 1, 1.0),
        (1, 0, 1.0),
        (1, 2, 1.0),
        (1, 1, 0.0),
        (1, 1, -1.0),
        (1, 1, float("nan")),
        (1, 1, float("inf")),
    ],
)
def test_what_means_nothing_is_told(layer: int, head: int, temperature: float) -> None:
    with pytest.raises(InputError):
        by_hand([0.0, 1.0]).of_head(layer, head, temperature)
