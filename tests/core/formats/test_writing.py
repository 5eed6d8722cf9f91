"""What is written is read back by the formats' own libraries, and by us."""

import io
import json
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.embeddings import Embeddings
from core.formats import read_vectors
from core.formats.vector_file import Choices, Loaded
from core.formats.writing import as_csv, as_npz, as_parquet, as_projector

WORDS = [
    *("king", "=1+1", "'=x", "-5", "@sum", "'tis"),
    *('say "no"', "a,b", "größe", "猫", "two words", "x;y"),
]
VECTORS = np.random.default_rng(0).normal(size=(len(WORDS), 3)).astype(np.float32) * 1e-3
COLUMNS = pd.DataFrame({"kind": ["=a", "b"] * 6, "size": np.arange(12.0), "word": ["w"] * 12})
LOADED = Loaded(Embeddings("mine", WORDS, VECTORS, "first"), "made here", columns=COLUMNS)
WRITERS = {"csv": as_csv, "npz": as_npz, "parquet": as_parquet}


@pytest.mark.parametrize("name", WRITERS)
def test_we_read_what_we_write(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"a.{name}"
    path.write_bytes(WRITERS[name](LOADED))
    loaded = read_vectors(path)
    assert list(loaded.embeddings.words) == WORDS
    assert (loaded.embeddings.vectors == VECTORS).all()
    if name != "npz":
        assert loaded.columns["kind"].tolist() == COLUMNS["kind"].tolist()
        assert loaded.columns["size"].tolist() == COLUMNS["size"].tolist()


def test_pandas_reads_the_table_and_finds_no_formulas() -> None:
    table = pd.read_csv(io.BytesIO(as_csv(LOADED)), encoding="utf-8-sig", dtype={"word": str})
    assert table["word"].tolist()[:5] == ["king", "'=1+1", "''=x", "'-5", "'@sum"]
    assert (table[["d1", "d2", "d3"]].to_numpy(dtype=np.float32) == VECTORS).all()
    assert as_csv(LOADED).startswith(b"\xef\xbb\xbf")


def test_arrow_and_numpy_read_theirs() -> None:
    table = pq.read_table(io.BytesIO(as_parquet(LOADED)))
    assert table.column("word").to_pylist() == WORDS
    assert (np.stack(table.column("vector").to_numpy()) == VECTORS).all()
    with np.load(io.BytesIO(as_npz(LOADED)), allow_pickle=False) as arrays:
        assert arrays["words"].tolist() == WORDS
        assert (arrays["vectors"] == VECTORS).all()


@pytest.mark.parametrize("columns", [COLUMNS, pd.DataFrame()])
def test_the_projector_gets_its_three_files(tmp_path: Path, columns: pd.DataFrame) -> None:
    loaded = Loaded(LOADED.embeddings, "", columns=columns)
    with zipfile.ZipFile(io.BytesIO(as_projector(loaded))) as archive:
        archive.extractall(tmp_path)
    config = json.loads((tmp_path / "projector_config.json").read_text())["embeddings"][0]
    assert config["tensorShape"] == [len(WORDS), 3]
    read = np.loadtxt(tmp_path / config["tensorPath"], delimiter="\t", dtype=np.float32)
    assert (read == VECTORS).all()
    labels = tmp_path / config["metadataPath"]
    back = read_vectors(tmp_path / config["tensorPath"], Choices(labels=labels))
    assert list(back.embeddings.words) == WORDS
    assert list(back.columns) == (["kind", "size", "word (2)"] if len(columns) else [])


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), min_size=2, unique=True))
def test_any_words_come_back(tmp_path: Path, words: list[str]) -> None:
    vectors = np.ones((len(words), 2), dtype=np.float32)
    loaded = Loaded(Embeddings("a", words, vectors, "first"), "")
    for name, write in WRITERS.items():
        path = tmp_path / name
        path.write_bytes(write(loaded))
        assert list(read_vectors(path).embeddings.words) == words, name
