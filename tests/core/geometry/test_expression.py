from collections import defaultdict
from contextlib import suppress
from fractions import Fraction
from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.errors import ExpressionError
from core.geometry.expression import (
    MAX_CHARACTERS,
    MAX_DEPTH,
    MAX_PIECES,
    TYPED_AS,
    parse,
    replace_word,
)


def weights(text: str) -> dict[str, float]:
    """Return what each word counts for in all."""
    total: dict[str, float] = defaultdict(float)
    for term in parse(text).terms:
        total[term.word] += term.weight
    return dict(total)


def refused(text: str) -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("king", {"king": 1}),
        ("king - man + woman", {"king": 1, "man": -1, "woman": 1}),
        ("king-man+woman", {"king": 1, "man": -1, "woman": 1}),
        ("  king\n-\tman ", {"king": 1, "man": -1}),
        ("2*king - man", {"king": 2, "man": -1}),
        ("king*2", {"king": 2}),
        ("king/4", {"king": 0.25}),
        ("12/4*king", {"king": 3}),
        ("king/2*3", {"king": 1.5}),
        ("a - b - c", {"a": 1, "b": -1, "c": -1}),
        ("a - (b - c)", {"a": 1, "b": -1, "c": 1}),
        ("-(a + b)*2", {"a": -2, "b": -2}),
        ("a - -b", {"a": 1, "b": 1}),
        ("--a", {"a": 1}),
        ("+a", {"a": 1}),
        ("2*-a", {"a": -2}),
        ("-2*a/-4", {"a": 0.5}),
        ("(1 + 2*3)*a", {"a": 7}),
        ("(paris - france) + (italy + germany)/2",
         {"paris": 1, "france": -1, "italy": 0.5, "germany": 0.5}),
        (".5*a + 2.*b + 1.25*c", {"a": 0.5, "b": 2, "c": 1.25}),
        ("a + a", {"a": 2}),
        ("king - king", {"king": 0}),
        ("0*king", {"king": 0}),
        ('"new york" - usa', {"new york": 1, "usa": -1}),
        ('"mother-in-law"', {"mother-in-law": 1}),
        ('"2"*2', {"2": 2}),
        ('" king "', {"king": 1}),
        ("3d + u.s. + o'neil + 1st + at&t + 2.5.1",
         {"3d": 1, "u.s.": 1, "o'neil": 1, "1st": 1, "at&t": 1, "2.5.1": 1}),
        ("<b>x + <i>", {"<b>x": 1, "<i>": 1}),
        ("日本 − größe", {"日本": 1, "größe": -1}),
        # As books and slides have it: minus sign, dashes, times, dots, division, curly quotes.
        ("king − man", {"king": 1, "man": -1}),
        ("king – man — woman", {"king": 1, "man": -1, "woman": -1}),
        ("2×king + 3·man + 4∙x", {"king": 2, "man": 3, "x": 4}),
        ("king÷2", {"king": 0.5}),
        ("“new york” + „berlin” + «rome»", {"new york": 1, "berlin": 1, "rome": 1}),
        ("king minus man plus woman", {"king": 1, "man": -1, "woman": 1}),
        ("king Minus 2*man", {"king": 1, "man": -2}),
        ("plus + minus", {"plus": 1, "minus": 1}),  # where a word is expected
        ("plus minus minus", {"plus": 1, "minus": -1}),
        ('king - "plus"', {"king": 1, "plus": -1}),
        ("king - man + woman = queen", {"king": 1, "man": -1, "woman": 1}),
        ('"=" + "a=b"', {"=": 1, "a=b": 1}),
    ],
)  # fmt: skip
def test_what_an_expression_means(text: str, meant: dict[str, float]) -> None:
    assert weights(text) == meant


