"""ES modules of a component, joined into the one script that Streamlit can inline."""

import re
from collections.abc import Sequence
from pathlib import Path

_IMPORT = re.compile(r"^import \{[^}]*\} from \"\./\w+\.js\";\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default )", re.MULTILINE)


def joined(folder: Path, names: Sequence[str]) -> str:
    """Return modules as one module: without their imports, nothing named twice.

    Args:
        folder: where they are.
        names: each module comes after those it imports.
    """
    sources = [(folder / name).read_text(encoding="utf-8") for name in names]
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", source)) for source in sources)
