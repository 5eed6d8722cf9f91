"""Control characters, which cannot be seen but change how the text around them is shown."""

import re

# The last two ranges separate lines, or turn the direction in which all that follows is read.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def with_codes(text: str) -> str:
    """Return a text in which each control character is replaced by its code.

    Tabs and line breaks stay, and so do the joiners inside emoji and scripts.

    >>> with_codes("user\\u202etxt")
    'user<U+202E>txt'
    """
    return CONTROL.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


def with_signs(text: str) -> str:
    """Return a text in which each control character is one sign, so that nothing moves.

    >>> with_signs("user\\u202etxt")
    'user�txt'
    """
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
