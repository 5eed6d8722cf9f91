"""Texts embedded by an encoder: the mean of the vectors of their tokens, scaled to length one.

This is how the sentence-transformers library uses MiniLM, and the vectors are the same up to
rounding; only names of special tokens, such as `[SEP]`, are text like any other here.

N. Reimers and I. Gurevych (2019), Sentence-BERT: Sentence Embeddings using Siamese BERT-Networks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.embeddings import Embeddings, Matrix
from core.errors import InputError, ModelError
from core.geometry.neighbors import Neighbors, nearest
from core.language.models import LanguageModel
from core.language.tokenizer import MAX_CHARACTERS

MAX_TEXTS: Final = 200_000
MAX_TOKENS: Final = 256  # of a text, the special ones included: what MiniLM was made for
BATCH_TOKENS: Final = 1_024  # of a pass, padding included: few enough for the processor's cache
# Texts are sorted by length within a chunk. A stop loses at most the work on one chunk.
CHUNK_TEXTS: Final = 1_024
CHUNK_CHARACTERS: Final = 100_000


@dataclass(frozen=True, eq=False)
class TextEmbeddings:
    """The vectors of the first of N texts, while the others are still to come.

    Args:
        vectors: (R, D) float32, those of the first R texts, R at most N; each of length one.
        done: the number of texts that are embedded; some may come after the first R.
        count: N.
        truncated: the number of the first R texts that were too long and lost their end.
    """

    vectors: Matrix
    done: int
    count: int
    truncated: int

    def __post_init__(self) -> None:
        view = self.vectors.view()
        view.flags.writeable = False
        object.__setattr__(self, "vectors", view)


def embed_texts(model: LanguageModel, texts: Sequence[str]) -> Iterator[TextEmbeddings]:
    """Yield the embeddings of texts, more and more of them; the last value has them all.

    A text that occurs twice is embedded once and has two rows. A blank text has the vector of the
    special tokens alone.

    Args:
        model: an encoder.
        texts: 1 to `MAX_TEXTS`. The first `MAX_TOKENS` tokens of a text are read, or fewer if the
            model's window is shorter, and at most `MAX_CHARACTERS` characters.

    Raises:
        InputError: there are no texts or too many.
        ModelError: the model is a decoder or cannot run.
    """
    if not 1 <= len(texts) <= MAX_TEXTS:
        raise InputError(f"Expected 1 to {MAX_TEXTS:,} texts, not {len(texts):,}.")
    if model.kind != "encoder":
        raise ModelError(f"{model.title} is no encoder. Choose one, such as MiniLM.")
    vectors = np.empty((len(texts), model.dimensions), dtype=np.float32)
    truncated = np.zeros(len(texts), dtype=bool)
    first_row: dict[str, int] = {}
    for start, stop in _chunks(texts):
        # The rows of texts that did not occur before.
        rows = [row for row in range(start, stop) if first_row.setdefault(texts[row], row) == row]
        most = min(MAX_TOKENS, model.window)
        ids = model.tokenizer.ids_of_each([texts[row] for row in rows], special=True)
        truncated[rows] = [
            len(each) > most or len(texts[row]) > MAX_CHARACTERS
            for row, each in zip(rows, ids, strict=True)
        ]
        ids = [each if len(each) <= most else _shortened(model, each, most) for each in ids]
        done = start
        for batch in _batches([len(each) for each in ids]):
            vectors[[rows[index] for index in batch]] = _pooled(model, [ids[i] for i in batch])
            done += len(batch)
            if done < stop:
                so_far = int(truncated[:start].sum())
                yield TextEmbeddings(vectors[:start], done, len(texts), so_far)
        sources = [first_row[texts[row]] for row in range(start, stop)]
        vectors[start:stop] = vectors[sources]
        truncated[start:stop] = truncated[sources]
        yield TextEmbeddings(vectors[:stop], stop, len(texts), int(truncated[:stop].sum()))


def nearest_texts(
    model: LanguageModel, texts: Embeddings, query: str, count: int = 10
) -> Neighbors:
    """Return the texts nearest to a query in meaning: those of the highest cosine similarity.

    Args:
        model: the encoder that embedded the texts.
        texts: N texts with their vectors.
        query: a sentence or some words.
        count: the number of texts; with fewer, all of them.

    Raises:
        InputError: the query is blank, or the vectors of the texts are not the model's.
        ModelError: as for `embed_texts`.
    """
    if not query.strip():
        raise InputError("There is no text to search for. Type a sentence or some words.")
    if texts.dimensions != model.dimensions:
        raise InputError(
            f"{texts.name} has vectors of {texts.dimensions:,} dimensions, {model.title} has "
            f"{model.dimensions:,}. Embed the texts with {model.title} first."
        )
    *_, embedded = embed_texts(model, [query])
    return nearest(texts, embedded.vectors[0], count)


def _chunks(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the first row of each chunk and the row after its last one."""
    start = characters = 0
    for row, text in enumerate(texts):
        size = min(len(text), MAX_CHARACTERS)
        full = row - start == CHUNK_TEXTS or characters + size > CHUNK_CHARACTERS
        if full and row > start:
            yield start, row
            start, characters = row, 0
        characters += size
    yield start, len(texts)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the indices of texts of similar length, the longest first: the most padding ends."""
    order = sorted(range(len(lengths)), key=lambda index: -lengths[index])
    start = 0
    while start < len(order):
        size = max(1, BATCH_TOKENS // lengths[order[start]])
        yield order[start : start + size]
        start += size


def _shortened(model: LanguageModel, ids: list[int], most: int) -> list[int]:
    """Return the first tokens of a text, and the special ones that the model puts at its end."""
    ending = model.tokenizer.ids_of_each([""], special=True)[0][1:]
    return ids[: most - len(ending)] + ending


def _pooled(model: LanguageModel, ids: Sequence[Sequence[int]]) -> Matrix:
    """Return the normalised mean of the last hidden states of token ids, (B, D) float32."""
    import torch

    longest = max(len(each) for each in ids)
    padded = torch.tensor([[*each, *[model.padding_id] * (longest - len(each))] for each in ids])
    sizes = torch.tensor([len(each) for each in ids])
    mask = (torch.arange(longest) < sizes[:, None]).long().to(model.device)
    with model.running():
        output = model.network(input_ids=padded.to(model.device), attention_mask=mask)
        weights = mask[:, :, None].float()
        means = (output.last_hidden_state * weights).sum(1) / weights.sum(1)
        units: Matrix = torch.nn.functional.normalize(means).cpu().numpy()
    return units
