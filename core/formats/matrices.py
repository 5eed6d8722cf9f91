"""A matrix with its words apart: NumPy's .npy and .npz, and TensorFlow Projector's tensors."""

import shutil
import sys
import tempfile
import warnings
import zipfile
from collections.abc import Sequence
from pathlib import Path
from tokenize import TokenError
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.enumeration import listed
from core.errors import FormatError
from core.formats.archives import damage_told
from core.formats.checked_rows import all_checked, as_float32
from core.formats.labels import labels_beside, read_labels
from core.formats.vector_file import ChoiceError, Choices, Loaded, VectorFile

NAME: Final = "a matrix with its words apart (NumPy or Projector)"
NUMPY: Final = b"\x93NUMPY"
ZIP: Final = b"PK\x03\x04"
MAX_RATIO: Final = 200  # of a packed array
MIN_UNPACKED: Final = 50_000_000  # bytes that are unpacked at any ratio
SURROGATES: Final = 0xD800, 0xE000  # codes that are no characters
SAMPLE_LINES: Final = 20
METADATA: Final = ("metadata.tsv", "labels.tsv")


def sniff(file: VectorFile) -> bool:
    """Return whether the file is an array, an archive of arrays, or a table of numbers by tabs."""
    head = file.head
    if head.startswith(NUMPY):
        return True
    if head.startswith(ZIP):
        return bool(_members(file.path))
    lines = head.split(b"\n")[:SAMPLE_LINES]
    lines = [line for line in (lines[:-1] if len(lines) > 1 else lines) if line.strip()]
    widths = {len(line.split(b"\t")) for line in lines}
    return len(widths) == 1 and min(widths) > 1 and all(map(_are_numbers, lines))


def read(file: VectorFile, choices: Choices) -> Loaded:
    """Return the vectors of a matrix with the words beside it.

    Raises:
        FormatError: there is no matrix, its numbers cannot be used, or the words do not fit.
    """
    head = file.head
    words: list[str] | None = None
    try:
        if head.startswith(NUMPY):
            matrix = _array(file, file.path)
        elif head.startswith(ZIP):
            matrix, words = _archive(file, choices)
        else:
            matrix = _table(file)
    except (OSError, MemoryError) as error:
        raise FormatError(file.name, f"it cannot be read: {error}.") from error
    return with_words(file, choices, _float_matrix(file, matrix), words, NAME)


def with_words(
    file: VectorFile,
    choices: Choices,
    matrix: NDArray[np.float32],
    words: list[str] | None,
    form: str,
) -> Loaded:
    """Return a matrix with its words, those beside its file if there are none.

    Args:
        file: where the matrix is from.
        choices: of the reader.
        matrix: (V, D) float32.
        words: V words, if the file has them.
        form: the name of the file's format.

    Raises:
        FormatError: the words do not fit, or half of the rows, or more, are not finite.
    """
    notes: list[str] = []
    columns = pd.DataFrame(index=range(len(matrix)))
    labels = choices.labels
    if labels is None and words is None:
        labels = labels_beside(file.path, file.beside, METADATA)
        if labels is not None:
            notes.append(f"The words are from {labels.name}.")
    if labels is not None:
        words, columns = read_labels(labels, len(matrix), file.name)
    if words is None:
        words = [f"row {number}" for number in range(1, len(matrix) + 1)]
        notes.append("There is no file with the words: the rows are numbered.")
    if choices.limit is not None and len(matrix) > choices.limit:
        notes.append(f"Only the first {choices.limit:,} of {len(matrix):,} rows were read.")
        matrix = matrix[: max(choices.limit, 1)]
        words, columns = words[: len(matrix)], columns.iloc[: len(matrix)]
    return all_checked(file, form, words, matrix, columns, notes)


def _array(file: VectorFile, path: Path) -> NDArray[Any]:
    """Return an array, mapped from the disk: numpy compares its shape with the file's size."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about headings that Python 2 wrote
            array: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    except (ValueError, EOFError, TypeError, SyntaxError, OverflowError, TokenError) as error:
        why = str(error)
        if "bject" in why or "allow_pickle" in why:
            raise FormatError(
                file.name,
                "it holds Python objects (a pickle), which can contain programs and are never "
                "opened here. Save the numbers alone, for example with "
                "`numpy.save(name, numpy.stack(list(array)).astype('float32'))`.",
            ) from error
        raise FormatError(file.name, f"the array is damaged: {why[:200].rstrip('.')}.") from error
    return array


def _members(path: Path) -> list[zipfile.ZipInfo]:
    """Return the arrays in an archive; none if it has anything else."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return []
    return members if all(each.filename.endswith(".npy") for each in members) else []


