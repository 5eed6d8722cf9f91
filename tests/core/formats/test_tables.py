"""Tables of texts and vectors: CSV, TSV, JSON, Parquet and Arrow, written by their libraries."""

import json
from contextlib import suppress
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import FormatError
from core.formats import arrow_files, delimited, json_rows, read_vectors
from core.formats.table_columns import parsed_list
from core.formats.vector_file import Choices, Loaded, NoVectorsError, VectorFile

TEXTS = ["The king, old and tired", 'She said "no"', "", "two\nlines", "Café", "猫が", "Café"]
VECTORS = np.random.default_rng(0).normal(size=(len(TEXTS), 4)).astype(np.float32)
KINDS = ["a", "b", "a", "b", "a", "b", "a"]
QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def frame(vectors: str = "list") -> pd.DataFrame:
    table = pd.DataFrame({"id": range(len(TEXTS)), "text": TEXTS, "kind": KINDS})
    rows = [row.tolist() for row in VECTORS]
    if vectors == "list":
        table["vector"] = rows
    elif vectors == "json":
        table["vector"] = [json.dumps(row) for row in rows]
    elif vectors == "numpy":
        table["vector"] = [str(np.array(row, dtype=np.float64)) for row in rows]
    else:
        for number in range(4):
            table[f"d{number}"] = VECTORS[:, number].astype(np.float64)
    return table


def check(loaded: Loaded, tolerance: float = 0.0) -> None:
    assert list(loaded.embeddings.words) == TEXTS  # the text that comes twice keeps both rows
    assert np.abs(loaded.embeddings.vectors - VECTORS).max() <= tolerance
    assert loaded.embeddings.order == "first"
    assert loaded.columns["kind"].tolist() == KINDS


@pytest.mark.parametrize(
    ("texts", "unit"),
    [
        (["The cat sat on a mat.", "It is a rainy day.", "Yes."], "text"),
        (["new york city", "sea", "the isle of man"], "word"),
    ],
)
def test_texts_are_told_from_words(tmp_path: Path, texts: list[str], unit: str) -> None:
    path = tmp_path / "a.csv"
    pd.DataFrame({"text": texts, "x": [1.5, 2, 3], "y": [2.5, 1, 0]}).to_csv(path, index=False)
    assert read_vectors(path).embeddings.unit == unit


