"""Join the ES modules of a component into the single script that Streamlit accepts."""

import re
from pathlib import Path

_IMPORT = re.compile(r"^import \{[^}]*\} from \"(\.{1,2}/[\w/]+\.js)\";\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default )", re.MULTILINE)


def joined(entry: Path) -> str:
    """Return a module and all that it imports as one module.

    Each module follows those it imports, and the import statements are removed. So all modules
    share one scope, and no two may declare the same name.

    Args:
        entry: the module that imports the others by relative paths.
    """
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", text)) for text in sources(entry).values())


def sources(entry: Path) -> dict[Path, str]:
    """Return the source texts of a module and of its imports, each after those it imports."""
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
