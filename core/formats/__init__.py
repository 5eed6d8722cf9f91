"""One file per file format, reader and writer together; `read_vectors` is the door to all."""

from dataclasses import replace
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from core.errors import FormatError
from core.formats import (
    arrow_files,
    delimited,
    fasttext_bin,
    hugging_face,
    json_rows,
    matrices,
    safetensors_file,
    trained_vectors,
    word2vec_binary,
    word2vec_text,
)
from core.formats.archives import is_archive, unpacked
from core.formats.unreadable import explanation, signature
from core.formats.vector_file import ChoiceError, Choices, Loaded, Reader, VectorFile

# The first one that recognises a file reads it.
READERS: tuple[Reader, ...] = (
    trained_vectors,
    safetensors_file,
    hugging_face,
    matrices,
    arrow_files,
    fasttext_bin,
    word2vec_binary,
    json_rows,
    word2vec_text,
    delimited,
)
MAX_DEPTH = 2  # a compressed file in an archive


def read_vectors(path: Path, choices: Choices = Choices()) -> Loaded:  # noqa: B008  it is frozen
    """Return the vectors in a file of any format.

    Args:
        path: the file. Its content tells the format, not its name.
        choices: what the reader shall not find out by itself.

    Raises:
        FormatError: the file cannot be read; the message says where and why, and what to do.
    """
    file = VectorFile(path, path.name, path.parent)
    try:
        mode = path.stat().st_mode
        if S_ISREG(mode):
            path.open("rb").close()
    except FileNotFoundError as error:
        raise FormatError(file.name, "there is no such file.") from error
    except (OSError, ValueError) as error:
        raise FormatError(file.name, f"it cannot be opened: {error}.") from error
    if not S_ISREG(mode) and not S_ISDIR(mode):
        raise FormatError(file.name, "this is a device or a pipe. Choose a file.")
    try:
        return read_file(file, choices)
    except MemoryError as error:
        raise FormatError(
            file.name, "the vectors need more memory than this computer has. Read fewer rows."
        ) from error


def read_file(file: VectorFile, choices: Choices, depth: int = 0) -> Loaded:
    """Return the vectors in a file that exists, compressed or not; raises as `read_vectors` does.

    Args:
        file: the file.
        choices: what the reader shall not find out by itself.
        depth: the number of archives around the file that were unpacked.
    """
    if file.path.is_file() and (what := signature(file)):
        raise FormatError(file.name, f"this is {what}")
    for reader in READERS:
        if reader.sniff(file):
            return reader.read(file, choices)
    if file.path.is_dir():
        raise FormatError(file.name, "this is a folder. Choose a file in it.")
    if not is_archive(file):
        raise FormatError(file.name, f"this is {explanation(file)}")
    if depth == MAX_DEPTH:
        raise FormatError(file.name, "this is an archive in an archive in an archive. Unpack it.")
    with unpacked(file, choices.member, _is_readable) as inner:
        try:
            loaded = read_file(inner.file, replace(choices, member=inner.member), depth + 1)
        except ChoiceError as error:
            raise error.within(inner.name) from error
        return replace(loaded, notes=(*([inner.note] if inner.note else []), *loaded.notes))


def _is_readable(file: VectorFile) -> bool:
    """Return whether a file that has the beginning of another one may have vectors."""
    if signature(file):
        return False
    return is_archive(file) or any(reader.sniff(file) for reader in READERS)
