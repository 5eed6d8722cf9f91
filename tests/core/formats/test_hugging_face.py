"""Folders of language models: tokens as their tokenizer has them, and rows of their weights."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.numpy import save_file
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from core.errors import FormatError
from core.formats import read_vectors
from core.formats.store import open_vectors
from core.formats.vector_file import Choices
from core.language.tokenizer import METASPACE, SPACE, open_tokenizer

TEXT = ["the king and the queen saw the sea", "the größe of the sea, the ship, and the wind"] * 5
SPECIAL = ["<pad>", "<unk>"]
KEY = "model.embed_tokens.weight"
QUICK = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def byte_level() -> Tokenizer:
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    signs = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=300, special_tokens=SPECIAL, initial_alphabet=signs, show_progress=False
    )
    made.train_from_iterator(TEXT, trainer)
    made.add_tokens(["new word"])
    return made


def unigram() -> Tokenizer:
    made = Tokenizer(models.Unigram())
    made.pre_tokenizer, made.decoder = pre_tokenizers.Metaspace(), decoders.Metaspace()
    trainer = trainers.UnigramTrainer(
        vocab_size=40, special_tokens=SPECIAL, unk_token="<unk>", show_progress=False
    )
    made.train_from_iterator(TEXT, trainer)
    return made


def word_piece() -> Tokenizer:
    made = Tokenizer(models.WordPiece(unk_token="<unk>"))
    made.pre_tokenizer, made.decoder = pre_tokenizers.Whitespace(), decoders.WordPiece()
    trainer = trainers.WordPieceTrainer(vocab_size=60, special_tokens=SPECIAL, show_progress=False)
    made.train_from_iterator(TEXT, trainer)
    return made


def word_level() -> Tokenizer:
    return Tokenizer(models.WordLevel({"<unk>": 0, "sea": 1, "ship": 3}, unk_token="<unk>"))


def model(folder: Path, tokenizer: Tokenizer, spare: int = 0) -> np.ndarray[Any, Any]:
    """Write the files of a model; return its embeddings."""
    folder.mkdir(exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "config.json").write_text('{"architectures": ["AnyForCausalLM"]}')
    size = max(tokenizer.get_vocab().values()) + 1 + spare
    rows = np.random.default_rng(1).normal(size=(size, 4)).astype(np.float32)
    save_file(
        {KEY: rows, "layer.weight": np.ones((9, 9), np.float32)}, folder / "model.safetensors"
    )
    return rows


@pytest.mark.parametrize(
    ("made", "prefix"),
    [(byte_level, SPACE), (unigram, METASPACE), (word_piece, ""), (word_level, "")],
)
@pytest.mark.parametrize("spare", [0, 5])
def test_tokens_are_those_of_the_tokenizers_library(
    tmp_path: Path, made: Callable[[], Tokenizer], prefix: str, spare: int
) -> None:
    rows = model(tmp_path / "tiny", made(), spare)
    loaded = read_vectors(tmp_path / "tiny")
    names = open_tokenizer(tmp_path / "tiny" / "tokenizer.json").names
    embeddings = loaded.embeddings
    assert tuple(embeddings.words) == names
    np.testing.assert_array_equal(embeddings.vectors, rows[: len(names)])
    assert (embeddings.name, embeddings.unit, embeddings.prefix) == ("tiny", "token", prefix)
    assert any(f"last {spare}" in note for note in loaded.notes) == bool(spare)
    alone = read_vectors(tmp_path / "tiny" / "model.safetensors")
    assert alone.embeddings.words == embeddings.words


def test_weights_in_several_files(tmp_path: Path) -> None:
    rows = model(tmp_path, byte_level())
    (tmp_path / "model.safetensors").unlink()
    one, two, old = (f"model-{number}.safetensors" for number in (1, 2, 3))
    save_file({"layer.weight": np.ones((9, 9), np.float32)}, tmp_path / one)
    save_file({KEY: rows}, tmp_path / two)
    save_file({KEY: np.zeros((999, 4), np.float32)}, tmp_path / old)  # the index does not name it
    index = {"metadata": {}, "weight_map": {"layer.weight": one, KEY: two}}
    (tmp_path / "model.safetensors.index.json").write_text(json.dumps(index))
    loaded = read_vectors(tmp_path)
    np.testing.assert_array_equal(loaded.embeddings.vectors, rows)
    id_of_the = byte_level().token_to_id("Ġthe")
    np.testing.assert_array_equal(loaded.embeddings.vector("the"), rows[id_of_the])


def test_another_matrix_of_the_model_is_chosen_without_tokens(tmp_path: Path) -> None:
    model(tmp_path / "tiny", word_level())
    labels = tmp_path / "labels"
    labels.write_text("\n".join("abcdefghi"))
    loaded = read_vectors(tmp_path / "tiny", Choices(member="layer.weight", labels=labels))
    assert list(loaded.embeddings.words) == list("abcdefghi")


def test_a_pickle_is_named_and_not_opened(tmp_path: Path) -> None:
    model(tmp_path, word_level())
    (tmp_path / "model.safetensors").unlink()
    with pytest.raises(FormatError, match="whole model"):
        read_vectors(tmp_path)
    (tmp_path / "pytorch_model.bin").write_bytes(b"cposix\nsystem\n(S'false'\ntR.")
    with pytest.raises(FormatError, match=r"pytorch_model.bin, a pickle"):
        read_vectors(tmp_path)


def test_an_index_leads_to_no_file_outside_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    model(folder, word_level())
    (folder / "model.safetensors").rename(tmp_path / "other.safetensors")
    index = folder / "model.safetensors.index.json"
    for content in ({"weight_map": {KEY: "../other.safetensors"}}, {"weight_map": {KEY: [1]}}, []):
        index.write_text(json.dumps(content))
        with pytest.raises(FormatError, match="whole model"):
            read_vectors(folder)
    index.write_text("[" * 100_000)
    with pytest.raises(FormatError):
        read_vectors(folder)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"a":' * 100_000,
        '{"model": {"vocab": {"a": 4000000000}}}',
        '{"model": {"vocab": {"a": -1}}}',
        '{"model": {"vocab": {"a": 1.5}}}',
        '{"model": {"vocab": {"a": [1]}}}',
        '{"model": {"vocab": {"a": true}}}',
        '{"model": {"vocab": [[1, 2]]}}',
        '{"model": {"vocab": [[]]}}',
        '{"model": {"vocab": {}}}',
        '{"model": {"vocab": 7}}',
        '{"model": {"vocab": {"a": 0}}, "added_tokens": [{"id": [], "content": "b"}]}',
    ],
)
def test_a_tokenizer_that_is_none_is_refused(tmp_path: Path, content: str) -> None:
    model(tmp_path, word_level())
    (tmp_path / "tokenizer.json").write_text(content)
    with pytest.raises(FormatError):
        read_vectors(tmp_path, Choices(labels=tmp_path / "tokenizer.json"))


def test_a_changed_file_in_the_folder_is_read_again(tmp_path: Path) -> None:
    folder, kept = tmp_path / "tiny", tmp_path / "kept"
    rows = model(folder, word_level())
    assert (open_vectors(folder, kept).embeddings.vectors == rows).all()
    with (folder / "model.safetensors").open("r+b") as file:  # the folder's own time stays
        file.seek(-4 * rows.size - 4 * 81, 2)
        file.write(b"\0" * (4 * rows.size + 4 * 81))
    assert not open_vectors(folder, kept).embeddings.vectors.any()


@QUICK
@given(at=st.integers(0, 5_000), to=st.binary(min_size=0, max_size=4))
def test_a_damaged_tokenizer_is_read_or_refused(tmp_path: Path, at: int, to: bytes) -> None:
    if not (tmp_path / "config.json").exists():
        model(tmp_path, word_level())
        (tmp_path / "whole").write_bytes((tmp_path / "tokenizer.json").read_bytes())
    content = bytearray((tmp_path / "whole").read_bytes())
    at %= len(content)
    content[at : at + len(to)] = to
    (tmp_path / "tokenizer.json").write_bytes(content)
    with suppress(FormatError):  # nothing else
        assert len(read_vectors(tmp_path).embeddings)
