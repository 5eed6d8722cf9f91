import pytest
import torch

from core.errors import InputError
from core.language.generation import generate
from core.language.models import LanguageModel
from core.language.next_word import NextWord, next_word
from core.language.sampling import entropy, probabilities


def said(model: LanguageModel, text: str) -> NextWord:
    return next_word(model, model.tokenizer.ids(text))


def ranked(model: LanguageModel, text: str, temperature: float = 1) -> list[tuple[str, float]]:
    made = probabilities(torch.from_numpy(said(model, text).logits), temperature)
    best = made.topk(8)
    names = model.tokenizer.names
    return [
        (names[number], share)
        for number, share in zip(best.indices.tolist(), best.values.tolist(), strict=True)
    ]


def test_the_capital_of_france(decoder: LanguageModel) -> None:
    name, share = ranked(decoder, "The capital of France is")[0]
    assert name == "␣Paris"
    assert share == pytest.approx(0.773, abs=0.005)


def test_many_tokens_may_follow_the_beginning_of_a_story(decoder: LanguageModel) -> None:
    best = ranked(decoder, "Once upon a time, there was a")
    assert best[0][0] == "␣small"
    assert best[0][1] == pytest.approx(0.062, abs=0.005)
    assert {"␣town", "␣woman"} <= {name for name, _ in best}


def test_entropy_rises_with_temperature(decoder: LanguageModel) -> None:
    logits = torch.from_numpy(said(decoder, "Once upon a time, there was a").logits).double()
    bits = [float(entropy(probabilities(logits, heat))) for heat in (0, 0.3, 1, 2)]
    assert bits == sorted(bits)
    assert bits[0] == 0


def test_only_the_last_tokens_are_read(decoder: LanguageModel) -> None:
    ids = decoder.tokenizer.ids("one two three The capital of France is")
    few = next_word(decoder, ids, 5)
    assert few.truncated == len(ids) - 5
    assert few.ids == tuple(ids[-5:])
    assert few.logits == pytest.approx(next_word(decoder, ids[-5:]).logits, abs=1e-5)


def test_an_empty_text_is_refused(decoder: LanguageModel) -> None:
    with pytest.raises(InputError, match="no text"):
        next_word(decoder, [])


def test_stories_at_three_temperatures(decoder: LanguageModel) -> None:
    ids = decoder.tokenizer.ids("Once upon a time, there was a")
    steps = list(generate(decoder, ids, [0, 0.7, 1.5], count=30, seed=0))
    own = [
        [choice.model_probability for step in steps if (choice := step[story]) is not None]
        for story in range(3)
    ]
    likely = [sum(shares) / len(shares) for shares in own]
    assert likely[0] > likely[1] > likely[2]
