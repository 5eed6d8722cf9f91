"""Text written token by token, at one temperature or at several side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.language.models import LanguageModel
from core.language.sampling import check_settings, entropy, probabilities

if TYPE_CHECKING:
    import torch

MAX_TOKENS = 512


@dataclass(frozen=True)
class Choice:
    """One token that was chosen, and what it beat.

    Args:
        id: of the chosen token.
        probability: with which it was chosen, after temperature, top-k and top-p.
        model_probability: at temperature 1, without top-k and top-p.
        entropy: of the distribution it was chosen from, in bits.
        rivals: the ids of the tokens with the largest logits, the largest first, (K,) int64.
        rival_probabilities: theirs, after temperature, top-k and top-p, (K,) float32.
        rival_model_probabilities: theirs, at temperature 1, without top-k and top-p, likewise.
    """

    id: int
    probability: float
    model_probability: float
    entropy: float
    rivals: NDArray[np.int64]
    rival_probabilities: NDArray[np.float32]
    rival_model_probabilities: NDArray[np.float32]


def generate(
    model: LanguageModel,
    prompt: Sequence[int],
    temperatures: Sequence[float],
    *,
    count: int = 64,
    top_k: int = 0,
    top_p: float = 1.0,
    seed: int = 0,
    rivals: int = 10,
) -> Iterator[list[Choice | None]]:
    """Yield, token by token, what the model writes at each temperature.

    All temperatures run as one batch. The keys and values of what was read are kept, so that each
    step reads one token. The same seed gives the same text, whatever the other temperatures are.
    Stop by asking for no more.

    Args:
        model: a decoder.
        prompt: token ids; those that do not fit into the window with what is to be written are
            left out at the beginning, up to half the window. The text ends where the window does.
        temperatures: B of them, 0 or more each.
        count: how many tokens at most, 1 to `MAX_TOKENS`.
        top_k: as in `probabilities`.
        top_p: as in `probabilities`.
        seed: of the draws.
        rivals: how many of the likeliest tokens are told for each choice.

    Yields:
        For each temperature its choice; None for one that has ended its text.

    Raises:
        InputError: the prompt is empty, or a setting means nothing.
    """
    import torch

    for temperature in temperatures:
        check_settings(temperature, top_k, top_p)
    if not temperatures or not 1 <= count <= MAX_TOKENS:
        raise InputError(f"Ask for 1 to {MAX_TOKENS} tokens, at one temperature at least.")
    kept = list(prompt)[-max(model.window - count, model.window // 2) :]
    count = min(count, model.window - len(kept))
    if not kept:
        raise InputError("There is no text to go on from. Type a few words.")
    draws = [torch.Generator().manual_seed(seed) for _ in temperatures]
    ends = _ends(model)
    over = [False] * len(temperatures)
    cache = None
    given = torch.tensor([kept], device=model.device)
    for _ in range(count):
        with model.running():
            output = model.network(given, past_key_values=cache, use_cache=True, **model.last_only)
            cache = output.past_key_values
            if len(given) < len(temperatures):  # the prompt is read once for all
                cache.batch_repeat_interleave(len(temperatures))
            logits = output.logits[:, -1].float().cpu()
        plain = logits.softmax(dim=-1)
        choices: list[Choice | None] = []
        ids = []
        for row, temperature in enumerate(temperatures):
            source = min(row, len(logits) - 1)
            sampled = probabilities(logits[source], temperature, top_k, top_p)
            number = _draw(sampled, draws[row])
            ids.append([number])
            over[row] = over[row] or number in ends
            choice = _choice(number, logits[source], plain[source], sampled, rivals)
            choices.append(None if over[row] else choice)
        if all(over):
            return
        yield choices
        given = torch.tensor(ids, device=model.device)


def _draw(probability: "torch.Tensor", generator: "torch.Generator") -> int:
    """Return a token drawn from a distribution: where a random share of its sum is reached."""
    import torch

    reached = probability.double().cumsum(dim=-1)
    share = torch.rand(1, dtype=torch.float64, generator=generator) * reached[-1]
    return int(torch.searchsorted(reached, share, right=True).clamp(max=len(reached) - 1))


def _choice(
    number: int, logits: "torch.Tensor", plain: "torch.Tensor", sampled: "torch.Tensor", rivals: int
) -> Choice:
    """Return what a token was chosen against, by logits: at T = 0 all others have probability 0."""
    best = logits.topk(min(rivals, len(logits))).indices
    return Choice(
        number,
        float(sampled[number]),
        float(plain[number]),
        float(entropy(sampled)),
        best.numpy(),
        sampled[best].numpy(),
        plain[best].numpy(),
    )


def _ends(model: LanguageModel) -> set[int]:
    """Return the ids that end a text."""
    ends = model.network.generation_config.eos_token_id
    if ends is None:
        return set()
    return set(ends) if isinstance(ends, list) else {ends}
