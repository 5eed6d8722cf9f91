"""Runs that are watched: their history, pausing, and what diverges."""

import math
import sys
import threading
from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from core.errors import DivergedError
from core.training import snapshots as runs
from core.training.classroom import CONFIG, classroom_sentences
from core.training.config import Architecture, Config
from core.training.corpus import Corpus, read_corpus
from core.training.one_step import one_step
from core.training.parameters import Parameters, initial_parameters
from core.training.snapshots import RecordedRun
from core.training.training import Training

SHORT = replace(CONFIG, dimensions=12, epochs=3)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return read_corpus("\n".join(classroom_sentences()[:800]), min_count=1)


def trained(run: RecordedRun, until: int | None = None) -> RecordedRun:
    for _ in run.steps(until):
        pass
    return run


def test_the_history_begins_untrained_and_ends_as_a_plain_run_does(corpus: Corpus) -> None:
    run = RecordedRun(corpus, SHORT, snapshots=10)
    assert len(run.history) == 1
    assert math.isnan(run.history[0].progress.loss)
    assert np.abs(run.history[0].vectors).max() <= 0.5 / 12
    trained(run)
    plain = Training(corpus, SHORT)
    for _ in plain.run():
        pass
    assert run.is_over
    assert len(run.history) == run.last + 1 == 11
    assert np.array_equal(run.history[-1].vectors, plain.parameters.vectors)
    assert run.history[-1].progress.is_done
    losses = [each.progress.loss for each in run.history]
    assert losses[-1] < 0.7 * losses[0]


def test_pausing_changes_nothing(corpus: Corpus) -> None:
    whole, parts = (RecordedRun(corpus, SHORT, snapshots=20) for _ in range(2))
    trained(whole)
    trained(parts, until=1)
    assert len(parts.history) == 2
    for _ in parts.steps():
        if len(parts.history) == 9:
            break
    trained(parts)
    for one, other in zip(whole.history, parts.history, strict=True):
        assert np.array_equal(one.vectors, other.vectors)
        assert one.progress.words == other.progress.words


