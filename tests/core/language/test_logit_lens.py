import numpy as np
import pytest
import torch

from core.errors import InputError, ModelError
from core.language.logit_lens import MAX_TOKENS, every_other_layer, logit_lens
from core.language.models import LanguageModel
from core.language.next_word import next_word
from core.language.sampling import probabilities

FRANCE = "The capital of France is"


def test_the_last_layer_is_what_the_model_says(decoder: LanguageModel) -> None:
    lens = logit_lens(decoder, FRANCE, count=5)
    ids = decoder.tokenizer.ids(FRANCE)
    with torch.inference_mode():
        own = decoder.network(torch.tensor([ids])).logits[0].softmax(dim=-1).topk(5)
    np.testing.assert_allclose(lens.probabilities[-1], own.values.numpy(), atol=1e-4)
    np.testing.assert_array_equal(lens.ids[-1], own.indices.numpy())
    said = probabilities(torch.from_numpy(next_word(decoder, ids).logits))
    assert lens.probabilities[-1, -1, 0] == pytest.approx(float(said.max()), abs=1e-4)
    assert decoder.tokenizer.name(int(lens.ids[-1, -1, 0])) == "␣Paris"
    assert lens.probabilities[-1, -1, 0] == pytest.approx(0.773, abs=0.002)


def test_layers_before_are_normed_and_unembedded(decoder: LanguageModel) -> None:
    states = []
    hooks = [
        layer.register_forward_hook(
            lambda module, args, output: states.append(
                output[0] if isinstance(output, tuple) else output
            )
        )
        for layer in decoder.network.model.layers
    ]
    lens = logit_lens(decoder, FRANCE, [1, 17, 29, 30], count=1)
    for hook in hooks:
        hook.remove()
    for row, layer in enumerate(lens.layers):
        with torch.inference_mode():
            normed = decoder.network.model.norm(states[layer - 1]).reshape(5, -1)
            shares = (normed @ decoder.unembedding.T).softmax(dim=-1)
        np.testing.assert_allclose(
            lens.probabilities[row, :, 0], shares.max(dim=-1).values.numpy(), atol=1e-4
        )


def test_what_the_layers_say_of_france(decoder: LanguageModel) -> None:
    lens = logit_lens(decoder, FRANCE)
    said = [decoder.tokenizer.name(number) for number in lens.ids[:, -1, 0].tolist()]
    assert said[0] == "␣is"  # W_U is W_E: at layer 0 a token says itself
    assert said[-1] == "␣Paris"
    assert "␣Paris" not in said[:20]


def test_shares_are_sorted_probabilities(decoder: LanguageModel) -> None:
    lens = logit_lens(decoder, "🦖 银行 [SEP] <|im_end|>\nword", every_other_layer(decoder, 3), 4)
    assert lens.ids.shape == (len(lens.layers), len(lens.tokens), 4)
    assert (np.diff(lens.probabilities) <= 0).all()
    assert lens.probabilities.min() >= 0
    assert (lens.probabilities.sum(axis=-1) <= 1 + 1e-5).all()


def test_every_other_layer_ends_with_the_last(decoder: LanguageModel) -> None:
    assert every_other_layer(decoder, 10) == (0, 10, 20, 30)
    assert every_other_layer(decoder, 1) == tuple(range(31))
    assert every_other_layer(decoder, 7) == (0, 2, 9, 16, 23, 30)


def test_the_end_of_a_long_text_is_read(decoder: LanguageModel) -> None:
    lens = logit_lens(decoder, "word " * 500 + "end", [30])
    assert len(lens.tokens) == MAX_TOKENS
    assert lens.tokens[-1].text == "␣end"
    assert lens.truncated > 400


def test_what_cannot_be_read_is_told(encoder: LanguageModel, decoder: LanguageModel) -> None:
    with pytest.raises(InputError, match="no text"):
        logit_lens(decoder, "")
    for layers in ([31], [-1], []):
        with pytest.raises(InputError, match="0 to 30"):
            logit_lens(decoder, FRANCE, layers)
    with pytest.raises(ModelError, match="MiniLM"):
        logit_lens(encoder, FRANCE)
