"""Word vectors as text, as GloVe, word2vec and fastText write them: a line for each word.

The first line may have the counts of words and numbers. Between the numbers are spaces or tabs.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from core.embeddings import Embeddings, Matrix
from core.errors import FormatError, InputError
from core.formats.archives import is_archive
from core.formats.checked_rows import EXAMPLES, checked, examples, shown
from core.formats.number_lines import parse_lines
from core.formats.text_lines import counted
from core.formats.text_shape import (
    MAX_LINE_BYTES,
    Shape,
    chunks_of,
    decimals_of,
    first_lines,
    is_number,
    numbers_at_end,
    shape_of,
)
from core.formats.vector_file import HEAD_BYTES, Choices, Loaded, VectorFile
from core.formats.word_bytes import decode_words

NAME = "text with a word and its numbers on each line"
CHUNK_BYTES = 8_000_000
SAMPLE_BYTES = 2_000_000
MAX_FAULTY = 0.1  # of the lines; more, and the file is refused
MANY_FAULTY = 1_000  # after that many it is not read to its end to find out


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


def sniff(file: VectorFile) -> bool:
    """Return whether most of the first lines are a word and the same number of numbers."""
    if is_archive(file):
        return False
    try:
        lines = first_lines(file, HEAD_BYTES)
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
        shape = shape_of(first_lines(file, SAMPLE_BYTES))
        if not shape.dimensions:
            raise FormatError(file.name, "no line has a word and numbers after it.")
        rows = _Rows(file, shape, choices.limit and max(choices.limit, 1))
        for chunk in chunks_of(file, CHUNK_BYTES):
            rows.add(chunk)
            if rows.is_full:
                break
    except OSError as error:
        raise FormatError(file.name, f"the disk cannot be read: {error}.") from error
    return rows.loaded()


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
        taken = parse_lines(array, vectors, words, lines, hard)
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
        wrong = [part for part in parts if not is_number(part)]
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
        if last.endswith(b".") or (decimals is not None and decimals_of(last) < decimals):
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
    numbers = [part for part in parts[1:] if "." in part and is_number(part.encode())]
    return bool(numbers) and (numbers[-1] == parts[-1] or len(numbers) > 1)