KNOWN = {
    "rock-hard", "salt lake", "salt lake city", "vitamin-b12", "f#", "c++", "a+", "7/11", "1-0",
    "he/she", "mercury_(planet)", "jack-of-all-trades", "-ish",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("rock-hard + king", {"rock-hard": 1, "king": 1}),
        ("king-rock-hard", {"king": 1, "rock-hard": -1}),
        ("rock–hard", {"rock-hard": 1}),
        ("rock - hard", {"rock": 1, "hard": -1}),
        ("rock -hard", {"rock": 1, "hard": -1}),
        ("salt lake - utah", {"salt lake": 1, "utah": -1}),
        ("salt lake city*2", {"salt lake city": 2}),
        ("(salt lake + vitamin-b12)/2", {"salt lake": 0.5, "vitamin-b12": 0.5}),
        ("salt lake minus he/she", {"salt lake": 1, "he/she": -1}),
        ("c++", {"c++": 1}),
        ("c++ - f#", {"c++": 1, "f#": -1}),
        ("2*c+++king", {"c++": 2, "king": 1}),
        ("a+b", {"a": 1, "b": 1}),
        ("a+ b", {"a": 1, "b": 1}),
        ("a+ + b", {"a+": 1, "b": 1}),
        ("7/11", {"7/11": 1}),
        ("king + 7/11 - 1-0", {"king": 1, "7/11": 1, "1-0": -1}),
        ("7/11*king", {"king": 7 / 11}),
        ("(1-0)*king", {"king": 1}),
        ("mercury_(planet) - jack-of-all-trades",
         {"mercury_(planet)": 1, "jack-of-all-trades": -1}),
        ("king-man+woman/2", {"king": 1, "man": -1, "woman": 0.5}),
        ("king -ish", {"king": 1, "ish": -1}),
        ('"rock"-hard', {"rock": 1, "hard": -1}),
    ],
)  # fmt: skip
def test_the_longest_known_word_counts(text: str, meant: dict[str, float]) -> None:
    total: dict[str, float] = defaultdict(float)
    for term in parse(text, KNOWN.__contains__).terms:
        total[term.word] += term.weight
        assert text.translate(TYPED_AS).startswith(term.word, term.position)
    assert total == meant


def test_a_guess_may_be_a_known_word_with_a_space() -> None:
    expression = parse("utah + 2*king = salt lake", KNOWN.__contains__)
    assert expression.guess is not None
    assert (expression.guess.word, expression.guess.position) == ("salt lake", 16)
    with pytest.raises(ExpressionError):
        parse("utah = salt pepper", KNOWN.__contains__)


def test_known_words_are_looked_up_in_linear_time() -> None:
    asked: list[str] = []

    def is_known(word: str) -> bool:
        asked.append(word)
        return False

    for text in ("a+" * 499 + "a", "a " * 500, "a" + " " * 998 + "b", "-" * 40 + "a-" * 480 + "a"):
        asked.clear()
        with suppress(ExpressionError):
            parse(text, is_known)
        assert len(asked) <= 2 * MAX_PIECES * len(text)


@given(st.text('abc +-*/()="', max_size=40))
def test_without_known_words_the_meaning_stays(text: str) -> None:
    results = []
    for is_known in (lambda _: False, {"a + b", "c d-", '"a"', "+", "-a", "b*"}.__contains__):
        try:
            results.append(parse(text, is_known).terms)
        except ExpressionError as error:
            results.append(error.position)
    assert results[0] == results[1]


