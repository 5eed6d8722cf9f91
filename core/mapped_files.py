"""Weights and vectors that are mapped from files, and the memory that their pages take.

A page of a mapped file is in memory from when it is first read until the system needs the room.
Vectors are read as a whole once, to build an index, and a few rows at a time afterwards. Released
pages stay in the system's file cache, from where they come back when they are read.
"""

import ctypes
import mmap
import re
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

SMAPS = Path("/proc/self/smaps")
_HEADER = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) \S+ \S+ \S+ \d+ *(.*)$", re.MULTILINE)
_ANONYMOUS = re.compile(r"^Anonymous: +(\d+) kB$", re.MULTILINE)

_mapped: WeakKeyDictionary[Any, tuple[int, int]] = WeakKeyDictionary()


def register(owner: object, address: int, size: int) -> None:
    """Let `release_pages` release the pages of a matrix for as long as its owner exists.

    Args:
        owner: an object that keeps the matrix in memory.
        address: of the first number. A matrix that is not mapped from a file is left alone.
        size: in bytes, without gaps.
    """
    _mapped[owner] = address, size


def release_pages() -> int:
    """Release the pages of all registered matrices; return their number of bytes.

    Systems without /proc and madvise release nothing.
    """
    registered = list(_mapped.items())  # with the owners, so that no mapping ends meanwhile
    ranges = [_whole_pages(address, size) for _, (address, size) in registered]
    try:
        advise = ctypes.CDLL(None).madvise
        text = SMAPS.read_text(encoding="utf-8", errors="replace")
    except (AttributeError, OSError, TypeError):
        return 0
    clean = _unchanged_file_mappings(text)
    total = 0
    for start, end in ranges:
        if any(first <= start < end <= last for first, last in clean):
            advise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), mmap.MADV_DONTNEED)
            total += end - start
    return total


def _whole_pages(address: int, size: int) -> tuple[int, int]:
    """Return the first and last address of the pages that lie within."""
    page = mmap.PAGESIZE
    return -(-address // page) * page, (address + size) // page * page


def _unchanged_file_mappings(smaps: str) -> list[tuple[int, int]]:
    """Return first and last address of the mappings of files without pages of their own."""
    headers = list(_HEADER.finditer(smaps))
    ends = [*(header.start() for header in headers[1:]), len(smaps)]
    unchanged = []
    for header, end in zip(headers, ends, strict=True):
        copied = _ANONYMOUS.search(smaps, header.end(), end)
        if header[3].startswith("/") and copied is not None and copied[1] == "0":
            unchanged.append((int(header[1], 16), int(header[2], 16)))
    return unchanged
