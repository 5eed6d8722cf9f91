"""What enters an encoder, against the network's own embedding layer; rows, sizes, bad files."""

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import save_file

from core.catalog import fetch
from core.embeddings import Embeddings
from core.errors import InputError, ModelError
from core.geometry.similarity import similarities
from core.language.inputs import (
    InputTables,
    TokenSequence,
    compare,
    pair,
    read_input_tables,
    single,
)
from core.language.models import DECODER, ENCODER, LanguageModel
from core.language.sizes import GPT_3, sizes_of
from core.language.vocabularies import (
    WEIGHTS,
    model_vocabulary,
    read_rows,
    token_matrix_in,
    word_vocabulary,
)


@pytest.fixture(scope="module")
def tables() -> InputTables:
    return read_input_tables(fetch(ENCODER))


def of_the_network(model: LanguageModel, sequence: TokenSequence) -> np.ndarray:
    """Return what the network itself makes of ids and segments."""
    ids = torch.tensor([sequence.ids])
    segments = torch.tensor([sequence.segments])
    with model.running():
        found = model.network.embeddings(input_ids=ids, token_type_ids=segments)
    return np.asarray(found[0].numpy())


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The king rules the land.", "They crowned a new king."),
        ("dog bites man", "man bites dog"),
        ("[SEP] is text", "😀 مرحبا 你好"),
        ("", ""),
        ("a " * 900, "b " * 700),
    ],
)
def test_the_sum_normalized_is_what_the_network_gets(
    encoder: LanguageModel, tables: InputTables, first: str, second: str
) -> None:
    sequence = pair(encoder.tokenizer, first, second, encoder.window)
    inputs = tables.inputs(sequence)
    assert np.abs(inputs.normalized - of_the_network(encoder, sequence)).max() < 1e-5
    np.testing.assert_array_equal(inputs.token + inputs.position + inputs.segment, inputs.total)


def test_the_terms_are_the_network_s_own_rows(encoder: LanguageModel, tables: InputTables) -> None:
    sequence = pair(encoder.tokenizer, "The king", "a queen", encoder.window)
    inputs, layer = tables.inputs(sequence), encoder.network.embeddings
    assert sequence.segments == (0, 0, 0, 0, 1, 1, 1)
    assert [token.text for token in sequence.tokens][3::3] == ["[SEP]", "[SEP]"]
    np.testing.assert_array_equal(inputs.token[2], encoder.embedding[sequence.ids[2]].numpy())
    np.testing.assert_array_equal(
        inputs.position, layer.position_embeddings.weight[:7].detach().numpy()
    )
    np.testing.assert_array_equal(
        inputs.segment[5], layer.token_type_embeddings.weight[1].detach().numpy()
    )


def test_a_pair_is_cut_as_transformers_does(encoder: LanguageModel) -> None:
    from transformers import AutoTokenizer

    theirs = AutoTokenizer.from_pretrained(fetch(ENCODER), local_files_only=True)
    for first, second in [
        ("one two", "three"),
        ("king " * 700, "queen " * 30),
        ("a " * 9, "b " * 900),
    ]:
        ours = pair(encoder.tokenizer, first, second, 512)
        asked = theirs(first, second, truncation="longest_first", max_length=512)
        assert ours.ids == asked.input_ids
        assert list(ours.segments) == asked.token_type_ids


@pytest.mark.parametrize(
    ("left", "right", "left_out"),
    [(3, 4, (0, 0)), (600, 600, (345, 346)), (600, 9, (100, 0)), (9, 600, (0, 100))],
)
def test_what_falls_off_is_told(
    encoder: LanguageModel, left: int, right: int, left_out: tuple[int, int]
) -> None:
    sequence = pair(encoder.tokenizer, "a " * left, "b " * right, 512)
    assert sequence.left_out == left_out
    assert len(sequence.tokens) == len(sequence.segments) == left + right + 3 - sum(left_out)


def test_one_text_by_itself(encoder: LanguageModel) -> None:
    short = single(encoder.tokenizer, "dog bites man", 512)
    assert [token.text for token in short.tokens] == ["[CLS]", "dog", "bites", "man", "[SEP]"]
    long = single(encoder.tokenizer, "dog " * 600, 512)
    assert len(long.tokens) == 512
    assert long.left_out == (90, 0)
    assert long.tokens[-1].text == "[SEP]"


def test_two_orders_same_rows_other_inputs(encoder: LanguageModel, tables: InputTables) -> None:
    texts = ("dog bites man", "man bites dog")
    found = compare(tables, *(single(encoder.tokenizer, text, 512) for text in texts))
    assert found.same_tokens
    assert not found.same_order
    rows = [sorted(inputs.token.tolist()) for inputs in (found.first, found.second)]
    assert rows[0] == rows[1]
    dog, bites, man = found.shared
    assert (dog.first, dog.second) == (1, 3)
    assert dog.difference == bites.difference == man.difference == 0
    assert bites.input_cosine == pytest.approx(1)
    assert dog.input_cosine == pytest.approx(0.963, abs=5e-4)
    assert man.input_cosine == pytest.approx(0.960, abs=5e-4)
    assert np.abs(found.first.normalized[1] - found.second.normalized[3]).max() > 0.1


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        ("The king rules the land.", "They crowned a new king.", ["king", "."]),
        ("a b", "c d", []),
        ("a a b", "b a", ["a", "b"]),
        ("", "", []),
    ],
)
def test_shared_tokens(
    encoder: LanguageModel, tables: InputTables, first: str, second: str, shared: list[str]
) -> None:
    found = compare(
        tables, single(encoder.tokenizer, first, 512), single(encoder.tokenizer, second, 512)
    )
    assert [one.token.text for one in found.shared] == shared
    assert all(one.difference == 0 for one in found.shared)


