"""What one sees below a cell, by the kinds of its outputs."""

import re
from collections.abc import Iterator
from typing import Any

from jupyter_wove.projects import Cell
from jupyter_wove.search.facts.models import Fact

_PLOTS = re.compile(
    r"application/vnd\.(?:plotly\.v\d|vega(?:lite)?\.v\d|bokehjs_(?:exec|load)).*|application/vnd\.dash.*"
)
_IMAGES = re.compile(r"image/(?:png|jpeg|svg\+xml|gif|webp)")
_BY_MIME = {
    "application/vnd.jupyter.widget-view+json": "widget",
    "application/vnd.dataresource+json": "table",
    "text/latex": "math",
}
# How objects that draw write themselves beside the picture.
_DRAWN = re.compile(
    r"<(?:Figure|Axes|\w*Axes\w*Subplot|matplotlib|seaborn|ggplot|plotnine|mpl_toolkits)|Text\("
    r"|\[?\(?\[?<(?:matplotlib|BarContainer|Axes)|plot without title|Plot with title"
)
_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_LONGEST = 1_000_000  # characters of HTML that are looked through
_BEGINNING = 200  # characters of an object's text


def facts_of_outputs(cell: Cell, draws: bool) -> set[Fact]:
    """Find what outputs show; a picture is a plot where the code, or its text, says so."""
    shown = {each for output in cell.outputs for each in _shown(output)}
    has_drawn = draws or any(_is_drawn(output) for output in cell.outputs)
    if "image" in shown and has_drawn:
        shown = shown - {"image"} | {"plot"}
    return {Fact("has", each) for each in shown}


def _shown(output: dict[str, Any]) -> Iterator[str]:
    if output.get("output_type") == "error":
        yield "error"
    for kind, content in _data(output).items():
        if _IMAGES.fullmatch(kind):
            yield "image"
        elif _PLOTS.fullmatch(kind):
            yield "plot"
        elif kind == "text/html":
            yield "table" if _TABLE.search(_text(content)) else "html"
        elif kind in _BY_MIME:
            yield _BY_MIME[kind]


def _is_drawn(output: dict[str, Any]) -> bool:
    return bool(_DRAWN.match(_text(_data(output).get("text/plain"))[:_BEGINNING].strip()))


def _data(output: dict[str, Any]) -> dict[str, Any]:
    data = output.get("data")
    return data if isinstance(data, dict) else {}


def _text(content: Any) -> str:
    if isinstance(content, list):
        content = "".join(each for each in content if isinstance(each, str))
    return content[:_LONGEST] if isinstance(content, str) else ""
