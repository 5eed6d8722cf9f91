"""The exceptions, with messages for the people who use the app.

    PlaygroundError
    ├── InputError              something typed, chosen or uploaded cannot be used
    │   ├── UnknownWordError    a word that the embeddings do not have
    │   ├── ExpressionError     an expression that cannot be parsed; has the position of the error
    │   ├── FormatError         a file that cannot be read; has the place of the fault
    │   ├── NoDirectionError    a vector of length zero where a direction is needed
    │   └── DivergedError       a training run that diverged
    └── ModelError              a model cannot be used
        ├── UnknownModelError   no model of that name
        ├── FetchError          the download failed or has an unexpected content
        └── DamagedModelError   files on disk are missing or damaged

A message says what the input was, what was expected and what to do. Pages show it unchanged.
"""

from collections.abc import Sequence


class PlaygroundError(Exception):
    """Base class of all errors whose message is shown to people."""


class InputError(PlaygroundError):
    """Something typed, chosen or uploaded cannot be used."""


class UnknownWordError(InputError):
    """A word that the embeddings do not have.

    Args:
        word: the word as written.
        source: the name of the embeddings.
        vocabulary_size: the number of their words.
        suggestions: known words of similar spelling, closest first.
    """

    def __init__(
        self, word: str, source: str, vocabulary_size: int, suggestions: Sequence[str] = ()
    ) -> None:
        self.word = word
        self.suggestions = tuple(suggestions)
        shown = word if len(word) <= 60 else word[:59] + "…"
        message = f"'{shown}' is not in {source} ({vocabulary_size:,} words)."
        if not word:
            message = f"There is no word. Type one of the {vocabulary_size:,} of {source}."
        elif suggestions:
            message += f" Close: {', '.join(suggestions)}."
        elif len(word.split()) > 1:
            message += " Type a single word."
        else:
            message += " Type another word."
        super().__init__(message)


class ExpressionError(InputError):
    """An expression that cannot be parsed.

    Args:
        text: the whole expression.
        position: the index in `text` at which parsing failed.
        reason: what is wrong there and what to write instead.
    """

    CONTEXT = 32

    def __init__(self, text: str, position: int, reason: str) -> None:
        self.text = text
        self.position = position
        self.reason = reason
        super().__init__(reason)

    def marked(self) -> str:
        """Return the part of the expression around the error, with a caret below the position."""
        start = max(0, self.position - self.CONTEXT)
        end = min(len(self.text), self.position + self.CONTEXT)
        before = ("…" if start else "") + self.text[start : self.position]
        after = self.text[self.position : end] + ("…" if end < len(self.text) else "")
        line = (before + after).replace("\n", " ").replace("\t", " ")
        return f"{line}\n{' ' * len(before)}^"


class FormatError(InputError):
    """A file that cannot be read.

    Args:
        file: its name.
        reason: what was found, what was expected and what to do; it begins with a small letter.
        place: where the fault is, such as `line 3`, `row 7` or `byte 1,024`; empty for the whole.
    """

    def __init__(self, file: str, reason: str, place: str = "") -> None:
        self.file = file
        self.reason = reason
        self.place = place
        super().__init__(f"{file}{', ' if place else ''}{place}: {reason}")


class NoDirectionError(InputError):
    """A vector of length zero where a direction is needed."""


class DivergedError(InputError):
    """A training run that diverged because its learning rate is too high."""


class ModelError(PlaygroundError):
    """A model cannot be used."""


class UnknownModelError(ModelError):
    """No model of that name is in the catalogue."""


class FetchError(ModelError):
    """A download failed or has an unexpected content."""


class DamagedModelError(ModelError):
    """A model's files on disk are missing or damaged."""
