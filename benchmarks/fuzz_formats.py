"""Changed files for the readers of vectors: each gives vectors or a FormatError, and nothing else.

`python -m benchmarks.fuzz_formats [--minutes N] [--reader NAME] [--seeds FOLDER] [--keep FOLDER]`.
Files that a reader knows are changed at random and read by it, for N minutes each; `door` stands
for `read_vectors`, with its archives, `labels` and `tokenizer_json` for the words beside a matrix.
With atheris installed, `--guided` looks for changes that reach new lines of the one reader named.
What fails is kept in a folder, each fault once.

The compiled code is checked for wrong indices if NUMBA_BOUNDSCHECK=1 is set.
"""

import argparse
import hashlib
import importlib
import io
import random
import shutil
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from benchmarks._fuzz_seeds import Seed, label_seeds, seeds, tokenizer_seeds
from benchmarks.report import report
from core.errors import FormatError
from core.formats import READERS, read_vectors
from core.formats.vector_file import Choices, Loaded, Reader, VectorFile

MINUTES = 0.05
MAX_SEED_BYTES = 20_000
MAX_SECONDS = 5.0  # of the processor, for one small file
MAX_GROWTH = 100  # bytes of vectors for each byte of a file; a compressed one is larger inside
MAX_PEAK = 300_000_000  # bytes by which one small file may raise the memory of the process
PIECES = (
    *(b"\n", b" ", b"\t", b"\r\n", b"\0", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"PK\x03\x04"),
    *(b"nan", b"-inf", b"1e999", b"1e-999", b"0.", b".5", b"-", b"+", b"e", b"1_0", b"9" * 40),
    *(b"0 0\n", b"1000000000000 5\n", b"5 1000000000\n", b"3 2\n", b"\xe2\x80\xa8", b"caf\xe9"),
    *(b'"', b",", b"[", b"]", b"{", b"}", b"\x7f\xff\xff\xff", b"\xff\xff\xff\xff\xff\xff\xff\xff"),
    *(b";", b"|", b"null", b"true", b'"\\ud800"', b'"a":', b"[1,", b"[" * 2_000, b'{"a":' * 200),
)
WHOLE = tuple(  # numbers of binary headings, written over others
    number.to_bytes(size, order, signed=True)
    for size in (2, 4, 8)
    for number in (0, 1, -1, 2 ** (8 * size - 1) - 1, -(2 ** (8 * size - 1)), 2 ** (4 * size))
    for order in ("little", "big")
)


Read = Callable[[Path], Loaded]


@dataclass
class Findings:
    """What failed, each fault once, by the place of the error."""

    folder: Path
    files: dict[str, Path] = field(default_factory=dict)

    def keep(self, name: str, seed: Seed, fault: str, place: str) -> None:
        """Keep what was read, unless what fails at the same place is kept."""
        if place in self.files:
            return
        digest = hashlib.sha256(repr(seed.files).encode()).hexdigest()[:12]
        path = self.folder / f"{name}-{digest}"
        self.files[place] = path
        if len(seed.files) == 1 and not seed.is_folder:
            path.write_bytes(next(iter(seed.files.values())))
        else:
            path.mkdir(exist_ok=True)
            seed.written(path)
        print(f"{path}: {fault}", file=sys.stderr)


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
            known = _known_to(name, options.seeds)
            if options.guided:
                _guided(name, known, findings, options.minutes)
            draw = random.Random(options.seed)
            read[name] = _change_and_read(name, reader, known, findings, options.minutes, draw)
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
            file = VectorFile(path, path.name, path.parent)
            reader.sniff(file)
            return reader.read(file, Choices())

        return read

    named = {_name(reader): one(reader) for reader in readers}
    beside = {"labels": named["matrices"], "tokenizer_json": named["safetensors_file"]}
    return {**named, **beside, "door": door}


def _name(reader: Reader) -> str:
    return str(reader.__name__).rpartition(".")[2]  # type: ignore[attr-defined]


def _known_to(name: str, folder: Path | None) -> list[Seed]:
    """Return the files that a reader knows."""
    beside = {"labels": label_seeds, "tokenizer_json": tokenizer_seeds}
    if name in beside:
        return list(beside[name]())
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()] if folder else []
    further = [path.read_bytes()[:MAX_SEED_BYTES] for path in files]
    made = [*seeds(), *(Seed({"seed": content}, ("seed",)) for content in further)]
    if name == "door":
        return made
    (reader,) = (each for each in READERS if _name(each) == name)
    known = []
    for seed in made:
        with tempfile.TemporaryDirectory() as place:
            path = seed.written(Path(place))
            if reader.sniff(VectorFile(path, path.name)):
                known.append(seed)
    return known


