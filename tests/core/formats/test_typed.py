from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InputError
from core.formats.typed import MAX_DIMENSIONS, MAX_LETTERS, MAX_LINES, read_typed


def test_a_word_and_its_numbers_on_each_line() -> None:
    read = read_typed("king 9 -5 6\nqueen 8 -4 6")
    assert tuple(read.words) == ("king", "queen")
    assert read.vectors.tolist() == [[9, -5, 6], [8, -4, 6]]
    assert read.vectors.dtype == np.float32


@pytest.mark.parametrize(
    "text",
    [
        "a 1, 2\nb: 3.0,4",
        "a,1,2\nb,3,4",
        "\n\n  a 1 2\n\n   b\t3   4  \n ",
        "a 1 2\r\nb 3 4\r\n",
        "a 1.0 +2\nb 3e0 .4e1",
    ],
)
def test_commas_spaces_and_empty_lines_do_not_matter(text: str) -> None:
    read = read_typed(text, "mine")
    assert (read.name, tuple(read.words)) == ("mine", ("a", "b"))
    assert read.vectors.tolist() == [[1, 2], [3, 4]]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "No vector"),
        (" \n \t\n", "No vector"),
        ("king", "line 1"),
        ("king 1", "line 1"),
        ("king 1 two", "line 1.*two"),
        ("king 1 2\nqueen 1 2 3", "line 2.*3 numbers.*2"),
        ("king 1 2\nking 3 4", "line 2.*king"),
        ("king 1 2\n\n\nqueen nan 1", "line 4"),
        ("king inf 2", "line 1"),
        ("king -Infinity 2", "line 1"),
        ("king 1e6 2", "line 1"),
        ("king -2e6 2", "line 1"),
        ("king 1e999 2", "line 1"),
        ("new york 1 2", "line 1.*york"),
        ("king " + "1 " * (MAX_DIMENSIONS + 1), "line 1"),
        ("\n".join(f"w{i} 1 2" for i in range(MAX_LINES + 1)), "201"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_line(text: str, told: str) -> None:
    with pytest.raises(InputError, match=f"(?s){told}"):
        read_typed(text)


def test_what_is_quoted_is_as_typed_and_short() -> None:
    family, long = "👩\N{ZERO WIDTH JOINER}👧\\", "x" * 10_000
    with pytest.raises(InputError) as caught:
        read_typed(f"king 1 {family}\nqueen 1 {long}")
    assert f"'{family}' is not a number" in str(caught.value)
    assert len(str(caught.value)) < 200


def test_a_word_too_long_to_draw_is_refused() -> None:
    assert read_typed("x" * MAX_LETTERS + " 1 2").words == ("x" * MAX_LETTERS,)
    with pytest.raises(InputError, match="line 1.*61.*60"):
        read_typed("x" * (MAX_LETTERS + 1) + " 1 2")


def test_all_faults_come_at_once_but_five_are_told() -> None:
    with pytest.raises(InputError, match="line 1.*line 2.*line 3.*line 4.*line 5.*2 more"):
        read_typed("\n".join(f"w{i} x 1" for i in range(7)))


def test_a_wrong_first_line_does_not_make_the_next_ones_wrong() -> None:
    with pytest.raises(InputError) as caught:
        read_typed("king 1\nqueen 1 2\nman 3 4")
    assert "line 1" in str(caught.value)
    assert "line 2" not in str(caught.value)
    assert "line 3" not in str(caught.value)


def test_the_limits_themselves_are_allowed() -> None:
    assert read_typed("king " + "1 " * MAX_DIMENSIONS).dimensions == MAX_DIMENSIONS
    assert len(read_typed("\n".join(f"w{i} 1 2" for i in range(MAX_LINES)))) == MAX_LINES
    assert read_typed("king 999999 -999999").vectors.tolist() == [[999_999, -999_999]]


def test_words_may_be_any_signs() -> None:
    read = read_typed("<b>x</b> 1 2\n日本 3 4\n3d 5 6")
    assert tuple(read.words) == ("<b>x</b>", "日本", "3d")


numbers = st.floats(-999_999, 999_999, width=32)


@given(
    st.integers(2, 6).flatmap(
        lambda width: st.dictionaries(
            st.text(st.characters(categories=["L"]), min_size=1, max_size=8),
            st.lists(numbers, min_size=width, max_size=width),
            min_size=1,
            max_size=8,
        )
    )
)
def test_what_is_written_is_read(rows: dict[str, list[float]]) -> None:
    text = "\n".join(f"{word} {' '.join(map(repr, row))}" for word, row in rows.items())
    read = read_typed(text)
    assert tuple(read.words) == tuple(rows)
    assert read.vectors.tolist() == list(rows.values())


@given(st.text(max_size=300) | st.text("ab12.-e, \n", max_size=300))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    with suppress(InputError):
        read = read_typed(text)
        assert np.isfinite(read.vectors).all()
        assert len(set(read.words)) == len(read) > 0


@pytest.mark.parametrize("text", ["a 0,2 0,9", "a 1 2\nb 3,4 5"])
def test_a_decimal_comma_is_refused_and_never_read_as_two_numbers(text: str) -> None:
    with pytest.raises(InputError, match=r"write 0\.2, not 0,2"):
        read_typed(text)
