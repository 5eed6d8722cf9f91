"""The pictures of a page as one HTML file that works without a server and a network."""

import base64
import hashlib
import html
import json
import re
from collections.abc import Sequence
from typing import Any, Final

import plotly.io as pio
from plotly.io.json import to_json_plotly
from plotly.offline import get_plotlyjs

from viz.app_theme import LIGHT, SIZES
from viz.shown import PagePicture, ShownElement, ShownFigure
from viz.style import TOOLBAR

_STYLE: Final = """
:root {{ {variables} }}
body {{ font: 16px/1.45 var(--st-font); color: var(--st-text-color);
  background: var(--st-background-color); max-width: 1200px; margin: 0 auto; padding: 16px; }}
h1 {{ font-size: 1.5rem; }}
figure {{ margin: 0 0 2rem; break-inside: avoid; }}
a, p, figcaption {{ overflow-wrap: anywhere; }}
""".format(variables=f"{SIZES} {LIGHT}")

_SCRIPT: Final = """
const read = (figure) => JSON.parse(figure.querySelector("script").textContent);
for (const figure of document.querySelectorAll("figure[data-kind=plotly]")) {
  const { data, layout, frames, config } = read(figure);
  Plotly.newPlot(figure.querySelector("div"), { data, layout, frames, config });
}
for (const figure of document.querySelectorAll("figure[data-kind=element]")) {
  const { name, style, data } = read(figure);
  const parentElement = figure.querySelector("div").attachShadow({ mode: "open" });
  parentElement.append(Object.assign(document.createElement("style"), { textContent: style }));
  elements[name]({ data, parentElement, setTriggerValue() {} });
}
"""

# An element may read what it draws from its address, as if a server had it.
_POLICY: Final = (
    "default-src 'none'; img-src data: blob:; connect-src data:; style-src 'unsafe-inline'; "
    "script-src {hashes}; base-uri 'none'; form-action 'none'"
)

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
<h1>{title}</h1>
<p>Made with Embedding Playground: <a href="{link}">{link}</a></p>
<noscript>These pictures need JavaScript, which is switched off in this browser.</noscript>
{figures}
{scripts}
</body>
</html>
"""

_FIGURE: Final = """<figure data-kind="{kind}">
<div role="{role}" aria-label="{alt}"></div>
<figcaption>{alt}</figcaption>
<script type="application/json">{data}</script>
</figure>
"""


def frozen_page(title: str, link: str, pictures: Sequence[PagePicture]) -> bytes:
    """Return one HTML file in UTF-8 with pictures that can still be pointed at and zoomed.

    The page needs no network, and its content security policy forbids network access. Words are
    data, never markup. plotly.js takes about five megabytes of a page that has a plotly figure.

    Args:
        title: the page's title.
        link: the address of the page in the app.
        pictures: the pictures in their order.
    """
    elements = {each.name: each.script for each in pictures if isinstance(each, ShownElement)}
    drawing = "const elements = {};\n" + "".join(map(_drawing, elements, elements.values()))
    scripts = [("module", drawing + _SCRIPT)]
    if any(isinstance(each, ShownFigure) for each in pictures):
        scripts.insert(0, ("text/javascript", get_plotlyjs()))
    page = _PAGE.format(
        policy=html.escape(_POLICY.format(hashes=" ".join(_hash(text) for _, text in scripts))),
        title=html.escape(title),
        link=html.escape(link),
        style=_STYLE,
        figures="".join(map(_figure, pictures)),
        scripts="\n".join(f'<script type="{kind}">{text}</script>' for kind, text in scripts),
    )
    return page.encode()


def _drawing(name: str, module: str) -> str:
    """Return a module's code in a scope of its own, with its default export kept by its name."""
    code, count = re.subn(
        r"^export default function \(", f"elements.{name} = function (", module, flags=re.MULTILINE
    )
    if count != 1:
        raise ValueError(f"The module of {name} has {count} default exports instead of one.")
    return f"{{\n{code}\n}}\n"


def _figure(picture: PagePicture) -> str:
    """Return a picture as an element, with its data as JSON that cannot end the element."""
    data: dict[str, Any]
    if isinstance(picture, ShownElement):
        kind, role = "element", "group"
        data = {"name": picture.name, "style": picture.style, "data": picture.data()}
        text = json.dumps(data)
    else:
        kind, role = "plotly", "img"
        sent = picture.figure.to_dict()
        template = pio.templates["plotly_white"].to_plotly_json()
        config = {**TOOLBAR, "responsive": True}
        data = {**sent, "layout": {**sent["layout"], "template": template}, "config": config}
        text = to_json_plotly(data)
    return _FIGURE.format(
        kind=kind, role=role, alt=html.escape(picture.alt), data=text.replace("<", "\\u003c")
    )


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
