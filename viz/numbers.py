"""Numbers in sentences and labels."""

from typing import Final

MINUS: Final = "−"


def number(value: float, digits: int = 4) -> str:
    """Return a number as text with a true minus sign.

    Args:
        value: the number.
        digits: the significant digits that are kept; whole numbers have up to seven.

    >>> number(-0.5), number(128.0), number(26.1094), number(12345.6), number(-0.0)
    ('−0.5', '128', '26.11', '12346', '0')
    """
    whole = 10**digits <= abs(value) < 10**7
    text = f"{value + 0.0:.0f}" if whole else f"{value + 0.0:.{digits}g}"
    return text.replace("-", MINUS)


def fixed(value: float, decimals: int = 2) -> str:
    """Return a number as text with a fixed number of decimals and a true minus; zero has no sign.

    >>> fixed(-0.004), fixed(-0.04), fixed(1)
    ('0.00', '−0.04', '1.00')
    """
    return f"{round(value, decimals) + 0.0:.{decimals}f}".replace("-", MINUS)


def ordinal(number: int) -> str:
    """Return the word for a rank.

    >>> ordinal(1), ordinal(12), ordinal(22), ordinal(1_103)
    ('1st', '12th', '22nd', '1,103rd')
    """
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{'th' if number % 100 in (11, 12, 13) else ending}"


def counted(count: int, noun: str, plural: str = "") -> str:
    """Return a number of things, with the noun in singular or plural.

    >>> counted(1, "word"), counted(2_000, "word"), counted(2, "box", "boxes")
    ('1 word', '2,000 words', '2 boxes')
    """
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"
