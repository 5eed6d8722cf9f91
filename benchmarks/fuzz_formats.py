"""Changed files for the readers of vectors: each gives vectors or a FormatError, and nothing else.

`python -m benchmarks.fuzz_formats [--minutes N] [--reader NAME] [--seeds FOLDER] [--keep FOLDER]`.
Files that a reader knows are changed at random and read by it, for N minutes each; `door` stands
for `read_vectors`, with its archives. With atheris installed, `--guided` looks for changes that
reach new lines of the one reader named. What fails is kept in a folder, each fault once.

The compiled code is checked for wrong indices if NUMBA_BOUNDSCHECK=1 is set.
"""

import argparse
import bz2
import gzip
import hashlib
import importlib
import io
import lzma
import random
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.report import report
from core.embeddings import Embeddings
from core.errors import FormatError
from core.formats import READERS, read_vectors, word2vec_binary
from core.formats.trained_vectors import vectors_as_safetensors
from core.formats.vector_file import Choices, Loaded, Reader, VectorFile
from core.formats.word2vec_text import vectors_as_text

MINUTES = 0.05
MAX_SEED_BYTES = 20_000
MAX_SECONDS = 5.0  # for one small file
MAX_GROWTH = 100  # bytes of vectors for each byte of a file; a compressed one is larger inside
PIECES = (
    *(b"\n", b" ", b"\t", b"\r\n", b"\0", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"PK\x03\x04"),
    *(b"nan", b"-inf", b"1e999", b"1e-999", b"0.", b".5", b"-", b"+", b"e", b"1_0", b"9" * 40),
    *(b"0 0\n", b"1000000000000 5\n", b"5 1000000000\n", b"3 2\n", b"\xe2\x80\xa8", b"caf\xe9"),
    *(b'"', b",", b"[", b"]", b"{", b"}", b"\x7f\xff\xff\xff", b"\xff\xff\xff\xff\xff\xff\xff\xff"),
)


Read = Callable[[Path], Loaded]


@dataclass
class Findings:
    """What failed, each fault once, by the place of the error."""

    folder: Path
    files: dict[str, Path] = field(default_factory=dict)

    def keep(self, name: str, content: bytes, fault: str, place: str) -> None:
        """Keep a file, unless one that fails at the same place is kept."""
        if place not in self.files:
            digest = hashlib.sha256(content).hexdigest()[:12]
            self.files[place] = self.folder / f"{name}-{digest}"
            self.files[place].write_bytes(content)
            print(f"{self.files[place]}: {fault}", file=sys.stderr)


def main() -> None:
    """Change files and read them."""
    parser = argparse.ArgumentParser(description="Changed files for the readers of vectors.")
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--reader", help="the module of one reader, or `door`; default: all")
    parser.add_argument("--seeds", type=Path, help="a folder with further files to start from")
    parser.add_argument("--keep", type=Path, help="the folder for what fails")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--guided", action="store_true", help="with atheris; needs --reader")
    options = parser.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp(prefix="fuzz-"))
    folder.mkdir(parents=True, exist_ok=True)
    findings = Findings(folder)
    warnings.simplefilter("error")
    read: dict[str, int] = {}
    for name, reader in _readers(READERS, read_vectors).items():
        if options.reader in (None, name):
            seeds = _seeds(name, options.seeds)
            if options.guided:
                _guided(name, seeds, findings, options.minutes)
            draw = random.Random(options.seed)
            read[name] = _change_and_read(name, reader, seeds, findings, options.minutes, draw)
    report(
        f"Changed files, {options.minutes} minutes for each reader",
        {},
        {**read, **{place: str(path) for place, path in findings.files.items()}},
        findings=len(findings.files),
    )
    if findings.files:
        sys.exit(1)


def _readers(readers: Sequence[Reader], door: Read) -> dict[str, Read]:
    """Return what reads a path, by name."""

    def one(reader: Reader) -> Read:
        def read(path: Path) -> Loaded:
            file = VectorFile(path, path.name)
            reader.sniff(file)
            return reader.read(file, Choices())

        return read

    named = {str(reader.__name__).rpartition(".")[2]: one(reader) for reader in readers}  # type: ignore[attr-defined]
    return {**named, "door": door}


