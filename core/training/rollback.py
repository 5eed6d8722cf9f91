"""The last finite parameters, kept on disk: large ones would not fit into memory twice."""

import tempfile
import weakref
from contextlib import suppress

from core.training.parameters import Parameters


class Rollback:
    """A copy of parameters in a temporary file without a name, deleted with this object."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  it lives as long as the run
        weakref.finalize(self, self._file.close)
        self._is_complete = False

    def save(self, parameters: Parameters) -> None:
        """Replace the copy by one of `parameters`; on a full disk, silently, by none."""
        self._is_complete = False
        with suppress(OSError):
            self._file.seek(0)
            for matrix in (parameters.inputs, parameters.outputs):
                self._file.write(matrix.data.cast("B"))
            self._file.flush()
            self._is_complete = True

    def restore(self, parameters: Parameters) -> None:
        """Overwrite parameters with the copy; without one, leave them as they are."""
        if not self._is_complete:
            return
        self._file.seek(0)
        for matrix in (parameters.inputs, parameters.outputs):
            self._file.readinto(matrix.data.cast("B"))
