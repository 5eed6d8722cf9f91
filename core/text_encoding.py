"""The encoding of a text or of words, told from their bytes."""

import codecs
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

MAX_SAMPLE: Final = 20_000  # bytes, of which the detection takes some milliseconds
WESTERN: Final = "cp1252"  # Windows; nearly all texts in Latin-1 are in it, too
CENTRAL: Final = "cp1250"
MARKS: Final = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, with which it begins
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
ACCEPTED: Final = (
    WESTERN, CENTRAL, "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
    "cp874", "tis_620", "koi8_r", "koi8_u", "gb18030", "gbk", "gb2312", "big5", "big5hkscs",
    "cp932", "shift_jis", "shift_jis_2004", "euc_jp", "cp949", "euc_kr",
)  # fmt: skip
# Languages whose letters another code page of the Latin alphabet has.
LANGUAGES: Final = {
    CENTRAL: ("Czech", "Slovak", "Polish", "Hungarian", "Romanian", "Croatian", "Slovene"),
    "cp1254": ("Turkish",),
    "cp1257": ("Lithuanian", "Latvian", "Estonian"),
    "cp1258": ("Vietnamese",),
}
# Signs that Western texts have between letters of ASCII; a ÿ or ‚ is rather a stray byte.
USUAL: Final = re.compile(r"[À-ÖØ-öø-þŒœŠšŽžŸ‘’“”„«»‹›–—…•·€£¥§°ºª©®™¿¡´\xa0]")
SIGN_IN_WORD: Final = re.compile(r"[³¹º¾¼][^\W\d_]|[^\W\d_][³¹¿¯]")  # ł, ą, ş, ž, ľ, ż in cp1250
TURKISH: Final = frozenset("ðýþ")  # as Windows-1252 reads ğ, ı and ş, which are common in Turkish
ICELANDIC: Final = frozenset("áéíóúæ")  # beside them in Icelandic, but not in Turkish
# The encodings that were used most, from which one is taken if several are as likely.
MOST_USED: Final = (
    *(WESTERN, "cp1251", "koi8_r", CENTRAL, "iso8859_2", "cp1253", "cp1254", "cp1257"),
    *("cp932", "cp949", "big5", "gb18030"),
    *("cp852", "cp850", "cp437", "mac_roman"),
)
MAX_ODD: Final = 0.2  # share of odd letters in the likely encoding of words
ORDINALS: Final = "ªº"  # letters for Unicode, but seldom in words
MIXED: Final = re.compile("[\uac00-\ud7a3][\u4e00-\u9fff]|[\u4e00-\u9fff][\uac00-\ud7a3]")
NAMES: Final = {WESTERN: "Windows-1252 (cp1252)", CENTRAL: "Windows-1250 (cp1250)"}


def mark_of(data: bytes) -> str | None:
    """Return the encoding that a byte order mark at the beginning names, or None.

    >>> mark_of("king".encode("utf-16"))
    'utf-16'
    """
    return next((encoding for mark, encoding in MARKS.items() if data.startswith(mark)), None)


