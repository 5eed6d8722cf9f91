"""The command line trains, alone and with several processes."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from gensim.models import KeyedVectors

from core.embeddings import Embeddings
from core.formats.trained_vectors import read_trained
from core.geometry.similarity import similarities
from core.training.classroom import DRAWN_WORDS, classroom_text

ROOT = Path(__file__).resolve().parents[3]
TOGETHER = ("torch.distributed.run", "--standalone")
SETTINGS = ("--dimensions", "24", "--epochs", "20", "--min-count", "1", "--learning-rate", "0.05")


def run(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("text") / "classroom.txt"
    path.write_text(classroom_text(0))
    return path


@pytest.fixture(scope="module")
def of_one_process(text: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the files that one process writes, by itself and under torchrun, by their suffixes."""
    folder = tmp_path_factory.mktemp("of_one_process")
    outputs = {suffix: folder / f"vectors{suffix}" for suffix in (".safetensors", ".txt")}
    for output, under in (
        (outputs[".safetensors"], ()),
        (outputs[".txt"], (*TOGETHER, "--nproc-per-node=1", "-m")),
    ):
        done = run(*under, "core.training", str(text), *SETTINGS, "--output", str(output))
        assert done.returncode == 0, done.stderr
        assert "24 dimensions" in done.stdout
        assert "words/s" in done.stderr
    return outputs


def test_it_writes_vectors_for_others(of_one_process: dict[str, Path]) -> None:
    mine = read_trained(of_one_process[".safetensors"])
    theirs = KeyedVectors.load_word2vec_format(of_one_process[".txt"])
    assert list(mine.words) == theirs.index_to_key
    np.testing.assert_array_equal(mine.vectors, theirs.vectors)


def test_numbers_beyond_all_bounds_leave_the_last_good_ones(text: Path, tmp_path: Path) -> None:
    output = tmp_path / "vectors.safetensors"
    done = run(
        "core.training", str(text), *SETTINGS, "--learning-rate", "900", "--output", str(output)
    )
    assert done.returncode == 1
    assert "Take a smaller one" in done.stderr
    assert "The last vectors before that are in" in done.stderr
    assert "Traceback" not in done.stderr
    assert np.isfinite(read_trained(output).vectors).all()


def test_processes_that_diverge_fail_together_and_leave_the_last_finite_ones(
    text: Path, tmp_path: Path
) -> None:
    output = tmp_path / "vectors.safetensors"
    done = run(
        *TOGETHER, "--nproc-per-node=2", "-m",
        "core.training", str(text), *SETTINGS, "--learning-rate", "900", "--output", str(output),
        OMP_NUM_THREADS="1",
    )  # fmt: skip
    assert done.returncode != 0
    assert done.stderr.count("Take a smaller one") == 1
    assert np.isfinite(read_trained(output).vectors).all()


def test_what_is_wrong_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("king")
    for arguments, said in (
        ((str(tmp_path / "none.txt"),), "There is no file"),
        ((str(tmp_path / "one.txt"),), "Only 1 distinct word"),
        ((str(tmp_path / "one.txt"), "--window", "0"), "The window is 0"),
    ):
        done = run("core.training", *arguments, "--output", str(tmp_path / "v.safetensors"))
        assert done.returncode == 1
        assert said in done.stderr
        assert "Traceback" not in done.stderr
        assert not (tmp_path / "v.safetensors").exists()


def share_of_kin(embeddings: Embeddings) -> float:
    """Return how many of the three nearest of the words shown are of their group."""
    groups = [(word, group) for group, words in DRAWN_WORDS.items() for word in words]
    kind = np.array([group for _, group in groups])
    cosines = similarities(embeddings.vectors[embeddings.indices(word for word, _ in groups)])
    np.fill_diagonal(cosines, -1)
    nearest = np.argsort(-cosines, axis=1)[:, :3]
    return float((kind[nearest] == kind[:, None]).mean())


def test_two_processes_learn_as_well_as_one(
    text: Path, of_one_process: dict[str, Path], tmp_path: Path
) -> None:
    output = tmp_path / "vectors.safetensors"
    done = run(
        *TOGETHER, "--nproc-per-node=2", "-m",
        "core.training", str(text), *SETTINGS, "--output", str(output),
        OMP_NUM_THREADS="1",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "words/s" in done.stderr
    alone = share_of_kin(read_trained(of_one_process[".safetensors"]))
    assert alone > 0.6
    assert share_of_kin(read_trained(output)) > alone - 0.02
