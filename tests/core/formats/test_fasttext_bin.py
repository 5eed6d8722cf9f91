"""fastText's models, against gensim's reader of them."""

import struct
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from gensim.models import FastText
from gensim.models.fasttext import load_facebook_vectors, save_facebook_model
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import FormatError
from core.formats import read_vectors
from core.formats.vector_file import Choices

TEXT = [
    ["the", "king", "lives", "in", "a", "palace"],
    ["the", "queen", "größe", "café", "lives", "in", "東京", "京都", "naïve", "🙂", "a", "palace"],
]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("models") / "a.bin", 3, 6, 200)


def made(path: Path, shortest: int, longest: int, bucket: int) -> Path:
    trained = FastText(
        TEXT * 20,
        vector_size=8,
        min_count=1,
        min_n=shortest,
        max_n=longest,
        bucket=bucket,
        epochs=1,
    )
    save_facebook_model(trained, str(path))
    return path


@pytest.mark.parametrize(
    ("shortest", "longest", "bucket"), [(3, 6, 200), (1, 3, 50), (2, 2, 7), (0, 0, 1)]
)
def test_the_vectors_are_those_of_gensim(
    tmp_path: Path, shortest: int, longest: int, bucket: int
) -> None:
    path = made(tmp_path / "a.txt", shortest, longest, bucket)
    expected = load_facebook_vectors(str(path))
    loaded = read_vectors(path)
    assert list(loaded.embeddings.words) == expected.index_to_key
    vectors = np.array([expected[word] for word in loaded.embeddings.words])
    assert np.abs(loaded.embeddings.vectors - vectors).max() < 1e-7
    few = read_vectors(path, Choices(limit=3))
    assert (few.embeddings.vectors == loaded.embeddings.vectors[:3]).all()
    assert few.notes


@pytest.mark.parametrize("share", [0.0, 0.01, 0.1, 0.5])
def test_a_model_that_is_cut_is_refused(model: Path, tmp_path: Path, share: float) -> None:
    content = model.read_bytes()
    path = tmp_path / "a.bin"
    path.write_bytes(content[: max(8, int(share * len(content)))])
    with pytest.raises(FormatError):
        read_vectors(path)


def test_a_compressed_model_is_refused(model: Path, tmp_path: Path) -> None:
    content = bytearray(model.read_bytes())
    pruned = content.copy()
    struct.pack_into("<q", pruned, 8 + 48 + 8 + 12 + 8, 5)
    (tmp_path / "a.ftz").write_bytes(pruned)
    with pytest.raises(FormatError, match="ftz"):
        read_vectors(tmp_path / "a.ftz")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(at=st.integers(0, 800), to=st.binary(min_size=1, max_size=8))
def test_a_damaged_model_is_read_or_refused(
    model: Path, tmp_path: Path, at: int, to: bytes
) -> None:
    content = bytearray(model.read_bytes())
    content[at : at + len(to)] = to
    path = tmp_path / "a.bin"
    path.write_bytes(content)
    with suppress(FormatError):  # nothing else
        assert len(read_vectors(path).embeddings)
