"""Pages of mapped files are released, and nothing else is."""

import gc
import sys
from pathlib import Path

import numpy as np
import psutil
import pytest

from core import mapped_files
from core.mapped_files import register, release_pages

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="pages are counted in /proc")
COUNT = 1_000_000  # numbers: 4 MB


class Owner:
    """Keeps a matrix."""

    def __init__(self, matrix: np.ndarray) -> None:
        self.matrix = matrix
        register(self, matrix.ctypes.data, matrix.nbytes)


@pytest.fixture(autouse=True)
def only_those_of_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapped_files, "_mapped", type(mapped_files._mapped)())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "matrix.npy"
    np.save(path, np.arange(COUNT, dtype=np.float32))
    return path


def resident(file: Path) -> int:
    """Return the bytes of a file that this process has in memory."""
    return sum(
        each.rss for each in psutil.Process().memory_maps(grouped=False) if each.path == str(file)
    )


def test_pages_that_were_read_are_released_and_come_back(file: Path) -> None:
    owner = Owner(np.load(file, mmap_mode="r"))
    total = owner.matrix.sum(dtype=np.float64)
    assert resident(file) > 3_900_000
    assert release_pages() > 3_900_000
    assert resident(file) < 100_000
    assert owner.matrix.sum(dtype=np.float64) == total == COUNT * (COUNT - 1) / 2


def test_memory_that_is_no_file_keeps_its_numbers() -> None:
    owner = Owner(np.arange(COUNT, dtype=np.float32))
    assert release_pages() == 0
    assert owner.matrix[-1] == COUNT - 1


def test_a_mapping_that_was_written_to_keeps_its_numbers(file: Path) -> None:
    owner = Owner(np.load(file, mmap_mode="c"))  # copy on write: the file stays as it is
    owner.matrix[COUNT // 2] = -7
    assert release_pages() == 0
    assert owner.matrix[COUNT // 2] == -7


def test_what_is_no_longer_used_is_forgotten(file: Path) -> None:
    owner = Owner(np.load(file, mmap_mode="r"))
    del owner
    gc.collect()
    assert release_pages() == 0


def test_a_system_without_proc_releases_nothing(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = Owner(np.load(file, mmap_mode="r"))
    monkeypatch.setattr(mapped_files, "SMAPS", tmp_path / "nothing")
    assert release_pages() == 0
    assert owner.matrix[-1] == COUNT - 1
