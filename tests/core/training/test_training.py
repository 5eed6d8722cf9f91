"""Runs are the same again, can be paused, saved and taken up, and notice when they go wrong."""

from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from gensim.models import Word2Vec

from core import files
from core.errors import DivergedError, InputError
from core.geometry.similarity import similarities
from core.training.config import Config
from core.training.corpus import Corpus, read_corpus
from core.training.training import Training

# Two worlds that never meet: what is learned has to tell them apart.
WORLDS = (
    ("lion tiger wolf bear", "king queen prince palace"),
    ("red green blue yellow", "one two six ten"),
)
CONFIG = Config(dimensions=12, window=3, min_count=1, subsampling=0, epochs=3, learning_rate=0.05)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    rng = np.random.default_rng(1)
    groups = [group.split() for world in WORLDS for group in world]
    sentences = (rng.choice(groups[rng.integers(len(groups))], 6) for _ in range(2_000))
    return read_corpus("".join(" ".join(sentence) + ". " for sentence in sentences), 1)


def trained(corpus: Corpus, config: Config) -> Training:
    training = Training(corpus, config)
    for _ in training.run():
        pass
    return training


def no_knowledge(training: Training) -> float:
    """Return the loss of scores of zero: log 2 for the centre and each noise word that counts."""
    windows = training.loss.windows
    counts = 1 + windows.weight * (windows.negatives != windows.centres[:, None]).sum(1)
    return float(np.average(counts, weights=windows.sizes) * np.log(2))


@pytest.mark.parametrize("architecture", ["skip-gram", "cbow"])
@pytest.mark.parametrize("engine", ["cpu", "torch"])
def test_words_of_a_kind_gather(corpus: Corpus, architecture: str, engine: str) -> None:
    config = replace(CONFIG, architecture=architecture, engine=engine, epochs=4)
    config = replace(config, learning_rate=0.3)
    before = Training(corpus, config)
    training = trained(corpus, config)
    assert training.progress().loss < 0.7 * before.progress().loss
    words = [word for world in WORLDS for group in world for word in group.split()]
    kind = np.repeat(np.arange(4), 4)
    same = kind[:, None] == kind[None, :]
    for run, gathered in ((before, False), (training, True)):
        embeddings = run.embeddings("test")
        cosines = similarities(embeddings.vectors[embeddings.indices(words)])
        np.fill_diagonal(cosines, np.nan)
        apart = np.nanmin(np.where(same, cosines, np.nan)) - np.max(cosines[~same])
        assert (apart > 0.3) == gathered


@pytest.mark.parametrize("engine", ["cpu", "torch"])
def test_the_same_seed_gives_the_same_vectors_bit_for_bit(corpus: Corpus, engine: str) -> None:
    config = replace(CONFIG, engine=engine, epochs=1)
    one, same = trained(corpus, config), trained(corpus, config)
    other = trained(corpus, replace(config, seed=1))
    assert one.parameters.inputs.tobytes() == same.parameters.inputs.tobytes()
    assert one.parameters.outputs.tobytes() == same.parameters.outputs.tobytes()
    assert one.parameters.inputs.tobytes() != other.parameters.inputs.tobytes()


def test_how_often_it_reports_changes_nothing(corpus: Corpus) -> None:
    often = Training(corpus, CONFIG)
    reports = list(often.run(blocks=7))
    assert [report.blocks for report in reports[:-1]] == list(range(7, often.all_blocks, 7))
    assert reports[-1].is_done
    assert often.parameters.inputs.tobytes() == trained(corpus, CONFIG).parameters.inputs.tobytes()


def test_a_run_goes_on_where_it_was_paused(corpus: Corpus) -> None:
    training = Training(corpus, CONFIG)
    reports = list(islice(training.run(blocks=40), 3))
    assert [report.blocks for report in reports] == [40, 80, 120]
    assert training.done == 120
    assert list(training.run())[-1].is_done
    assert (
        training.parameters.inputs.tobytes() == trained(corpus, CONFIG).parameters.inputs.tobytes()
    )


@pytest.mark.parametrize("engine", ["cpu", "torch"])
def test_a_run_goes_on_after_a_crash_as_if_nothing_had_been(
    corpus: Corpus, tmp_path: Path, engine: str
) -> None:
    config = replace(CONFIG, engine=engine, epochs=2)
    path = tmp_path / "run.safetensors"
    crashed = Training(corpus, config)
    next(crashed.run(blocks=150))
    crashed.save(path)
    taken_up = Training(corpus, config)
    taken_up.resume(path)
    assert taken_up.progress().words == crashed.progress().words
    for _ in taken_up.run():
        pass
    assert (
        taken_up.parameters.inputs.tobytes() == trained(corpus, config).parameters.inputs.tobytes()
    )


