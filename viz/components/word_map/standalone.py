"""The word map as one HTML file that works without a server and a network."""

import base64
import hashlib
import html
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Unpack

import numpy as np
from numpy.typing import NDArray

from viz.app_theme import DARK, LIGHT, SIZES
from viz.components.modules import joined
from viz.components.word_map.payload import packed
from viz.components.word_map.picture import Shown, picture

_STYLE: Final = """
:root {{ color-scheme: light dark; {sizes} {light} }}
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
    **shown: Unpack[Shown],
) -> bytes:
    """Return one HTML file in UTF-8 that shows the same map as `word_map`.

    The page needs no network, and its content security policy forbids network access. Words are
    data, never markup. 20,000 words in three dimensions take about half a megabyte.

    Args:
        words: N words, the most important (most frequent) first: they are labelled first.
        coordinates: (N, 2) or (N, 3) float32; a word with NaN in its row is left out.
        title: the page's title.
        alt: one sentence that describes the picture; also shown below the map.
        shown: how the words are coloured and marked; see `picture`.

    Raises:
        ValueError: the lengths, shapes or numbers of groups do not fit.

    >>> page = standalone_html(["king", "queen"], np.eye(2), title="Two words", alt="A pair.")
    >>> b"<title>Two words</title>" in page
    True
    """
    drawn = picture(words, coordinates, alt=alt, **shown)
    script = joined(Path(__file__).with_name("standalone.js"))
    page = _PAGE.format(
        policy=_policy(script),
        title=html.escape(title),
        alt=html.escape(alt),
        style=_STYLE.format(sizes=SIZES, light=LIGHT, dark=DARK),
        scene=_as_data({**drawn.scene, "height": None}),
        payloads="\n".join(map(_block, drawn.payloads)),
        script=script,
        unit=shown.get("unit", "word"),
    )
    return page.encode("utf-8", "replace")


def _policy(script: str) -> str:
    """Return a policy that allows only this script to run, and nothing to be fetched."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _as_data(value: object) -> str:
    """Return JSON in which no string can end a script element."""
    return json.dumps(value).replace("<", "\\u003c")


def _block(payload: bytes) -> str:
    text = base64.b64encode(packed(payload, 6)).decode()
    return f'<script type="application/gzip" class="payload">{text}</script>'
