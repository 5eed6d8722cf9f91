"""Compressed files and archives: unpacked to a file that is removed after reading."""

import bz2
import gzip
import lzma
import re
import shutil
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import IO

from core.control_characters import with_signs
from core.enumeration import listed
from core.errors import FormatError
from core.formats.vector_file import HEAD_BYTES, ChoiceError, VectorFile

# Text of numbers becomes 3 times as small, seldom 20 times. A file that unpacks to much more was
# made to fill the disk.
MAX_RATIO = 100
MIN_LIMIT = 50_000_000  # bytes that are unpacked at any ratio
MAX_UNPACKED = 30_000_000_000  # bytes
KEPT_FREE = 500_000_000  # bytes on the disk
CHUNK_BYTES = 1_000_000
HIDDEN = re.compile(r"\.[^.]")  # .git and .DS_Store, but not ..
MAX_MEMBERS = 10_000
ENCRYPTED = 1  # the bit of a member in a ZIP archive
MAX_LOOKED_AT = 50  # members whose beginnings are read to find the one with vectors
MAX_NAME = 100  # characters of a member's name in a sentence
GZIP = b"\x1f\x8b\x08"
XZ = b"\xfd7zXZ\x00"
BZIP2 = (b"1AY&SY", b"\x17rE8P\x90")  # after `BZh` and a digit: a block, or the end
Opened = IO[bytes] | gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile
DAMAGED = (
    *(OSError, EOFError, ValueError, LookupError, OverflowError, struct.error),
    *(zlib.error, lzma.LZMAError, zipfile.BadZipFile),
)


@dataclass(frozen=True)
class Unpacked:
    """A file from an archive.

    Args:
        file: the file.
        note: a sentence about which one it is.
        name: of the member; empty if the archive is a compressed file.
        member: what is chosen of the file itself, as in `Choices`.
    """

    file: VectorFile
    note: str = ""
    name: str = ""
    member: str | None = None


def is_archive(file: VectorFile) -> bool:
    """Return whether a file is compressed or a ZIP archive, by its content."""
    return _opener(file.head) is not None or file.head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


@contextmanager
def unpacked(
    file: VectorFile, member: str | None, is_readable: Callable[[VectorFile], bool]
) -> Iterator[Unpacked]:
    """Unpack a file, or the member of an archive with vectors, to a temporary file.

    Args:
        file: the compressed file.
        member: the name of the member, and what is chosen of it, as in `Choices`; None if there is
            one with vectors.
        is_readable: returns whether a file that has the beginning of a member has vectors.

    Raises:
        FormatError: the archive is damaged, encrypted or too large, or has no or several members
            with vectors.
    """
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            yield _unpacked(file, member, is_readable, Path(folder))
    except OSError as error:
        raise FormatError(file.name, f"it cannot be unpacked to the disk: {error}.") from error


def _unpacked(
    file: VectorFile,
    member: str | None,
    is_readable: Callable[[VectorFile], bool],
    folder: Path,
) -> Unpacked:
    opener = _opener(file.head)
    target = folder / "unpacked"
    packed_size = file.path.stat().st_size
    if opener is not None:
        with damage_told(file):
            _copy(file, lambda: opener(file.path), target, _limit(packed_size))
        return Unpacked(replace(file, path=target), member=member)
    with damage_told(file), zipfile.ZipFile(file.path) as archive:
        info = _chosen(file, archive, member, is_readable, folder)
        name = _shown(PurePosixPath(info.filename).name)
        _copy(
            file, lambda: archive.open(info), target, _limit(min(info.compress_size, packed_size))
        )
        note = f"Read from the archive: {_shown(info.filename)}."
        inner = (member or "").removeprefix(info.filename).removeprefix("/") or None
        return Unpacked(VectorFile(target, name), note, info.filename, inner)


def _opener(head: bytes) -> Callable[[Path], Opened] | None:
    if head.startswith(GZIP):
        return gzip.GzipFile
    if head.startswith(XZ):
        return lzma.LZMAFile
    if head[:3] == b"BZh" and head[3:4].isdigit() and head[4:10] in BZIP2:
        return bz2.BZ2File
    return None


