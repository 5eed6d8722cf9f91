"""One file per file format, reader and writer together; `read_vectors` is the door to all."""

from pathlib import Path

from core.errors import FormatError
from core.formats.vector_file import Choices, Loaded, Reader, VectorFile

READERS: tuple[Reader, ...] = ()  # the first one that recognises a file reads it


def read_vectors(path: Path, choices: Choices = Choices()) -> Loaded:  # noqa: B008  it is frozen
    """Return the vectors in a file of any format.

    Args:
        path: the file. Its content tells the format, not its name.
        choices: what the reader shall not find out by itself.

    Raises:
        FormatError: the file cannot be read; the message says where and why, and what to do.
    """
    file = VectorFile(path, path.name, path.parent)
    for reader in READERS:
        if reader.sniff(file):
            return reader.read(file, choices)
    raise FormatError(path.name, "this is in none of the formats that are read here.")
