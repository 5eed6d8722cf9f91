"""Word vectors as text, as GloVe, word2vec and fastText write them: a line for each word.

The first line may have the counts of words and numbers. Between the numbers are spaces or tabs.
"""

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple, NoReturn

import numba
import numpy as np
from numpy.typing import NDArray

from core.embeddings import Embeddings, Matrix, Vector
from core.errors import FormatError, InputError
from core.formats.archives import is_archive
from core.formats.checked_rows import EXAMPLES, checked, examples, shown
from core.formats.text_lines import counted
from core.formats.vector_file import HEAD_BYTES, Choices, Loaded, VectorFile
from core.formats.word_bytes import decode_words

NAME = "text with a word and its numbers on each line"
CHUNK_BYTES = 8_000_000
MAX_LINE_BYTES = 64_000_000
SAMPLE_LINES = 1_000  # that tell how many numbers a line has
SAMPLE_BYTES = 2_000_000
MAX_FAULTY = 0.1  # of the lines; more, and the file is refused
MANY_FAULTY = 1_000  # after that many it is not read to its end to find out
LOWEST, HIGHEST = -70, 60  # powers of ten that are computed without float()
POWERS = np.array([float(f"1e{power}") for power in range(max(-LOWEST, HIGHEST) + 1)])
BOMS = (  # the longer ones first: one begins like another
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
)
LINE_BREAK, TAB, RETURN, SPACE, PLUS, MINUS, POINT, ZERO, NINE, LETTER_E = b"\n\t\r +-.09e"
LOWER = 32  # the bit that makes a letter small
MAX_EXPONENT_DIGITS = 6
MAX_DIGITS = np.uint64(10**18)  # so that one more fits into 64 bits
UNCERTAINTY = 2.0**-50  # relative; three roundings and the digits left out make up less than 2**-51
Bytes = NDArray[np.uint8]


def vectors_as_text(embeddings: Embeddings) -> bytes:
    """Return vectors in the format that word2vec writes and gensim's `load_word2vec_format` reads.

    The first line has V and D; each of the others has a word and its D numbers.

    Raises:
        InputError: a word has a line break.

    >>> print(vectors_as_text(Embeddings("toy", ["king"], np.eye(1, 2, dtype=np.float32))).decode())
    1 2
    king 1 0
    <BLANKLINE>
    """
    buffer = io.BytesIO()
    buffer.writelines(text_lines(embeddings))
    return buffer.getvalue()


def text_lines(embeddings: Embeddings) -> Iterator[bytes]:
    """Yield the lines of `vectors_as_text`."""
    yield f"{len(embeddings)} {embeddings.dimensions}\n".encode()
    for word, row in zip(embeddings.words, embeddings.vectors, strict=True):
        if "\n" in word:
            raise InputError(
                f"The word {shown(word)} has a line break, which a text file cannot hold. Save the "
                "vectors as safetensors."
            )
        # Nine digits are enough to restore each float32 exactly.
        numbers = " ".join(f"{number:.9g}" for number in row.tolist())
        yield f"{word} {numbers}\n".encode("utf-8", "replace")


@dataclass(frozen=True)
class Shape:
    """What the first lines of a file tell.

    Args:
        dimensions: the number of numbers on most lines; 0 if they have none.
        heading: V and D if the first line has them.
        agreeing: the share of the other lines with that number of numbers.
        has_words: whether there are words, and not only numbers.
        has_columns: whether most words are several columns, parted by tabs.
        decimals: the digits after the point of all numbers; None if they differ.
    """

    dimensions: int
    heading: tuple[int, int] | None
    agreeing: float
    has_words: bool
    has_columns: bool
    decimals: int | None


def sniff(file: VectorFile) -> bool:
    """Return whether most of the first lines are a word and the same number of numbers."""
    if is_archive(file):
        return False
    try:
        lines = _sample(file, HEAD_BYTES)
        shape = shape_of(lines)
        # One number after each word is a list of counts or of ratings, unless a heading says else.
        enough = shape.dimensions > 1 or (shape.heading is not None and shape.heading[1] == 1)
        return enough and shape.agreeing >= 0.5 and shape.has_words and not shape.has_columns
    except OSError:
        return False


