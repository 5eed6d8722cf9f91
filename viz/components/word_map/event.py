"""The events of a word map, validated."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

MAX_SENT: Final = 20_000  # selected words whose indices the browser sends


@dataclass(frozen=True)
class WordMapEvent:
    """The clicked and the selected words.

    Args:
        picked: index of the clicked word, in the run that the click caused; else None.
        selected: indices of the words inside the box or lasso, ascending, at most 20,000; they are
            kept until another selection or Escape.
        selected_count: number of selected words, which may be larger.
    """

    picked: int | None = None
    selected: Sequence[int] = ()
    selected_count: int = 0


def read_pick(message: object, words_id: str, count: int) -> int | None:
    """Return the index of a clicked word, or None if the message is not about these words."""
    if not isinstance(message, Mapping) or message.get("words") != words_id:
        return None
    index = message.get("index")
    return index if type(index) is int and 0 <= index < count else None


def read_event(result: Mapping[str, object], words_id: str, count: int) -> WordMapEvent:
    """Return the event in a component's result; messages that do not fit these words are ignored.

    Args:
        result: the values `picked` and `selection` that the browser sent.
        words_id: id of the words that the map shows now.
        count: number of these words.
    """
    picked = read_pick(result.get("picked"), words_id, count)
    selection = result.get("selection")
    if not isinstance(selection, Mapping) or selection.get("words") != words_id:
        return WordMapEvent(picked)
    indices = unpack(selection.get("indices"))
    total = selection.get("count")
    if not isinstance(total, int) or not len(indices) <= total <= count:
        return WordMapEvent(picked)
    if indices and indices[-1] >= count:
        return WordMapEvent(picked)
    return WordMapEvent(picked, indices, total)


def pack(indices: Sequence[int]) -> str:
    """Return ascending indices as the text that `unpack` reads.

    >>> pack([5, 6, 306])
    'BQGsAg=='
    """
    packed, last = bytearray(), 0
    for index in indices:
        step, last = index - last, index
        while step > 127:
            packed.append(step & 127 | 128)
            step >>= 7
        packed.append(step)
    return base64.b64encode(packed).decode()


def unpack(text: object) -> tuple[int, ...]:
    """Return ascending indices from base64 of their differences, seven bits per byte, low first.

    >>> unpack("BQGsAg==")  # 5, then 1 more, then 300 more
    (5, 6, 306)
    """
    if not isinstance(text, str):
        return ()
    try:
        packed = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return ()
    indices = []
    index = step = shift = 0
    for byte in packed:
        step |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            index += step
            indices.append(index)
            step = shift = 0
    return tuple(indices)
