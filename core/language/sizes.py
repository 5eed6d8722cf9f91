"""How many numbers turn tokens into vectors, and vectors back into tokens."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from core.errors import ModelError
from core.language.vocabularies import WEIGHTS, names_in, token_matrix_in

Unembedding = Literal["its own", "the same matrix", "none"]


@dataclass(frozen=True)
class Sizes:
    """The sizes of a model that are a matter of tokens.

    Args:
        title: the model's, for people.
        tokens: V, how many it knows.
        dimensions: D, how many numbers each has.
        unembedding: which matrix turns vectors back into tokens, if it does that.
        context: how many tokens it takes at once; None if it takes each by itself.

    >>> GPT_3.weights
    617558016
    """

    title: str
    tokens: int
    dimensions: int
    unembedding: Unembedding
    context: int | None = None

    @property
    def weights(self) -> int:
        """V times D: how many numbers W_E has, and W_U where there is one."""
        return self.tokens * self.dimensions


# T. B. Brown et al. (2020), Language Models are Few-Shot Learners, table 2.1; its tokens are those
# of GPT-2.
GPT_3: Final = Sizes("GPT-3", 50_257, 12_288, "its own", 2_048)


def sizes_of(folder: Path, title: str) -> Sizes:
    """Return the sizes of the model in a folder, from the matrices themselves.

    Raises:
        ModelError: the folder holds no model that can be read.
    """
    path = folder / WEIGHTS
    matrix = token_matrix_in(path)
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        context = int(config["max_position_embeddings"])
        tied = bool(config.get("tie_word_embeddings", True))
        writes = str(config["architectures"][0]).endswith(("ForCausalLM", "LMHeadModel"))
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise ModelError(f"{folder} is no language model: its config.json says too little.") from (
            error
        )
    unembedding: Unembedding = "none"
    if writes:
        own = any(name.endswith("lm_head.weight") for name in names_in(path)) and not tied
        unembedding = "its own" if own else "the same matrix"
    return Sizes(title, matrix.size, matrix.dimensions, unembedding, context)
