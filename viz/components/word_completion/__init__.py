"""Words that continue what is typed into a field."""

from viz.components.word_completion.component import packed_words, word_completion

__all__ = ["packed_words", "word_completion"]
