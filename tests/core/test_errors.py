import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import errors
from core.errors import ExpressionError, InputError, ModelError, PlaygroundError, UnknownWordError


def marked_character(error: ExpressionError) -> str:
    """Return the character above the caret, or nothing where the text has ended."""
    line, caret = error.marked().split("\n")
    assert caret.strip() == "^"
    return line[len(caret) - 1 : len(caret)]


def test_every_error_is_a_playground_error() -> None:
    classes = [value for _, value in inspect.getmembers(errors, inspect.isclass)]
    raised = [value for value in classes if issubclass(value, Exception)]
    assert len(raised) >= 9
    assert all(issubclass(value, PlaygroundError) for value in raised)


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    drawn = inspect.getdoc(errors) or ""
    for name, value in inspect.getmembers(errors, inspect.isclass):
        if issubclass(value, PlaygroundError):
            assert name in drawn


def test_input_and_model_errors_are_apart() -> None:
    assert not issubclass(ModelError, InputError)
    assert issubclass(UnknownWordError, InputError)
    assert issubclass(errors.NoDirectionError, InputError)
    assert issubclass(errors.FetchError, ModelError)


def test_an_unknown_word_says_what_came_where_and_what_is_close() -> None:
    error = UnknownWordError("qeen", "GloVe 6B 50d", 400_000, ["queen", "keen"])
    assert str(error) == "'qeen' is not in GloVe 6B 50d (400,000 words). Close: queen, keen."
    assert error.suggestions == ("queen", "keen")


def test_nothing_close_is_not_mentioned() -> None:
    assert "Close" not in str(UnknownWordError("qqq", "toy", 3))


def test_an_unknown_word_without_close_ones_says_what_to_do() -> None:
    assert str(UnknownWordError("qqq", "toy", 3)).endswith(" Type another word.")
    assert str(UnknownWordError("Anna Müller", "toy", 3)).endswith(" Type a single word.")


def test_no_word_is_not_called_an_unknown_one() -> None:
    assert "''" not in str(UnknownWordError("", "toy", 3))
    assert "Type one of the 3 of toy" in str(UnknownWordError("", "toy", 3))


def test_a_very_long_word_is_cut_in_the_message_only() -> None:
    error = UnknownWordError("x" * 10_000, "toy", 3)
    assert len(str(error)) < 120
    assert error.word == "x" * 10_000


@pytest.mark.parametrize(
    ("text", "position", "marked"),
    [
        ("king +* man", 6, "king +* man\n      ^"),
        ("king", 0, "king\n^"),
        ("king +", 6, "king +\n      ^"),
        ("a\n+*\tb", 3, "a +* b\n   ^"),
        ("x" * 100, 0, "x" * 32 + "…\n^"),
        ("x" * 100, 50, "…" + "x" * 64 + "…\n" + " " * 33 + "^"),
        ("x" * 100, 100, "…" + "x" * 32 + "\n" + " " * 33 + "^"),
    ],
)
def test_the_place_is_marked(text: str, position: int, marked: str) -> None:
    assert ExpressionError(text, position, "so").marked() == marked


@given(st.text("abc +*(", min_size=1, max_size=200), st.data())
def test_the_caret_stands_below_the_character(text: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(text) - 1))
    error = ExpressionError(text, position, "so")
    assert marked_character(error) == text[position]
    assert str(error) == "so"
    assert all(len(line) <= 2 * ExpressionError.CONTEXT + 2 for line in error.marked().split("\n"))
