"""`python -m core.formats FILE...` reads vectors, and says what is in each file and what is not."""

import sys
from collections.abc import Sequence
from pathlib import Path

from core.errors import PlaygroundError
from core.formats import read_vectors


def main(paths: Sequence[str]) -> int:
    """Read each file; return the exit code."""
    for path in paths:
        try:
            loaded = read_vectors(Path(path))
        except PlaygroundError as error:
            sys.stderr.write(f"{error}\n")
            return 1
        vectors = loaded.embeddings
        sys.stdout.write(
            f"{Path(path).name}: {len(vectors):,} vectors of {vectors.dimensions:,} numbers, from "
            f"{loaded.format}.\n"
        )
        sys.stdout.writelines(f"  {note}\n" for note in loaded.notes)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
