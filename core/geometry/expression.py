"""The parser of expressions in words, such as `king - man + woman = ?`.

    question = sum [ "=" [ "?" | word | '"' anything '"' ] ]
    sum      = product { ("+" | "-" | "plus" | "minus") product }
    product  = signed { ("*" | "/") signed }
    signed   = ("+" | "-") signed | atom
    atom     = number | word | '"' anything '"' | "(" sum ")"

Every sum of this grammar whose value is a vector is a weighted sum of words, and `parse` returns
it, with the guess after `=`. Where a word is expected, `plus` and `minus` are words.

A word is a run of characters without signs and spaces, or the longest word with signs or spaces in
it that is known, such as `well-known`, `c++` or `new york`. A known word of digits and signs, such
as `24/7`, is only read as one where it cannot be a number.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Literal, NamedTuple

from core.errors import ExpressionError

MAX_CHARACTERS = 1_000
MAX_NUMBER = 1e9  # with larger factors, the digits of the vectors are lost in rounding
MAX_DEPTH = 50  # of nested parentheses and signs
MAX_PIECES = 12  # parts and signs of a known word, such as 5 of mother-in-law

# Typographic signs and quotes, as in pasted text, and their equivalents in ASCII.
TYPED_AS = str.maketrans("−–—×·∙÷“”„«»", '---***/"""""')

TOKEN = re.compile(
    r"""\s*(?: (?P<number> (?:\d+\.?\d*|\.\d+) (?=[\s+\-*/()="]|$) )
             | " (?P<quoted> [^"]* ) "
             | (?P<sign> [+\-*/()=] )
             | (?P<word> [^\s+\-*/()="]+ ) )""",
    re.VERBOSE,
)

# A part of a known word: characters without signs and spaces, or one sign or space.
SIGNS = "+-*/()="
NEXT_WORD = re.compile(r"\s*[^\s+\-*/)=]")
PIECE = re.compile(r"[^\s+\-*/()=\"]+|[+\-*/()=]|\s+")

SPOKEN = {"plus": "+", "minus": "-"}

Kind = Literal["number", "word", "quoted", "sign", "end"]


@dataclass(frozen=True)
class Term:
    """One word of an expression and its factor in the sum.

    Args:
        word: the word as written.
        weight: its factor; in `a - b/2`, b has the weight -0.5.
        position: the index of its first character in the text.
    """

    word: str
    weight: float
    position: int


@dataclass(frozen=True)
class Expression:
    """A weighted sum of words.

    Args:
        text: the sum as written, without `=` and what follows.
        terms: its words in the order of the text; a word may occur twice.
        guess: the word after `=`, with the weight 1; None if there is none, or only `?`.
    """

    text: str
    terms: tuple[Term, ...]
    guess: Term | None = None


class _Token(NamedTuple):
    kind: Kind
    text: str
    position: int


@dataclass(frozen=True)
class _Value:
    """The value of a part of an expression: a number, or a weighted sum of words."""

    number: float = 0.0
    terms: tuple[Term, ...] = ()

    def times(self, factor: float) -> "_Value":
        terms = tuple(Term(t.word, t.weight * factor, t.position) for t in self.terms)
        return _Value(self.number * factor, terms)


def parse(text: str, is_known: Callable[[str], bool] = lambda _: False) -> Expression:
    """Parse an expression of the grammar of this module.

    Args:
        text: at most `MAX_CHARACTERS` characters.
        is_known: whether a text with signs or spaces, such as `well-known`, is one word.

    Raises:
        ExpressionError: the expression is not in the grammar; has the position and what to write.

    >>> [(term.word, term.weight) for term in parse("(paris - france)/2").terms]
    [('paris', 0.5), ('france', -0.5)]
    >>> parse("king minus man plus woman = queen").guess.word
    'queen'
    >>> [term.word for term in parse("well-known + x-y", {"well-known"}.__contains__).terms]
    ['well-known', 'x', 'y']
    """
    if len(text) > MAX_CHARACTERS:
        raise ExpressionError(
            text,
            MAX_CHARACTERS,
            f"The expression has {len(text):,} characters; at most {MAX_CHARACTERS:,} are allowed.",
        )
    if not text.strip():
        raise ExpressionError(text, 0, "Write words and signs: king - man + woman")
    try:
        return _parsed(text, lambda word: any(map(str.isalpha, word)) and is_known(word))
    except ExpressionError:
        with suppress(ExpressionError):
            return _parsed(text, is_known)
        raise