def read(file: VectorFile, choices: Choices) -> Loaded:
    """Return the vectors in a file of lines of text.

    The words may have spaces; their encoding is guessed if it is not UTF-8. Lines that cannot be
    read are left out and named in the notes, and so are words that came before.

    Raises:
        FormatError: more than a tenth of the lines cannot be read.
    """
    try:
        shape = shape_of(_sample(file, SAMPLE_BYTES))
        if not shape.dimensions:
            raise FormatError(file.name, "no line has a word and numbers after it.")
        rows = _Rows(file, shape, choices.limit and max(choices.limit, 1))
        for chunk in _chunks(file, CHUNK_BYTES):
            rows.add(chunk)
            if rows.is_full:
                break
    except OSError as error:
        raise FormatError(file.name, f"the disk cannot be read: {error}.") from error
    return rows.loaded()


def shape_of(lines: Sequence[bytes]) -> Shape:
    """Return what lines tell about their file.

    >>> shape_of([b"2 3", b"new york 1 2 3", b"2 4 5 6"])
    Shape(dimensions=3, heading=(2, 3), agreeing=1.0, has_words=True, has_columns=False, decimals=0)
    """
    lines = [line for line in lines if line.strip()]
    first = lines[0].split() if lines else []
    heading = None
    if len(first) == 2 and all(part.isdigit() and len(part) < 20 for part in first):
        heading = (int(first[0]), int(first[1]))
    rows = [line.split() for line in lines[1 if heading else 0 :]]
    votes = [numbers_at_end(line) for line in lines[1 if heading else 0 :]]
    dimensions = _most_frequent(votes)
    if heading and _ends_in_integers(rows, votes, heading[1]):
        dimensions = heading[1]
        votes = [min(vote, dimensions) for vote in votes]
    if heading and dimensions == 1 != heading[1]:  # no heading but a first word that is a number
        heading, rows, votes = None, [first, *rows], [1, *votes]
    agreeing = votes.count(dimensions) / len(votes) if dimensions else 0.0
    wordless = sum(
        len(parts) == dimensions or (b"." in parts[0] and _is_number(parts[0])) for parts in rows
    )
    columns = sum(b"\t" in line.rsplit(None, dimensions)[0] for line in lines)
    usual = [parts for parts, vote in zip(rows, votes, strict=True) if vote == dimensions]
    # Without the last row, which may be cut.
    decimals = {_decimals(part) for parts in usual[:20][:-1] for part in parts[-dimensions:]}
    return Shape(
        dimensions,
        heading,
        agreeing,
        wordless < 0.9 * len(rows) or (heading is not None and heading[1] == dimensions),
        2 * columns > len(rows),
        decimals.pop() if len(decimals) == 1 else None,
    )


def _most_frequent(votes: Sequence[int]) -> int:
    counts = Counter(vote for vote in votes if vote)
    return max(counts, key=lambda count: (counts[count], count), default=0)


def _ends_in_integers(
    rows: Sequence[Sequence[bytes]], votes: Sequence[int], dimensions: int
) -> bool:
    """Return whether most lines have more numbers than announced, words such as `route 66`."""
    words = sum(
        vote == dimensions or (vote > dimensions and parts[-dimensions - 1].isdigit())
        for parts, vote in zip(rows, votes, strict=True)
    )
    return dimensions > 0 and 2 * words > len(rows)


def numbers_at_end(line: bytes) -> int:
    """Return the number of numbers after the word of a line.

    >>> numbers_at_end(b"new york 0.1 0.2"), numbers_at_end(b"1984 0.1 0.2")
    (2, 2)
    """
    parts = line.split()
    count = 0
    for part in reversed(parts):
        if not _is_number(part):
            break
        count += 1
    # If all are numbers, the first is the word, unless the word is a blank.
    return count - 1 if count and count == len(parts) and not line[:1].isspace() else count


def _is_number(part: bytes) -> bool:
    try:
        float(part)
    except ValueError:
        return False
    return True


def _decimals(part: bytes) -> int:
    return -1 if b"e" in part.lower() else len(part.partition(b".")[2])


