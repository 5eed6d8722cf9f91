"""Encodings are told from the bytes of a text."""

import random

import pytest

from core.text_encoding import encoding_of, is_web_page, mark_of, utf_16_without_mark

TEXTS = {
    "cp1252": (
        "Der Müller ging früh über die Brücke; später aß er Äpfel. ",
        "Señora, ¿dónde está el niño? Mañana será otro día. ",
        "L’élève “naïf” reçut une pièce — c’était l’été. ",
        "A manhã é fria; as crianças não vão à praça. ",
        "Það var morgunn og maðurinn fór þá út að ánni, því sólin skein. ",
        "Pojken åt ägg på ön, och flickan drack öl. ",
    ),
    "cp1250": (
        "Źdźbło trawy i żółty kwiat rosną nad rzeką. ",
        "Příliš žluťoučký kůň běží přes náměstí a hlídá děti. ",
    ),
    "cp1251": ("Мельник встал рано и пошёл к реке. ",),
    "cp1253": ("Ο μυλωνάς ξύπνησε νωρίς και πήγε στο ποτάμι. ",),
    "cp1254": ("Değirmenci sabah erken kalktı, şehre gitti ve ağaçları gördü. ",),
    "gb18030": ("磨坊主起得很早，他走到河边看水。", ),
    "cp932": ("粉屋は朝早く起きて、川へ行きました。水車がゆっくりと回っています。",),
}  # fmt: skip


@pytest.mark.parametrize(
    ("encoding", "text"), [(name, text) for name, texts in TEXTS.items() for text in texts]
)
def test_an_older_encoding_is_told(encoding: str, text: str) -> None:
    data = (text * 20).encode(encoding)
    assert data.decode(encoding_of(data) or "ascii", "replace") == text * 20


def test_stray_bytes_are_no_encoding() -> None:
    assert encoding_of(b"the k\xffing and \xe2\x82") is None
    assert encoding_of(b"\xff\xd8\xff\xe0\x10JFIF") is None


@pytest.mark.parametrize("text", ["The king.\n", "粉屋は 朝早く。\n" * 9, "Мельник и река\n"])
def test_utf_16_without_a_mark(text: str) -> None:
    assert utf_16_without_mark(text.encode("utf-16-le")) == "utf-16-le"
    assert utf_16_without_mark(text.encode("utf-16-be")) == "utf-16-be"
    assert mark_of(text.encode("utf-16")) == "utf-16"


def test_what_is_no_text() -> None:
    dice = random.Random(0)
    for data in (bytes(99), bytes(range(256)), b"\x89PNG\0\0\0", dice.randbytes(4_000)):
        assert utf_16_without_mark(data) is None


def test_web_pages() -> None:
    assert is_web_page(b"\n<HTML lang='en'>")
    assert not is_web_page(b"<s> 0.1 0.2\n</s> 0.3 0.4")
