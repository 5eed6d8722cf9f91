from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from core.language.mapped_embedding import release_weights
from core.language.models import LanguageModel, load_folder
from core.language.next_word import next_word

Folder = Callable[[str], Path]


def test_the_embedding_of_a_model_is_that_of_its_file(decoder: LanguageModel) -> None:
    ids = decoder.tokenizer.ids("The capital of France is")
    row = decoder.embedding[ids[1]]
    assert row.equal(decoder.unembedding[ids[1]])
    assert decoder.network.get_input_embeddings()(torch.tensor(ids[1])).equal(row)


@pytest.mark.parametrize("name", ["qwen3", "gpt2", "llama untied", "bert", "roberta"])
def test_every_weight_is_one_of_the_file(tiny: Folder, name: str) -> None:
    model = load_folder(tiny(name))
    (written,) = [load_file(path) for path in tiny(name).glob("*.safetensors")]
    kept = dict(model.network.named_parameters())
    assert kept
    for key, weight in kept.items():
        stored = next(
            tensor
            for other, tensor in written.items()
            if other.endswith(key) or key.endswith(other)
        )
        torch.testing.assert_close(weight, stored, atol=0, rtol=0)


def test_a_matrix_stored_in_another_type_is_copied(tiny: Folder, tmp_path: Path) -> None:
    model = load_folder(tiny("qwen3"))
    (path,) = tiny("qwen3").glob("*.safetensors")
    halved = {key: tensor.bfloat16() for key, tensor in load_file(path).items()}
    save_file(halved, tmp_path / path.name)
    before = model.embedding.clone()
    said = next_word(model, [5, 6, 7]).logits
    release_weights(model.network, tmp_path)
    assert model.embedding.equal(before)
    assert (next_word(model, [5, 6, 7]).logits == said).all()


def test_without_a_file_all_is_copied(tiny: Folder, tmp_path: Path) -> None:
    model = load_folder(tiny("gpt2"))
    mapped = model.embedding
    release_weights(model.network, tmp_path)
    assert model.embedding.equal(mapped)
    assert model.embedding.data_ptr() != mapped.data_ptr()
