"""Where a word stands among the tokens of a text, whatever the tokenizer makes of it."""

from collections.abc import Sequence

from core.language.tokenizer import TextTokenizer, Token

_IDEOGRAPHS = (("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"), ("\uf900", "\ufaff"))


def occurrences(
    word: str, tokens: Sequence[Token], text: str, tokenizer: TextTokenizer
) -> list[slice]:
    """Return the tokens of each occurrence of a word in a text, in order.

    The characters of the tokens are compared, not their ids: at the beginning of a sentence and
    after a space many tokenizers cut the same word in two different ways.

    Args:
        word: one word, or several that stand together. Capitals make a difference if they do to
            the tokenizer.
        tokens: of the text.
        text: where a part of a longer word is no occurrence.
        tokenizer: of these tokens.
    """
    wanted = tokenizer.normalized(word)
    found: list[slice] = []
    start = 0
    while start < len(tokens):
        end = start + 1
        if _can_begin(start, tokens, text):
            begin = _first_character(tokens[start], text)
            while end < len(tokens) and (
                _cuts_a_character(end, tokens)
                or len(tokenizer.normalized(text[begin : tokens[end - 1].end])) < len(wanted)
            ):
                end += 1
            last = tokens[end - 1].end
            written = tokenizer.normalized(text[begin:last])
            if written == wanted and not _continues(text[last : last + 1]):
                found.append(slice(start, end))
                start = end
                continue
        start += 1
    return found


def _can_begin(start: int, tokens: Sequence[Token], text: str) -> bool:
    """Return whether a word begins with a token."""
    token = tokens[start]
    if token.special or not text[token.start : token.end].strip():
        return False
    begin = _first_character(token, text)
    return not (_cuts_a_character(start, tokens) or _continues(text[max(begin - 1, 0) : begin]))


def _first_character(token: Token, text: str) -> int:
    """Return where a token begins, without the spaces that some tokenizers count with it."""
    return token.end - len(text[token.start : token.end].lstrip())


def _cuts_a_character(index: int, tokens: Sequence[Token]) -> bool:
    """Return whether a token goes on with a character of which the one before has some bytes."""
    if index == 0 or tokens[index].special or tokens[index - 1].special:
        return False
    return tokens[index].start < tokens[index - 1].end


def _continues(character: str) -> bool:
    """Return whether a character beside a word belongs to it; an ideograph is a word of its own."""
    ideograph = any(first <= character <= last for first, last in _IDEOGRAPHS)
    return character.isalnum() and not ideograph
