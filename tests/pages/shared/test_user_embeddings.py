"""Vectors that a visitor trained can be looked at on every page of geometry."""

import os
from pathlib import Path

import numpy as np
import pytest

from core.embeddings import Embeddings
from core.formats.trained_vectors import write_trained
from pages.shared import user_embeddings as trained
from tests.pages.opening import counts, open_page, told

WORDS = ("king", "queen", "man", "woman", *(f"word{number}" for number in range(60)))


def offer(dimensions: int, seed: int = 0) -> str:
    """Offer vectors as the page Learning does, and return their name."""
    rng = np.random.default_rng(seed)
    vectors = rng.normal(size=(len(WORDS), dimensions)).astype(np.float32)
    return trained.use(f"Classroom {dimensions}", Embeddings("raw", WORDS, vectors))


@pytest.mark.parametrize("dimensions", [2, 12])
def test_map(dimensions: int) -> None:
    for components in ("2", "3"):
        app = open_page(
            "map", map_vectors=offer(dimensions), projection="PCA", components=components
        )
        assert counts(app)[0][1] == str(len(WORDS))


def test_analogies() -> None:
    name = offer(12)
    app = open_page("analogies", vectors=name, expression="king - man + woman")
    assert not app.error
    assert app.selectbox(key="vectors").value == name
    assert "Classroom 12" in app.selectbox(key="vectors").options
    shown = app.dataframe[0].value
    words = {cell for cell in shown.to_numpy().ravel() if isinstance(cell, str)}
    assert words & {"queen", *WORDS[4:]}


def test_directions_and_dot_products() -> None:
    name = offer(12)
    assert not open_page("directions", direction_vectors=name, words="king, queen, man").exception
    app = open_page("dot_products", source=name, first="king", second="queen", table=name)
    assert not app.error


def test_a_name_that_is_gone_falls_back_to_glove() -> None:
    app = open_page("analogies", vectors="Classroom 12 · 0000", expression="king - man + woman")
    assert not app.error
    assert app.selectbox(key="vectors").value == "GloVe"


def test_the_same_numbers_are_kept_once_and_others_beside_them() -> None:
    one, same, other = offer(5), offer(5), offer(5, seed=1)
    assert one == same != other
    first, second = trained.find(one), trained.find(other)
    assert first is not None
    assert second is not None
    assert first.name == "Classroom 5"
    assert not np.array_equal(first.vectors, second.vectors)


def test_no_two_vectors_share_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under a digest of 16 bits, some of a thousand did: one showed somebody else's vectors."""
    monkeypatch.setattr(trained, "warm_up", lambda _: None)
    vectors = np.random.default_rng(0).normal(size=(1_000, 2, 3)).astype(np.float32)
    names = {trained.use("mine", Embeddings("raw", ("a", "b"), each)) for each in vectors}
    assert len(names) == 1_000
    assert trained.use("mine", Embeddings("raw", ("a", "c"), vectors[0])) not in names


def test_those_used_longest_ago_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trained, "MAX_KEPT_BYTES", 3 * (2 * 4 * 3 + 100) * len(WORDS))
    trained._kept.clear()
    names = [offer(3, seed) for seed in range(3)]
    assert trained.find(names[0]) is not None  # used again
    offer(3, seed=3)
    assert trained.find(names[0]) is not None
    assert trained.find(names[1]) is None
    trained._kept.clear()


def test_files_of_one_name_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = ["old/mine.safetensors", "new/mine.safetensors", "new/mine.vec", "alone.vec"]
    named = [str(tmp_path / name) for name in (*files, files[0])]
    monkeypatch.setenv(trained.VARIABLE, os.pathsep.join(named))
    told_apart = ["old/mine.safetensors", "new/mine.safetensors", "mine.vec", "alone"]
    assert trained.offered()[:4] == told_apart


@pytest.mark.parametrize("suffix", ["safetensors", "vec"])
def test_files_named_at_the_start(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(0)
    vectors = rng.normal(size=(len(WORDS), 9)).astype(np.float32)
    good, broken = tmp_path / f"mine.{suffix}", tmp_path / f"broken.{suffix}"
    write_trained(good, Embeddings("mine", WORDS, vectors))
    broken.write_bytes(b"no vectors")
    monkeypatch.setenv(trained.VARIABLE, os.pathsep.join((str(good), str(broken))))
    trained._opened.clear()
    app = open_page("analogies", vectors="mine", expression="king - man + woman")
    assert not app.error
    assert "broken" in app.selectbox(key="vectors").options
    app = app.selectbox(key="vectors").set_value("broken").run()
    assert not app.exception
    assert len(app.error) == 1
    assert "broken" in told(app)
