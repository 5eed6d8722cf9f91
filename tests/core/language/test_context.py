import json
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InputError
from core.language.context import MAX_SENTENCES, Sentence, Uses, read_sentences, uses_of
from core.language.hidden_states import hidden_states
from core.language.layer_paths import paths
from core.language.models import LanguageModel
from core.language.use_similarity import cosines_by_layer, use_similarity

ROOT = Path(__file__).resolve().parents[3]
BANK = """money: He went to the bank to deposit money.
river: She sat by the bank of the river.
money: The bank approved my loan.
river: We fished from the muddy bank of the stream.
money: The bank raised interest rates.
river: Grass grows along the bank near the water."""
EXAMPLES = {
    row["label"]: row
    for row in json.loads((ROOT / "assets/presets/context.json").read_text("utf-8"))
}


def used(encoder: LanguageModel, word: str, text: str) -> Uses:
    return uses_of(encoder, word, read_sentences(text))


def example(encoder: LanguageModel, label: str) -> Uses:
    return used(encoder, EXAMPLES[label]["shared_word"], EXAMPLES[label]["sentences"])


def read_alone(encoder: LanguageModel, text: str) -> np.ndarray:
    """Return what `transformers` says of one sentence by itself, (L + 1, T, D)."""
    ids = torch.tensor([encoder.tokenizer.ids(text, special=True)])
    with torch.inference_mode():
        output = encoder.network(input_ids=ids, output_hidden_states=True)
    return torch.stack(output.hidden_states)[:, 0].numpy()


# The bank, as the curriculum measured it


@pytest.mark.parametrize(
    ("layer", "same", "different"), [(0, 0.982, 0.972), (3, 0.900, 0.767), (6, 0.865, 0.755)]
)
def test_two_banks_come_apart(
    encoder: LanguageModel, layer: int, same: float, different: float
) -> None:
    found = use_similarity(used(encoder, "bank", BANK))
    assert found.same[layer] == pytest.approx(same, abs=0.001)
    assert found.different[layer] == pytest.approx(different, abs=0.001)


def test_after_one_layer_the_nearest_use_has_the_same_sense(encoder: LanguageModel) -> None:
    found = use_similarity(used(encoder, "bank", BANK))
    assert found.comparable == 6
    assert found.nearest.tolist() == [2, 6, 6, 6, 6, 6, 6]


@pytest.mark.parametrize(
    ("label", "nearest"), [("bank", 6), ("chest", 6), ("mole", 5), ("tower", 6)]
)
def test_every_example_with_senses_separates(
    encoder: LanguageModel, label: str, nearest: int
) -> None:
    found = use_similarity(example(encoder, label))
    gaps = found.same - found.different
    assert gaps[-1] > 0.05
    assert gaps[-1] > gaps[0] + 0.02
    assert found.comparable == 6
    assert found.nearest[-1] == nearest


def test_moles_on_the_skin_stay_near_the_animal(encoder: LanguageModel) -> None:
    uses = example(encoder, "mole")
    last = cosines_by_layer(uses)[-1]
    animal, chemistry, skin = slice(0, 2), slice(2, 4), slice(4, 6)
    assert last[animal, skin].mean() > last[animal, chemistry].mean() + 0.1
    assert last[1, 5] == pytest.approx(last[1, 0], abs=0.01)  # as the note says


def test_a_king_moves_with_each_word_of_his_sentence(encoder: LanguageModel) -> None:
    uses = example(encoder, "a growing sentence")
    assert uses.sentences[-1].text.endswith("murdered the previous king")
    assert uses.repeated == uses.sentences[-1:]  # he is there twice: the first one counts
    cosines = cosines_by_layer(uses)
    np.testing.assert_allclose(cosines[0], 1, atol=1e-6)  # the same word at the same place
    steps = np.diff(cosines[-1, 0])
    assert (steps[:3] < -0.02).all()  # further from "a king" with what is added
    # "the previous king" changes little, as the note says.
    assert steps[3] == pytest.approx(0, abs=0.01)
    assert cosines[-1, 3, 4] > 0.97


# Against `transformers`, sentence by sentence


