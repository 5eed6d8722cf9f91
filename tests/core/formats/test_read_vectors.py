"""Files of the kinds that people bring are read, whatever their names, or refused in a sentence."""

import os
from pathlib import Path

import numpy as np
import pytest

from core.errors import FormatError
from core.formats import read_vectors
from core.formats.__main__ import main
from tests.core.formats.cases import CASES, HEADED, SEA, read_bytes

SIGNS_ONLY = {"cp1253", "cp1252", "cp1250", "cp852", "big5", "composed of two", "odd spaces"}


@pytest.mark.parametrize("name", CASES)
def test_files_that_people_bring(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    loaded = read_bytes(case.content, tmp_path)
    assert list(loaded.embeddings.words) == list(case.words)
    assert bool(loaded.notes) == case.noted
    known = [word for word in SEA if word in loaded.embeddings]
    assert known or name in SIGNS_ONLY or name == "binary of one word"
    for word in known:
        if len(SEA[word]) == loaded.embeddings.dimensions:
            np.testing.assert_array_equal(loaded.embeddings.vector(word), SEA[word])
    assert not loaded.embeddings.vectors.flags.writeable


def test_the_file_is_named_without_its_endings(tmp_path: Path) -> None:
    path = tmp_path / "ships.50d.txt"
    path.write_bytes(HEADED)
    assert read_vectors(path).embeddings.name == "ships.50d"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FormatError, match="pipe"):
        read_vectors(tmp_path / "pipe")
    with pytest.raises(FormatError, match="device"):
        read_vectors(Path(os.devnull))


@pytest.mark.parametrize("name", ["", "none.vec", "a\0b", "x" * 5_000])
def test_what_is_no_file_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(FormatError):
        read_vectors(tmp_path / name)


def test_the_command_says_what_is_in_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMBEDDING_PLAYGROUND_DATA", str(tmp_path / "data"))
    good, bad = tmp_path / "good.vec", tmp_path / "bad.vec"
    good.write_bytes(CASES["a word twice"].content)
    bad.write_bytes(b"%PDF-1.7")
    assert main([str(good)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3
    assert main([str(good), str(bad)]) == 1
    assert "bad.vec" in capsys.readouterr().err
