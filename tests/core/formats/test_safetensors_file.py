"""Matrices in safetensors files, and the words beside them."""

import json
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.numpy import save_file
from safetensors.torch import save_file as save_torch

from core.errors import FormatError
from core.formats import read_vectors
from core.formats.vector_file import Choices

WORDS = ["king", "queen", "größe", "two words", "{"]
VECTORS = np.random.default_rng(0).normal(size=(len(WORDS), 3)).astype(np.float32)
QUICK = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def raw(path: Path, heading: bytes, content: bytes = b"", length: int | None = None) -> Path:
    size = len(heading) if length is None else length
    path.write_bytes(size.to_bytes(8, "little") + heading + content)
    return path


@pytest.mark.parametrize(
    "dtype", [torch.float16, torch.bfloat16, torch.float32, torch.float64], ids=str
)
def test_one_matrix_with_words_beside(tmp_path: Path, dtype: torch.dtype) -> None:
    matrix = torch.from_numpy(VECTORS).to(dtype)
    save_torch({"any": matrix, "bias": torch.ones(5)}, tmp_path / "v.safetensors")
    (tmp_path / "v.vocab").write_text("\n".join(WORDS), "utf-8")
    loaded = read_vectors(tmp_path / "v.safetensors")
    assert list(loaded.embeddings.words) == WORDS
    np.testing.assert_array_equal(loaded.embeddings.vectors, matrix.float().numpy())
    assert loaded.embeddings.order == "first"
    assert any("v.vocab" in note for note in loaded.notes)


def test_without_words_the_rows_are_numbered(tmp_path: Path) -> None:
    save_file({"any": VECTORS}, tmp_path / "v.safetensors")
    loaded = read_vectors(tmp_path / "v.safetensors", Choices(limit=4))
    assert loaded.embeddings.words == ["row 1", "row 2", "row 3", "row 4"]


def test_embeddings_are_taken_by_their_name_and_others_chosen(tmp_path: Path) -> None:
    tensors = {
        "bert.embeddings.word_embeddings.weight": VECTORS,
        "bert.embeddings.position_embeddings.weight": np.ones((9, 3), np.float32),
        "layer.weight": np.zeros((7, 3), np.float32),
    }
    path = tmp_path / "v.safetensors"
    save_file(tensors, path)
    np.testing.assert_array_equal(read_vectors(path).embeddings.vectors, VECTORS)
    assert len(read_vectors(path, Choices(member="layer.weight")).embeddings) == 7
    with pytest.raises(FormatError, match=r"position_embeddings.weight \[9, 3\]"):
        read_vectors(path, Choices(member="weight"))
    del tensors["bert.embeddings.word_embeddings.weight"]
    save_file(tensors, path)
    with pytest.raises(FormatError, match=r"`member`: .*layer.weight \[7, 3\]"):
        read_vectors(path)


def test_another_number_of_words_is_refused_with_both(tmp_path: Path) -> None:
    save_file({"any": VECTORS}, tmp_path / "v.safetensors")
    labels = tmp_path / "labels"
    labels.write_text("a\nb\n")
    with pytest.raises(FormatError, match="2 labels for the 5 vectors"):
        read_vectors(tmp_path / "v.safetensors", Choices(labels=labels))


def test_rows_that_are_not_finite_are_left_out_and_numbers_at_the_edge_stay(tmp_path: Path) -> None:
    rows = VECTORS.astype(np.float64)
    rows[1, 1], rows[2, 2], rows[0, 0] = np.nan, 1e308, 1e-310
    save_file({"any": rows}, tmp_path / "v.safetensors")
    loaded = read_vectors(tmp_path / "v.safetensors")
    assert loaded.embeddings.words == ["row 1", "row 4", "row 5"]
    assert loaded.embeddings.vectors[0, 0] == 0
    assert any("rows 2, 3" in note for note in loaded.notes)


@pytest.mark.parametrize("name", ["v.safetensors", "v.npy"])
def test_a_signalling_nan_is_left_out_without_a_warning(tmp_path: Path, name: str) -> None:
    rows = VECTORS.astype(np.float64)
    rows.view(np.uint64)[1, 1] = 0x7FF0_0000_0000_0001
    if name == "v.npy":
        np.save(tmp_path / name, rows)
    else:
        save_file({"any": rows}, tmp_path / name)
    assert "row 2" not in read_vectors(tmp_path / name).embeddings.words


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
def test_the_length_of_a_heading_is_no_pickle(tmp_path: Path, protocol: int) -> None:
    length = 0x80 + 256 * protocol  # its first two bytes are those of a pickle
    heading = json.dumps({"any": {"dtype": "F32", "shape": [5, 3], "data_offsets": [0, 60]}})
    path = raw(tmp_path / "v.safetensors", heading.encode().ljust(length), VECTORS.tobytes())
    np.testing.assert_array_equal(read_vectors(path).embeddings.vectors, VECTORS)
    path.write_bytes(bytes([0x80, protocol]) + b"\0" * 60)
    with pytest.raises(FormatError, match="pickle"):
        read_vectors(path)


@pytest.mark.parametrize(
    ("heading", "length"),
    [
        (b"{}", None),
        (b"{}", 2**32),
        (b"{}", 2**47),
        (b'{"a":' + b"[" * 100_000, None),
        (b'{"a":{"dtype":"F32","shape":[1000000000000,300],"data_offsets":[0,12]}}', None),
        (b'{"a":{"dtype":"F32","shape":[9223372036854775807,9],"data_offsets":[0,12]}}', None),
        (b'{"a":{"dtype":"F32","shape":[0,3],"data_offsets":[0,0]}}', None),
        (b'{"a":{"dtype":"I32","shape":[1,3],"data_offsets":[0,12]}}', None),
        (b'{"a":' + b"9" * 5_000 + b"}", None),
        (b"{\xff}", None),
    ],
)
def test_a_heading_that_is_wrong_is_refused(
    tmp_path: Path, heading: bytes, length: int | None
) -> None:
    with pytest.raises(FormatError):
        read_vectors(raw(tmp_path / "v.safetensors", heading, b"\0" * 12, length))


@QUICK
@given(at=st.integers(0, 5_000), to=st.binary(min_size=0, max_size=6), cut=st.booleans())
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, at: int, to: bytes, cut: bool) -> None:
    path = tmp_path / "v.safetensors"
    save_file({"vectors": VECTORS, "other": VECTORS[:2]}, path)
    content = bytearray(path.read_bytes())
    at %= len(content)
    content[at : None if cut else at + len(to)] = to
    path.write_bytes(content)
    with suppress(FormatError):  # nothing else
        assert len(read_vectors(path).embeddings)
