"""Files that are written whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from safetensors import SafetensorError

from core.errors import InputError


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Give a path to write to, and put what was written there in place of `path` at the end.

    Whatever happens meanwhile, such as a full disk, the file that was at `path` stays as it was.

    Raises:
        InputError: it could not be written.
    """
    part = None
    try:
        handle, name = tempfile.mkstemp(suffix=".part", dir=path.parent)
        os.close(handle)
        part = Path(name)
        yield part
        with part.open("rb") as file:
            os.fsync(file.fileno())
        os.replace(part, path)
    except (OSError, SafetensorError) as error:
        raise InputError(
            f"{path} could not be written: {error}. What was there before is still there. Check "
            "that the folder exists and that its disk has room."
        ) from error
    finally:
        if part is not None:
            part.unlink(missing_ok=True)