def _archive(file: VectorFile, choices: Choices) -> tuple[NDArray[Any], list[str] | None]:
    """Return the matrix in an archive of arrays, and its words if they are there, too."""
    arrays = {name: array for name, array in _unpacked(file).items() if array.ndim in (1, 2)}
    numbers = {
        name: each for name, each in arrays.items() if each.ndim == 2 and each.dtype.kind in "fiu"
    }
    fitting = list(numbers) if choices.member is None else [choices.member]
    if len(fitting) != 1 or fitting[0] not in numbers:
        raise ChoiceError(
            file.name,
            f"expected one matrix of numbers, but it has {listed(list(arrays) or ['none'], 5)}. "
            "Choose one with `member`.",
            members=numbers,
        )
    matrix = numbers[fitting[0]]
    texts = [
        each for each in arrays.values()
        if each.ndim == 1 and each.dtype.kind in "US" and len(each) == len(matrix)
    ]  # fmt: skip
    if not texts:
        return matrix, None
    return matrix, _texts(texts[0])


def _texts(array: NDArray[Any]) -> list[str]:
    """Return the texts in an array, with signs for what are no characters."""
    if array.dtype.kind == "S":
        return [value.decode("utf-8", "replace") for value in array.tolist()]
    if array.dtype.itemsize:
        native = array.astype(array.dtype.newbyteorder("="))
        codes = native.view(np.uint32)
        codes[(codes > sys.maxunicode) | ((codes >= SURROGATES[0]) & (codes < SURROGATES[1]))] = (
            ord("\N{REPLACEMENT CHARACTER}")
        )
        array = native
    texts: list[str] = array.tolist()
    return texts


def _unpacked(file: VectorFile) -> dict[str, NDArray[Any]]:
    """Return the arrays in an archive by name; those of Python objects are refused."""
    size = file.path.stat().st_size
    found: dict[str, NDArray[Any]] = {}
    with (
        damage_told(file),
        zipfile.ZipFile(file.path) as archive,
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
    ):
        members = archive.infolist()
        total = sum(each.file_size for each in members)
        if total > max(MIN_UNPACKED, MAX_RATIO * size):
            raise FormatError(
                file.name,
                f"{size:,} bytes unpack to {total:,}: it was made to fill the disk.",
            )
        for number, member in enumerate(members):
            path = Path(folder) / f"{number}.npy"
            with archive.open(member) as source, path.open("wb") as target:
                shutil.copyfileobj(source, target)
            array = _array(file, path)
            found[member.filename.removesuffix(".npy")] = np.array(array)
    return found


def _table(file: VectorFile) -> NDArray[Any]:
    """Return the numbers of a table without words, parted by tabs."""
    import pyarrow as pa
    import pyarrow.csv as pa_csv

    try:
        table = pa_csv.read_csv(
            file.path,
            pa_csv.ReadOptions(autogenerate_column_names=True),
            pa_csv.ParseOptions(delimiter="\t"),
            pa_csv.ConvertOptions(strings_can_be_null=False),
        )
        return np.column_stack(
            [column.to_numpy().astype(np.float64) for column in table.itercolumns()]
        )
    except (pa.ArrowException, ValueError) as error:
        why = (str(error).splitlines() or [""])[0][:200].rstrip(".")
        raise FormatError(file.name, f"its rows are not all numbers: {why}.") from error


def _float_matrix(file: VectorFile, array: NDArray[Any]) -> NDArray[np.float32]:
    if array.ndim != 2 or array.dtype.kind not in "fiu" or not array.size:
        raise FormatError(
            file.name,
            f"it has an array of {array.dtype} with the shape {array.shape}; expected numbers in "
            "rows and columns, a row for each word.",
        )
    return as_float32(array)


def _are_numbers(line: bytes) -> bool:
    return _floats(line.split(b"\t"))


def _floats(cells: Sequence[bytes]) -> bool:
    try:
        list(map(float, cells))
    except ValueError:
        return False
    return True
