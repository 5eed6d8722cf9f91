"""What has no vectors is told apart, and never opened as what it is."""

import contextlib
import io
import zipfile
from pathlib import Path

import gensim
import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import FormatError
from core.formats import read_vectors
from tests.core.formats.cases import CASES, PLAIN, packed, read_bytes, text

REGRESSIONS = Path(__file__).parent / "regressions"  # files that `benchmarks.fuzz_formats` kept
DATA = Path(gensim.__file__).parent / "test" / "test_data"


# Both would end the process if they were opened.
PICKLE = b"\x80\x04cbuiltins\nexit\n(tR."
OLD_PICKLE = b"cbuiltins\nexit\np0\n(tp1\nRp2\n."


def torch_file() -> bytes:
    buffer = io.BytesIO()
    torch.save({"weight": torch.zeros(3, 2)}, buffer)
    return buffer.getvalue()


def document() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")
    return buffer.getvalue()


POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:0a1b\nsize 99\n"
# A word of the sentence for each.
OTHER = {
    "nothing": (b"", "empty"),
    "zeros": (bytes(5_000), "empty"),
    "spaces": (b" \n\n \n", "an empty file"),
    "a gap": (bytes(100_000) + PLAIN, "begins with empty space"),
    "pointer": (POINTER, "Git LFS"),
    "page": (b"\n<!DOCTYPE html>\n<html><title>404 Not Found</title></html>", "404 Not Found"),
    "page in capitals": (b"<HTML><BODY>Sign in</BODY></HTML>", "web page"),
    "xml": (b"<Error><Code>NoSuchKey</Code><Message>No key.</Message></Error>", "NoSuchKey"),
    "json": (b'{"error": "Repository not found"}', "Repository not found"),
    "json list": (b'[{"detail": "rate limit"}]', "rate limit"),
    "pickle": (PICKLE, "pickle"),
    "pickle of old": (OLD_PICKLE, "pickle"),
    "gensim": (PICKLE.replace(b"builtins", b"gensim.models.word2vec"), "gensim"),
    "torch": (torch_file(), "PyTorch"),
    "words": (b"king\nqueen\nman\n", "without numbers"),
    "prose": (
        b"It was in May 1912, on a ship of 300 men.\nThen came 4\nof them back.\n",
        "most lines",
    ),
    "song": (b"[Chorus]\nSail away\n", "without numbers"),
    "heading": (b"400000 300\n", "only a heading"),
    "counts": (b"the 100\nof 90\nand 80\n", "one number"),
    "ratings": (b"king queen 8.5\nman woman 8.3\n", "one number"),
    "numbers": (text({"0.5": (1, 2, 3), "0.25": (2, 3, 4)}).encode(), "without words"),
    "decimal commas": (PLAIN.replace(b".", b","), "decimal commas"),
    "lines of different lengths": (b"a 1 2\nb 1 2 3\nc 1 2 3 4\n", "different numbers"),
    "sparse matrix": (b"%%MatrixMarket matrix coordinate real general\n2 2 1\n1 1 1\n", "sparse"),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
    "jpeg": (b"\xff\xd8\xff\xe0" + bytes(50), "picture"),
    "bmp": (b"BM\x3a\0\0\0" + b"\1" * 52, "picture"),
    "webp": (b"RIFF\x24\0\0\0WEBPVP8 " + bytes(20), "picture"),
    "svg": (b'<svg xmlns="x"><path d="M0 0"/></svg>', "XML"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
    "office": (document(), "Office"),
    "old office": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), "Office"),
    "program": (b"\x7fELF\x02\x01\x01" + bytes(9), "program"),
    "program for windows": (b"MZ\x90\0\x03\0\0\0", "program"),
    "7z": (b"7z\xbc\xaf\x27\x1c\0\4", "7z"),
    "tar": (b"vectors.txt".ljust(257, b"\0") + b"ustar\x0000", "tar"),
    "zstandard": (b"\x28\xb5\x2f\xfd\x04\0", "Zstandard"),
    "hdf5": (b"\x89HDF\r\n\x1a\n" + bytes(20), "HDF5"),
    "sqlite": (b"SQLite format 3\0" + bytes(20), "database"),
    "noise": (bytes(range(256)) * 4, "none of the formats"),
}


@pytest.mark.parametrize("name", OTHER)
def test_a_file_without_vectors_is_told_apart(name: str, tmp_path: Path) -> None:
    content, told = OTHER[name]
    with pytest.raises(FormatError) as caught:
        read_bytes(content, tmp_path)
    assert told in caught.value.reason
    assert caught.value.file == "file"


def test_a_pickle_in_an_archive_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="pickle"):
        read_bytes(packed(model__pkl=PICKLE), tmp_path)


@pytest.mark.parametrize("beginning", [b"BM", b"MZ", b"GIF", b"PK", b"<html>", b"<?", b"{", b"c"])
def test_words_like_the_marks_of_other_files_are_words(beginning: bytes, tmp_path: Path) -> None:
    loaded = read_bytes(beginning + b" 1.0000 2.0000 3.0000 4.0000\n" + PLAIN, tmp_path)
    assert loaded.embeddings.words[0] == beginning.decode()


@pytest.mark.parametrize("path", sorted(REGRESSIONS.iterdir()), ids=lambda path: path.name)
def test_what_once_failed_gives_vectors_or_a_sentence(path: Path) -> None:
    with contextlib.suppress(FormatError):
        assert len(read_vectors(path).embeddings) > 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([case.content for case in CASES.values()]), st.randoms(), st.binary())
def test_any_file_gives_vectors_or_a_sentence(
    tmp_path: Path, content: bytes, random: np.random.Generator, other: bytes
) -> None:
    start, end = sorted(int(random.random() * len(content)) for _ in range(2))
    try:
        loaded = read_bytes(content[:start] + other + content[end:], tmp_path)
    except FormatError:
        return
    assert len(loaded.embeddings) > 0


@pytest.mark.skipif(not DATA.is_dir(), reason="gensim is installed without its test data")
def test_files_of_others() -> None:
    sizes = {
        "EN.1-10.cbow1_wind5_hs0_neg10_size300_smpl1e-05.txt": (20, 300),
        "IT.1-10.cbow1_wind5_hs0_neg10_size300_smpl1e-05.txt": (20, 300),
        "crime-and-punishment.vec": (291, 5),
        "euclidean_vectors.bin": (2_747, 10),
        "high_precision.kv.bin": (2, 2),
        "high_precision.kv.txt": (2, 2),
        "lee_fasttext.vec": (1_762, 10),
        "pang_lee_polarity_fasttext.vec": (1_694, 100),
        "poincare_vectors.bin": (1_182, 10),
        "pretrained.vec": (1, 5),
        "test_glove.txt": (76, 50),
        "toy-model.vec": (22, 5),
        "w2v_keyedvectors_load_test.modeldata": (2, 3),
        "word2vec_pre_kv_c": (1_750, 10),
    }
    for name, (count, dimensions) in sizes.items():
        read = read_vectors(DATA / name).embeddings
        assert (len(read), read.dimensions) == (count, dimensions), name
    pickles = [path for path in DATA.iterdir() if path.is_file() and path.name not in sizes]
    for path in pickles:
        with path.open("rb") as file:
            if file.read(2) in {b"\x80\x02", b"\x80\x03", b"\x80\x04"}:
                with pytest.raises(FormatError, match="pickle"):
                    read_vectors(path)
    for name in ("questions-words.txt", "simlex999.txt", "testcorpus.mm", "testcorpus.uci"):
        with pytest.raises(FormatError):
            read_vectors(DATA / name)