@contextmanager
def damage_told(file: VectorFile) -> Iterator[None]:
    """Turn the errors of the libraries that unpack a file into sentences."""
    try:
        yield
    except EOFError as error:
        raise FormatError(
            file.name, "the compressed file ends too early. Download it again."
        ) from error
    except (NotImplementedError, RuntimeError) as error:
        raise FormatError(
            file.name, f"the archive is of a kind that is not read here ({error}). Unpack it."
        ) from error
    except DAMAGED as error:
        raise FormatError(
            file.name, f"the compressed file is damaged ({error}). Download it again."
        ) from error


def _limit(packed_size: int) -> int:
    return min(MAX_UNPACKED, max(MIN_LIMIT, MAX_RATIO * packed_size))


def _copy(file: VectorFile, opened: Callable[[], Opened], target: Path, limit: int) -> None:
    """Write what an opened file holds to a path, up to a limit in bytes."""
    free = shutil.disk_usage(target.parent).free - KEPT_FREE
    size = 0
    with opened() as source, target.open("wb") as out:
        while part := source.read(CHUNK_BYTES):
            size += len(part)
            if size > limit:
                raise FormatError(
                    file.name,
                    f"it unpacks to more than {limit:,} bytes, far more than vectors do. "
                    "If that is right, unpack it yourself.",
                )
            if size > free:
                raise FormatError(
                    file.name,
                    f"it unpacks to more than {max(free, 0):,} bytes, and the disk has no room for "
                    "more. Remove some files.",
                )
            out.write(part)


def _chosen(
    file: VectorFile,
    archive: zipfile.ZipFile,
    member: str | None,
    is_readable: Callable[[VectorFile], bool],
    folder: Path,
) -> zipfile.ZipInfo:
    """Return the member with vectors."""
    infos = [info for info in archive.infolist() if info.filename and not info.is_dir()]
    if len(infos) > MAX_MEMBERS:
        raise FormatError(file.name, f"the archive has {len(infos):,} files. Unpack it.")
    if member is not None:
        named = [info for info in infos if info.filename == member]
        named = named or [info for info in infos if member.startswith(f"{info.filename}/")]
        if not named:
            raise ChoiceError(
                file.name,
                f"it has no file {_shown(member)}, but {_names(infos)}.",
                members=[info.filename for info in infos],
            )
        infos = named
    else:
        infos = [info for info in infos if not _is_hidden(info.filename)]
    if not infos:
        raise FormatError(file.name, "there is nothing in this archive.")
    if len(infos) > 1:
        some = infos[:MAX_LOOKED_AT]
        readable = [info for info in some if _has_vectors(archive, info, is_readable, folder)]
        locked = [info for info in some if info.flag_bits & ENCRYPTED]
        infos = readable or locked[:1] or infos
        if len(infos) != 1:
            reason = f"{len(infos)} of its files" if readable else "none of its files is known to"
            raise ChoiceError(
                file.name,
                f"{reason} have vectors: choose one with `member`: {_names(infos)}.",
                members=[info.filename for info in infos],
            )
    if infos[0].flag_bits & ENCRYPTED:
        raise FormatError(
            file.name,
            f"{_shown(infos[0].filename)} is encrypted with a password. Unpack it yourself.",
        )
    return infos[0]


def _has_vectors(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    is_readable: Callable[[VectorFile], bool],
    folder: Path,
) -> bool:
    """Return whether the beginning of a member looks like vectors."""
    try:
        with archive.open(info) as opened:
            head = opened.read(HEAD_BYTES)
    except (*DAMAGED, RuntimeError):  # encrypted, or of an unknown kind
        return False
    path = folder / "head"
    path.write_bytes(head)
    return is_readable(VectorFile(path, _shown(PurePosixPath(info.filename).name)))


def _is_hidden(name: str) -> bool:
    """Return whether a member was made by a system and not by people."""
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or any(HIDDEN.match(part) for part in parts)


def _shown(name: str) -> str:
    shown = with_signs(name).replace("\n", " ").replace("\t", " ")
    return shown if len(shown) <= MAX_NAME else f"{shown[: MAX_NAME - 1]}…"


def _names(infos: Sequence[zipfile.ZipInfo]) -> str:
    return listed([_shown(info.filename) for info in infos], 20)
