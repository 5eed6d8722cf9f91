"""fastText's own model: the vectors of its words, each the mean of its own row and its subwords'.

The layout of the file is that of fastText 0.9 (Bojanowski et al. 2017, "Enriching Word Vectors with
Subword Information"; version 12 of the format). All integers are little-endian.
"""

import struct
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

import numba
import numpy as np
from numpy.typing import NDArray

from core.errors import FormatError
from core.formats.checked_rows import checked
from core.formats.vector_file import Choices, Loaded, VectorFile
from core.formats.word_bytes import decode_words

NAME: Final = "fastText's binary model"
MAGIC: Final = 793712314
VERSIONS: Final = (11, 12)
SUPERVISED: Final = 3  # the kind of a model that sorts texts
MAX_DIMENSIONS: Final = 10_000
MAX_WORD_BYTES: Final = 1_000
CHUNK_WORDS: Final = 50_000
HASH_START, HASH_FACTOR = 2166136261, 16777619  # of FNV-1a
ENTRY: Final = struct.Struct("<qb")  # how often a word occurred, and whether it is a label
END_OF_SENTENCE: Final = b"</s>"  # a word without subwords


@dataclass(frozen=True)
class _Header:
    """What the beginning of a model says.

    Args:
        dimensions: D.
        bucket: the number of rows for subwords.
        shortest: characters of a subword, those that mark a word's beginning and end included.
        longest: 0 for a model without subwords.
        entries: the number of words and labels.
        words: the number of words, which come first.
    """

    dimensions: int
    bucket: int
    shortest: int
    longest: int
    entries: int
    words: int


def sniff(file: VectorFile) -> bool:
    """Return whether the file begins as fastText's models do."""
    return file.head[:4] == struct.pack("<i", MAGIC)


def read(file: VectorFile, choices: Choices) -> Loaded:
    """Return the vectors of a model's words, equal to fastText's `get_word_vector`.

    Raises:
        FormatError: it is cut, compressed (`.ftz`), or of another version.
    """
    size = file.path.stat().st_size
    try:
        with file.path.open("rb") as stream:
            header = _header(file, stream)
            raw = _words(file, stream, header)
            rows = _input_rows(file, stream, header, size)
    except (struct.error, EOFError, ValueError) as error:  # of memmap, if the file shrinks
        raise _cut(file) from error
    except OSError as error:
        raise FormatError(file.name, f"the disk cannot be read: {error}.") from error
    notes = []
    if choices.limit is not None and choices.limit < len(raw):
        notes.append(f"Only the first {choices.limit:,} of {len(raw):,} words were read.")
        raw = raw[: max(choices.limit, 1)]
    decoded = decode_words(b"".join(word + b"\n" for word in raw), file.name)
    if decoded.note:
        notes.append(decoded.note)
    vectors = _word_vectors(raw, rows, header)
    return checked(file, NAME, decoded.words, vectors, notes)


def _header(file: VectorFile, stream: BinaryIO) -> _Header:
    _magic, version = _unpacked(stream, "<ii")
    if version not in VERSIONS:
        raise FormatError(
            file.name,
            f"this model of fastText has the version {version}; expected 12. Save its vectors as "
            "text (.vec).",
        )
    dimensions, *_rest, model, bucket, shortest, longest, _rate = _unpacked(stream, "<12i")
    _unpacked(stream, "<d")
    entries, words, _labels, _tokens, pruned = _unpacked(stream, "<iiiqq")
    if version == 11 and model == SUPERVISED:
        longest = 0  # as fastText reads that version
    is_whole = 0 < dimensions <= MAX_DIMENSIONS and 0 < words <= entries and bucket >= 0
    if not is_whole or shortest < 0 or longest < 0:
        raise FormatError(
            file.name,
            "it begins as fastText's models do, but its counts are impossible. It may be cut or "
            "damaged: download it again, or use the .vec file of the same model.",
        )
    if entries * (1 + ENTRY.size) > file.path.stat().st_size:
        raise _cut(file)
    if pruned >= 0:
        raise FormatError(
            file.name, "this model was pruned (.ftz). Save its vectors as text (.vec) in fastText."
        )
    return _Header(dimensions, bucket, shortest, longest, entries, words)


