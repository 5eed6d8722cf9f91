"""What can go wrong, in words for the person who caused it.

    PlaygroundError
    ├── InputError              something typed, chosen or uploaded cannot be used
    │   ├── UnknownWordError    a word that the embeddings do not have
    │   ├── ExpressionError     an expression that cannot be read; knows the place
    │   ├── NoDirectionError    a vector of length zero where a direction is needed
    │   └── DivergedError       a training run whose numbers grew beyond all bounds
    └── ModelError              a model cannot be used
        ├── UnknownModelError   no model of that name
        ├── FetchError          the download failed, or what came is not what was expected
        └── DamagedModelError   the files on disk are not what they should be

A message says what came, what was expected and what to do. Pages show it as it is.
"""

from collections.abc import Sequence


class PlaygroundError(Exception):
    """Root of every error that is meant for the person in front of the screen."""


class InputError(PlaygroundError):
    """Something typed, chosen or uploaded cannot be used."""


class UnknownWordError(InputError):
    """A word that the embeddings do not have.

    Args:
        word: the word as it was asked for.
        source: the name of the embeddings.
        vocabulary_size: how many words they have.
        suggestions: words they do have and that are spelled alike, closest first.
    """

    def __init__(
        self, word: str, source: str, vocabulary_size: int, suggestions: Sequence[str] = ()
    ) -> None:
        self.word = word
        self.suggestions = tuple(suggestions)
        shown = word if len(word) <= 60 else word[:59] + "…"
        message = f"'{shown}' is not in {source} ({vocabulary_size:,} words)."
        if suggestions:
            message += f" Close: {', '.join(suggestions)}."
        super().__init__(message)


class ExpressionError(InputError):
    """An expression that cannot be read.

    Args:
        text: the whole expression.
        position: the index in `text` of the character where reading stopped making sense.
        reason: what is wrong there and what to write instead.
    """

    CONTEXT = 32

    def __init__(self, text: str, position: int, reason: str) -> None:
        self.text = text
        self.position = position
        self.reason = reason
        super().__init__(reason)

    def marked(self) -> str:
        """Return the part of the expression around the fault, and a caret below the place."""
        start = max(0, self.position - self.CONTEXT)
        end = min(len(self.text), self.position + self.CONTEXT)
        before = ("…" if start else "") + self.text[start : self.position]
        after = self.text[self.position : end] + ("…" if end < len(self.text) else "")
        line = (before + after).replace("\n", " ").replace("\t", " ")
        return f"{line}\n{' ' * len(before)}^"


class NoDirectionError(InputError):
    """A vector of length zero where a direction is needed."""


class DivergedError(InputError):
    """A training run whose numbers grew beyond all bounds: its learning rate is too high."""


class ModelError(PlaygroundError):
    """A model cannot be used."""


class UnknownModelError(ModelError):
    """No model of that name is in the catalogue."""


class FetchError(ModelError):
    """A download failed, or what came is not what was expected."""


class DamagedModelError(ModelError):
    """A model's files on disk are not what they should be."""
