"""Words, coordinates and colours as bytes, made once and kept for every visitor.

A payload is the length of its header (uint32), the header (JSON: id, kind, count, ...) and a body.
All numbers are little-endian.

| kind   | body                                                                            |
|--------|---------------------------------------------------------------------------------|
| words  | the byte length of each word (uint16), then the words one after another, UTF-8  |
| layout | `count` times `dimensions` float32                                              |
| colors | one uint8 a word: a place in the palette, 255 for none                          |
"""

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

NO_COLOR = 255
_LONGEST_WORD = 2**16 - 1


class PayloadCache:
    """The payloads used last, as many as fit into `budget` bytes; safe between threads."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._payloads: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return the payload of this key, made now if it is not kept."""
        with self._lock:
            if key not in self._payloads:
                self._payloads[key] = make()
            self._payloads.move_to_end(key)
            payload = self._payloads[key]
            while len(self._payloads) > 1 and sum(map(len, self._payloads.values())) > self._budget:
                self._payloads.popitem(last=False)
            return payload


def words_payload(identity: str, words: Sequence[str]) -> bytes:
    """Return the words as bytes; a word beyond 65,535 bytes is cut there."""
    encoded = [word.encode("utf-8", "replace")[:_LONGEST_WORD] for word in words]
    lengths = np.fromiter(map(len, encoded), dtype="<u2", count=len(encoded))
    body = lengths.tobytes() + b"".join(encoded)
    return _payload({"id": identity, "kind": "words", "count": len(encoded)}, body)


def layout_payload(identity: str, coordinates: NDArray[np.float32]) -> bytes:
    """Return coordinates of shape (N, 2) or (N, 3) as bytes."""
    count, dimensions = coordinates.shape
    header = {"id": identity, "kind": "layout", "count": count, "dimensions": dimensions}
    return _payload(header, np.ascontiguousarray(coordinates, dtype="<f4").tobytes())


def colors_payload(places: NDArray[np.uint8]) -> bytes:
    """Return one place in the palette for each word as bytes; their id is their content's."""
    body = places.tobytes()
    identity = "colors:" + hashlib.blake2b(body, digest_size=12).hexdigest()
    return _payload({"id": identity, "kind": "colors", "count": len(places)}, body)


def payload_id(payload: bytes) -> str:
    """Return the id in a payload's header."""
    length = int.from_bytes(payload[:4], "little")
    return str(json.loads(payload[4 : 4 + length])["id"])


def _payload(header: dict[str, object], body: bytes) -> bytes:
    text = json.dumps(header).encode()
    return len(text).to_bytes(4, "little") + text + body
