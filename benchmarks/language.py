"""Next-token probabilities and generation compared with `transformers` on the same weights.

- `next_token`: the distribution after a prompt of 32 tokens.
- `generate`: 64 tokens after the prompt by greedy decoding, compared with `model.generate`.
- `four_temperatures_over_one`: the time for four texts in one batch divided by that for one text.

Also the seconds to import and load the model in a new process, and the milliseconds for all
computations of the Context page on six sentences.
"""

import statistics
import subprocess
import sys
import time

import torch
from transformers import AutoModelForCausalLM

from benchmarks.report import in_turn, report
from core.catalog import folder_of
from core.language.context import Sentence, uses_of
from core.language.generation import generate
from core.language.layer_paths import paths
from core.language.models import DECODER, ENCODER, load
from core.language.next_word import next_word
from core.language.sampling import probabilities
from core.language.use_similarity import cosines_by_layer, use_similarity

ROUNDS = 5
PROMPT, WRITTEN = 32, 64  # tokens
TEXT = (
    "Once upon a time there was a small town by a river, and in the town there lived a king who "
    "had everything but a friend to talk to. One day he"
)
BANKS = (
    "He went to the bank to deposit money.",
    "She sat by the bank of the river.",
    "The bank approved my loan.",
    "We fished from the muddy bank of the stream.",
    "The bank raised interest rates.",
    "Grass grows along the bank near the water.",
)
LOADING = f"""
import time
start = time.perf_counter()
from core.language.models import load
load({DECODER!r})
print(time.perf_counter() - start)
"""


def main() -> None:
    """Measure, compare, report."""
    model = load(DECODER)
    peer = AutoModelForCausalLM.from_pretrained(folder_of(DECODER)).eval()
    ids = model.tokenizer.ids(TEXT)[:PROMPT]
    prompt = torch.tensor([ids])
    settings = {
        "attention_mask": torch.ones_like(prompt),
        "max_new_tokens": WRITTEN,
        "min_new_tokens": WRITTEN,
        "do_sample": False,
        "pad_token_id": peer.config.eos_token_id,
    }

    def ours() -> torch.Tensor:
        return probabilities(torch.from_numpy(next_word(model, ids).logits))

    def theirs() -> torch.Tensor:
        with torch.inference_mode():
            read: torch.Tensor = peer(prompt).logits
        return read[0, -1].softmax(dim=-1)

    def written(*temperatures: float) -> list[int]:
        steps = list(generate(model, ids, temperatures, count=WRITTEN, seed=1))
        return [choice.id for choice, *_ in steps if choice is not None]

    def peer_written() -> list[int]:
        with torch.inference_mode():
            made: torch.Tensor = peer.generate(prompt, **settings)
        return [int(number) for number in made[0, len(ids) :]]

    next_token = in_turn([ours] * 4 * ROUNDS, [theirs] * 4 * ROUNDS, ROUNDS)
    text = in_turn([lambda: written(0)] * ROUNDS, [peer_written] * ROUNDS, ROUNDS)
    side_by_side = in_turn(
        [lambda: written(0, 0.5, 0.7, 0.9)] * ROUNDS, [lambda: written(0)] * ROUNDS, ROUNDS
    )
    apart = float((ours() - theirs()).abs().max())
    report(
        f"SmolLM2, a prompt of {len(ids)} tokens, {torch.get_num_threads()} threads",
        {"next_token": next_token, "generate": text},
        {
            "four_temperatures_over_one": round(1 / side_by_side.ratio, 2),
            "largest difference of a probability": apart,
            "Context, six sentences, ms": round(_context()),
            "from nothing to a loaded model, s": round(_loading(), 2),
        },
        same_answers=written(0) == peer_written() and apart < 1e-4,
    )


def _context() -> float:
    """Return the milliseconds for paths, curves and similarities, the median of `ROUNDS`."""
    model = load(ENCODER)
    taken = []
    for _ in range(ROUNDS + 1):
        start = time.perf_counter()
        uses = uses_of(model, "bank", [Sentence(text) for text in BANKS])
        use_similarity(uses)
        cosines_by_layer(uses)
        paths(uses)
        taken.append(1e3 * (time.perf_counter() - start))
    return statistics.median(taken[1:])


def _loading() -> float:
    """Return the seconds that importing and loading take in a new process, the median of three."""
    taken = [
        float(
            subprocess.run([sys.executable, "-c", LOADING], capture_output=True, check=True).stdout
        )
        for _ in range(3)
    ]
    return statistics.median(taken)


if __name__ == "__main__":
    main()