def _seeds(name: str, folder: Path | None) -> list[bytes]:
    """Return small files that a reader knows."""
    words = ("the", "Ärger", "new york", "猫", "it's", " ", "1984", "end")
    numbers = np.random.default_rng(0).normal(size=(len(words), 5)).astype(np.float32)
    table = Embeddings("seed", words, numbers)
    text = vectors_as_text(table)
    binary = io.BytesIO()
    single = [row for row, word in enumerate(words) if " " not in word]
    word2vec_binary.write(binary, Embeddings("b", [words[row] for row in single], numbers[single]))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.vec", text)
        archive.writestr("README", "Words.\n")
    made = [
        text,
        text.partition(b"\n")[2],
        text.replace(b" ", b"\t"),
        text.decode().encode("utf-16"),
    ]
    made += [binary.getvalue(), vectors_as_safetensors(table), packed.getvalue()]
    made += [pack(text) for pack in (gzip.compress, bz2.compress, lzma.compress)]
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()] if folder else []
    made += [path.read_bytes()[:MAX_SEED_BYTES] for path in files]
    if name == "door":
        return made
    (reader,) = (each for each in READERS if str(each.__name__).endswith(f".{name}"))  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "seed"
        known = []
        for content in made:
            path.write_bytes(content)
            if reader.sniff(VectorFile(path, path.name)):
                known.append(content)
    return known or made


def _change_and_read(
    name: str,
    read: Read,
    seeds: Sequence[bytes],
    findings: Findings,
    minutes: float,
    draw: random.Random,
) -> int:
    """Read changed files until the time is up; return their number."""
    end = time.monotonic() + 60 * minutes
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "changed"
        for content in seeds:  # the first one is slow: the readers are compiled
            _check(name, read, path, content, findings, max_seconds=60)
        while time.monotonic() < end:
            content = draw.choice(seeds)
            for _ in range(draw.choice((1, 1, 2, 4, 16))):
                content = _changed(content, draw.choice(seeds), draw)
            _check(name, read, path, content, findings)
            count += 1
    return count


def _changed(content: bytes, other: bytes, draw: random.Random) -> bytes:
    """Return a file with one change."""
    start, end = sorted(draw.randint(0, len(content)) for _ in range(2))
    if draw.random() < 0.7:  # near each other
        end = min(end, start + draw.choice((0, 1, 2, 8)))
    there = draw.randint(0, len(other))
    new = draw.choice(
        (
            b"",
            draw.choice(PIECES),
            draw.randbytes(end - start),
            content[start:end] * 2,
            other[there : there + draw.choice((1, 8, 64, 512))],
            bytes((content[start] ^ 1 << draw.randint(0, 7),)) if start < end else b"",
        )
    )
    changed = content[:start] + new + content[end:]
    return changed[: draw.randint(0, len(changed))] if draw.random() < 0.05 else changed


def _check(
    name: str,
    read: Read,
    path: Path,
    content: bytes,
    findings: Findings,
    max_seconds: float = MAX_SECONDS,
) -> None:
    """Read a file, and keep it if that fails otherwise than with a FormatError."""
    path.write_bytes(content)
    start = time.monotonic()
    try:
        _look_at(read(path), len(content))
    except FormatError:
        pass
    except Exception as error:  # noqa: BLE001  that is what is looked for
        last = traceback.extract_tb(error.__traceback__)[-1]
        findings.keep(name, content, repr(error), f"{last.filename}:{last.lineno} {type(error)}")
    if time.monotonic() - start > max_seconds:
        findings.keep(name, content, "slow", f"{name} is slow")


def _look_at(loaded: Loaded, size: int) -> None:
    vectors = loaded.embeddings.vectors
    assert len(vectors) == len(loaded.embeddings.words) > 0
    assert np.isfinite(vectors).all()
    assert vectors.nbytes <= MAX_GROWTH * size + 100_000
    assert all(isinstance(word, str) for word in loaded.embeddings.words)
    assert all(note == note.strip() and note for note in loaded.notes)


def _guided(name: str, seeds: Sequence[bytes], findings: Findings, minutes: float) -> None:
    """Let atheris look for changes that reach new lines; it ends the process."""
    import atheris  # type: ignore[import-untyped,import-not-found,unused-ignore]

    for module in [module for module in sys.modules if module.startswith("core.formats")]:
        del sys.modules[module]
    with atheris.instrument_imports(include=["core.formats"]):
        formats = importlib.import_module("core.formats")
    read = _readers(formats.READERS, formats.read_vectors)[name]
    folder = Path(tempfile.mkdtemp(prefix="corpus-"))
    for number, content in enumerate(seeds):
        (folder / f"{number}").write_bytes(content)
    path = folder.parent / f"{folder.name}-changed"
    arguments = [sys.argv[0], f"-max_total_time={int(60 * minutes)}", "-max_len=4096"]
    atheris.Setup(
        [*arguments, str(folder)], lambda content: _check(name, read, path, content, findings)
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