def utf_16_without_mark(sample: bytes) -> str | None:
    """Return which UTF-16 a text with zero bytes is in, or None if it is not text.

    >>> utf_16_without_mark("the king".encode("utf-16-be"))
    'utf-16-be'
    """
    sample = sample[: MAX_SAMPLE // 2 * 2]
    for encoding in ("utf-16-le", "utf-16-be"):
        text = codecs.getincrementaldecoder(encoding)("replace").decode(sample)
        usual = sum(each.isalnum() or each.isspace() or each in ".,;:!?'\"-()" for each in text)
        gaps = sum(each in " \t\n" for each in text)
        strange = text.count("\0") + text.count("\ufffd")
        if text and not strange and usual >= 0.8 * len(text) and gaps >= 0.01 * len(text):
            return encoding
    return None


def encoding_of(sample: bytes) -> str | None:
    """Return the likely encoding of a text that is not UTF-8, or None if it is in none.

    Args:
        sample: of the text, from one with letters beyond ASCII; cut between any two bytes.

    >>> encoding_of("Mann Frau König Königin".encode("latin-1"))
    'cp1252'
    """
    from charset_normalizer import from_bytes  # takes 60 ms, and most texts are UTF-8

    sample = sample[:MAX_SAMPLE]
    matches = {match.encoding: match for match in from_bytes(sample)}
    best = next(iter(matches), "")
    letters = sum(byte < 0x80 and chr(byte).isalpha() for byte in sample)
    is_latin = letters >= 2 * sum(byte >= 0x80 for byte in sample)
    if not is_latin and best not in (WESTERN, *LANGUAGES):
        return best if best in ACCEPTED else None
    western = sample.decode(WESTERN, "replace")
    if SIGN_IN_WORD.search(western):
        return CENTRAL
    if len(TURKISH.intersection(western)) > 1 and not ICELANDIC.intersection(western):
        return "cp1254"
    usual = matches[WESTERN].coherence if WESTERN in matches else 0.0
    for encoding, languages in LANGUAGES.items():
        match = matches.get(encoding)
        if match is not None and match.language in languages and match.coherence > usual:
            return encoding
    strange = [each for each in western if not each.isascii()]
    is_usual = sum(USUAL.match(each) is not None for each in strange) >= 0.9 * len(strange)
    return WESTERN if is_usual else None


def encodings_of(words: bytes) -> Iterator[str]:
    """Yield encodings of words, the most likely first; the last one can decode everything.

    Args:
        words: those that are not ASCII, parted by line breaks.

    >>> next(encodings_of("książę\\nżagiel\\nmorze\\nłódź".encode("cp1250")))
    'cp1250'
    """
    from charset_normalizer import from_bytes

    sample = words[:MAX_SAMPLE]
    likely = encoding_of(sample)
    if likely is not None and _oddness(sample, likely) <= MAX_ODD:
        yield likely
    guesses = [
        (encoding, guess.coherence)
        for guess in from_bytes(sample)
        for encoding in guess.could_be_from_charset
    ]
    best = max((coherence for _, coherence in guesses), default=0)
    near = [encoding for encoding, coherence in guesses if coherence >= best - 0.15]
    rank = {encoding: rank for rank, encoding in enumerate(MOST_USED)}
    near.sort(key=lambda each: (round(_oddness(sample, each), 1), rank.get(each, len(rank))))
    yield from near
    yield from (encoding for encoding, _ in guesses if encoding not in near)
    yield "latin-1"


def _oddness(sample: bytes, encoding: str) -> float:
    """Return the share of letters that seldom occur in words where they stand, from 0 to 1."""
    text = sample.decode(encoding, "replace")
    odd = sum(
        not char.isascii()
        and (
            unicodedata.category(char)[0] not in "LM"
            or char in ORDINALS
            or (char.isupper() and before.islower())
        )
        for before, char in zip(f" {text}", text, strict=False)
    )
    return (odd + 2 * len(MIXED.findall(text))) / max(1, sum(not c.isascii() for c in text))


def named(encoding: str) -> str:
    """Return the name of an encoding for people.

    >>> named("cp1252"), named("utf-16-le")
    ('Windows-1252 (cp1252)', 'UTF-16-LE')
    """
    return NAMES.get(encoding, encoding.upper().replace("_", "-"))


def is_web_page(start: bytes) -> bool:
    """Return whether a file begins as a web page or an XML message of a server.

    >>> is_web_page(b"<!DOCTYPE html>"), is_web_page(b"<unk> 0.1 0.2")
    (True, False)
    """
    head = start.removeprefix(codecs.BOM_UTF8).lstrip()[:100].lower()
    return head.startswith((b"<!doctype", b"<?xml", b"<html", b"<error"))
