"""ES modules of a component, joined into the one script that Streamlit can inline."""

import re
from pathlib import Path

_IMPORT = re.compile(r"^import \{[^}]*\} from \"(\.{1,2}/[\w/]+\.js)\";\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default )", re.MULTILINE)


def joined(entry: Path) -> str:
    """Return a module and all that it imports as one module.

    Imports are left out, since each module comes after those it imports; so all modules share one
    scope, and no two may declare the same name.

    Args:
        entry: the module that imports the others, by paths relative to the importing file.
    """
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", text)) for text in sources(entry).values())


def sources(entry: Path) -> dict[Path, str]:
    """Return the texts of a module and of all that it imports, each after those it imports."""
    texts: dict[Path, str] = {}
    seen: set[Path] = set()

    def visit(path: Path) -> None:
        if path in seen:
            return
        seen.add(path)
        text = path.read_text(encoding="utf-8")
        for imported in _IMPORT.findall(text):
            visit((path.parent / imported).resolve())
        texts[path] = text

    visit(entry.resolve())
    return texts