def test_one_pass_over_all_is_the_same_as_one_a_sentence(encoder: LanguageModel) -> None:
    texts = [
        "bank",
        "She sat by the bank of the river, and waited for the boat to come back.",
        "银行 🏦 banco",
        "A bank.",
    ]
    for text, reading in zip(texts, hidden_states(encoder, texts), strict=True):
        alone = read_alone(encoder, text)
        assert reading.vectors.shape == alone.shape
        np.testing.assert_allclose(reading.vectors, alone, atol=1e-5)


def test_vectors_of_a_word_of_several_pieces_are_their_mean(encoder: LanguageModel) -> None:
    uses = used(encoder, "embeddings", "We train embeddings here.\nGood embeddings are useful.")
    assert uses.pieces == ("em", "##bed", "##ding", "##s")
    alone = read_alone(encoder, "We train embeddings here.")
    np.testing.assert_allclose(uses.vectors[:, 0], alone[:, 3:7].mean(axis=1), atol=1e-5)
    rows = encoder.embedding[encoder.tokenizer.ids("embeddings")]
    np.testing.assert_allclose(uses.static, rows.mean(dim=0).numpy(), atol=1e-6)


def test_layer_0_is_token_position_and_segment(encoder: LanguageModel) -> None:
    uses = used(encoder, "bank", "The bank approved my loan.")
    tables = encoder.network.embeddings
    summed = (
        encoder.embedding[encoder.tokenizer.ids("bank")[0]]
        + tables.position_embeddings.weight[2]
        + tables.token_type_embeddings.weight[0]
    )
    with torch.inference_mode():
        np.testing.assert_allclose(uses.vectors[0, 0], tables.LayerNorm(summed).numpy(), atol=1e-5)


# Finding the word


def test_a_sentence_without_the_word_is_left_out(encoder: LanguageModel) -> None:
    uses = used(encoder, "bank", "The bank.\nThe embankment.\nTwo banks.\nmoney: BANK holiday.")
    assert [one.text for one in uses.sentences] == ["The bank.", "BANK holiday."]
    assert [one.text for one in uses.left_out] == ["The embankment.", "Two banks."]


def test_a_word_inside_a_longer_one_is_not_found(encoder: LanguageModel) -> None:
    uses = used(encoder, "bed", "My bed.\nIt is embedded.\nThe bedz are odd.")
    assert [one.text for one in uses.sentences] == ["My bed."]


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("银行", "我去银行存钱。\n河边没有银行。"),
        ("بنك", "هذا بنك كبير.\nبنك صغير."),
        ("[SEP]", "The token [SEP] is text here.\n[SEP] too."),
        ("previous king", "the previous king\nA previous king."),
        ("café", "A café.\nThe cafe."),
        ("🏦", "A 🏦 here.\n🏦"),
    ],
)
def test_unusual_words_are_found(encoder: LanguageModel, word: str, text: str) -> None:
    uses = used(encoder, word, text)
    assert len(uses.sentences) == 2
    assert np.isfinite(uses.vectors).all()


def test_unknown_words_are_told_apart_although_they_share_a_token(encoder: LanguageModel) -> None:
    uses = used(encoder, "🏦", "The 🏦.\nThe 🦖.")
    assert [one.text for one in uses.sentences] == ["The 🏦."]


