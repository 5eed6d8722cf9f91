"""Words that tell groups of texts apart, such as the regions of a map."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

MAX_CHARACTERS: Final = 20_000  # of a text that are read
WORD: Final = r"\b[^\W\d_]{2,}\b"


def telling_words(
    labels: NDArray[np.integer[Any]], texts: Sequence[str], count: int = 2
) -> tuple[tuple[str, ...], ...]:
    """Return for each group of texts the words that tell it from the others.

    They are words that a larger share of the group's texts has than of all other texts; the larger
    the difference, and the rarer the word in all texts, the better. Capital letters make no
    difference, and words such as "the" and "by" are left out.

    Args:
        labels: (N,), the group of each text, from 0; each group has a text.
        texts: N texts.
        count: at most so many words of each group; none if no word is more common in it.

    >>> telling_words(np.array([0, 0, 1]), ["The soup is hot.", "Soup!", "The sun is hot."], 1)
    (('soup',), ('sun',))
    """
    from sklearn.feature_extraction.text import CountVectorizer

    groups = int(labels.max()) + 1
    vectorizer = CountVectorizer(token_pattern=WORD, binary=True, stop_words="english")
    try:
        occurs = vectorizer.fit_transform(text[:MAX_CHARACTERS] for text in texts)
    except ValueError:  # its only one here: there are no words
        return ((),) * groups
    words = vectorizer.get_feature_names_out()
    total = np.asarray(occurs.sum(axis=0)).ravel()
    rarity = np.log(len(texts) / total)
    found = []
    for group in range(groups):
        is_in = labels == group
        size = int(is_in.sum())
        inside = np.asarray(occurs[is_in].sum(axis=0)).ravel()
        more = inside / size - (total - inside) / max(len(texts) - size, 1)
        best = np.argsort(-more * rarity, kind="stable")[:count]
        found.append(tuple(str(words[at]) for at in best if more[at] > 0))
    return tuple(found)
