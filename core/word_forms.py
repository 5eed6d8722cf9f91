"""The forms of a word that count as the same word when it is looked up."""

from unicodedata import normalize


def composed(word: str) -> str:
    """Return a word with its accents composed (Unicode NFC): é may be one character or two.

    >>> composed("cafe\\u0301") == "caf\\u00e9"
    True
    """
    return word if word.isascii() else normalize("NFC", word)


def forms(word: str) -> tuple[str, str, str, str]:
    """Return a word as written, composed, then in lower case, then with all case folded.

    >>> forms("MAẞE")
    ('MAẞE', 'MAẞE', 'maße', 'masse')
    """
    whole = composed(word)
    return word, whole, composed(whole.lower()), composed(whole.casefold())