@pytest.mark.parametrize(
    ("word", "text", "told"),
    [
        ("", BANK, "no word"),
        ("  ", BANK, "no word"),
        ("bank", "", "no sentences"),
        ("bank", " \n\t\n", "no sentences"),
        ("zebra", BANK, "zebra"),
        ("bank", "The bank.\n" * (MAX_SENTENCES + 1), "13"),
        ("x" * 5_000, BANK, "xxx…"),
    ],
)
def test_what_cannot_be_followed_is_told(
    encoder: LanguageModel, word: str, text: str, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        used(encoder, word, text)


def test_what_does_not_fit_into_the_model_falls_off(encoder: LanguageModel) -> None:
    (reading,) = hidden_states(encoder, ["bank " * 600])
    assert len(reading.tokens) == 512
    assert reading.truncated == 90
    assert [reading.tokens[0].text, reading.tokens[-1].text] == ["[CLS]", "[SEP]"]
    with pytest.raises(InputError, match="river"):
        used(encoder, "river", "bank " * 600 + "river")


def test_a_very_long_text_is_read_all_the_same(encoder: LanguageModel) -> None:
    assert used(encoder, "bank", "bank " * 20_000).truncated > 3_000


# Senses


@pytest.mark.parametrize(
    ("line", "sense", "text"),
    [
        ("river: A bank.", "river", "A bank."),
        ("  river bank : A bank.", "river bank", "A bank."),
        ("A bank: it has money.", "A bank", "it has money."),
        ("He said to me: go to the bank.", "", "He said to me: go to the bank."),
        ("At 10:30 the bank opens.", "", "At 10:30 the bank opens."),
        (": A bank.", "", ": A bank."),
        ("http://bank.org", "", "http://bank.org"),
    ],
)
def test_a_sense_stands_before_a_colon(line: str, sense: str, text: str) -> None:
    assert Sentence.read(line) == Sentence(text, sense)


@given(st.text(max_size=200))
def test_any_text_reads_as_sentences(text: str) -> None:
    for sentence in read_sentences(text):
        assert sentence.text == sentence.text.strip() != ""


# UseSimilarity and paths


def by_hand(senses: str, *layers: list[tuple[float, float]]) -> Uses:
    """Return uses whose vectors are typed: static (1, 0), then a list of points a layer."""
    sentences = tuple(Sentence("w", sense.strip("-")) for sense in senses)
    vectors = np.array(layers, dtype=np.float32)
    static = np.array([1, 0], dtype=np.float32)
    return Uses("w", ("w",), sentences, (), (), 0, static, vectors)


def test_likeness_by_hand() -> None:
    uses = by_hand("aab", [(2, 0), (3, 0), (0, 1)], [(1, 0), (0, 1), (3, 4)])
    found = use_similarity(uses)
    assert found.same == pytest.approx([1, 0])
    assert found.different == pytest.approx([0, 0.7])
    assert found.all_pairs == pytest.approx([1 / 3, 1.4 / 3])
    assert found.comparable == 2  # the only b has no like
    assert found.nearest.tolist() == [2, 0]


def test_without_senses_there_are_only_pairs() -> None:
    found = use_similarity(by_hand("--", [(1, 0), (0, 1)]))
    assert np.isnan(found.same).all()
    assert np.isnan(found.different).all()
    assert found.all_pairs.tolist() == [0]
    assert found.comparable == 0


def test_a_sentence_without_a_sense_counts_for_none() -> None:
    found = use_similarity(by_hand("aa-", [(1, 0), (1, 0), (0, 1)]))
    assert found.same.tolist() == [1]
    assert np.isnan(found.different).all()


def test_all_paths_start_at_one_point(encoder: LanguageModel) -> None:
    uses = used(encoder, "bank", BANK)
    for differences in (True, False):
        drawn = paths(uses, differences=differences)
        assert drawn.positions.shape == (8, 6, 2)
        start = drawn.positions[0]
        np.testing.assert_allclose(start, start[:1].repeat(6, axis=0), atol=1e-6)
        assert 0.4 < drawn.explained < 0.7


def test_senses_end_on_two_sides(encoder: LanguageModel) -> None:
    ends = paths(used(encoder, "bank", BANK)).positions[-1]
    money, river = ends[::2], ends[1::2]
    across = money.mean(axis=0) - river.mean(axis=0)
    assert (money @ across).min() > (river @ across).max()


def test_paths_are_a_projection_of_the_directions(encoder: LanguageModel) -> None:
    uses = used(encoder, "bank", BANK)
    drawn = paths(uses, differences=False).positions[1:].astype(float)
    units = uses.vectors / np.linalg.norm(uses.vectors, axis=-1, keepdims=True)
    flat = np.linalg.norm(drawn[:, :, None] - drawn[:, None], axis=-1)
    true = np.linalg.norm(units[:, :, None] - units[:, None], axis=-1)
    assert (flat <= true + 1e-5).all()  # a shadow is never longer


def test_what_visitors_share_cannot_be_written_to(encoder: LanguageModel) -> None:
    uses = used(encoder, "bank", BANK)
    for array in (uses.vectors, uses.static, paths(uses).positions):
        assert not array.flags.writeable


def test_one_sentence_and_the_same_one_twice(encoder: LanguageModel) -> None:
    alone = used(encoder, "bank", "The bank.")
    assert np.isfinite(paths(alone).positions).all()
    assert np.isnan(use_similarity(alone).all_pairs).all()
    twice = used(encoder, "bank", "a: The bank.\na: The bank.")
    assert use_similarity(twice).same == pytest.approx(np.ones(7), abs=1e-6)
    assert np.abs(paths(twice).positions).max() < 1e-6
