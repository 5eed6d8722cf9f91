"""The last numbers that were sound, on disk: in memory, large tables would be there twice."""

import tempfile
import weakref
from contextlib import suppress

from core.training.parameters import Tables


class LastGood:
    """Tables as they were at one moment.

    They lie in a temporary file that nobody else sees and that goes with this object.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  it lives as long as the run
        weakref.finalize(self, self._file.close)
        self._is_whole = False

    def keep(self, tables: Tables) -> None:
        """Keep tables instead of those before; on a full disk nothing is kept, and nothing said."""
        self._is_whole = False
        with suppress(OSError):
            self._file.seek(0)
            for table in (tables.inputs, tables.outputs):
                self._file.write(table.data.cast("B"))
            self._file.flush()
            self._is_whole = True

    def give_back(self, tables: Tables) -> None:
        """Put the numbers that are kept into tables; without any, leave these as they are."""
        if not self._is_whole:
            return
        self._file.seek(0)
        for table in (tables.inputs, tables.outputs):
            self._file.readinto(table.data.cast("B"))