def _change_and_read(
    name: str,
    read: Read,
    known: Sequence[Seed],
    findings: Findings,
    minutes: float,
    draw: random.Random,
) -> int:
    """Read changed files until the time is up; return their number."""
    end = time.monotonic() + 60 * minutes
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "changed"
        for seed in known:  # the first one is slow: the readers are compiled
            _check(name, read, place, seed, findings, max_seconds=60)
        while time.monotonic() < end:
            seed = draw.choice(known)
            files = dict(seed.files)
            for _ in range(draw.choice((1, 1, 2, 4, 16))):
                which = draw.choice(seed.changed)
                other = draw.choice(list(draw.choice(known).files.values()))
                files[which] = _changed(files[which], other, draw)
            _check(name, read, place, replace(seed, files=files), findings)
            count += 1
    return count


def _changed(content: bytes, other: bytes, draw: random.Random) -> bytes:
    """Return a file with one change, in a member of it if it is an archive."""
    if content.startswith(b"PK") and draw.random() < 0.5:
        return _changed_inside(content, other, draw)
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
            whole := draw.choice(WHOLE),
        )
    )
    if new is whole:
        end = start + len(whole)
    changed = content[:start] + new + content[end:]
    return changed[: draw.randint(0, len(changed))] if draw.random() < 0.05 else changed


def _changed_inside(content: bytes, other: bytes, draw: random.Random) -> bytes:
    """Return an archive with a change in a member, packed anew; as it is if it is damaged."""
    buffer = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        which = draw.choice(list(members))
        members[which] = _changed(members[which], other, draw)
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, member in members.items():
                packed.writestr(name, member)
    except Exception:  # noqa: BLE001  zipfile raises many of what is damaged
        return content
    return buffer.getvalue()


def _check(
    name: str,
    read: Read,
    place: Path,
    seed: Seed,
    findings: Findings,
    max_seconds: float = MAX_SECONDS,
) -> None:
    """Read a file, and keep it if that fails otherwise than with a FormatError."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    path = seed.written(place)
    start, before = time.process_time(), _peak()
    try:
        _look_at(read(path), sum(map(len, seed.files.values())))
    except FormatError:
        pass
    except Exception as error:  # noqa: BLE001  that is what is looked for
        last = traceback.extract_tb(error.__traceback__)[-1]
        findings.keep(name, seed, repr(error), f"{last.filename}:{last.lineno} {type(error)}")
    if time.process_time() - start > max_seconds:
        findings.keep(name, seed, "slow", f"{name} is slow")
    if _peak() - before > MAX_PEAK and max_seconds == MAX_SECONDS:
        findings.keep(name, seed, "large", f"{name} takes much memory")


def _peak() -> int:
    """Return the largest memory that the process had, in bytes; 0 where this is not known."""
    if sys.platform == "win32":
        return 0
    import resource

    factor = 1 if sys.platform == "darwin" else 1024
    return factor * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _look_at(loaded: Loaded, size: int) -> None:
    vectors = loaded.embeddings.vectors
    assert len(vectors) == len(loaded.embeddings.words) > 0
    assert np.isfinite(vectors).all()
    assert vectors.nbytes <= MAX_GROWTH * size + 100_000
    assert all(isinstance(word, str) for word in loaded.embeddings.words)
    assert all(note == note.strip() and note for note in loaded.notes)


def _guided(name: str, known: Sequence[Seed], findings: Findings, minutes: float) -> None:
    """Let atheris look for changes that reach new lines; it ends the process."""
    import atheris  # type: ignore[import-untyped,import-not-found,unused-ignore]

    for module in [module for module in sys.modules if module.startswith("core.formats")]:
        del sys.modules[module]
    with atheris.instrument_imports(include=["core.formats"]):
        formats = importlib.import_module("core.formats")
    read = _readers(formats.READERS, formats.read_vectors)[name]
    folder = Path(tempfile.mkdtemp(prefix="corpus-"))
    first = known[0]
    which = first.changed[0]
    for number, seed in enumerate(known):
        (folder / f"{number}").write_bytes(seed.files[seed.changed[0]])
    place = folder.parent / f"{folder.name}-changed"
    arguments = [sys.argv[0], f"-max_total_time={int(60 * minutes)}", "-max_len=4096"]

    def check(content: bytes) -> None:
        _check(name, read, place, replace(first, files={**first.files, which: content}), findings)

    atheris.Setup([*arguments, str(folder)], check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
