"""The word map as one HTML file that works without a server and a network."""

import base64
import hashlib
import html
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.embeddings import Unit
from core.layouts.regions import RegionLevel
from viz.components.modules import joined
from viz.components.word_map.checks import check_marks, check_shape
from viz.components.word_map.colors import coloring
from viz.components.word_map.marks import Highlight, Link, Marker
from viz.components.word_map.payload import layout_payload, packed, words_payload
from viz.components.word_map.regions import TWO_COLORINGS, check_regions, levels_payload
from viz.components.word_map.scene_message import scene_message

# The colours of the app, by Streamlit's names.
_LIGHT: Final = {
    "primary-color": "#0b6fa4",
    "background-color": "#ffffff",
    "secondary-background-color": "#f3f5f8",
    "text-color": "#1a1f27",
    "border-color": "#d5dbe3",
    "border-color-light": "#e3e8ee",
}
_DARK: Final = {
    "primary-color": "#2e86c1",
    "background-color": "#11151c",
    "secondary-background-color": "#1b222d",
    "text-color": "#e9edf2",
    "border-color": "#364152",
    "border-color-light": "#29323f",
}

_STYLE: Final = """
:root {{ color-scheme: light dark; --st-font: system-ui, sans-serif; --st-base-font-size: 16px;
  --st-base-radius: 6px; --st-button-radius: 6px; {light} }}
@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}
html, body {{ height: 100%; margin: 0; }}
body {{ display: flex; flex-direction: column; gap: 8px; padding: 12px 16px; box-sizing: border-box;
  font: 16px/1.45 var(--st-font); color: var(--st-text-color);
  background: var(--st-background-color); }}
header {{ display: flex; flex-wrap: wrap; align-items: center; gap: 4px 16px; }}
h1 {{ font-size: 1.25rem; margin: 0 auto 0 0; overflow-wrap: anywhere; }}
input {{ font: inherit; color: inherit; width: 11em; padding: 4px 10px; border-radius: 6px;
  border: 1px solid var(--st-border-color); background: var(--st-secondary-background-color); }}
#map {{ flex: 1; min-height: 280px; }}
p {{ margin: 0; font-size: 0.9rem; }}
"""

_PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<header><h1>{title}</h1><output></output>
<form><input type="search" placeholder="Search a {unit}" aria-label="Search a {unit}"></form>
</header>
<noscript>This map needs JavaScript, which is switched off in this browser.</noscript>
<div id="map"></div>
<p>{alt}</p>
<script type="application/json" id="scene">{scene}</script>
{payloads}
<script type="module">{script}</script>
</body>
</html>
"""


def standalone_html(
    words: Sequence[str],
    coordinates: NDArray[np.float32],
    *,
    title: str,
    alt: str,
    groups: Sequence[int] | NDArray[np.integer] | None = None,
    group_names: Sequence[str] = (),
    group_colors: Sequence[int] = (),
    values: Sequence[float] | NDArray[np.floating] | None = None,
    value_name: str = "",
    value_ticks: Mapping[float, str] | None = None,
    signed: bool = False,
    logarithmic: bool = False,
    by_order: bool = False,
    highlights: Sequence[Highlight] = (),
    links: Sequence[Link] = (),
    markers: Sequence[Marker] = (),
    axis_names: Sequence[str] = (),
    picked: int | None = None,
    focus: Sequence[int] = (),
    dim: bool = True,
    regions: Sequence[RegionLevel] = (),
    color_by_regions: bool = False,
    notes: Sequence[str] = (),
    unit: Unit = "word",
) -> bytes:
    """Return one HTML file in UTF-8 that shows the same map as `word_map`.

    The page needs no network, and its content security policy forbids network access. Words are
    data, never markup. 20,000 words in three dimensions take about half a megabyte.

    Args:
        words: N words, the most important (most frequent) first: they are labelled first.
        coordinates: (N, 2) or (N, 3) float32; a word with NaN in its row is left out.
        title: the page's title.
        alt: one sentence that describes the picture; also shown below the map.
        groups: for each word the index of its group in `group_names`, or -1 for none.
        group_names: at most eight, shown as a legend.
        group_colors: the number of each group's colour, 0 to 7; in order without them.
        values: for each word a number, shown on a sequential scale (NaN for none); not with groups.
        value_name: the name of the numbers.
        value_ticks: labels for some numbers on the scale, instead of its ends.
        signed: whether the scale diverges around zero.
        logarithmic: whether equal steps on the scale are equal factors.
        by_order: whether equal steps on the scale have equally many words; `value_ticks` are then
            at shares of the words, 0 to 1.
        highlights: highlighted words.
        links: lines and arrows.
        markers: points that are not words.
        axis_names: one for each dimension, or none.
        picked: index of the word with the ring.
        focus: indices of words that the view starts at.
        dim: whether the other words fade while some are highlighted.
        regions: levels of regions of this layout, the coarsest first, whose names are shown.
        color_by_regions: whether the words have the colours of their regions; not with groups or
            values.
        notes: sentences at the foot of a poster, such as the method and its settings.
        unit: what the points are, for the sentences on the page.

    Raises:
        ValueError: the lengths, shapes or numbers of groups do not fit.

    >>> page = standalone_html(["king", "queen"], np.eye(2), title="Two words", alt="A pair.")
    >>> b"<title>Two words</title>" in page
    True
    """
    check_shape(words, coordinates, axis_names)
    check_marks(len(words), coordinates.shape[1], highlights, links, markers)
    check_regions(regions, len(words), coordinates.shape[1])
    colors = coloring(
        len(words),
        groups=groups,
        group_names=group_names,
        group_colors=group_colors,
        values=values,
        value_name=value_name,
        value_ticks=value_ticks,
        signed=signed,
        logarithmic=logarithmic,
        by_order=by_order,
    )
    payloads = [words_payload("words", words), layout_payload("layout", coordinates)]
    if colors and color_by_regions:
        raise ValueError(TWO_COLORINGS)
    if colors:
        payloads.append(colors.payload)
    if regions:
        payloads.append(levels_payload("regions", regions, coordinates))
    scene = scene_message(
        words="words",
        layout="layout",
        colors=colors,
        highlights=highlights,
        links=links,
        markers=markers,
        axis_names=axis_names,
        picked=picked,
        focus=focus,
        dim=dim,
        alt=alt,
        regions="regions" if regions else None,
        color_by_regions=color_by_regions and bool(regions),
        notes=notes,
        unit=unit,
    )
    # The script drops payloads that have no address; these are in the page and get an empty one.
    ids = [scene[kind] for kind in ("words", "layout", "colors", "regions") if scene[kind]]
    script = joined(Path(__file__).with_name("standalone.js"))
    page = _PAGE.format(
        policy=_policy(script),
        title=html.escape(title),
        alt=html.escape(alt),
        unit=unit,
        style=_STYLE.format(light=_variables(_LIGHT), dark=_variables(_DARK)),
        scene=_as_data({**scene, "height": None, "addresses": dict.fromkeys(ids, "")}),
        payloads="\n".join(map(_block, payloads)),
        script=script,
    )
    return page.encode("utf-8", "replace")


def _policy(script: str) -> str:
    """Return a policy that allows only this script to run, and nothing to be fetched."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _variables(colors: Mapping[str, str]) -> str:
    return " ".join(f"--st-{name}: {color};" for name, color in colors.items())


def _as_data(value: object) -> str:
    """Return JSON in which no string can end a script element."""
    return json.dumps(value).replace("<", "\\u003c")


def _block(payload: bytes) -> str:
    text = base64.b64encode(packed(payload, 6)).decode()
    return f'<script type="application/gzip" class="payload">{text}</script>'
