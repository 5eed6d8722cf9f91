import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psutil
import pytest
import torch
from transformers import AutoModel, AutoModelForCausalLM, AutoTokenizer

from core.catalog import folder_of
from core.errors import ModelError, UnknownModelError
from core.language import models
from core.language.models import (
    DECODER,
    ENCODER,
    LanguageModel,
    kind_of,
    load,
    load_folder,
    token_table,
)
from core.language.next_word import next_word
from core.language.onednn_linear import PackedLinear

TEXT = "The lion is the king of the jungle, and 2 unbelievably old lions know it."


def test_the_shapes_are_those_of_the_catalogue(
    encoder: LanguageModel, decoder: LanguageModel
) -> None:
    assert (encoder.kind, encoder.layers, encoder.heads, encoder.window) == ("encoder", 6, 12, 512)
    assert encoder.embedding.shape == (30_522, 384)
    assert (decoder.kind, decoder.layers, decoder.heads) == ("decoder", 30, 9)
    assert decoder.embedding.shape == decoder.unembedding.shape == (49_152, 576)
    assert decoder.unembedding.equal(decoder.embedding)  # they are one matrix
    with pytest.raises(ModelError, match="does not write"):
        encoder.unembedding  # noqa: B018


AT_ONCE = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from core.language.models import load_folder

folders = [Path(each) for each in sys.argv[1:]]
with ThreadPoolExecutor(len(folders)) as pool:
    print([model.kind for model in pool.map(load_folder, folders)])
"""


def test_models_can_be_opened_at_once(tiny: Callable[[str], Path]) -> None:
    folders = [tiny("gpt2"), tiny("qwen3"), folder_of(ENCODER)]
    # In a process of its own, where the first of them imports transformers.
    process = subprocess.run(
        [sys.executable, "-c", AT_ONCE, *folders], capture_output=True, text=True, check=False
    )
    assert process.stdout == "['decoder', 'decoder', 'encoder']\n", process.stderr


def test_the_encoder_computes_what_transformers_computes(encoder: LanguageModel) -> None:
    plain = AutoModel.from_pretrained(folder_of(ENCODER))
    ids = torch.tensor([encoder.tokenizer.ids(TEXT, special=True)])
    with torch.inference_mode():
        ours, theirs = encoder.network(ids), plain.eval()(ids)
    torch.testing.assert_close(
        ours.last_hidden_state, theirs.last_hidden_state, atol=1e-5, rtol=1e-4
    )
    assert any(isinstance(layer, PackedLinear) for layer in encoder.network.modules())


def test_the_decoder_computes_what_transformers_computes(decoder: LanguageModel) -> None:
    plain = AutoModelForCausalLM.from_pretrained(folder_of(DECODER))
    ids = decoder.tokenizer.ids(TEXT)
    with torch.inference_mode():
        theirs = plain.eval()(torch.tensor([ids])).logits[0, -1]
    ours = next_word(decoder, ids)
    np.testing.assert_allclose(ours.logits, theirs, atol=2e-4)
    assert ours.ids == tuple(ids)
    assert ours.truncated == 0


@pytest.mark.parametrize("name", [ENCODER, DECODER])
@pytest.mark.parametrize("text", [TEXT, "  two  spaces\n\ttab", "naïve 中文 😀 مرحبا", "1,000.5"])
def test_tokens_are_those_of_transformers(name: str, text: str) -> None:
    theirs = AutoTokenizer.from_pretrained(folder_of(name))
    tokenizer = models.TextTokenizer(folder_of(name) / "tokenizer.json")
    assert tokenizer.ids(text) == theirs.encode(text, add_special_tokens=False)
    assert tokenizer.ids(text, special=True) == theirs.encode(text)
    assert len(tokenizer) == len(theirs)


@pytest.mark.parametrize("name", [ENCODER, DECODER])
def test_the_token_table_is_the_embedding_matrix(
    name: str, encoder: LanguageModel, decoder: LanguageModel
) -> None:
    model = encoder if name == ENCODER else decoder
    table = token_table(name)
    np.testing.assert_array_equal(table.vectors, model.embedding)
    assert len(set(table.words)) == len(table)
    for word in ("##ing",) if name == ENCODER else ("␣king", "ization"):
        assert table.words[table.index(word)] == word
    asked = "␣king" if name == DECODER else "king"
    assert table.words[table.index("king")] == table.words[table.index("KING")] == asked


def test_a_window_leaves_the_beginning_out(decoder: LanguageModel) -> None:
    ids = decoder.tokenizer.ids(TEXT)
    seen = next_word(decoder, ids, window=5)
    assert seen.truncated == len(ids) - 5
    np.testing.assert_allclose(seen.logits, next_word(decoder, ids[-5:]).logits, atol=1e-5)


# Folders of a visitor


def test_any_folder_that_transformers_wrote(tmp_path: Path) -> None:
    shutil.copytree(folder_of(ENCODER), tmp_path / "mine", dirs_exist_ok=True)
    model = load_folder(tmp_path / "mine")
    assert (model.name, model.title, model.kind) == ("mine", "mine", "encoder")


def test_folders_that_are_no_models(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="is no language model: its config"):
        load_folder(tmp_path)
    (tmp_path / "config.json").write_text("{")
    with pytest.raises(ModelError, match="is no language model: its config"):
        load_folder(tmp_path)
    (tmp_path / "config.json").write_text(json.dumps({"architectures": ["LlamaForCausalLM"]}))
    assert kind_of(tmp_path) == "decoder"
    with pytest.raises(ModelError, match="no weights"):
        load_folder(tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"x" * 100)
    with pytest.raises(ModelError, match="tokenizer"):
        load_folder(tmp_path)
    shutil.copy(folder_of(ENCODER) / "tokenizer.json", tmp_path)
    with pytest.raises(ModelError, match="cannot be read as a language model"):
        load_folder(tmp_path)


def test_a_folder_whose_model_wants_code_to_run(tmp_path: Path) -> None:
    shutil.copytree(folder_of(ENCODER), tmp_path / "mine", dirs_exist_ok=True)
    trap = tmp_path / "trap"
    (tmp_path / "mine" / "code.py").write_text(f"open({str(trap)!r}, 'w')\nclass M: pass\n")
    config = {
        "architectures": ["M"],
        "model_type": "mine",
        "auto_map": {"AutoModel": "code.M", "AutoConfig": "code.M"},
    }
    (tmp_path / "mine" / "config.json").write_text(json.dumps(config))
    with pytest.raises(ModelError, match="cannot be read as a language model"):
        load_folder(tmp_path / "mine")
    assert not trap.exists()


def test_a_model_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"architectures": ["LlamaForCausalLM"]}))
    with (tmp_path / "model.safetensors").open("wb") as file:
        file.truncate(psutil.virtual_memory().total)  # takes no room on the disk
    with pytest.raises(ModelError, match=r"needs about .* GB of memory, and .* GB are free"):
        load_folder(tmp_path)


def test_names_that_are_no_language_models() -> None:
    with pytest.raises(ModelError, match="is a list of word vectors"):
        load("glove-6b-50d")
    with pytest.raises(UnknownModelError):
        load("../models")
