"""`python -m core.formats FILE...` reads vectors, and says what is in each file and what is not.

The files are converted for the app, which then opens them at once. What may be chosen about them is
a JSON object in the variable EMBEDDING_PLAYGROUND_CHOICES.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from core.catalog.models import data_folder
from core.errors import PlaygroundError
from core.formats.store import FOLDER, open_vectors
from core.formats.vector_file import CHOICES_VARIABLE, choices_from


def main(paths: Sequence[str]) -> int:
    """Read each file; return the exit code."""
    choices = choices_from(os.environ.get(CHOICES_VARIABLE, ""))
    for path in paths:
        name = Path(path).name
        size = Path(path).stat().st_size if Path(path).is_file() else 0
        sys.stdout.write(f"Reading {name} ({size / 1e6:,.1f} MB) …\n")
        sys.stdout.flush()
        try:
            loaded = open_vectors(Path(path), data_folder() / FOLDER, choices)
        except PlaygroundError as error:
            sys.stderr.write(f"{error}\n")
            return 1
        vectors = loaded.embeddings
        sys.stdout.write(
            f"{name}: {len(vectors):,} vectors of {vectors.dimensions:,} numbers, from "
            f"{loaded.format}.\n"
        )
        sys.stdout.writelines(f"  {note}\n" for note in loaded.notes)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