def test_a_run_of_another_text_or_config_is_not_taken_up(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "run.safetensors"
    Training(corpus, CONFIG).save(path)
    with pytest.raises(InputError, match="another config"):
        Training(corpus, replace(CONFIG, window=4)).resume(path)
    with pytest.raises(InputError, match="another text"):
        Training(read_corpus("the king rules the land", 1), CONFIG).resume(path)
    path.write_bytes(b"no run")
    with pytest.raises(InputError, match="cannot be read"):
        Training(corpus, CONFIG).resume(path)


def test_on_a_full_disk_the_old_file_stays(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "run.safetensors"
    training = Training(corpus, CONFIG)
    training.save(path)
    before = path.read_bytes()
    next(training.run(blocks=5))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "replace", full)
    with pytest.raises(InputError, match="No space left"):
        training.save(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_several_threads_learn_as_well(corpus: Corpus) -> None:
    config = replace(CONFIG, epochs=10)
    alone, together = trained(corpus, config), trained(corpus, replace(config, threads=3))
    assert together.progress().loss == pytest.approx(alone.progress().loss, abs=0.05)
    assert together.progress().words == alone.progress().words


def test_progress_counts_words_and_lowers_the_rate(corpus: Corpus) -> None:
    training = Training(corpus, CONFIG)
    first = training.progress()
    reports = list(training.run(blocks=50))
    assert first.words == 0
    assert first.loss == pytest.approx(no_knowledge(training), rel=1e-3)
    held_out = sum(int((corpus.ids[part.start : part.stop] >= 0).sum()) for part in corpus.held_out)
    assert held_out > 0
    assert reports[-1].words == reports[-1].all_words == 3 * (12_000 - held_out)
    rates = [report.learning_rate for report in (first, *reports)]
    assert rates == sorted(rates, reverse=True)
    assert rates[0] == CONFIG.learning_rate
    assert rates[-1] == pytest.approx(CONFIG.final_learning_rate)
    assert [report.epoch for report in reports] == sorted(report.epoch for report in reports)
    assert all(report.words_per_second > 0 for report in reports)


@pytest.mark.parametrize("engine", ["cpu", "torch"])
@pytest.mark.parametrize("architecture", ["skip-gram", "cbow"])
@pytest.mark.parametrize("text", ["king queen", "a king. a queen", "a. b. a. b", "a b " * 700])
def test_very_short_and_odd_texts(text: str, architecture: str, engine: str) -> None:
    config = replace(CONFIG, architecture=architecture, engine=engine, subsampling=1e-3)
    training = trained(read_corpus(text, 1), config)
    assert training.progress().is_done
    assert training.parameters.is_finite


def test_zeros_learn_nothing(corpus: Corpus) -> None:
    training = trained(corpus, replace(CONFIG, initialisation="zeros"))
    assert not training.parameters.inputs.any()
    assert training.progress().loss == pytest.approx(no_knowledge(training))


@pytest.mark.parametrize("small", [0, 1 << 23], ids=["large parameters", "small parameters"])
@pytest.mark.parametrize("engine", ["cpu", "torch"])
def test_too_large_a_rate_is_noticed_and_the_last_good_numbers_stay(
    corpus: Corpus, engine: str, small: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.training.training.SMALL", small)
    training = Training(corpus, replace(CONFIG, learning_rate=900.0, engine=engine, epochs=20))
    with pytest.raises(DivergedError, match="learning rate 900"):
        for _ in training.run(blocks=1):
            pass
    assert 0 < training.done < training.all_blocks
    assert training.parameters.is_finite


def test_begins_with_vectors_of_the_right_size(corpus: Corpus) -> None:
    uniform = Training(corpus, CONFIG).parameters
    assert np.abs(uniform.vectors).max() <= 0.5 / 12
    assert uniform.vectors.std() == pytest.approx(1 / 12 / 12**0.5, rel=0.1)
    assert not uniform.outputs.any()
    normal = Training(corpus, replace(CONFIG, initialisation="normal")).parameters
    assert normal.vectors.std() == pytest.approx(1 / 12, rel=0.15)


def test_more_than_fits_into_memory_is_refused(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_much(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("core.training.parameters.np.zeros", too_much)
    with pytest.raises(InputError, match="Take fewer dimensions"):
        Training(corpus, CONFIG)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("architecture", "glove"),
        ("initialisation", "ones"),
        ("dimensions", 0),
        ("window", 0),
        ("negatives", 101),
        ("learning_rate", float("nan")),
        ("learning_rate", -1.0),
        ("epochs", 0),
        ("min_count", 0),
        ("subsampling", 2.0),
        ("seed", -1),
        ("threads", 0),
    ],
)
def test_settings_beyond_their_limits(field: str, value: object) -> None:
    with pytest.raises(InputError, match=f"The {field.replace('_', ' ')} is"):
        Config(**{field: value})  # type: ignore[arg-type]


def test_the_learning_rate_begins_where_word2vecs_does() -> None:
    assert Config().learning_rate == 0.025
    assert Config("cbow").learning_rate == 0.05 == replace(Config("cbow"), window=2).learning_rate
    assert Config("cbow", learning_rate=0.025).learning_rate == 0.025


def test_words_gather_as_well_as_with_gensim(corpus: Corpus) -> None:
    """The same text and settings: same kinds nearest, by both."""
    sentences = [
        [corpus.vocabulary.words[number] for number in part.tolist()]
        for part in np.split(corpus.ids, np.flatnonzero(corpus.ids < 0))
    ]
    sentences = [[word for word in sentence if word] for sentence in sentences]
    model = Word2Vec(
        sentences,
        vector_size=12,
        window=3,
        min_count=1,
        sample=0,
        sg=1,
        negative=5,
        epochs=20,
        alpha=0.05,
        seed=1,
        workers=1,
    )
    mine = trained(corpus, replace(CONFIG, epochs=20)).embeddings("mine")
    for world in WORLDS:
        for group in world:
            words = group.split()
            theirs = model.wv.most_similar(words[0], topn=3)
            row = mine.vectors @ mine.vector(words[0])
            row /= np.linalg.norm(mine.vectors, axis=1)
            nearest = [mine.words[place] for place in np.argsort(-row)[:4]]
            assert set(nearest) == set(words)
            assert {word for word, _ in theirs} == set(words[1:])
