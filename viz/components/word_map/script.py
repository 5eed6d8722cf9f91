"""The word map's ES modules, in the order in which they are joined."""

from functools import partial
from pathlib import Path

from viz.components import modules

FOLDER = Path(__file__).parent

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

joined = partial(modules.joined, FOLDER)
