"""The component's ES modules, joined into the one script that Streamlit can inline."""

import re
from collections.abc import Sequence
from pathlib import Path

_FOLDER = Path(__file__).parent

# Each module comes after those it imports.
ENGINE = (
    "payload.js", "store.js", "theme.js", "camera.js", "picking.js", "styles.js",
    "points_webgl.js", "points_canvas.js", "points.js", "element.js",
    "label_candidates.js", "label_placement.js", "axes.js", "strokes.js", "overlay.js",
    "legend.js", "icons.js", "stylesheet.js", "panel.js", "table.js", "interaction.js",
    "transition.js", "selection.js", "model.js", "pen_svg.js", "export.js", "actions.js",
    "report.js", "scene.js", "carrier.js",
)  # fmt: skip
PAGE = (*ENGINE[:-1], "standalone.js")
STUB = ("stub.js",)

_IMPORT = re.compile(r"^import \{[^}]*\} from \"\./\w+\.js\";\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default )", re.MULTILINE)


def joined(names: Sequence[str]) -> str:
    """Return modules of this folder as one module: without their imports, nothing named twice."""
    sources = [(_FOLDER / name).read_text(encoding="utf-8") for name in names]
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", source)) for source in sources)
