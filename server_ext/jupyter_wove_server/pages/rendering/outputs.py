"""One output of a cell as safe HTML: the richest of its forms that needs no script."""

import base64
import binascii
import json
import re
from typing import Any

from markupsafe import Markup
from nbconvert.filters.ansi import ansi2html

from jupyter_wove.kit.formulas import formula
from jupyter_wove_server.pages.rendering.sanitizing import (
    LARGEST_HTML,
    MOST_TAGS,
    Place,
    safe_html,
)
from jupyter_wove_server.pages.rendering.texts import markdown

Json = dict[str, Any]

LONGEST_TEXT = 50_000  # characters
LARGEST_PICTURE = 8_000_000
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
NEEDS_SCRIPT = re.compile(
    r"application/(vnd\.jupyter\.widget-view\+json|javascript|vnd\.plotly|vnd\.bokehjs|vnd\.vega"
    r"|vnd\.holoviews|geo\+json)",
)
SCRIPTED = re.compile(r"<(script|iframe|canvas|video|audio|object|embed)\b", re.IGNORECASE)
SOMETHING = re.compile(r"<img\b|<hr\b|[^\s<](?![^<]*>)")
INTERACTIVE = Markup('<p class="note">An interactive output: open the notebook in JupyterLab.</p>')
CUT = Markup('<p class="note">The rest of this output is not shown: it is too long.</p>')


def output_html(output: Json, number: int, place: Place) -> Markup:
    """Show an output of the cell that is shown as `number`."""
    match output.get("output_type"):
        case "stream":
            kind = "stderr" if output.get("name") == "stderr" else "stdout"
            return _terminal(_joined(output.get("text")), kind)
        case "error":
            return _terminal(_traceback(output), "error")
        case _:
            data = output.get("data")
            return _displayed(data if isinstance(data, dict) else {}, number, place)


def _displayed(data: Json, number: int, place: Place) -> Markup:
    still = _still(data, number)
    if any(NEEDS_SCRIPT.match(kind) for kind in data):
        return INTERACTIVE + (still or _plain(data))
    if "text/html" in data:
        return _html(_joined(data["text/html"]), still or _plain(data), place)
    if "text/markdown" in data:
        text = markdown(_joined(data["text/markdown"]), place)
        return Markup('<div class="text">{}</div>').format(text)
    return still or _plain(data)


def _html(html: str, instead: Markup, place: Place) -> Markup:
    if len(html) > LARGEST_HTML or html.count("<") > MOST_TAGS:
        return instead + CUT
    safe = Markup(safe_html(html, place))  # noqa: S704  made safe there
    shown = Markup('<div class="rich" tabindex="0">{}</div>').format(safe)
    if not SCRIPTED.search(html):
        return shown
    return INTERACTIVE + (shown if SOMETHING.search(safe) else instead)


def _still(data: Json, number: int) -> Markup:
    """Show the picture among the forms of an output, if there is one."""
    if "image/svg+xml" in data:
        svg = _joined(data["image/svg+xml"]).encode(errors="replace")
        return _image("image/svg+xml", base64.b64encode(svg).decode(), number)
    media = next((kind for kind in PICTURES if kind in data), None)
    return _image(media, "".join(_joined(data[media]).split()), number) if media else Markup("")


def _image(media: str, content: str, number: int) -> Markup:
    if len(content) > LARGEST_PICTURE:
        return Markup('<p class="note">A picture that is too large to be shown here.</p>')
    try:
        base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        return Markup('<p class="note">A picture that cannot be read.</p>')
    return Markup('<img src="data:{};base64,{}" alt="Output of cell {}">').format(
        media, content, number
    )


def _plain(data: Json) -> Markup:
    """Show a formula, or what is there as text."""
    if "text/latex" in data:
        return formula(_joined(data["text/latex"]).strip().strip("$"), display=True)
    if "text/plain" in data:
        return _terminal(_joined(data["text/plain"]), "stdout")
    if "application/json" in data:
        return _terminal(json.dumps(data["application/json"], indent=2), "stdout")
    return Markup("")


def _terminal(text: str, kind: str) -> Markup:
    cut = text[:LONGEST_TEXT]
    shown = Markup(ansi2html(cut))  # type: ignore[no-untyped-call]  # noqa: S704  escaped there
    html = Markup('<pre class="{}" tabindex="0">{}</pre>').format(kind, shown)
    return html + CUT if len(cut) < len(text) else html


def _traceback(output: Json) -> str:
    lines = output.get("traceback")
    if isinstance(lines, list) and lines:
        return "\n".join(line for line in lines if isinstance(line, str))
    return f"{output.get('ename', '')}: {output.get('evalue', '')}"


def _joined(value: Any) -> str:
    """Read text that is kept as one string or as a list of lines."""
    if isinstance(value, list):
        value = "".join(line for line in value if isinstance(line, str))
    return value.encode(errors="replace").decode() if isinstance(value, str) else ""