def test_terms_stand_in_the_order_of_writing_at_their_place() -> None:
    expression = parse('b + "new york" - b')
    assert [term.word for term in expression.terms] == ["b", "new york", "b"]
    assert [term.position for term in expression.terms] == [0, 5, 17]
    assert expression.text == 'b + "new york" - b'


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", 0),
        ("   ", 0),
        ("king +* man", 6),
        ("* king", 0),
        ("king man", 5),
        ("king 2", 5),
        ("2 king", 2),
        ("king (man)", 5),
        ('king "man"', 6),
        ("king +", 6),
        ("king +   ", 6),
        ("(king - man", 0),
        ("a + (b - (c)", 4),
        ("king)", 4),
        ("()", 1),
        ("(a + )", 5),
        ('king + "queen', 7),
        ("king + “queen", 7),
        ('king + ""', 7),
        ('king + "  "', 7),
        ("2 + king", 2),
        ("king - 2", 5),
        ("king*man", 4),
        ("(a + b)*(c - d)", 7),
        ("2/king", 1),
        ("king/0", 4),
        ("king/(2 - 2)", 4),
        ("2", 0),
        ("2*3 - 1", 0),
        ("= queen", 0),
        ("king minus", 10),
        ("minus man", 6),
        ('king "plus" man', 6),
        ("king = queen - man", 13),
        ("king = queen lion", 13),
        ("king == queen", 6),
        ("king = -queen", 7),
        ("2 = king", 0),
        ("a" * (MAX_CHARACTERS + 1), MAX_CHARACTERS),
        ("(" * (MAX_DEPTH + 1) + "a" + ")" * (MAX_DEPTH + 1), MAX_DEPTH + 1),
        ("a -" + "-" * (MAX_DEPTH + 1) + "b", 3 + MAX_DEPTH + 1),
        ("9" * 400 + "*a", 400),
        ("a + a/0." + "0" * 330 + "1", 5),
    ],
)
def test_a_fault_is_marked_where_it_is(text: str, position: int) -> None:
    error = refused(text)
    assert error.position == position
    assert error.text == text
    assert str(error)


