"""Text cut into tokens by a model's own tokenizer.

The Rust library `tokenizers` does the work; it reads `tokenizer.json` at once, without the seconds
that importing a whole model library takes.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from weakref import WeakValueDictionary

from tokenizers import Tokenizer

from core.errors import ModelError

SPACE = "␣"
METASPACE = "▁"  # SentencePiece's sign for a space
SIGNS = {" ": SPACE, "\n": "↵", "\r": "↵", "\t": "⇥"}  # what cannot be seen
MAX_CHARACTERS = 20_000  # of a text that is cut; what is longer falls off


@dataclass(frozen=True)
class Token:
    """A piece of a text.

    Args:
        id: its row in the embedding matrix.
        text: the token for people: spaces and line breaks as signs, parts of a character as
            bytes in hexadecimal.
        start: the first of its characters in the text.
        end: the character after its last one; `start` for tokens that were put in.
        special: whether it was put in by the model's rules, such as `[CLS]`.
        known: whether it stands for its characters, and not for whatever is unknown.
    """

    id: int
    text: str
    start: int
    end: int
    special: bool = False
    known: bool = True


def first_tokens(tokens: tuple[Token, ...], most: int) -> tuple[Token, ...]:
    """Return at most so many tokens of a text: the first ones, and a special one at the end."""
    if len(tokens) <= most:
        return tokens
    end = tokens[-1:] if tokens[-1].special else ()
    return (*tokens[: most - len(end)], *end)


class TextTokenizer:
    """A tokenizer that takes everything typed as text, names of special tokens included.

    Args:
        path: its `tokenizer.json`.

    Raises:
        ModelError: the file is not there or is no tokenizer.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._tokenizer: Tokenizer = Tokenizer.from_file(str(path))
        except Exception as error:  # the library raises nothing narrower
            raise ModelError(
                f"{path} cannot be read as a tokenizer ({error}). Expected the tokenizer.json of a "
                "Hugging Face model."
            ) from error
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._tokenizer.encode_special_tokens = True  # "[SEP]" in a text is five characters
        self._special = {
            number: token.content
            for number, token in self._tokenizer.get_added_tokens_decoder().items()
            if token.special
        }
        named = getattr(self._tokenizer.model, "unk_token", None) or "<unk>"
        self._unknown = self._tokenizer.token_to_id(named)

    def __len__(self) -> int:
        return int(self._tokenizer.get_vocab_size())

    def tokens(self, text: str, *, special: bool = False) -> tuple[Token, ...]:
        """Return the tokens of a text, in order.

        Args:
            text: any text; of more than `MAX_CHARACTERS` the first are taken.
            special: whether the model's own tokens at the beginning and end are put in.
        """
        found = self._tokenizer.encode(_valid(text), add_special_tokens=special)
        return tuple(
            Token(
                number,
                self.name(number),
                start,
                end,
                special=bool(put_in),
                known=number != self._unknown,
            )
            for number, (start, end), put_in in zip(
                found.ids, found.offsets, found.special_tokens_mask, strict=True
            )
        )

    def ids(self, text: str, *, special: bool = False) -> list[int]:
        """Return the ids of the tokens of a text; the arguments are those of `tokens`."""
        return [token.id for token in self.tokens(text, special=special)]

    def ids_of_each(self, texts: Sequence[str], *, special: bool = False) -> list[list[int]]:
        """Return what `ids` returns for each of many texts, which are cut on all processors."""
        valid = [_valid(text) for text in texts]
        found = self._tokenizer.encode_batch_fast(valid, add_special_tokens=special)
        return [each.ids for each in found]

    def text(self, ids: Sequence[int]) -> str:
        """Return the text that tokens stand for, special ones left out."""
        return str(self._tokenizer.decode(list(ids), skip_special_tokens=True))

    def normalized(self, text: str) -> str:
        """Return a text as the tokenizer compares words: in small letters, for some models."""
        normalizer = self._tokenizer.normalizer
        changed = normalizer.normalize_str(text) if normalizer is not None else text
        return " ".join(changed.replace(METASPACE, " ").split())

    def name(self, number: int) -> str:
        """Return a token for people; every token of a tokenizer has another name."""
        return self.names[number]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All tokens for people, by id."""
        pieces = self._tokenizer.get_vocab(with_added_tokens=True)
        by_id = {number: piece for piece, number in pieces.items()}
        byte_level = "ByteLevel" in str(self._tokenizer.decoder)
        return names_of_tokens(by_id, self._special, byte_level=byte_level)


def names_of_tokens(
    by_id: Mapping[int, str], special: Collection[int], *, byte_level: bool
) -> tuple[str, ...]:
    """Return all tokens of a vocabulary for people, by id; an id without one has its number.

    Args:
        by_id: the tokens as the tokenizer spells them.
        special: the ids of those that stand for themselves.
        byte_level: whether the others are spelled in signs for bytes.
    """
    names: list[str] = []
    seen: set[str] = set()
    for number in range(max(by_id) + 1):
        piece = by_id.get(number, "")
        plain = not byte_level or number in special
        name = (piece if plain else _readable(piece)) or f"#{number}"
        if name in seen:
            name = f"{name} #{number}"
        seen.add(name)
        names.append(name)
    return tuple(names)


def _valid(text: str) -> str:
    """Return the first characters of a text, with `?` for what UTF-8 cannot encode."""
    return text[:MAX_CHARACTERS].encode("utf-8", "replace").decode("utf-8")


_in_use: WeakValueDictionary[tuple[Path, int], TextTokenizer] = WeakValueDictionary()


def open_tokenizer(path: Path) -> TextTokenizer:
    """Return the tokenizer in a `tokenizer.json`; all who use it at the same time share it.

    Raises:
        ModelError: as for `TextTokenizer`.
    """
    key = path, path.stat().st_mtime_ns if path.exists() else 0
    tokenizer = _in_use.get(key)
    if tokenizer is None:
        tokenizer = _in_use[key] = TextTokenizer(path)
    return tokenizer


def _byte_of_sign() -> dict[str, int]:
    """Return the byte that each sign of a byte-level vocabulary stands for.

    Bytes that are visible characters stand for themselves, the others for the signs from 256 on
    (Radford et al. 2019, Language Models are Unsupervised Multitask Learners).
    """
    visible = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [byte for byte in range(256) if byte not in visible]
    return {chr(byte): byte for byte in visible} | {
        chr(256 + index): byte for index, byte in enumerate(hidden)
    }


_BYTE_OF_SIGN = _byte_of_sign()


def _readable(piece: str) -> str:
    """Return a token of a byte-level vocabulary for people.

    >>> _readable("ĠParis"), _readable("Ċ"), _readable("ðŁ")
    ('␣Paris', '↵', '<F0 9F>')
    """
    raw = bytes(_BYTE_OF_SIGN.get(sign, ord("?")) for sign in piece)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return f"<{raw.hex(' ').upper()}>"
    return visible(text)


def visible(text: str) -> str:
    """Return a text in which what cannot be seen is a sign.

    >>> visible("a b\\x00")
    'a␣b<U+0000>'
    """
    return "".join(
        SIGNS.get(sign, sign if sign.isprintable() else f"<U+{ord(sign):04X}>") for sign in text
    )
