"""Words as bytes in an encoding that the file does not name."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import FormatError
from core.text_encoding import encodings_of, named

MIN_GUESS_BYTES = 3  # that are not ASCII; fewer say nothing about the encoding
MAX_DAMAGED = 1 / 3  # of the bytes that are not ASCII, in a file that counts as UTF-8


@dataclass(frozen=True)
class DecodedWords:
    """Words, and a sentence about their encoding if it is not UTF-8."""

    words: Sequence[str]
    note: str = ""


def decode_words(raw: bytes, name: str) -> DecodedWords:
    r"""Return words of an unknown encoding; different words stay different.

    Args:
        raw: the words, each ended by a line break.
        name: the name of the file, for the error.

    Raises:
        FormatError: no encoding keeps all words apart.

    >>> decode_words("море\nкорабль\nветер\n".encode("cp1251"), "a.vec").words
    ['море', 'корабль', 'ветер']
    """
    try:
        return DecodedWords(raw.decode("utf-8").split("\n")[:-1])
    except UnicodeDecodeError:
        words = raw.split(b"\n")[:-1]
    foreign = [word for word in words if not word.isascii()]
    damaged = [word for word in foreign if not _is_utf8(word)]
    high = sum(len(word) - len(word.decode("ascii", "ignore")) for word in foreign)
    lost = sum(len(word) - len(word.decode("utf-8", "ignore").encode()) for word in damaged)
    if lost <= MAX_DAMAGED * high or lost < MIN_GUESS_BYTES:
        return DecodedWords(
            _repaired(words),
            f"{len(damaged):,} of the words {'is' if len(damaged) == 1 else 'are'} damaged: the "
            "bytes that are not UTF-8 are shown as \N{REPLACEMENT CHARACTER}.",
        )
    different = len(set(words))
    for encoding in encodings_of(b"\n".join(foreign)):
        try:
            text = raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        decoded = text.split("\n")[:-1]
        if len(decoded) == len(words) and len(set(decoded)) == different:
            return DecodedWords(
                decoded,
                f"The words are not in UTF-8. They were read as {named(encoding)}, which is a "
                "guess: if letters look wrong, save the file in UTF-8.",
            )
    raise FormatError(
        name, "the words are in an encoding that cannot be guessed. Save the file in UTF-8."
    )


def _is_utf8(word: bytes) -> bool:
    try:
        word.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _repaired(words: Sequence[bytes]) -> list[str]:
    """Return words with signs for what is not UTF-8; those that would become equal, with codes."""
    seen = {word.decode("utf-8") for word in words if _is_utf8(word)}
    of_damaged: dict[bytes, str] = {}
    decoded = []
    for word in words:
        if _is_utf8(word):
            decoded.append(word.decode("utf-8"))
            continue
        if word not in of_damaged:
            text = word.decode("utf-8", "replace")
            while text in seen:
                text = word.decode("utf-8", "backslashreplace") if "\ufffd" in text else f"{text}'"
            seen.add(text)
            of_damaged[word] = text
        decoded.append(of_damaged[word])
    return decoded
