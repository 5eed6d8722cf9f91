"""Files that are written completely or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from safetensors import SafetensorError

from core.errors import InputError

TEMPORARY = ".part"  # suffix of the temporary files; a killed process may leave one behind


@contextmanager
def atomic_write(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside `path` and move it to `path` when the block ends.

    If the block raises, or the disk is full, a file that was at `path` stays as it was.

    Raises:
        InputError: the file could not be written.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with atomic_write(Path(folder) / "a.txt") as part:
    ...         _ = part.write_text("text")
    ...     [file.name for file in Path(folder).iterdir()]
    ['a.txt']
    """
    part = None
    try:
        handle, name = tempfile.mkstemp(suffix=TEMPORARY, dir=path.parent)
        os.close(handle)
        part = Path(name)
        yield part
        os.replace(part, path)
    except (OSError, SafetensorError) as error:
        raise InputError(
            f"{path} could not be written: {error}. A file of that name is unchanged. Check that "
            "the folder exists and that its disk has room."
        ) from error
    finally:
        if part is not None:
            part.unlink(missing_ok=True)
