"""Models of any architecture, beside what `transformers` itself computes with them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from transformers import AutoModel, AutoModelForCausalLM

from core.language.attention import attention
from core.language.context import read_sentences, uses_of
from core.language.generation import generate
from core.language.hidden_states import hidden_states
from core.language.logit_lens import logit_lens
from core.language.models import LanguageModel, load_folder
from core.language.next_word import next_word
from core.language.unembedding import logit_terms
from tests.core.language.conftest import DECODERS, ENCODERS

TEXT = "The king went to the river."
Folder = Callable[[str], Path]


def plain(folder: Path, model: LanguageModel) -> Any:  # noqa: ANN401
    """Return the same weights as `transformers` loads them, its attention written down."""
    loader = AutoModelForCausalLM if model.kind == "decoder" else AutoModel
    return loader.from_pretrained(folder, attn_implementation="eager", dtype="float32").eval()


@pytest.mark.parametrize("name", [*DECODERS, *ENCODERS])
def test_attention_is_that_of_the_model(tiny: Folder, name: str) -> None:
    model = load_folder(tiny(name))
    found = attention(model, TEXT)
    ids = torch.tensor([[token.id for token in found.tokens]])
    with torch.inference_mode():
        own = plain(tiny(name), model)(ids, output_attentions=True).attentions
    np.testing.assert_allclose(found.weights, torch.cat(own).numpy(), atol=1e-5)
    np.testing.assert_allclose(found.of_head(2, 3), own[1][0, 2].numpy(), atol=1e-5)
    np.testing.assert_allclose(found.of_head(2).sum(axis=-1), 1, atol=1e-6)


@pytest.mark.parametrize("name", ENCODERS)
def test_hidden_states_are_those_of_the_model(tiny: Folder, name: str) -> None:
    model = load_folder(tiny(name))
    for one in hidden_states(model, [TEXT, "river", "A king had money."]):
        with torch.inference_mode():
            ids = torch.tensor([[token.id for token in one.tokens]])
            own = plain(tiny(name), model)(ids, output_hidden_states=True).hidden_states
        np.testing.assert_allclose(one.vectors, torch.cat(own).numpy(), atol=1e-4)


@pytest.mark.parametrize("name", DECODERS)
def test_logits_are_those_of_the_model(tiny: Folder, name: str) -> None:
    model = load_folder(tiny(name))
    ids = model.tokenizer.ids(TEXT)
    with torch.inference_mode():
        own = plain(tiny(name), model)(torch.tensor([ids])).logits[0]
    said = next_word(model, ids)
    np.testing.assert_allclose(said.logits, own[-1].numpy(), atol=1e-4)
    lens = logit_lens(model, TEXT, count=5)
    assert lens.layers == (0, 1, 2, 3)
    best = own.softmax(dim=-1).topk(5)
    np.testing.assert_allclose(lens.probabilities[-1], best.values.numpy(), atol=1e-5)
    assert len(model.token_names) == len(said.logits)


@pytest.mark.parametrize("name", ["qwen3", "gpt2", "llama untied"])
def test_a_logit_is_the_dot_product_with_a_row_of_the_unembedding(tiny: Folder, name: str) -> None:
    model = load_folder(tiny(name))
    said = next_word(model, model.tokenizer.ids(TEXT))
    for token in (0, 7, len(said.logits) - 1):
        terms = logit_terms(model, said, token)
        assert terms.total == pytest.approx(terms.logit, abs=1e-3)


@pytest.mark.parametrize(("name", "norm"), [("qwen3", "model.norm"), ("gpt2", "transformer.ln_f")])
def test_the_lens_applies_the_norm_and_the_unembedding(tiny: Folder, name: str, norm: str) -> None:
    model = load_folder(tiny(name))
    own = plain(tiny(name), model)
    lens = logit_lens(model, TEXT, [0, 2], count=1)
    with torch.inference_mode():
        ids = torch.tensor([model.tokenizer.ids(TEXT)])
        states = own(ids, output_hidden_states=True).hidden_states
        for row, layer in enumerate(lens.layers):
            logits = own.get_output_embeddings()(own.get_submodule(norm)(states[layer][0]))
            best = logits.softmax(dim=-1).max(dim=-1).values
            np.testing.assert_allclose(lens.probabilities[row, :, 0], best.numpy(), atol=1e-5)


@pytest.mark.parametrize("name", DECODERS)
def test_text_is_that_of_greedy_generation(tiny: Folder, name: str) -> None:
    model = load_folder(tiny(name))
    ids = model.tokenizer.ids(TEXT)
    ours = [step[0].id for step in generate(model, ids, [0.0], count=12) if step[0]]
    theirs = plain(tiny(name), model).generate(
        torch.tensor([ids]), max_new_tokens=12, do_sample=False, eos_token_id=2, pad_token_id=1
    )
    assert ours == [number for number in theirs[0, len(ids) :].tolist() if number != 2]


@pytest.mark.parametrize("name", ENCODERS)
def test_a_shared_word_is_found_wherever_it_stands(tiny: Folder, name: str) -> None:
    model = load_folder(tiny(name))
    lines = "bank of the river\nThe bank.\n(bank)\nhe robbed the bank, he\nembankment\nbanks"
    uses = uses_of(model, "bank", read_sentences(lines))
    assert [use.text for use in uses.left_out] == ["embankment", "banks"]
    assert uses.vectors.shape == (4, 4, 32)
    for row, use in enumerate(uses.sentences):
        (states,) = hidden_states(model, [use.text])
        start = use.text.index("bank")
        inside = [
            place
            for place, token in enumerate(states.tokens)
            if not token.special and token.end > start and token.start < start + 4
        ]
        expected = states.vectors[:, inside].mean(axis=1)
        np.testing.assert_allclose(uses.vectors[:, row], expected, atol=1e-4)


def test_a_text_longer_than_the_positions_that_can_be_used_is_truncated(tiny: Folder) -> None:
    model = load_folder(tiny("roberta"))
    assert model.window == 18  # of 20 rows, two are not for tokens
    (states,) = hidden_states(model, ["bank " * 40])
    assert len(states.tokens) == 18
    assert states.tokens[-1].special
    assert states.truncated > 0
    assert len(attention(model, "bank " * 40).tokens) == 18


@pytest.mark.parametrize("count", [63, 64, 65, 200])
def test_a_window_no_longer_than_the_count_ends_the_text(tiny: Folder, count: int) -> None:
    model = load_folder(tiny("gpt2"))
    prompt = model.tokenizer.ids("the bank " * 30)
    steps = list(generate(model, prompt, [1.0, 2.0], count=count, seed=3))
    assert 1 <= len(steps) <= 64 - 1
    (first,) = [step[0] for step in steps[:1]]
    assert first is not None
