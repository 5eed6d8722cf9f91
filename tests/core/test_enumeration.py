import pytest

from core.enumeration import listed


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, ""), (1, "a"), (3, "a, b, c"), (4, "a, b, c and 1 more"), (6, "a, b, c and 3 more")],
)
def test_the_first_names_are_listed_and_the_others_counted(count: int, text: str) -> None:
    assert listed("abcdef"[:count], 3) == text


def test_large_numbers_have_separators() -> None:
    assert listed(["a"] * 2001, 1).endswith("2,000 more")
