"""Words that are offered while one types them."""

from typing import Final

from core.embeddings import Embeddings
from core.owned_cache import cached_per_owner
from viz.components.word_completion import packed_words, word_completion

MAX_OFFERED: Final = 20_000  # of the words, the most frequent ones: 75 kB of GloVe for the browser
MAX_CHARS: Final = 30  # of an offered word; texts are longer


def offer_words(embeddings: Embeddings, *fields: str) -> None:
    """Offer the words of embeddings while one types into fields.

    Vectors without an order by frequency offer words if there are few: of many, the first would
    be a chance choice.

    Args:
        embeddings: with the words.
        fields: the keys of fields for a line of text.
    """
    has_best = embeddings.order == "most frequent" or len(embeddings) <= MAX_OFFERED
    word_completion(fields, _packed(embeddings) if has_best else b"")


@cached_per_owner(1)
def _packed(embeddings: Embeddings) -> bytes:
    prefix = embeddings.prefix or embeddings.shared_prefix
    start = len(prefix)
    words = (
        word[start:]
        for word in embeddings.words[:MAX_OFFERED]
        if word.startswith(prefix) and len(word) <= MAX_CHARS and word.isprintable()
    )
    return packed_words([word for word in words if word and word[0].isalnum()])
