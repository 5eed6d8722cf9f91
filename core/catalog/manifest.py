"""model.json, the manifest of a model's folder, by which damaged files are detected."""

import json
from dataclasses import dataclass
from pathlib import Path

from core.errors import DamagedModelError

FILE = "model.json"
FORMAT = 1


@dataclass(frozen=True)
class Manifest:
    """The contents of a model's folder.

    Args:
        name: what people call the model.
        sha256: of the file the model was made from, in hexadecimal; empty if there is none.
        sizes: the bytes of each file, by its path below the folder, with forward slashes.
    """

    name: str
    sha256: str
    sizes: dict[str, int]


def write_manifest(folder: Path, name: str, sha256: str = "") -> None:
    """Write the manifest of a folder; call it after all other files are written."""
    manifest = {
        "format": FORMAT,
        "name": name,
        "sha256": sha256,
        "sizes": {
            path.relative_to(folder).as_posix(): path.stat().st_size
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name != FILE
        },
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2)
    (folder / FILE).write_text(text + "\n", encoding="utf-8", newline="\n")


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a folder and check the sizes of its files.

    Raises:
        DamagedModelError: the manifest is missing or cannot be read, or a file is missing or has
            another size.
    """
    try:
        read = json.loads((folder / FILE).read_text(encoding="utf-8"))
        if read["format"] != FORMAT:
            raise damaged(folder, f"{FILE} has format {read['format']}, expected {FORMAT}")
        sizes = {str(file): int(size) for file, size in read["sizes"].items()}
        manifest = Manifest(str(read["name"]), str(read["sha256"]), sizes)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged(folder, f"{FILE} is missing or cannot be read ({error!r})") from error
    for file, size in sizes.items():
        path = folder / file
        if not path.is_file():
            raise damaged(folder, f"{file} is missing")
        if (actual := path.stat().st_size) != size:
            raise damaged(folder, f"{file} has {actual:,} bytes, expected {size:,}")
    return manifest


def damaged(folder: Path, reason: str) -> DamagedModelError:
    """Return the error for a damaged folder."""
    return DamagedModelError(
        f"{folder} is damaged: {reason}. Fetch the model again, or delete the folder."
    )
