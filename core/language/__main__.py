"""`python -m core.language NAME...` looks at models of one's own; those of the hub it downloads."""

import sys
from collections.abc import Sequence

from core.errors import PlaygroundError
from core.language.custom_models import fetch_custom


def main(names: Sequence[str]) -> int:
    """Make sure that each model is there; return the exit code."""
    for name in names:
        try:
            fetch_custom(name)
        except PlaygroundError as error:
            print(error, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