def test_steps_that_were_made_are_not_made_again(corpus: Corpus) -> None:
    run = RecordedRun(corpus, SHORT, snapshots=20)
    threads = [threading.Thread(target=trained, args=(run,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    words = [each.progress.words for each in run.history]
    assert len(words) == run.last + 1
    assert words == sorted(set(words))
    assert list(run.steps()) == []


def test_another_seed_is_another_run(corpus: Corpus) -> None:
    first, other = (RecordedRun(corpus, replace(SHORT, seed=seed)) for seed in (0, 1))
    assert not np.array_equal(first.history[0].vectors, other.history[0].vectors)


def test_from_zeros_nothing_moves_and_the_gradient_is_zero(corpus: Corpus) -> None:
    run = trained(RecordedRun(corpus, replace(SHORT, initialisation="zeros"), snapshots=5))
    assert not any(each.vectors.any() for each in run.history)
    gradient = run.untrained_gradient()
    assert gradient.inputs == gradient.outputs == 0
    assert gradient.factor == pytest.approx(0.5)
    losses = [each.progress.loss for each in run.history]
    assert losses == [losses[0]] * len(losses)
    random = RecordedRun(corpus, SHORT).untrained_gradient()
    assert random.inputs == 0  # the output vectors begin at zero, but
    assert random.outputs > 0


def test_what_diverges_keeps_what_came_before(corpus: Corpus) -> None:
    run = RecordedRun(corpus, replace(SHORT, learning_rate=0.8, epochs=40), snapshots=400)
    with pytest.raises(DivergedError, match="learning rate"):
        trained(run)
    kept = len(run.history)
    assert run.is_over
    assert run.diverged is not None
    assert all(np.isfinite(each.vectors).all() for each in run.history)
    with pytest.raises(DivergedError):
        trained(run)
    assert len(run.history) == kept
    assert np.isfinite(run.vectors_now("last good").vectors).all()


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on the size of files there")
def test_what_diverges_beside_a_full_disk_ends_with_the_last_snapshot(corpus: Corpus) -> None:
    import resource

    rates = replace(SHORT, learning_rate=900.0, epochs=40)
    run = RecordedRun(corpus, rates, snapshots=400)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    trained(RecordedRun(corpus, SHORT), until=1)  # compiled, if it was not: that writes files
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, before[1]))  # bytes
    try:
        with pytest.raises(DivergedError):
            trained(run)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    np.testing.assert_array_equal(run.vectors_now("last").vectors, run.history[-1].vectors)
    assert np.isfinite(run.history[-1].vectors).all()


def test_a_long_history_of_many_words_stays_small(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "MAX_HISTORY_BYTES", 100_000)
    run = trained(RecordedRun(corpus, SHORT, snapshots=20))
    assert len(run.words) < len(corpus.vocabulary)
    assert run.words == corpus.vocabulary.words[: len(run.words)]
    assert sum(each.vectors.nbytes for each in run.history) <= 100_000
    assert len(run.vectors_now("all")) == len(corpus.vocabulary)
    assert run.embeddings(3, "some").words == run.words


def test_it_stops_between_two_snapshots_and_goes_on_from_there(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = trained(RecordedRun(corpus, SHORT, snapshots=2))
    monkeypatch.setattr(runs, "SECONDS", 0.0)  # a block at a time
    run = RecordedRun(corpus, SHORT, snapshots=2)
    seen = [len(run.history) for _ in islice(run.steps(), 3)]
    assert seen == [1, 1, 1]
    assert run._training is not None
    assert run._training.done == 3
    steps = sum(1 for _ in run.steps())
    assert steps == run.history[-1].progress.all_blocks - 3
    for one, other in zip(whole.history, run.history, strict=True):
        assert np.array_equal(one.vectors, other.vectors)


def test_looking_never_waits_for_a_step(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a step is being made, the history, the gradient and the vectors are there."""
    begun, released = threading.Event(), threading.Event()

    def slow(*_: object) -> int:
        begun.set()
        released.wait()
        return 1

    monkeypatch.setattr(Training, "train", slow)
    run = RecordedRun(corpus, replace(SHORT, initialisation="zeros"), snapshots=10)
    step = threading.Thread(target=lambda: next(run.steps()))
    step.start()
    begun.wait()
    looks = threading.Thread(
        target=lambda: (run.untrained_gradient(), run.vectors_now("now"), run.is_over, run.nbytes)
    )
    looks.start()
    looks.join(timeout=60)
    was_answered = not looks.is_alive()
    released.set()
    step.join()
    looks.join()
    assert was_answered


def test_the_first_snapshot_is_made_of_the_words_shown(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def recorded(words: int, config: Config) -> Parameters:
        made.append(words)
        return initial_parameters(words, config)

    monkeypatch.setattr(runs, "MAX_HISTORY_BYTES", 100_000)
    monkeypatch.setattr(runs, "initial_parameters", recorded)
    run = RecordedRun(corpus, SHORT, snapshots=20)
    assert made == [len(run.words)]
    assert len(run.words) < len(corpus.vocabulary)
    whole = initial_parameters(len(corpus.vocabulary), SHORT).vectors
    np.testing.assert_array_equal(run.history[0].vectors, whole[: len(run.words)])


def test_snapshots_cannot_be_changed(corpus: Corpus) -> None:
    run = trained(RecordedRun(corpus, SHORT), until=2)
    with pytest.raises(ValueError, match="read-only"):
        run.history[1].vectors[0] = 1


def test_a_tiny_text() -> None:
    run = trained(
        RecordedRun(
            read_corpus("a b. b a.", min_count=1), Config(dimensions=1, epochs=2, subsampling=0)
        )
    )
    assert run.is_over
    assert run.history[-1].vectors.shape == (2, 1)


@pytest.mark.parametrize("architecture", ["skip-gram", "cbow"])
def test_a_step_of_the_example_uses_the_parameters_of_its_snapshot(
    corpus: Corpus, architecture: Architecture
) -> None:
    config = replace(SHORT, architecture=architecture)
    run = trained(RecordedRun(corpus, config, snapshots=10))
    training = Training(corpus, config)
    for _ in training.run():
        pass
    example, parameters = run.example, training.parameters
    outputs = parameters.outputs[:, :12]
    np.testing.assert_array_equal(run.history[-1].outputs, outputs[list(example.words)])
    gap, near = 2, 1
    step = run.step_at(len(run.history) - 1, gap, near)
    positions = example.near(gap) if architecture == "cbow" else [near]
    rows = [example.sentence[at] for at in positions]
    expected = one_step(
        parameters.vectors[rows],
        outputs[example.sentence[gap]],
        outputs[list(example.noise_for(gap))],
        run.history[-1].progress.learning_rate,
    )
    np.testing.assert_allclose(step.move, expected.move)
    assert step.move.any()
    assert not run.step_at(0, gap, near).move.any()  # the output vectors begin at zero
    assert run.nbytes > sum(each.vectors.nbytes + each.outputs.nbytes for each in run.history)
