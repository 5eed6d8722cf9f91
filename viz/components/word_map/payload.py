"""Words, coordinates and colours as bytes, encoded once for all visitors.

A payload consists of the length of its header (uint32), the header (JSON: id, kind, count, ...) and
a body. All numbers are little-endian. It is sent as a gzip file.

| kind   | body                                                                             |
|--------|----------------------------------------------------------------------------------|
| words  | the byte length of each word (uint16), then the words one after another, UTF-8   |
| layout | `count` times `dimensions` float32                                               |
| groups | palette indices (uint8), 255 for none; or, if shorter, as `runs` of equal ones:  |
|        | uint32 lengths, then uint8 indices                                               |
| values | one float32 per word, NaN for none; the header has the ends of the scale         |
| regions| the finest region of each word (uint16); the header has the regions of each level |
"""

import gzip
import hashlib
import json
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

NO_COLOR = 255
_MAX_WORD_BYTES = 2**16 - 1


def words_payload(identity: str, words: Sequence[str]) -> bytes:
    """Return the words as bytes; words are truncated after 65,535 bytes."""
    encoded = [word.encode("utf-8", "replace")[:_MAX_WORD_BYTES] for word in words]
    lengths = np.fromiter(map(len, encoded), dtype="<u2", count=len(encoded))
    body = lengths.tobytes() + b"".join(encoded)
    return _payload({"id": identity, "kind": "words", "count": len(encoded)}, body)


def layout_payload(identity: str, coordinates: NDArray[np.float32]) -> bytes:
    """Return coordinates of shape (N, 2) or (N, 3) as bytes."""
    count, dimensions = coordinates.shape
    header = {"id": identity, "kind": "layout", "count": count, "dimensions": dimensions}
    return _payload(header, np.ascontiguousarray(coordinates, dtype="<f4").tobytes())


def groups_payload(indices: NDArray[np.uint8]) -> bytes:
    """Return the palette index of each word as bytes; the id is made from the content."""
    starts = np.flatnonzero(np.diff(indices, prepend=indices[:1] ^ 1))
    if len(starts) * 5 >= len(indices):
        return _named_by_content("groups", {"count": len(indices), "runs": 0}, indices.tobytes())
    lengths = np.diff(starts, append=len(indices)).astype("<u4")
    body = lengths.tobytes() + indices[starts].tobytes()
    return _named_by_content("groups", {"count": len(indices), "runs": len(starts)}, body)


def values_payload(values: NDArray[np.float32], scale: Mapping[str, object]) -> bytes:
    """Return a number for each word as bytes, and its scale; the id is made from the content."""
    body = np.ascontiguousarray(values, dtype="<f4").tobytes()
    return _named_by_content("values", {"count": len(values), **scale}, body)


def regions_payload(
    identity: str, levels: Sequence[Mapping[str, object]], labels: NDArray[np.int32]
) -> bytes:
    """Return the region of each word at the finest level as bytes; the header describes all."""
    header = {"id": identity, "kind": "regions", "count": len(labels), "levels": list(levels)}
    return _payload(header, labels.astype("<u2").tobytes())


def packed(payload: bytes, level: int) -> bytes:
    """Return a payload as a gzip file, from level 0 (not compressed) to 9 (smallest).

    Streamlit sends gzip files unchanged, but compresses other files again for each visitor.
    Compression makes words much smaller, but hardly coordinates.
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