def _sample(file: VectorFile, size: int) -> list[bytes]:
    """Return the first lines, in UTF-8 or a similar encoding, without a cut one at the end."""
    parts: list[bytes] = []
    total = 0
    for part in _chunks(file, size):
        parts.append(part)
        total += len(part)
        if total >= size and any(b"\n" in part for part in parts):
            break
        if total > MAX_LINE_BYTES:
            break
    lines = b"".join(parts).split(b"\n")
    if total >= size and len(lines) > 1:
        lines.pop()
    elif total >= size:  # one line, longer than the sample: without its last, cut number
        lines = lines[0].rsplit(None, 1)[:1]
    return [line for line in lines if line.strip()][: SAMPLE_LINES + 1]


@contextmanager
def _opened(file: VectorFile) -> Iterator[Any]:
    """Open the bytes of a file; text in UTF-16 or UTF-32 is decoded, and a mark is removed."""
    with file.path.open("rb") as raw:
        head = raw.read(1_000)
        encoding = _wide_encoding(head)
        raw.seek(3 if head.startswith(b"\xef\xbb\xbf") else 0)
        if encoding is None:
            yield raw
        else:
            yield io.TextIOWrapper(raw, encoding, errors="replace", newline="")


def _wide_encoding(head: bytes) -> str | None:
    """Return UTF-16 or UTF-32 if a text that begins so is in it."""
    for mark, encoding in BOMS:
        if head.startswith(mark):
            return None if encoding == "utf-8-sig" else encoding
    if len(head) >= 8 and b"\0" in head:  # without a mark: every other byte is 0
        even, odd = head[::2].count(0) / len(head[::2]), head[1::2].count(0) / len(head[1::2])
        if min(even, odd) < 0.1 and max(even, odd) > 0.8:
            return "utf-16-le" if odd > even else "utf-16-be"
    return None


def _chunks(file: VectorFile, size: int) -> Iterator[bytes]:
    with _opened(file) as opened:
        while part := opened.read(size):
            yield part if isinstance(part, bytes) else part.encode("utf-8", "replace")


