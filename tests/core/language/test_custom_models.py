import json
import os
import shutil
from pathlib import Path

import pytest

from core.catalog import folder_of as catalogue_folder
from core.errors import FetchError, ModelError
from core.language.__main__ import main
from core.language.custom_models import VARIABLE, fetch_own, folder_of, load_own, own_models
from core.language.models import ENCODER


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    shutil.copytree(catalogue_folder(ENCODER), tmp_path / "mine")
    return tmp_path / "mine"


def test_a_folder_that_was_named_is_there(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, os.pathsep.join([str(mine), str(mine / "gone")]))
    assert fetch_own(str(mine)) == mine
    assert own_models() == {"mine": mine}
    model = load_own("mine")
    assert (model.title, model.kind, model.layers) == ("mine", "encoder", 6)


def test_a_folder_that_was_not_named_is_not(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert own_models() == {}
    for name in ("mine", str(mine), "../mine"):
        with pytest.raises(ModelError, match="was not named"):
            load_own(name)


def test_without_a_network_a_name_on_the_hub_is_explained(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EMBEDDING_PLAYGROUND_DATA", str(tmp_path))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(FetchError, match="'nobody/nothing' is no folder on this computer, and"):
        fetch_own("nobody/nothing")
    assert folder_of("nobody/nothing").is_relative_to(tmp_path)
    assert folder_of("../../etc/x").is_relative_to(tmp_path / "models" / "hub")
    assert main(["nobody/nothing"]) == 1
    assert "is no folder on this computer" in capsys.readouterr().err


def test_a_folder_without_weights_that_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"architectures": ["GPT2LMHeadModel"]}))
    (tmp_path / "pytorch_model.bin").write_bytes(b"a pickle")
    with pytest.raises(ModelError, match="without running code"):
        fetch_own(str(tmp_path))