@pytest.mark.parametrize("vectors", ["json", "numpy", "columns"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv(tmp_path: Path, vectors: str, separator: str, encoding: str) -> None:
    path = tmp_path / "a.data"
    frame(vectors).to_csv(path, index=False, sep=separator, encoding=encoding)
    check(read_vectors(path), 1e-6 if vectors == "numpy" else 1e-7)


def test_csv_without_a_heading(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    frame("columns").to_csv(path, index=False, header=False)
    loaded = read_vectors(path)
    assert list(loaded.embeddings.words) == TEXTS
    assert loaded.embeddings.dimensions == 4


def test_csv_in_an_old_encoding(tmp_path: Path) -> None:
    words = ["Größe", "König", "Straße", "Mädchen", "Tür", "Öl", "Bücher", "für"]
    lines = [f"{word};0.5;{number}" for number, word in enumerate(words)]
    path = tmp_path / "a.csv"
    path.write_bytes("\n".join(("wort;a1;a2", *lines)).encode("cp1252"))
    loaded = read_vectors(path)
    assert list(loaded.embeddings.words) == words
    assert any("UTF-8" in note for note in loaded.notes)


def test_rows_of_another_length_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("word,a1,a2\nking,1,2\nqueen,3\nman,4,5\nwoman,6,7\n")
    loaded = read_vectors(path)
    assert list(loaded.embeddings.words) == ["king", "man", "woman"]
    assert any("3" in note for note in loaded.notes)


@pytest.mark.parametrize("kind", [pa.float64(), pa.float32(), pa.float16()])
@pytest.mark.parametrize("shape", ["list", "large", "fixed", "columns"])
def test_parquet_and_arrow(tmp_path: Path, kind: pa.DataType, shape: str) -> None:
    kinds = {"list": pa.list_(kind), "large": pa.large_list(kind), "fixed": pa.list_(kind, 4)}
    table = pa.table({"text": TEXTS, "kind": KINDS})
    rows = VECTORS.astype(kind.to_pandas_dtype())
    if shape == "columns":
        for number in range(4):
            table = table.append_column(f"v{number}", pa.array(rows[:, number], kind))
    else:
        table = table.append_column("vector", pa.array([*rows], kinds[shape]))
    pq.write_table(table, tmp_path / "a.bin")
    with (
        pa.OSFile(str(tmp_path / "b.bin"), "wb") as sink,
        pa.ipc.new_file(sink, table.schema) as out,
    ):
        out.write_table(table)
    for name in ("a.bin", "b.bin"):
        check(read_vectors(tmp_path / name), 1e-2 if kind == pa.float16() else 1e-7)


@pytest.mark.parametrize("form", ["lines", "list"])
def test_json(tmp_path: Path, form: str) -> None:
    rows = frame().to_dict("records")
    text = "\n".join(map(json.dumps, rows)) if form == "lines" else json.dumps(rows, indent=1)
    (tmp_path / "a.txt").write_text(text)
    check(read_vectors(tmp_path / "a.txt"), 1e-7)


def test_columns_can_be_chosen(tmp_path: Path) -> None:
    table = frame("columns").assign(other=VECTORS[:, 0], x=1.0, y=range(7), title="same")
    table.to_parquet(tmp_path / "a")
    choices = Choices(text="title", vector="d1:d3", x="x", y="y")
    loaded = read_vectors(tmp_path / "a", choices)
    assert set(loaded.embeddings.words) == {"same"}
    assert loaded.embeddings.dimensions == 3
    assert loaded.layout == ("x", "y")
    for wrong in (
        Choices(text="none"),
        Choices(vector="none"),
        Choices(x="x"),
        Choices(x="a", y="y"),
    ):
        with pytest.raises(FormatError):
            read_vectors(tmp_path / "a", wrong)
    assert len(read_vectors(tmp_path / "a", Choices(limit=2)).embeddings) == 2


def test_columns_that_count_are_no_vectors(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {"row": range(5), "word": [*"abcde"], "one": [0.5] * 5, "two": [0.1, 0.2, 0.3, 0.4, 0.5]}
    )
    table.to_csv(tmp_path / "a.csv", index=False)
    loaded = read_vectors(tmp_path / "a.csv")
    assert loaded.embeddings.dimensions == 2
    assert list(loaded.columns) == ["row"]


def test_numbers_that_were_left_out_in_printing(tmp_path: Path) -> None:
    rows = [str(np.arange(2_000) / 3)] * 3
    pd.DataFrame({"text": [*"abc"], "embedding": rows}).to_csv(tmp_path / "a.csv", index=False)
    with pytest.raises(FormatError, match=r"\.\.\."):
        read_vectors(tmp_path / "a.csv")


def test_rows_without_whole_vectors_are_left_out_and_named(tmp_path: Path) -> None:
    rows: list[object] = [[1.0, 2.0], [1.0], None, [float("nan"), 1.0], *([[3.0, 4.0]] * 6)]
    pq.write_table(pa.table({"word": [*"abcdefghij"], "v": rows}), tmp_path / "a")
    loaded = read_vectors(tmp_path / "a")
    assert list(loaded.embeddings.words) == ["a", *"efghij"]
    assert any("2, 3" in note and "4" in note for note in loaded.notes)
    pq.write_table(pa.table({"word": [*"abcd"], "v": rows[:4]}), tmp_path / "b")
    with pytest.raises(FormatError):
        read_vectors(tmp_path / "b")


def test_texts_without_vectors_say_so(tmp_path: Path) -> None:
    pd.DataFrame({"id": [1, 2], "text": ["one text", "other"]}).to_csv(tmp_path / "a.csv")
    with pytest.raises(NoVectorsError) as caught:
        read_vectors(tmp_path / "a.csv")
    assert caught.value.texts.texts == ("one text", "other")
    assert caught.value.texts.columns["id"].tolist() == [1, 2]
    with pytest.raises(NoVectorsError) as caught:
        read_vectors(tmp_path / "a.csv", Choices(text="text", x="id", y="id", limit=1))
    assert caught.value.texts.texts == ("one text",)
    assert caught.value.texts.layout == ("id", "id")


def test_many_columns_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(",".join(["a"] * 30_000) + "\n" + ",".join(["1"] * 30_000))
    with pytest.raises(FormatError):
        read_vectors(tmp_path / "a.csv")


def test_a_small_parquet_that_becomes_large_is_refused(tmp_path: Path) -> None:
    table = pa.table({"word": pa.array(["a"] * 50_000_000).dictionary_encode()})
    pq.write_table(table, tmp_path / "a", compression="zstd")
    assert (tmp_path / "a").stat().st_size < 200_000
    with pytest.raises(FormatError, match="50,000,000"):
        read_vectors(tmp_path / "a")


def test_deep_json(tmp_path: Path) -> None:
    (tmp_path / "a").write_text('{"a": ' + "[" * 100_000 + "\n")
    with pytest.raises(FormatError):
        read_vectors(tmp_path / "a")


@QUICK
@given(data=st.binary(max_size=300), lines=st.lists(st.text(max_size=30), max_size=6))
def test_whatever_a_file_holds_is_read_or_refused(
    tmp_path: Path, data: bytes, lines: list[str]
) -> None:
    path = tmp_path / "a"
    text = "\n".join(lines).encode("utf-8", "replace")
    starts = (b"PAR1", b"ARROW1", b'{"a":', b"a,b\n", b"")
    for content in (text, *(start + data for start in starts)):
        path.write_bytes(content)
        for reader in (delimited, json_rows, arrow_files):
            file = VectorFile(path, "a")
            if reader.sniff(file):
                with suppress(FormatError):  # nothing else
                    assert len(reader.read(file, Choices()).embeddings)


@QUICK
@given(at=st.integers(0, 5_000), to=st.binary(min_size=1, max_size=4), form=st.sampled_from("pjca"))
def test_a_damaged_table_is_read_or_refused(tmp_path: Path, at: int, to: bytes, form: str) -> None:
    path = tmp_path / form
    if form == "p":
        frame().to_parquet(path)
    elif form == "a":
        frame().to_feather(path)
    elif form == "j":
        frame().to_json(path, orient="records", lines=True)
    else:
        frame("json").to_csv(path, index=False)
    content = bytearray(path.read_bytes())
    at %= len(content)
    content[at : at + len(to)] = to
    path.write_bytes(content)
    with suppress(FormatError):  # nothing else
        assert len(read_vectors(path).embeddings)


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=5))
def test_a_list_in_text_is_parsed_as_json_does(numbers: list[float]) -> None:
    assert parsed_list(json.dumps(numbers)) == numbers
    assert parsed_list(" " + " ".join(map(repr, numbers))) is None
