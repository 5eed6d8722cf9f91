"""The vectors that are asked, in words."""

from core.embeddings import Embeddings
from pages.shared.page_frame import plain
from viz.numbers import counted


def about(embeddings: Embeddings) -> str:
    """Return, in Markdown, which vectors are asked, and what of them can be asked."""
    text = (
        f"Asked: **{plain(embeddings.name)}**, {counted(len(embeddings), embeddings.unit)} of "
        f"{counted(embeddings.dimensions, 'number')} each."
    )
    if embeddings.unit != "token":
        return text
    text += " Only words that are a single token can be asked; any token may be the answer."
    if mark := plain(embeddings.prefix):
        text += (
            f" {mark} is a space: *king* is asked as {mark}king, which stands within a sentence; "
            f"as answers, {mark}king, king and King count as one word."
        )
    return text


def missing(embeddings: Embeddings, most_frequent: int) -> str:
    """Return why a question cannot be asked, as a clause about one of its words."""
    if embeddings.unit == "token":
        return "a word is not a single token"
    if most_frequent < len(embeddings):
        return f"a word is not among the {most_frequent:,} most frequent"
    return f"a word is not among the {len(embeddings):,} of {plain(embeddings.name)}"
