"""A generated story as chips, and the alternatives of each of its tokens."""

from collections.abc import Sequence

import pandas as pd

from core.language.generation import Choice
from viz.components.token_strip import Chip
from viz.style import BLUE


def story_chips(
    beginning: Sequence[int], story: Sequence[Choice], names: Sequence[str]
) -> list[Chip]:
    """Return the beginning in grey, then the story, coloured by the probability of each token."""
    given = [Chip(names[number], tip="the beginning") for number in beginning]
    return given + [
        Chip(
            names[choice.id],
            color=BLUE,
            strength=choice.probability,
            tip=f"{choice.probability:.1%}; entropy {choice.entropy:.1f} bits",
        )
        for choice in story
    ]


def rivals_table(choice: Choice, names: Sequence[str]) -> pd.DataFrame:
    """Return the tokens with the largest logits, with their probabilities here and at T = 1."""
    return pd.DataFrame(
        {
            "token": [names[number] for number in choice.rivals.tolist()],
            "probability": choice.rival_probabilities,
            "at T = 1": choice.rival_model_probabilities,
        },
        index=pd.RangeIndex(1, len(choice.rivals) + 1, name="rank"),
    )
