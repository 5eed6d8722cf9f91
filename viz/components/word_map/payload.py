"""Words, coordinates and colours as bytes, made once and kept for every visitor.

A payload is the length of its header (uint32), the header (JSON: id, kind, count, ...) and a body.
All numbers are little-endian. It travels as a gzip file.

| kind   | body                                                                             |
|--------|----------------------------------------------------------------------------------|
| words  | the byte length of each word (uint16), then the words one after another, UTF-8   |
| layout | `count` times `dimensions` float32                                               |
| groups | places in the palette (uint8), 255 for none; or, if shorter, as `runs` of equal  |
|        | ones: uint32 lengths, then uint8 places                                          |
| values | one float32 a word, NaN for none; the header has the ends of the scale           |
"""

import gzip
import hashlib
import json
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

NO_COLOR = 255
_LONGEST_WORD = 2**16 - 1


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


def groups_payload(places: NDArray[np.uint8]) -> bytes:
    """Return one place in the palette for each word as bytes; their id is their content's."""
    starts = np.flatnonzero(np.diff(places, prepend=places[:1] ^ 1))
    if len(starts) * 5 >= len(places):
        return _named_by_content("groups", {"count": len(places), "runs": 0}, places.tobytes())
    lengths = np.diff(starts, append=len(places)).astype("<u4")
    body = lengths.tobytes() + places[starts].tobytes()
    return _named_by_content("groups", {"count": len(places), "runs": len(starts)}, body)


def values_payload(values: NDArray[np.float32], scale: Mapping[str, object]) -> bytes:
    """Return one number for each word as bytes, and the ends of its scale; named by content."""
    body = np.ascontiguousarray(values, dtype="<f4").tobytes()
    return _named_by_content("values", {"count": len(values), **scale}, body)


def packed(payload: bytes, level: int) -> bytes:
    """Return a payload as a gzip file, from level 0 (as it is) to 9 (as small as can be).

    Packed files are sent as they are, while the server would pack others anew for each visitor.
    Words get much smaller; coordinates hardly do.
    """
    return gzip.compress(payload, level, mtime=0)


def payload_id(payload: bytes) -> str:
    """Return the id in a payload's header."""
    length = int.from_bytes(payload[:4], "little")
    return str(json.loads(payload[4 : 4 + length])["id"])


def _named_by_content(kind: str, header: Mapping[str, object], body: bytes) -> bytes:
    digest = hashlib.blake2b(json.dumps(header).encode() + body, digest_size=12).hexdigest()
    return _payload({"id": f"{kind}:{digest}", "kind": kind, **header}, body)


def _payload(header: Mapping[str, object], body: bytes) -> bytes:
    text = json.dumps(header).encode()
    return len(text).to_bytes(4, "little") + text + body
