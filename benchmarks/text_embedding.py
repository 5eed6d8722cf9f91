"""Texts embedded by MiniLM compared with sentence-transformers on the same weights.

`texts_per_second_short` is for short sentences, `texts_per_second_mixed` for texts of one to 20
such sentences. A ratio above 1 means more texts a second than sentence-transformers. Both use
the same number of threads.
"""

from itertools import product

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

from benchmarks.report import Pair, in_turn, report
from core.catalog import folder_of
from core.language.models import ENCODER, load
from core.language.text_embeddings import MAX_TOKENS, embed_texts

ROUNDS = 5
SHORT, MIXED = 256, 64  # texts
WHO = ("The old doctor", "My sister", "A young engineer from Lisbon", "Nobody", "The king's guard")
DID = ("found", "has never seen", "quickly repaired", "was looking for", "wrote a letter about")
WHAT = ("a silver telescope", "the broken bicycle", "forty loaves of bread", "the final result")
WHERE = ("in the cellar.", "near the bank of the river.", "during the thunderstorm.", "yesterday.")


def main() -> None:
    """Measure, compare, report."""
    model = load(ENCODER)
    peer = SentenceTransformer(str(folder_of(ENCODER)), device="cpu")
    peer.max_seq_length = MAX_TOKENS

    def ours(texts: list[str]) -> NDArray[np.float32]:
        *_, last = embed_texts(model, texts)
        return last.vectors

    def theirs(texts: list[str]) -> NDArray[np.float32]:
        made: NDArray[np.float32] = peer.encode(texts, normalize_embeddings=True)
        return made

    random = np.random.default_rng(1)
    sentences = [" ".join(parts) for parts in product(WHO, DID, WHAT, WHERE)]
    short = [sentences[row] for row in random.permutation(len(sentences))[:SHORT]]
    sizes = np.clip(random.lognormal(1, 0.8, MIXED), 1, 20).astype(int)
    mixed = [" ".join(random.choice(sentences, size)) for size in sizes]
    special = ["", "  ", "word " * 400, "Zwölf 🦁 東京"]
    pairs: dict[str, Pair] = {}
    apart = 0.0
    for name, texts in (("short", short), ("mixed", mixed)):
        pairs[f"texts_per_second_{name}"] = in_turn(
            [lambda texts=texts: ours(texts)] * ROUNDS,  # type: ignore[misc]
            [lambda texts=texts: theirs(texts)] * ROUNDS,  # type: ignore[misc]
            ROUNDS,
        )
        both = [*texts, *special]
        apart = max(apart, float(np.abs(ours(both) - theirs(both)).max()))
    report(
        f"MiniLM, {SHORT} short and {MIXED} mixed texts, {torch.get_num_threads()} threads",
        pairs,
        {
            **{
                f"{name}, ours": round(count / float(np.median(pair.ours)))
                for (name, pair), count in zip(pairs.items(), (SHORT, MIXED), strict=True)
            },
            "largest difference of a coordinate": apart,
        },
        same_answers=apart < 1e-5,
    )


if __name__ == "__main__":
    main()
