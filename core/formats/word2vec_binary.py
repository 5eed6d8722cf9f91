"""The binary format of word2vec: a line with V and D, then for each word its float32 numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numba
import numpy as np
from numpy.typing import NDArray

from core.embeddings import Embeddings
from core.errors import FormatError, InputError
from core.formats.checked_rows import checked, shown
from core.formats.text_shape import shape_of
from core.formats.vector_file import Choices, Loaded, VectorFile
from core.formats.word_bytes import decode_words

NAME = "word2vec's binary format"
CHUNK_BYTES = 8_000_000
MAX_WORD_BYTES = 10_000
MAX_DIMENSIONS = 1_000_000
MAX_HEADING_BYTES = 50
NUMBER = np.dtype("<f4")
LINE_BREAK, SPACE = b"\n "
Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class _Heading:
    """V, D, and the bytes of the line with them."""

    count: int
    dimensions: int
    size: int


def write(file: BinaryIO, embeddings: Embeddings) -> None:
    """Write vectors as word2vec does, with a line break after each.

    Args:
        file: opened for writing bytes.
        embeddings: the vectors.

    Raises:
        InputError: a word has a space or a line break, which this format cannot hold.
    """
    file.write(f"{len(embeddings)} {embeddings.dimensions}\n".encode())
    for word, row in zip(embeddings.words, embeddings.vectors, strict=True):
        if " " in word or "\n" in word:
            raise InputError(
                f"The word {shown(word)} has a space or a line break, which {NAME} cannot hold. "
                "Save the vectors as safetensors."
            )
        file.write(word.encode("utf-8", "replace") + b" " + row.astype(NUMBER).tobytes() + b"\n")


def sniff(file: VectorFile) -> bool:
    """Return whether a heading with two counts is followed by something else than text."""
    head = file.head
    heading = _heading(head)
    if heading is None or not heading.dimensions:
        return False
    body = head[heading.size :]
    word, space, numbers = body.partition(b" ")
    if not space or len(word) > MAX_WORD_BYTES:
        return False
    some = numbers[: 4 * heading.dimensions]
    if shape_of(body.split(b"\n")[:3]).dimensions:
        return False
    return any(byte < 9 or 13 < byte < 32 or byte > 126 for byte in some)


def read(file: VectorFile, choices: Choices) -> Loaded:
    """Return the vectors in a file, with or without a line break after each of them.

    Raises:
        FormatError: the heading announces more or less than there is, or the file is cut.
    """
    heading = _heading(file.head)
    if heading is None:
        raise FormatError(file.name, "the first line has no counts of words and numbers.")
    try:
        return _read(file, heading, choices)
    except OSError as error:
        raise FormatError(file.name, f"the disk cannot be read: {error}.") from error


def _read(file: VectorFile, heading: _Heading, choices: Choices) -> Loaded:
    size = file.path.stat().st_size
    row_bytes = NUMBER.itemsize * heading.dimensions
    least = heading.size + heading.count * (row_bytes + 1)
    if size < least or not heading.count or not heading.dimensions:
        raise FormatError(
            file.name,
            f"the heading announces {heading.count:,} words with {heading.dimensions:,} numbers "
            f"each, which are {least:,} bytes at least, but the file ends here. It is cut, or its "
            "heading is wrong: download or save it again.",
            f"byte {size:,}",
        )
    count = heading.count if choices.limit is None else min(heading.count, max(choices.limit, 1))
    vectors = np.empty((count, heading.dimensions), dtype=np.float32)
    words = bytearray()
    done = 0
    at = heading.size  # the byte at which the next row begins
    rest = b""
    for chunk in _chunks(file, heading.size):
        data = rest + chunk
        array = np.frombuffer(data, dtype=np.uint8)
        names = np.empty(len(data) + 1, dtype=np.uint8)
        rows, used, named = _split_rows(array, vectors.view(np.uint8)[done:], names, row_bytes)
        words += names[:named].tobytes()
        done += rows
        at += used
        rest = data[used:]
        if done == count:
            break
        if len(rest) > MAX_WORD_BYTES + row_bytes + 2:
            raise FormatError(
                file.name,
                f"there is no word here, but {len(rest):,} bytes without a space. The number of "
                "words or numbers in the first line is wrong, or the file is damaged.",
                f"byte {at:,}",
            )
    if done < count:
        raise FormatError(
            file.name,
            f"the file ends in word {done + 1:,} of the {heading.count:,} that its first line "
            "announces. It is cut, or the line is wrong: download or save it again.",
            f"byte {size:,}",
        )
    if count == heading.count and (at < size - 1 or rest.strip()):
        raise FormatError(
            file.name,
            f"after the {heading.count:,} words that the first line announces there are "
            f"{size - at:,} further bytes. The line is wrong, or the file is damaged.",
            f"byte {at:,}",
        )
    if np.dtype(np.float32) != NUMBER:  # on a computer with the other order of bytes
        vectors.byteswap(inplace=True)
    decoded = decode_words(bytes(words), file.name)
    notes = [decoded.note] if decoded.note else []
    if count < heading.count:
        notes.append(f"Only the first {count:,} of {heading.count:,} words were read.")
    return checked(file, NAME, decoded.words, vectors, notes, unit="word")


def _heading(head: bytes) -> _Heading | None:
    line, end, _ = head[:MAX_HEADING_BYTES].partition(b"\n")
    parts = line.split()
    if not end or len(parts) != 2 or not all(part.isdigit() for part in parts):
        return None
    count, dimensions = map(int, parts)
    if dimensions > MAX_DIMENSIONS:
        return None
    return _Heading(count, dimensions, len(line) + 1)


def _chunks(file: VectorFile, start: int) -> Iterator[bytes]:
    with file.path.open("rb") as opened:
        opened.seek(start)
        while part := opened.read(CHUNK_BYTES):
            yield part


@numba.njit(nogil=True, cache=True)
def _split_rows(data: Bytes, vectors: Bytes, words: Bytes, row_bytes: int) -> tuple[int, int, int]:
    """Take the rows that are whole.

    Args:
        data: bytes from the beginning of a row.
        vectors: (rows, row_bytes); receives the bytes of the numbers.
        words: receives the words, each ended by a line break; those in a word are left out.
        row_bytes: the size of a vector.

    Returns:
        The numbers of rows, of bytes of data, and of bytes of words.
    """
    rows = used = filled = 0
    while rows < len(vectors):
        at = used
        before = filled
        while at < len(data) and data[at] != SPACE:
            if data[at] != LINE_BREAK:
                words[filled] = data[at]
                filled += 1
            at += 1
        if at + 1 + row_bytes > len(data) or at - used > MAX_WORD_BYTES:
            return rows, used, before
        for index in range(row_bytes):
            vectors[rows, index] = data[at + 1 + index]
        words[filled] = LINE_BREAK
        filled += 1
        rows += 1
        used = at + 1 + row_bytes
    return rows, used, filled
