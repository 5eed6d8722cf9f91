"""Archives are unpacked within bounds, to files that are gone afterwards."""

import bz2
import gzip
import io
import lzma
import re
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import FormatError
from core.formats import archives
from core.formats.vector_file import ChoiceError, Choices
from tests.core.formats.cases import CASES, HEADED, PLAIN, SEA_WORDS, packed, read_bytes

TWO = packed(small__vec=HEADED, large__vec=HEADED, notes__txt=b"Two of them.\n")
ARCHIVES = {
    "gzip": gzip.compress(HEADED),
    "bzip2": bz2.compress(HEADED),
    "xz": lzma.compress(HEADED),
    "zip": packed(a__vec=HEADED),
}


@pytest.fixture(autouse=True)
def unpacked_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which files are unpacked."""
    folder = tmp_path / "unpacked"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.parametrize("name", ["gzip", "bzip2", "xz", "zip", "gzip in zip"])
def test_nothing_stays_on_the_disk(name: str, tmp_path: Path, unpacked_folder: Path) -> None:
    read_bytes(CASES[name].content, tmp_path)
    assert not list(unpacked_folder.iterdir())


@pytest.mark.parametrize("level", [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_compression_in_a_zip(level: int, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", level) as archive:
        archive.writestr("a.vec", HEADED)
    assert read_bytes(buffer.getvalue(), tmp_path).embeddings.words == SEA_WORDS


def test_several_members_are_offered_and_one_can_be_chosen(tmp_path: Path) -> None:
    with pytest.raises(FormatError) as caught:
        read_bytes(TWO, tmp_path)
    assert "small.vec, large.vec" in caught.value.reason
    assert "notes.txt" not in caught.value.reason
    loaded = read_bytes(TWO, tmp_path, Choices(member="large.vec"))
    assert loaded.embeddings.name == "large"
    with pytest.raises(FormatError, match=r"small\.vec, large\.vec"):
        read_bytes(TWO, tmp_path, Choices(member="../small.vec"))
    with pytest.raises(FormatError, match="notes"):
        read_bytes(TWO, tmp_path, Choices(member="notes.txt"))


def matrices(*names: str) -> bytes:
    """Return an npz file whose matrices have 1, 2 and so on at the diagonal."""
    buffer = io.BytesIO()
    sizes = {name: size * np.eye(3) for size, name in enumerate(names, 1)}
    np.savez(buffer, **sizes)
    return buffer.getvalue()


def test_an_npz_file_in_an_archive_is_read(tmp_path: Path) -> None:
    packs = (gzip.compress, lambda content: packed(a__npz=content, notes__txt=b"A note.\n"))
    for pack in packs:
        assert read_bytes(pack(matrices("all")), tmp_path).embeddings.vectors.max() == 1


def test_a_matrix_of_an_npz_file_in_an_archive_is_chosen(tmp_path: Path) -> None:
    content = packed(a__npz=matrices("one", "two"), b__npz=matrices("one", "two"))
    with pytest.raises(ChoiceError) as caught:
        read_bytes(content, tmp_path)
    assert caught.value.members == ("a.npz", "b.npz")
    with pytest.raises(ChoiceError, match=r"b\.npz/one") as caught:
        read_bytes(content, tmp_path, Choices(member="b.npz"))
    assert caught.value.members == ("b.npz/one", "b.npz/two")
    loaded = read_bytes(content, tmp_path, Choices(member="b.npz/two"))
    assert loaded.embeddings.vectors.max() == 2
    with pytest.raises(ChoiceError) as caught:
        read_bytes(content, tmp_path, Choices(member="b.npz/three"))
    assert caught.value.members == ("b.npz/one", "b.npz/two")
    for member in ("c.npz/two", "b.npzz/two", "/b.npz/two"):
        with pytest.raises(ChoiceError) as caught:
            read_bytes(content, tmp_path, Choices(member=member))
        assert caught.value.members == ("a.npz", "b.npz")
    packed_alone = gzip.compress(matrices("one", "two"))
    loaded = read_bytes(packed_alone, tmp_path, Choices(member="two"))
    assert loaded.embeddings.vectors.max() == 2


@pytest.mark.parametrize("name", ["../../evil.vec", "/evil.vec", "C:\\evil.vec", "a/\u202e.vec"])
def test_no_name_in_an_archive_is_a_path(name: str, tmp_path: Path, unpacked_folder: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, HEADED)
    before = set(tmp_path.parent.rglob("*"))
    loaded = read_bytes(buffer.getvalue(), tmp_path)
    assert loaded.embeddings.words == SEA_WORDS
    assert set(tmp_path.parent.rglob("*")) - before == {tmp_path / "file"}
    assert not any("\u202e" in note for note in loaded.notes)


@pytest.mark.parametrize(
    "pack", [gzip.compress, bz2.compress, lzma.compress, lambda b: packed(a=b)]
)
def test_a_file_made_to_fill_the_disk_is_refused(
    pack: Callable[[bytes], bytes],
    tmp_path: Path,
    unpacked_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(archives, "MIN_LIMIT", 100_000)
    monkeypatch.setattr(archives, "CHUNK_BYTES", 10_000)
    written: list[int] = []
    copy = archives._copy

    def watched(file: object, opened: object, target: Path, limit: int) -> None:
        try:
            copy(file, opened, target, limit)  # type: ignore[arg-type]
        finally:
            written.append(target.stat().st_size)

    monkeypatch.setattr(archives, "_copy", watched)
    with pytest.raises(FormatError, match="unpacks to more than"):
        read_bytes(pack(bytes(5_000_000)), tmp_path)
    assert written[0] <= 2_000_000
    assert not list(unpacked_folder.iterdir())
    monkeypatch.setattr(archives, "MAX_UNPACKED", 1_000)
    with pytest.raises(FormatError, match="unpacks to more than"):
        read_bytes(pack(HEADED * 20), tmp_path)


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "KEPT_FREE", 10**18)
    with pytest.raises(FormatError, match="no room"):
        read_bytes(ARCHIVES["gzip"], tmp_path)


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    for content in map(bytearray, (packed(a__vec=HEADED), packed(a__vec=HEADED, b__vec=HEADED))):
        for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # member, and directory
            for match in re.finditer(mark, bytes(content)):
                content[match.start() + place] |= 1
        with pytest.raises(FormatError, match="password"):
            read_bytes(bytes(content), tmp_path)


@pytest.mark.parametrize("name", ARCHIVES)
def test_a_damaged_archive_is_refused(name: str, tmp_path: Path) -> None:
    content = ARCHIVES[name]
    for size in range(16, len(content), 7):
        with pytest.raises(FormatError):
            read_bytes(content[:size], tmp_path)


def test_archives_in_archives_have_an_end(tmp_path: Path) -> None:
    inner = gzip.compress(gzip.compress(PLAIN))
    assert read_bytes(inner, tmp_path).embeddings.words == SEA_WORDS
    with pytest.raises(FormatError, match="archive in an archive"):
        read_bytes(gzip.compress(inner), tmp_path)


def test_an_empty_archive(tmp_path: Path) -> None:
    for content in (packed(), packed(__hidden=b"x"), packed(folder__txt=b"Only words.\n")):
        with pytest.raises(FormatError):
            read_bytes(content, tmp_path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(ARCHIVES)), st.integers(0, 500), st.integers(1, 255))
def test_any_damage_gives_vectors_or_a_sentence(
    tmp_path: Path, name: str, place: int, change: int
) -> None:
    content = bytearray(ARCHIVES[name])
    content[place % len(content)] ^= change
    try:
        words = read_bytes(bytes(content), tmp_path).embeddings.words
    except FormatError:
        return
    assert words  # names and dates may change without harm