def test_what_is_just_allowed() -> None:
    assert weights("(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH) == {"a": 1}
    assert weights("-" * MAX_DEPTH + "a") == {"a": 1}
    assert weights("a" * MAX_CHARACTERS) == {"a" * MAX_CHARACTERS: 1}
    longest = "+".join("a" for _ in range(MAX_CHARACTERS // 2))
    assert weights(longest) == {"a": 500}


@pytest.mark.parametrize(
    "text", ["a" * 10_000, "a+" * 5_000, "(" * 10_000, '"' * 10_000, "-" * 10_000]
)
def test_ten_thousand_characters_are_refused_in_few(text: str) -> None:
    error = refused(text)
    assert "10,000" in str(error)
    assert len(str(error)) < 200
    assert len(error.marked()) < 200


def test_a_number_alone_is_told_that_it_needs_a_word() -> None:
    assert '"2"' in str(refused("2"))


def test_two_words_without_a_sign_are_told_of_signs_and_quotes() -> None:
    told = str(refused("paris + new york"))
    assert "'york'" in told
    assert "quotes" in told


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("king - man = queen", ("queen", 13)),
        ("king-man=queen", ("queen", 9)),
        ('king = "new york"', ("new york", 8)),
        ("king = 1984", ("1984", 7)),
        ('king = "?"', ("?", 8)),
        ("king = ?", None),
        ("king=??", None),
        ("king =", None),
        ("king", None),
    ],
)
def test_a_guess_after_the_sum(text: str, guess: tuple[str, int] | None) -> None:
    expression = parse(text)
    found = expression.guess
    assert (found and (found.word, found.position)) == guess
    assert expression.text == text.partition("=")[0]


def test_a_misspelt_guess_is_corrected_like_a_word_of_the_sum() -> None:
    assert replace_word("king - man = qeen", "qeen", "queen") == "king - man = queen"
    assert replace_word("qeen = qeen", "qeen", "x=y") == '"x=y" = "x=y"'
    assert replace_word("2*king = 2", "2", "two") == "2*king = two"


def test_a_word_beside_one_with_signs_is_corrected() -> None:
    assert replace_word("c++ + qeen", "qeen", "queen") == "c++ + queen"


@pytest.mark.parametrize(("text", "sign"), [("a + b ?", "?"), ("paris : france", ":")])
def test_an_unknown_sign_is_named(text: str, sign: str) -> None:
    assert f"'{sign}' is not allowed here" in str(refused(text))


# Random expressions, written and worked out at the same time.


class Written(NamedTuple):
    text: str
    words: tuple[str, ...]
    value: dict[str, Fraction]


WORDS = ("king", "queen", "u.s.", "3d", "größe")
NUMBERS = {
    "2": 2, "10": 10, ".5": Fraction(1, 2), "3.": 3, "1.25": Fraction(5, 4), "-4": -4,
    "(1 + 2)": 3, "(7 - 1/2)": Fraction(13, 2), "--6/-(3)": -2, "0": 0,
}  # fmt: skip
DIVISORS = {text: value for text, value in NUMBERS.items() if value and "/" not in text}


def scaled(value: dict[str, Fraction], factor: Fraction) -> dict[str, Fraction]:
    return {word: weight * factor for word, weight in value.items()}


@st.composite
def atoms(draw: st.DrawFn, depth: int) -> Written:
    kind = draw(st.sampled_from(["word", "quoted", "sum"] if depth else ["word", "quoted"]))
    if kind == "sum":
        inner = draw(sums(depth - 1))
        return Written(f"({inner.text})", inner.words, inner.value)
    word = draw(st.sampled_from(WORDS if kind == "word" else (*WORDS, "new york", "x-ray", "2")))
    return Written(word if kind == "word" else f'"{word}"', (word,), {word: Fraction(1)})


@st.composite
def products(draw: st.DrawFn, depth: int) -> Written:
    """Numbers, one part with words, numbers; a sign may stand before that part."""
    factor = Fraction(1)
    text = ""
    for number in draw(st.lists(st.sampled_from(list(NUMBERS)), max_size=1)):
        factor *= NUMBERS[number]
        text += f"{number}*"
    signs = draw(st.text("+-", max_size=3))
    factor *= (-1) ** signs.count("-")
    atom = draw(atoms(depth))
    text += signs + atom.text
    for number in draw(st.lists(st.sampled_from(list(DIVISORS)), max_size=2)):
        if draw(st.booleans()):
            factor *= DIVISORS[number]
            text += draw(st.sampled_from(["*", " × ", " · "])) + number
        else:
            factor /= DIVISORS[number]
            text += draw(st.sampled_from(["/", " ÷ "])) + number
    return Written(text, atom.words, scaled(atom.value, factor))


@st.composite
def sums(draw: st.DrawFn, depth: int = 2) -> Written:
    total = draw(products(depth))
    for _ in range(draw(st.integers(0, 2))):
        sign = draw(st.sampled_from(["+", " + ", "-", " − "]))
        more = draw(products(depth))
        value = defaultdict(Fraction, total.value)
        for word, weight in more.value.items():
            value[word] += weight if "+" in sign else -weight
        total = Written(total.text + sign + more.text, total.words + more.words, dict(value))
    return total


@given(sums())
def test_any_expression_is_the_sum_that_fractions_give(written: Written) -> None:
    assume(len(written.text) <= MAX_CHARACTERS)
    expression = parse(written.text)
    assert tuple(term.word for term in expression.terms) == written.words
    size = sum(abs(term.weight) for term in expression.terms)
    found = weights(written.text)
    assert found.keys() == written.value.keys()
    for word, weight in written.value.items():
        assert found[word] == pytest.approx(float(weight), rel=1e-12, abs=1e-12 * size)


@given(sums(depth=1))
def test_each_word_is_found_at_its_position(written: Written) -> None:
    for term in parse(written.text).terms:
        assert written.text.startswith(term.word, term.position)


@settings(max_examples=300)
@given(st.text(max_size=60) | st.text('ab "()+-*/=?.12−“×', max_size=40))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    error = None
    try:
        assert parse(text).terms
    except ExpressionError as refusal:
        error = refusal
    if error is not None:
        assert 0 <= error.position <= len(text)
        assert str(error)
        assert error.marked().endswith("^")
