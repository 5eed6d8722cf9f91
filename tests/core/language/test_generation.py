import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from core.errors import InputError
from core.language.generation import _draw, generate
from core.language.models import LanguageModel, load_folder
from core.language.next_word import next_word
from core.language.sampling import probabilities
from tests.bounds import MAX_SECONDS

PROMPT = "Once upon a time, there was a"


@pytest.fixture(scope="session")
def writer(tiny: Callable[[str], Path]) -> LanguageModel:
    """Return a tiny decoder, for what does not depend on what is written."""
    return load_folder(tiny("qwen3"))


def written(model: LanguageModel, temperatures: list[float], **settings) -> list[list[int]]:  # noqa: ANN003
    """Return the ids that are written at each temperature."""
    ids = model.tokenizer.ids(PROMPT)
    steps = list(generate(model, ids, temperatures, **settings))
    return [
        [choice.id for step in steps if (choice := step[row]) is not None]
        for row in range(len(temperatures))
    ]


def test_without_chance_it_is_what_transformers_writes(decoder: LanguageModel) -> None:
    ids = torch.tensor([decoder.tokenizer.ids(PROMPT)])
    theirs = decoder.network.generate(
        ids,
        attention_mask=torch.ones_like(ids),
        max_new_tokens=6,
        do_sample=False,
        pad_token_id=decoder.network.config.eos_token_id,
    )
    assert written(decoder, [0], count=6) == [theirs[0, ids.shape[1] :].tolist()]


def test_a_seed_gives_the_same_text_alone_and_beside_others(writer: LanguageModel) -> None:
    alone = written(writer, [0.7], count=12, seed=5)
    beside = written(writer, [0, 0.7, 1.5], count=12, seed=5)
    assert beside[1] == alone[0]
    assert beside[0] == written(writer, [0], count=12)[0]
    assert len({tuple(ids) for ids in beside}) == 3
    assert written(writer, [0.7], count=12, seed=6) != alone


def test_each_choice_says_what_it_was_chosen_from(writer: LanguageModel) -> None:
    ids = writer.tokenizer.ids(PROMPT)
    settings = {"top_k": 50, "top_p": 0.9}
    for (choice,) in generate(writer, ids, [1.3], count=5, seed=2, rivals=6, **settings):
        assert choice is not None
        logits = torch.tensor(next_word(writer, ids).logits)
        made = probabilities(logits, 1.3, **settings)
        assert choice.probability == pytest.approx(made[choice.id].item(), abs=2e-4)
        assert choice.model_probability == pytest.approx(
            logits.softmax(-1)[choice.id].item(), abs=2e-4
        )
        np.testing.assert_allclose(choice.rival_probabilities, made.topk(6).values, atol=2e-4)
        assert choice.rivals[0] == made.argmax()
        ids.append(choice.id)


def test_at_t_0_rivals_are_ranked_by_the_logits_of_the_model(decoder: LanguageModel) -> None:
    ids = decoder.tokenizer.ids("The capital of France is")
    ((choice,),) = generate(decoder, ids, [0.0], count=1, rivals=5)
    assert choice is not None
    logits = torch.from_numpy(next_word(decoder, ids).logits)
    assert choice.rivals.tolist() == logits.topk(5).indices.tolist()
    assert choice.rivals[0] == choice.id
    assert choice.rival_probabilities.tolist() == [1, 0, 0, 0, 0]
    shares = logits.softmax(dim=-1).topk(5).values
    np.testing.assert_allclose(choice.rival_model_probabilities, shares, atol=1e-4)


def test_a_text_that_ended_gets_nothing_more(
    writer: LanguageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    end = written(writer, [0], count=12)[0][4]
    monkeypatch.setattr(writer.network.generation_config, "eos_token_id", [end])
    steps = list(generate(writer, writer.tokenizer.ids(PROMPT), [0, 1.8], count=30, seed=1))
    ended = [[step[row] is None for step in steps] for row in range(2)]
    assert ended[0][4]
    assert all(gone == sorted(gone) for gone in ended)
    assert all(choice.id != end for step in steps for choice in step if choice is not None)


def test_two_write_at_once_and_both_go_on(writer: LanguageModel) -> None:
    done: dict[int, list[list[int]]] = {}
    threads = [
        threading.Thread(
            target=lambda seed=seed: done.update({seed: written(writer, [1.0], count=6, seed=seed)})
        )
        for seed in (1, 2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(MAX_SECONDS)
    assert done == {seed: written(writer, [1.0], count=6, seed=seed) for seed in (1, 2)}


@pytest.mark.parametrize(
    ("prompt", "temperatures", "count", "told"),
    [
        ([], [1.0], 5, "no text to go on from"),
        ([5], [], 5, "one temperature at least"),
        ([5], [1.0], 0, "1 to 512 tokens"),
        ([5], [-1.0], 5, "0 or more"),
    ],
)
def test_what_cannot_be_written_is_refused(
    decoder: LanguageModel, prompt: list[int], temperatures: list[float], count: int, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        next(generate(decoder, prompt, temperatures, count=count))


def test_draws_are_as_frequent_as_they_are_probable() -> None:
    probability = torch.tensor([0.0, 0.5, 0.0, 0.3, 0.2, 0.0])
    generator = torch.Generator().manual_seed(0)
    drawn = np.bincount([_draw(probability, generator) for _ in range(4_000)], minlength=6)
    np.testing.assert_allclose(drawn / 4_000, probability, atol=0.03)
    assert not drawn[probability == 0].any()