def _words(file: VectorFile, stream: BinaryIO, header: _Header) -> list[bytes]:
    """Return the words; labels, which come after them, are passed over."""
    words = []
    buffer = b""
    at = 0
    for number in range(header.entries):
        while (end := buffer.find(b"\0", at)) < 0 or end + 1 + ENTRY.size > len(buffer):
            if len(buffer) - at > MAX_WORD_BYTES + ENTRY.size:
                raise _cut(file)
            more = stream.read(1 << 20)
            if not more:
                raise _cut(file)
            buffer, at = buffer[at:] + more, 0
        if number < header.words:
            words.append(buffer[at:end].replace(b"\n", b" "))
        at = end + 1 + ENTRY.size
    stream.seek(at - len(buffer), 1)
    return words


def _input_rows(
    file: VectorFile, stream: BinaryIO, header: _Header, size: int
) -> NDArray[np.float32]:
    """Return the rows of words and subwords, mapped from the disk."""
    (is_compressed,) = _unpacked(stream, "<?")
    if is_compressed:
        raise FormatError(
            file.name,
            "this model is compressed (.ftz). Save its vectors as text (.vec) in fastText.",
        )
    count, dimensions = _unpacked(stream, "<qq")
    has_rows = count in (header.words + header.bucket, header.words)
    end = stream.tell() + 4 * count * dimensions
    if dimensions != header.dimensions or not has_rows or end > size:
        raise _cut(file)
    rows: NDArray[Any] = np.memmap(
        file.path, np.dtype("<f4"), "r", offset=stream.tell(), shape=(count, dimensions)
    )
    return rows


def _word_vectors(
    raw: list[bytes], rows: NDArray[np.float32], header: _Header
) -> NDArray[np.float32]:
    """Return the mean of each word's row and the rows of its subwords, (V, D) float32."""
    vectors = np.array(rows[: len(raw)])
    if not header.longest or len(rows) <= header.words:
        return vectors
    for start in range(0, len(raw), CHUNK_WORDS):
        some = [b"<" + word + b">" for word in raw[start : start + CHUNK_WORDS]]
        ends = np.cumsum([len(word) for word in some])
        letters = np.frombuffer(b"".join(some), dtype=np.int8)
        whole = np.array([word == b"<" + END_OF_SENTENCE + b">" for word in some])
        _add_subwords(
            letters, ends, whole, rows, vectors[start : start + len(some)],
            header.words, header.bucket, header.shortest, header.longest,
        )  # fmt: skip
    return vectors


@numba.njit(nogil=True, cache=True)
def _add_subwords(letters, ends, whole, rows, vectors, words, bucket, shortest, longest):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Add the rows of subwords to vectors, and divide by the number of rows.

    A subword is `shortest` to `longest` characters of UTF-8; a single character counts only inside
    a word. Its row is found by the hash FNV-1a of its bytes, which fastText takes as signed.
    """
    for word in range(len(ends)):
        if whole[word]:
            continue
        begin = ends[word - 1] if word else 0
        end = ends[word]
        count = 1
        total = vectors[word].astype(np.float64)
        for start in range(begin, end):
            if letters[start] & 0xC0 == 0x80:  # inside a character
                continue
            key = np.uint64(HASH_START)
            at, length = start, 1
            while at < end and length <= longest:
                while True:  # the bytes of one character
                    signed = np.uint64(np.uint32(letters[at]))
                    key = ((key ^ signed) * np.uint64(HASH_FACTOR)) & np.uint64(0xFFFFFFFF)
                    at += 1
                    if at == end or letters[at] & 0xC0 != 0x80:
                        break
                if length >= shortest and not (length == 1 and (start == begin or at == end)):
                    total += rows[words + np.int64(key % np.uint64(bucket))]
                    count += 1
                length += 1
        vectors[word] = total / count


def _unpacked(stream: BinaryIO, form: str) -> tuple[Any, ...]:
    return struct.unpack(form, stream.read(struct.calcsize(form)))


def _cut(file: VectorFile) -> FormatError:
    return FormatError(
        file.name,
        "it begins as fastText's models do, but it is not whole. Download it again, or use the "
        ".vec file of the same model.",
    )
