"""A matrix and its words apart: NumPy's files, and those of TensorFlow's Projector."""

import zipfile
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import FormatError
from core.formats import read_vectors
from core.formats.vector_file import Choices

WORDS = ["king", "queen", "größe", "two words", "king"]
VECTORS = np.random.default_rng(0).normal(size=(len(WORDS), 3)).astype(np.float32)
QUICK = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def lines(words: list[str]) -> str:
    return "".join(f"{word}\n" for word in words)


@pytest.mark.parametrize("dtype", ["<f2", "<f4", ">f4", "<f8", "<i4"])
def test_npy_with_words_beside(tmp_path: Path, dtype: str) -> None:
    rows = (VECTORS * 10).astype(dtype)
    np.save(tmp_path / "v.npy", rows)
    (tmp_path / "v.vocab").write_text(lines(WORDS), "utf-8")
    loaded = read_vectors(tmp_path / "v.npy")
    assert list(loaded.embeddings.words) == WORDS
    assert (loaded.embeddings.vectors == rows.astype(np.float32)).all()
    assert any("v.vocab" in note for note in loaded.notes)


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("dtype", [np.str_, np.bytes_])
def test_npz(tmp_path: Path, packed: bool, dtype: type) -> None:
    words = np.array([word.encode() if dtype is np.bytes_ else word for word in WORDS])
    save = np.savez_compressed if packed else np.savez
    save(tmp_path / "v.npz", vectors=VECTORS, words=words)
    loaded = read_vectors(tmp_path / "v.npz")
    assert list(loaded.embeddings.words) == WORDS
    assert (loaded.embeddings.vectors == VECTORS).all()


def test_a_matrix_of_several_is_chosen(tmp_path: Path) -> None:
    np.savez(tmp_path / "v.npz", a=VECTORS, b=2 * VECTORS)
    with pytest.raises(FormatError, match="member"):
        read_vectors(tmp_path / "v.npz")
    loaded = read_vectors(tmp_path / "v.npz", Choices(member="b", limit=2))
    assert (loaded.embeddings.vectors == 2 * VECTORS[:2]).all()


def test_without_words_the_rows_are_numbered(tmp_path: Path) -> None:
    np.save(tmp_path / "v.npy", VECTORS)
    loaded = read_vectors(tmp_path / "v.npy")
    assert loaded.embeddings.words[4] == "row 5"
    assert loaded.notes


@pytest.mark.parametrize("heading", ["", "word\tgroup\tsize\n"])
def test_projector(tmp_path: Path, heading: str) -> None:
    np.savetxt(tmp_path / "tensors.tsv", VECTORS, delimiter="\t", fmt="%.9g")
    rows = [f"{word}\tkind {at}\t{at}" for at, word in enumerate(WORDS)] if heading else WORDS
    (tmp_path / "metadata.tsv").write_text(heading + lines(rows), "utf-8")
    loaded = read_vectors(tmp_path / "tensors.tsv")
    assert list(loaded.embeddings.words) == WORDS
    assert (loaded.embeddings.vectors == VECTORS).all()
    assert list(loaded.columns) == (["group", "size"] if heading else [])


@pytest.mark.parametrize("count", [4, 6])
def test_another_number_of_words_is_refused_with_both(tmp_path: Path, count: int) -> None:
    np.save(tmp_path / "v.npy", VECTORS)
    labels = tmp_path / "labels"
    labels.write_text(lines([*WORDS, "more"][:count]))
    with pytest.raises(FormatError, match=rf"{count} labels for the 5 vectors"):
        read_vectors(tmp_path / "v.npy", Choices(labels=labels))


def test_rows_that_are_not_finite(tmp_path: Path) -> None:
    rows = VECTORS.copy()
    rows[1, 1] = np.nan
    np.savez(tmp_path / "v.npz", v=rows, w=np.array(WORDS))
    loaded = read_vectors(tmp_path / "v.npz")
    assert list(loaded.embeddings.words) == [WORDS[0], *WORDS[2:]]
    assert any("2" in note for note in loaded.notes)
    np.save(tmp_path / "all.npy", np.full((3, 3), 1e300))
    with pytest.raises(FormatError):
        read_vectors(tmp_path / "all.npy")


def test_python_objects_are_never_opened(tmp_path: Path) -> None:
    class Bomb:
        def __reduce__(self) -> tuple[object, ...]:
            return exec, ("raise SystemExit('it ran')",)

    objects = np.array([[Bomb(), 1]], dtype=object)
    np.save(tmp_path / "v.npy", objects)
    np.savez(tmp_path / "v.npz", v=objects)
    for name in ("v.npy", "v.npz"):
        with pytest.raises(FormatError, match="pickle"):
            read_vectors(tmp_path / name)


def test_a_heading_that_claims_more_than_the_file_has(tmp_path: Path) -> None:
    with (tmp_path / "v.npy").open("wb") as file:
        np.lib.format.write_array_header_1_0(
            file, {"descr": "<f4", "fortran_order": False, "shape": (10**12, 300)}
        )
    with pytest.raises(FormatError):
        read_vectors(tmp_path / "v.npy")
    with zipfile.ZipFile(tmp_path / "v.npz", "w") as archive:
        archive.write(tmp_path / "v.npy", "v.npy")
    with pytest.raises(FormatError):
        read_vectors(tmp_path / "v.npz")


def test_an_archive_that_fills_the_disk_is_refused(tmp_path: Path) -> None:
    np.savez_compressed(tmp_path / "v.npz", v=np.zeros((20_000_000, 4), dtype=np.float32))
    with pytest.raises(FormatError, match="320,000,"):
        read_vectors(tmp_path / "v.npz")


@QUICK
@given(
    at=st.integers(0, 5_000),
    to=st.binary(min_size=1, max_size=6),
    name=st.sampled_from(["npy", "npz"]),
)
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, at: int, to: bytes, name: str) -> None:
    path = tmp_path / f"v.{name}"
    if name == "npy":
        np.save(path, VECTORS)
    else:
        np.savez(path, v=VECTORS, w=np.array(WORDS))
    content = bytearray(path.read_bytes())
    at %= len(content)
    content[at : at + len(to)] = to
    path.write_bytes(content)
    with suppress(FormatError):  # nothing else
        assert len(read_vectors(path).embeddings)