def _parsed(text: str, is_known: Callable[[str], bool]) -> Expression:
    reader = _Reader(text, is_known)
    value = reader.sum(depth=0)
    written, guess = reader.guess()
    reader.expect_end()
    if not value.terms:
        raise ExpressionError(
            text,
            0,
            f"The expression is only the number {value.number:g}. Add a word, as in 2*king, or put "
            'the number in quotes: "2".',
        )
    return Expression(written, value.terms, guess)


def replace_word(text: str, old: str, new: str) -> str:
    """Return an expression with one word replaced, in quotes if it needs them.

    Args:
        text: the expression.
        old: the word to replace, wherever it occurs.
        new: its replacement.

    Raises:
        ExpressionError: a quote is never closed.

    >>> replace_word("qeen - man", "qeen", "x-ray")
    '"x-ray" - man'
    """
    tokens = _Reader(text).tokens
    for before, token in reversed(list(zip([None, *tokens], tokens, strict=False))):
        is_guess = before is not None and before.kind == "sign" and before.text == "="
        if token.text == old and (token.kind in ("word", "quoted") or is_guess):
            start, end = token.position, token.position + len(old)
            is_quoted = bool(re.match(r'\s*["“”„«»]', text[end:]))
            text = text[:start] + (new if is_quoted else in_expression(new)) + text[end:]
    return text


def in_expression(word: str) -> str:
    """Return a word as it is written in an expression: in quotes if it needs them.

    >>> in_expression("king"), in_expression("x-ray"), in_expression("1984")
    ('king', '"x-ray"', '"1984"')
    """
    needs_quotes = re.search(r"[\s+\-*/()=]|^[\d.]+$", word.translate(TYPED_AS))
    return f'"{word}"' if needs_quotes else word


