import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from core.catalog import folder_of as catalogue_folder
from core.errors import FetchError, ModelError
from core.language.__main__ import main
from core.language.attention import _eager, attention
from core.language.custom_models import (
    VARIABLE,
    custom_models,
    fetch_custom,
    folder_of,
    load_custom,
)
from core.language.models import ENCODER, load_folder
from core.language.next_word import next_word


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    shutil.copytree(catalogue_folder(ENCODER), tmp_path / "mine")
    return tmp_path / "mine"


def test_a_folder_that_was_named_is_there(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, os.pathsep.join([str(mine), str(mine / "gone")]))
    assert fetch_custom(str(mine)) == mine
    assert custom_models() == {"mine": mine}
    model = load_custom("mine")
    assert (model.title, model.kind, model.layers) == ("mine", "encoder", 6)


def test_a_folder_that_was_not_named_is_not(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert custom_models() == {}
    for name in ("mine", str(mine), "../mine"):
        with pytest.raises(ModelError, match="was not named"):
            load_custom(name)


def test_without_a_network_a_name_on_the_hub_is_explained(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EMBEDDING_PLAYGROUND_DATA", str(tmp_path))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(FetchError, match="'nobody/nothing' is no folder on this computer, and"):
        fetch_custom("nobody/nothing")
    assert folder_of("nobody/nothing").is_relative_to(tmp_path)
    assert folder_of("../../etc/x").is_relative_to(tmp_path / "models" / "hub")
    assert main(["nobody/nothing"]) == 1
    assert "is no folder on this computer" in capsys.readouterr().err


def test_a_folder_without_weights_that_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"architectures": ["GPT2LMHeadModel"]}))
    (tmp_path / "pytorch_model.bin").write_bytes(b"a pickle")
    with pytest.raises(ModelError, match="without running code"):
        fetch_custom(str(tmp_path))


# What goes wrong with a model that somebody brought is a sentence


def spoiled(tiny: Callable[[str], Path], name: str, folder: Path, **changes: object) -> Path:
    """Return a copy of a tiny model whose configuration says something else."""
    shutil.copytree(tiny(name), folder)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    (folder / "config.json").write_text(json.dumps(config | changes))
    return folder


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("gpt2", {"n_head": 5}),  # 32 numbers cannot be shared out among 5 heads
        ("gpt2", {"n_layer": "three"}),
        ("qwen3", {"hidden_act": "no such function"}),
        ("bert", {"vocab_size": -1}),
        ("bert", {"model_type": "nothing that is known"}),
        ("bert", {"model_type": "t5", "architectures": ["T5ForConditionalGeneration"]}),
    ],
)
def test_a_model_that_cannot_be_loaded_is_explained(
    tiny: Callable[[str], Path], tmp_path: Path, name: str, changes: dict[str, object]
) -> None:
    folder = spoiled(tiny, name, tmp_path / "mine", **changes)
    with pytest.raises(ModelError) as told:
        load_folder(folder)
    assert str(folder) in str(told.value)


def test_a_pass_that_fails_is_explained(tiny: Callable[[str], Path]) -> None:
    model = load_folder(tiny("gpt2"))
    with pytest.raises(ModelError, match="gpt2") as told:
        next_word(model, [10_000])  # its embedding matrix has no such row
    assert "IndexError" in str(told.value)
    assert len(next_word(model, [5]).logits) == len(model.token_names)  # the lock was let go


def test_a_layer_without_attention_weights_is_explained(
    tiny: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    model = load_folder(tiny("gpt2"))
    monkeypatch.setattr(
        type(model.network.base_model), "forward", lambda *_, **__: SimpleNamespace(attentions=())
    )
    with pytest.raises(ModelError, match="gives no attention weights"):
        attention(model, "a bank")


def test_the_usual_attention_comes_back(tiny: Callable[[str], Path]) -> None:
    model = load_folder(tiny("gpt2"))
    attention(model, "a bank")
    assert model.network.config._attn_implementation == "sdpa"


def test_without_a_private_name_of_transformers_attention_stays_eager() -> None:
    asked: list[str] = []
    network = SimpleNamespace(config=SimpleNamespace(), set_attn_implementation=asked.append)
    with _eager(network):
        assert asked == ["eager"]
    assert asked == ["eager", "eager"]