def test_the_row_of_king_is_the_same_in_every_sentence(
    encoder: LanguageModel, tables: InputTables
) -> None:
    rows = []
    for text in ("king", "The king rules.", "No king, no crown!", "KING"):
        sequence = single(encoder.tokenizer, text, 512)
        place = [token.text for token in sequence.tokens].index("king")
        rows.append(tables.inputs(sequence).token[place])
    assert all(np.array_equal(row, rows[0]) for row in rows)


def test_near_positions_are_alike(tables: InputTables) -> None:
    cosines = similarities(tables.positions[1:])
    assert cosines.diagonal(1).mean() == pytest.approx(0.852, abs=1e-3)
    assert cosines.diagonal(256).mean() < 0.05
    lengths = np.linalg.norm(tables.positions, axis=1)
    assert lengths[0] == pytest.approx(5.0 * lengths[1:].mean(), rel=0.02)


# By hand


def test_a_normalization_by_hand() -> None:
    ones, zeros = np.ones(2, dtype=np.float32), np.zeros((2, 2), dtype=np.float32)
    plain = InputTables(Path(), zeros, zeros, ones, 0 * ones)
    moved = InputTables(Path(), zeros, zeros, 3 * ones, ones)
    rows = np.array([[1, 3], [-5, 5]], dtype=np.float32)
    assert plain.normalized(rows).tolist() == [[-1, 1], [-1, 1]]
    assert moved.normalized(rows).tolist() == [[-2, 4], [-2, 4]]


def test_a_sum_by_hand(tmp_path: Path) -> None:
    path = tmp_path / WEIGHTS
    table = np.array([[1, 0], [0, 4], [2, 2]], dtype=np.float32)
    save_file({"embeddings.word_embeddings.weight": table}, path)
    positions = np.array([[10, 0], [20, 0]], dtype=np.float32)
    segments = np.array([[0, 100], [0, 200]], dtype=np.float32)
    tables = InputTables(path, positions, segments, np.ones(2, "f"), np.zeros(2, "f"))
    from core.language.tokenizer import Token

    sequence = TokenSequence((Token(2, "c", 0, 1), Token(1, "b", 1, 2)), (0, 1))
    assert tables.inputs(sequence).total.tolist() == [[12, 102], [20, 204]]


# Rows and sizes


def test_rows_are_those_of_the_models(
    encoder: LanguageModel, decoder: LanguageModel, glove: Embeddings
) -> None:
    ids = [5, 0, 5, 17]
    for model in (encoder, decoder):
        words = model_vocabulary(fetch(model.name), model.title, model.tokenizer)
        assert (words.size, words.dimensions) == tuple(model.embedding.shape)
        np.testing.assert_array_equal(words.rows(ids), model.embedding[ids].numpy())
        assert words.cut("a king") == model.tokenizer.tokens("a king", special=True)
    words = word_vocabulary(glove)
    assert (words.size, words.dimensions) == (400_000, 50)
    np.testing.assert_array_equal(words.rows(ids), glove.vectors[ids])
    assert [token.id for token in words.cut("The king")] == [0, glove.index("king")]


def test_the_sizes_of_models_are_read_from_their_files(
    encoder: LanguageModel, decoder: LanguageModel
) -> None:
    assert GPT_3.weights == 617_558_016
    assert (GPT_3.context, GPT_3.unembedding) == (2_048, "its own")
    small = sizes_of(fetch(DECODER), "SmolLM2")
    assert small.weights == decoder.embedding.numel() == 28_311_552
    assert small.unembedding == "the same matrix"
    assert decoder.unembedding.data_ptr() == decoder.embedding.data_ptr()
    assert small.context == decoder.window == 8_192
    reader = sizes_of(fetch(ENCODER), "MiniLM")
    assert reader.weights == encoder.embedding.numel() == 11_720_448
    assert (reader.unembedding, reader.context) == ("none", encoder.window)


def test_a_row_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / WEIGHTS
    save_file({"x.embed_tokens.weight": np.eye(3, dtype=np.float32)}, path)
    assert read_rows(path, "x.embed_tokens.weight", []).shape == (0, 3)
    assert read_rows(path, "x.embed_tokens.weight", [2]).tolist() == [[0, 0, 1]]
    for number in (3, -1):
        with pytest.raises(InputError, match=f"no row {number}"):
            read_rows(path, "x.embed_tokens.weight", [number])


def test_an_unembedding_of_its_own(tmp_path: Path) -> None:
    eye = np.eye(3, dtype=np.float32)
    save_file({"model.embed_tokens.weight": eye, "lm_head.weight": eye}, tmp_path / WEIGHTS)
    (tmp_path / "config.json").write_text(
        '{"architectures": ["LlamaForCausalLM"], "max_position_embeddings": 9,'
        ' "tie_word_embeddings": false}'
    )
    assert sizes_of(tmp_path, "toy").unembedding == "its own"


def test_bad_files(tmp_path: Path) -> None:
    path = tmp_path / WEIGHTS
    with pytest.raises(ModelError, match="cannot be read"):
        token_matrix_in(path)
    path.write_bytes(b"no weights")
    with pytest.raises(ModelError, match="cannot be read"):
        token_matrix_in(path)
    save_file({"something": np.eye(2, dtype=np.float32)}, path)
    with pytest.raises(ModelError, match="0 embedding matrices"):
        token_matrix_in(path)
    with pytest.raises(ModelError, match="cannot be read"):
        read_rows(path, "missing", [0])
    with pytest.raises(ModelError, match="cannot be read"):
        read_input_tables(tmp_path)
    save_file({"embed_tokens.weight": np.eye(2, dtype=np.float32)}, path)
    with pytest.raises(ModelError, match="config"):
        sizes_of(tmp_path, "toy")