@dataclass
class _Rows:
    """The rows read so far; a line that cannot be read keeps its row until the end."""

    file: VectorFile
    shape: Shape
    limit: int | None
    vectors: Matrix = field(init=False)
    before_heading: bool = field(init=False)
    count: int = 0  # of the rows in `vectors`
    words: bytearray = field(default_factory=bytearray)  # each ended by a line break
    line_of: list[NDArray[np.int64]] = field(default_factory=list)  # the line of each row
    faults: dict[int, str] = field(default_factory=dict)  # by row
    padded: int = 0  # words with a space at their end
    lines: int = 0  # read
    size: int = 0  # bytes read
    rest: bytes = b""  # the beginning of a line

    def __post_init__(self) -> None:
        self.vectors = np.empty((0, self.shape.dimensions), dtype=np.float32)
        self.before_heading = self.shape.heading is not None

    @property
    def is_full(self) -> bool:
        return self.limit is not None and self.count >= self.limit

    def add(self, chunk: bytes) -> None:
        """Take the lines that end in a chunk."""
        data = self.rest + chunk
        end = data.rfind(b"\n") + 1
        self.rest = data[end:]
        self._parse(data[:end])
        if len(self.rest) > MAX_LINE_BYTES:
            raise FormatError(
                self.file.name,
                f"it is longer than {MAX_LINE_BYTES:,} bytes; expected a word and its numbers.",
                f"line {self.lines + 1:,}",
            )

    def _parse(self, data: bytes) -> None:
        self.size += len(data)
        if self.before_heading and data.strip():
            start = data.index(b"\n", len(data) - len(data.lstrip())) + 1
            self.lines += data.count(b"\n", 0, start)
            self.before_heading = False
            data = data[start:]
        array = np.frombuffer(data, dtype=np.uint8)
        breaks = data.count(b"\n")
        # A number takes two bytes at least: the room is bounded by the size of the file. More lines
        # are faulty, and those have few bytes.
        room = min(breaks, len(array) // (2 * self.shape.dimensions) + MANY_FAULTY)
        self._reserve(room)
        vectors = self.vectors[self.count : self.count + room]
        words = np.empty(len(array), dtype=np.uint8)
        lines = np.empty(room, dtype=np.int64)
        hard = np.empty((room, 4), dtype=np.int64)
        taken = _Taken(*_parse_lines(array, vectors, words, lines, hard, POWERS))
        self.words += words[: taken.word_bytes].tobytes()
        self.line_of.append(lines[: taken.rows] + self.lines)
        for row, *places in hard[: taken.hard].tolist():
            self._read_slowly(data, row + self.count, *places)
        self.count += taken.rows
        self.lines += taken.lines
        self.padded += taken.padded
        is_short = taken.lines < breaks and not self.is_full
        if is_short or len(self.faults) > max(MANY_FAULTY, self.count // 2):
            self._refuse()

    def _reserve(self, more: int) -> None:
        """Make room for further rows, at once for those of the whole file if all are like these."""
        needed = self.count + more
        if needed <= len(self.vectors):
            return
        whole = self.file.path.stat().st_size
        room = max(needed, int(1.02 * needed * whole / max(self.size, 1)))
        if self.count:
            room = max(room, needed + needed // 4)
        if self.limit is not None:
            room = min(room, self.limit)
        if room <= len(self.vectors):
            return
        larger = np.empty((room, self.shape.dimensions), dtype=np.float32)
        larger[: self.count] = self.vectors[: self.count]
        self.vectors = larger

    def _read_slowly(self, data: bytes, row: int, start: int, numbers: int, end: int) -> None:
        """Read a line that the fast parser did not, or say why it cannot be read.

        Args:
            data: the lines.
            row: the index of its vector.
            start: where the line begins.
            numbers: where its numbers begin; -1 if it has too few parts.
            end: where it ends.
        """
        expected = self.shape.dimensions
        parts = data[numbers:end].split() if numbers >= 0 else []
        wrong = [part for part in parts if not _is_number(part)]
        if parts and not wrong:
            with np.errstate(over="ignore"):  # infinite numbers are left out later
                self.vectors[row] = np.array([float(part) for part in parts])
        elif wrong and wrong[0] is not parts[0]:
            self.faults[row] = f"{_quoted(wrong[0])} is not a number"
        else:  # what stands for the first number is the word
            found = counted(range(numbers_at_end(data[start:end])), "number")
            self.faults[row] = f"{found} after the word, not {expected}"

    def _refuse(self) -> NoReturn:
        row = min(self.faults)
        raise FormatError(
            self.file.name,
            f"{self.faults[row]}. {len(self.faults):,} of {max(self.count, 1):,} lines cannot be "
            "read; expected a word and its numbers, the same number of them on each line.",
            f"line {self._line(row):,}",
        )

    def _line(self, row: int) -> int:
        """Return the number of the line of a row, from 1."""
        for lines in self.line_of:
            if row < len(lines):
                return int(lines[row])
            row -= len(lines)
        return self.lines

    def loaded(self) -> Loaded:
        """Return what was read."""
        is_cut = self._take_rest()
        vectors = self.vectors[: self.count]
        decoded = decode_words(bytes(self.words), self.file.name)
        words = decoded.words
        if 2 * self.padded > len(words):  # a column of words that is filled with spaces
            words = [word.rstrip(" ") or word for word in words]
        self._fault_long(words)
        good = self.count - len(self.faults)
        if self.faults and len(self.faults) > (max(1, MAX_FAULTY * self.count) if good > 1 else 0):
            self._refuse()
        notes = [*self._heading_notes(), *([decoded.note] if decoded.note else [])]
        if self.is_full:
            notes.append(f"Only the first {self.count:,} lines were read.")
        if self.faults:
            some = sorted(self.faults)[:EXAMPLES]
            said = [f"line {self._line(row):,}: {self.faults[row]}" for row in some]
            notes.append(
                f"{counted(self.faults, 'line')} left out that cannot be read "
                f"({examples(said, len(self.faults), '; ')})."
                + (" The file ends there: it may be cut." if is_cut else "")
            )
        return checked(self.file, NAME, words, vectors, notes, dropped=[*self.faults], unit="line")

    def _take_rest(self) -> bool:
        """Take a last line without a line break; return whether it seems to be cut."""
        if self.is_full or not self.rest.strip():
            return False
        before = len(self.faults)
        self._parse(self.rest + b"\n")
        if len(self.faults) > before:
            return True
        last = self.rest.split()[-1]
        decimals = self.shape.decimals
        if self.rest[-1:].isspace() or self.count < 2:
            return False
        if last.endswith(b".") or (decimals is not None and _decimals(last) < decimals):
            self.faults[self.count - 1] = f"{_quoted(last)} is cut"
            return True
        return False

    def _fault_long(self, words: Sequence[str]) -> None:
        """Leave out lines with too many numbers: their words end in a number with a point.

        Unless there are as many phrases that do not, such as `new york` beside `windows 3.1`.
        """
        phrases = [row for row, word in enumerate(words) if " " in word or "\t" in word]
        phrases = [row for row in phrases if row not in self.faults]
        long = [row for row in phrases if _has_decimals(words[row])]
        if 2 * len(long) > len(phrases):
            self.faults |= dict.fromkeys(long, "more numbers than on the other lines")

    def _heading_notes(self) -> Iterator[str]:
        if self.shape.heading is None:
            return
        count, dimensions = self.shape.heading
        if dimensions != self.shape.dimensions:
            yield (
                f"The heading announces {dimensions:,} numbers for each word, but there are "
                f"{self.shape.dimensions:,}."
            )
        if count != self.count and not self.is_full:
            yield f"The heading announces {count:,} words, but there are {self.count:,}."


def _quoted(part: bytes) -> str:
    return shown(part.decode("utf-8", "replace"))


def _has_decimals(word: str) -> bool:
    parts = word.split()
    numbers = [part for part in parts[1:] if "." in part and _is_number(part.encode())]
    return bool(numbers) and (numbers[-1] == parts[-1] or len(numbers) > 1)


class _Taken(NamedTuple):
    """What `_parse_lines` took: rows, lines that it could not read, lines in all, and words."""

    rows: int
    hard: int
    lines: int
    word_bytes: int
    padded: int


@numba.njit(nogil=True, cache=True)
def _parse_lines(
    data: Bytes,
    vectors: Matrix,
    words: Bytes,
    lines: NDArray[np.int64],
    hard: NDArray[np.int64],
    powers: NDArray[np.float64],
) -> tuple[int, int, int, int, int]:
    """Read lines until there is no room; numbers in the usual notation only, the others are `hard`.

    The numbers are those at the end of the line: a word may have spaces.

    Args:
        data: lines of bytes, each ended by a line break.
        vectors: receives the numbers.
        words: receives the words, each ended by a line break.
        lines: receives the line of each row, from 1.
        hard: receives the row, the start, that of the numbers, and the end of hard lines.
        powers: powers of ten from 1.

    Returns:
        The counts in `_Taken`.
    """
    row = harder = line = filled = padded = start = 0
    while start < len(data) and row < len(vectors):
        word_end, stop = _parse_usual(data, start, vectors[row], powers)
        if stop < 0:
            stop = start
            while data[stop] != LINE_BREAK:
                stop += 1
            end = _without_blanks(data, start, stop)
            if end > start:
                numbers, word_end, is_padded = _parts(data, start, end, vectors.shape[1])
                padded += is_padded
                if numbers < 0 or _parse_numbers(data, numbers, vectors[row], powers) < 0:
                    hard[harder] = (row, start, numbers, end)
                    harder += 1
        else:
            end = stop
        if end > start:
            for index in range(start, word_end):
                words[filled] = data[index]
                filled += 1
            words[filled] = LINE_BREAK
            filled += 1
            lines[row] = line + 1
            row += 1
        line += 1
        start = stop + 1
    return row, harder, line, filled, padded


@numba.njit(nogil=True, cache=True)
def _parse_usual(
    data: Bytes, start: int, vector: Vector, powers: NDArray[np.float64]
) -> tuple[int, int]:
    """Read a word without spaces, a blank, and numbers; return the ends of the word and the line.

    The end of the line is -1 if it is not like that.
    """
    word_end = start
    while not _is_blank(data[word_end]):
        word_end += 1
    if word_end == start or data[word_end] == LINE_BREAK or _is_blank(data[word_end + 1]):
        return start, -1
    return word_end, _parse_numbers(data, word_end, vector, powers)


@numba.njit(nogil=True, cache=True)
def _is_blank(byte: int) -> bool:
    """Return whether a byte is a space, a tab or another blank of ASCII, line breaks included."""
    return byte == SPACE or TAB <= byte <= RETURN


@numba.njit(nogil=True, cache=True)
def _without_blanks(data: Bytes, start: int, end: int) -> int:
    """Return the end of a text without the blanks at its end."""
    while end > start and _is_blank(data[end - 1]):
        end -= 1
    return end


@numba.njit(nogil=True, cache=True)
def _parts(data: Bytes, start: int, end: int, dimensions: int) -> tuple[int, int, bool]:
    """Return where the numbers of a line begin, where its word ends, and if that has a blank there.

    If there are too few parts, the numbers begin at -1.
    """
    first = at = end
    wide = False  # more than one blank between numbers
    for found in range(dimensions):
        if at == start:
            return -1, start, False
        wide |= found > 0 and first - at > 1
        while at > start and not _is_blank(data[at - 1]):
            at -= 1
        first = at
        at = _without_blanks(data, start, at)
    if first == start:
        return -1, start, False
    # One blank parts the word and the numbers. Further ones belong to the word, which may be a
    # blank itself, unless the numbers are parted by several too.
    if wide and at > start:
        return first, at, False
    return first, first - 1, start < at < first - 1 and data[first - 2] == SPACE


@numba.njit(nogil=True, cache=True)
def _parse_numbers(data: Bytes, at: int, vector: Vector, powers: NDArray[np.float64]) -> int:
    """Read the numbers up to the end of a line, and return that.

    Numbers are as for float(), in float32. It returns -1 if one needs float() itself, or if there
    are fewer or more than the vector has.
    """
    for index in range(len(vector)):
        at = _skip_blanks(data, at)
        negative = data[at] == MINUS
        if negative or data[at] == PLUS:
            at += 1
        digits, power, at = _parse_digits(data, at)
        if at >= 0 and (data[at] | LOWER) == LETTER_E:
            exponent, at = _parse_exponent(data, at + 1)
            power += exponent
        if at < 0 or not _is_blank(data[at]):
            return -1
        number = _scaled(digits, power, powers)
        if np.isnan(number):
            return -1
        vector[index] = -number if negative else number
    at = _skip_blanks(data, at)
    return at if data[at] == LINE_BREAK else -1


@numba.njit(nogil=True, cache=True)
def _skip_blanks(data: Bytes, at: int) -> int:
    """Return where the next number begins, or the line ends."""
    while data[at] != LINE_BREAK and _is_blank(data[at]):
        at += 1
    return at


@numba.njit(nogil=True, cache=True)
def _parse_digits(data: Bytes, at: int) -> tuple[np.uint64, int, int]:
    """Return the first 19 digits of a number, the power of ten to multiply, and where they end.

    The end is -1 if there are no digits.
    """
    digits = np.uint64(0)
    power = 0
    seen = point = False
    while True:
        byte = data[at]
        if ZERO <= byte <= NINE:
            seen = True
            if digits < MAX_DIGITS:
                digits = digits * np.uint64(10) + np.uint64(byte - ZERO)
                power -= point
            else:
                power += not point
        elif byte == POINT and not point:
            point = True
        else:
            return digits, power, at if seen else -1
        at += 1


@numba.njit(nogil=True, cache=True)
def _parse_exponent(data: Bytes, at: int) -> tuple[int, int]:
    """Return an exponent and where it ends; -1 if there are no digits, or too many."""
    negative = data[at] == MINUS
    if negative or data[at] == PLUS:
        at += 1
    exponent = 0
    start = at
    while ZERO <= data[at] <= NINE:
        exponent = 10 * exponent + int(data[at] - ZERO)
        at += 1
        if at - start > MAX_EXPONENT_DIGITS:
            return 0, -1
    return -exponent if negative else exponent, at if at > start else -1


@numba.njit(nogil=True, cache=True)
def _scaled(digits: np.uint64, power: int, powers: NDArray[np.float64]) -> np.float32:
    """Return digits times a power of ten as float32; NaN if that is not certain.

    The product has a small error. If the numbers at both ends of its range are rounded to the same
    float32, so is the exact one.
    """
    number = float(digits)
    if digits:
        if not LOWEST <= power <= HIGHEST:
            return np.float32(np.nan)
        number = number * powers[power] if power >= 0 else number / powers[-power]
    rounded = np.float32(number * (1 - UNCERTAINTY))
    if rounded != np.float32(number * (1 + UNCERTAINTY)) or np.isinf(rounded):
        return np.float32(np.nan)
    return rounded
