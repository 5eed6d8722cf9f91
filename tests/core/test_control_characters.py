import unicodedata

import pytest

from core.control_characters import with_codes, with_signs

# What Unicode's bidirectional algorithm calls a separator of paragraphs, an embedding, an override,
# an isolate, or the end of one.
TURNS = {"B", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def test_characters_are_replaced_that_unicode_calls_control_or_direction() -> None:
    for code in range(0x110000):
        sign = chr(code)
        controls = unicodedata.category(sign) == "Cc" or unicodedata.bidirectional(sign) in TURNS
        controls |= sign == "\N{LINE SEPARATOR}"
        expected = f"a<U+{code:04X}>b" if controls and sign not in "\t\n\r" else f"a{sign}b"
        assert with_codes(f"a{sign}b") == expected
        assert len(with_signs(sign)) == 1
        assert (with_signs(sign) == sign) == (with_codes(sign) == sign)


@pytest.mark.parametrize("text", ["👩‍👩‍👧 🏳️‍🌈", "العربية", "हिन्दी", "क्‍ष", "Z̸͑̕", "日本語"])
def test_emoji_and_scripts_stay(text: str) -> None:
    assert with_codes(text) == text