class _Reader:
    """A recursive-descent parser with a method for each line of the grammar."""

    def __init__(self, text: str, is_known: Callable[[str], bool] = lambda _: False) -> None:
        self.text = text
        self.is_known = is_known
        self.tokens = self._tokens()
        self.next = 0

    def _tokens(self) -> list[_Token]:
        text = self.text.translate(TYPED_AS)
        tokens: list[_Token] = []
        position = 0
        end = len(text.rstrip())
        while position < end:
            match = TOKEN.match(text, position)
            if match is None:  # only an unclosed quote matches nothing
                raise self._error(text.index('"', position), 'This quote is never closed: add a ".')
            kind = match.lastgroup or ""
            word = match[kind].strip()
            start = match.start(kind) + match[kind].find(word)
            if not word:
                raise self._error(start - 1, "There is nothing between these quotes.")
            if match.lastgroup in ("word", "number") and (known := self._known_word(text, start)):
                tokens.append(_Token("word", known, start))
                position = start + len(known)
                continue
            kinds: dict[str, Kind] = {"number": "number", "quoted": "quoted", "sign": "sign"}
            tokens.append(_Token(kinds.get(kind, "word"), word, start))
            position = match.end()
        return [*tokens, _Token("end", "", end)]

    def _known_word(self, text: str, start: int) -> str | None:
        """Return the longest known word from `start` on that has signs or spaces in it, if any.

        A sign with a space beside it belongs to no word; nor does one at the end of a word that
        another word follows: `a+b` is a sum even if there is a word `a+`.
        """
        word, longest = "", None
        for piece in islice(PIECE.finditer(text, start), MAX_PIECES):
            if piece.start() != start + len(word):
                break  # at a quote
            is_space, was_space = piece[0].isspace(), word[-1:].isspace()
            was_sign, is_sign = word[-1:] in SIGNS, piece[0] in SIGNS
            if (was_space and (is_sign or piece[0].lower() in SPOKEN)) or (was_sign and is_space):
                break
            word += piece[0]
            ends_in_sign = is_sign and NEXT_WORD.match(text, start + len(word))
            if word != piece[0] and not is_space and not ends_in_sign and self.is_known(word):
                longest = word
        return longest

    def _error(self, position: int, reason: str) -> ExpressionError:
        return ExpressionError(self.text, position, reason)

    def _peek(self, *signs: str) -> bool:
        token = self.tokens[self.next]
        return token.kind == "sign" and token.text in signs

    def _peek_operator(self, *signs: str) -> bool:
        """Return whether one of the signs comes next, as a sign or as a word for it."""
        token = self.tokens[self.next]
        spoken = token.kind == "word" and SPOKEN.get(token.text.lower()) in signs
        return spoken or self._peek(*signs)

    def _take(self) -> _Token:
        self.next += 1
        return self.tokens[self.next - 1]

    def sum(self, depth: int) -> _Value:
        return self._chain(self.product, ("+", "-"), _add, depth)

    def product(self, depth: int) -> _Value:
        return self._chain(self.signed, ("*", "/"), _multiply, depth)

    def _chain(
        self,
        part: Callable[[int], _Value],
        signs: tuple[str, str],
        combine: Callable[[_Value, str, _Value], _Value | str],
        depth: int,
    ) -> _Value:
        value = part(depth)
        while self._peek_operator(*signs):
            sign = self._take()
            symbol = SPOKEN.get(sign.text.lower(), sign.text)
            combined = combine(value, symbol, part(depth))
            if isinstance(combined, str):
                raise self._error(sign.position, combined)
            if any(
                not abs(n) <= MAX_NUMBER
                for n in (combined.number, *(t.weight for t in combined.terms))
            ):
                raise self._error(
                    sign.position, f"A number becomes larger than {MAX_NUMBER:,.0f} here."
                )
            value = combined
        return value

    def signed(self, depth: int) -> _Value:
        if depth > MAX_DEPTH:
            position = self.tokens[self.next].position
            raise self._error(
                position, f"More than {MAX_DEPTH} parentheses or signs are nested here."
            )
        if self._peek("+", "-"):
            sign = self._take().text
            return self.signed(depth + 1).times(-1 if sign == "-" else 1)
        return self.atom(depth)

    def atom(self, depth: int) -> _Value:
        token = self._take()
        if token.kind == "number":
            return _Value(number=float(token.text))
        if token.kind in ("word", "quoted"):
            return _Value(terms=(Term(token.text, 1.0, token.position),))
        if token.text == "(":
            value = self.sum(depth + 1)
            if not self._peek(")"):
                raise self._error(token.position, "This parenthesis is never closed: add a ).")
            self._take()
            return value
        if token.kind == "end":
            raise self._error(token.position, "The expression ends here, but a word should follow.")
        raise self._error(token.position, f"A word is expected here, not '{token.text}'.")

    def guess(self) -> tuple[str, Term | None]:
        """Return the text before `=`, and the word after it."""
        if not self._peek("="):
            return self.text, None
        written = self.text[: self._take().position]
        token = self.tokens[self.next]
        if token.kind not in ("word", "number", "quoted"):
            return written, None
        self._take()
        is_open = token.kind == "word" and set(token.text) == {"?"}
        return written, None if is_open else Term(token.text, 1.0, token.position)

    def expect_end(self) -> None:
        token = self.tokens[self.next]
        if token.kind == "end":
            return
        if token.text == ")":
            raise self._error(token.position, "This parenthesis was never opened.")
        before = self.tokens[self.next - 1]
        words = ("word", "quoted")
        if any(each.text == "=" and each.kind == "sign" for each in self.tokens[: self.next]):
            reason = "Only one word can follow the =. Write the sum before it: king - man = queen"
        elif before.kind in words and token.kind in words:
            reason = f"Put + or - before '{token.text}', or quotes around a word with a space."
            for text in (token.text, before.text):
                if not any(map(str.isalnum, text)):
                    reason = f"'{text}' is not allowed here; the signs are + - * / and parentheses."
        else:
            reason = f"A sign is missing before '{token.text}': one of + - * /"
        raise self._error(token.position, reason)


def _add(left: _Value, sign: str, right: _Value) -> _Value | str:
    if bool(left.terms) != bool(right.terms):
        return "A number cannot be added to a word; multiply it instead: 2*king"
    right = right.times(-1) if sign == "-" else right
    return _Value(left.number + right.number, left.terms + right.terms)


def _multiply(left: _Value, sign: str, right: _Value) -> _Value | str:
    if sign == "/" and right.terms:
        return "A word cannot be a divisor, only a number can: king/2"
    if sign == "/" and right.number == 0:
        return "Division by zero has no result. Use another number."
    if left.terms and right.terms:
        return "Two words cannot be multiplied; only a number times a word: 2*king"
    if sign == "/":
        return left.times(1 / right.number)
    return right.times(left.number) if right.terms else left.times(right.number)
