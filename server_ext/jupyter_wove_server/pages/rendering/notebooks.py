"""A notebook as HTML, by nbconvert with a template of our own; nothing comes from elsewhere."""

import time
from pathlib import Path
from typing import Any, cast

import msgspec
import nbformat
from jinja2 import Environment
from markupsafe import Markup
from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat import NotebookNode

from jupyter_wove.projects import Notebook, read_notebook
from jupyter_wove_server.pages.rendering.code import coloured
from jupyter_wove_server.pages.rendering.outputs import output_html
from jupyter_wove_server.pages.rendering.sanitizing import Place
from jupyter_wove_server.pages.rendering.texts import markdown

TEMPLATES = Path(__file__).parents[1] / "nbconvert"
LONGEST = 30_000_000  # characters of HTML
SECONDS = 20.0  # until no further cell is begun
ROOM = "This notebook is too large to be shown whole: {} of {} cells are left out. Download it."


class Cells:
    """What the template does with the cells of one notebook, until there is too much of it."""

    def __init__(self, notebook: NotebookNode, place: Place) -> None:
        self.language = language_of(notebook.metadata)
        self.place = place
        self.room = LONGEST
        self.until = time.monotonic() + SECONDS
        self.left_out = 0

    def fits(self, cell: NotebookNode) -> bool:
        """Tell whether there is room for one more cell."""
        fits = self.room > 0 and time.monotonic() < self.until
        self.left_out += not fits
        return fits

    def text(self, cell: NotebookNode) -> Markup:
        """Show a cell of Markdown."""
        return self._counted(markdown(cell.source, self.place, cell.get("attachments")))

    def code(self, source: str) -> Markup:
        """Show code."""
        return self._counted(coloured(source, self.language))

    def output(self, output: NotebookNode, number: int) -> Markup:
        """Show an output of a cell."""
        if self.room <= 0 or time.monotonic() > self.until:
            return Markup('<p class="note">This output is left out.</p>')
        return self._counted(output_html(output, number, self.place))

    def _counted(self, html: Markup) -> Markup:
        self.room -= len(html)
        return html


class Exporter(TemplateExporter):
    """nbconvert's, escaping by default."""

    file_extension = ".html"

    def _create_environment(self) -> Environment:
        environment: Environment = super()._create_environment()  # type: ignore[no-untyped-call]
        environment.autoescape = True
        environment.trim_blocks = environment.lstrip_blocks = True
        return environment


def notebook_html(content: bytes, place: Place) -> Markup:
    """Render a notebook of any format. Raises what `read_notebook` raises."""
    notebook = _node(read_notebook(content))
    cells = Cells(notebook, place)
    exporter = Exporter(  # type: ignore[no-untyped-call]
        default_preprocessors=[],
        template_name="wove",
        extra_template_basedirs=[str(TEMPLATES)],
        filters={name: getattr(cells, name) for name in ("fits", "text", "code", "output")},
    )
    html, _ = exporter.from_notebook_node(notebook)
    return Markup(html) + _note(cells, len(notebook.cells))  # noqa: S704  the template escapes


def _node(notebook: Notebook) -> NotebookNode:
    """Give nbconvert what it works on; what nbformat would not let pass, the filters bear."""
    cells = [msgspec.structs.asdict(cell) | {"cell_type": cell.type} for cell in notebook.cells]
    node = nbformat.from_dict({"cells": cells, "metadata": notebook.metadata})  # type: ignore[no-untyped-call]
    return cast(NotebookNode, node)


def language_of(metadata: dict[str, Any]) -> str:
    """Tell the language of a notebook's code; Python where it does not say."""
    info, kernel = metadata.get("language_info"), metadata.get("kernelspec")
    named = [
        info.get("pygments_lexer") if isinstance(info, dict) else None,
        info.get("name") if isinstance(info, dict) else None,
        kernel.get("language") if isinstance(kernel, dict) else None,
        metadata.get("language"),
    ]
    return next((name for name in named if isinstance(name, str) and name), "python")


def _note(cells: Cells, total: int) -> Markup:
    if not cells.left_out:
        return Markup("")
    return Markup('<p class="note">{}</p>').format(ROOM.format(cells.left_out, total))
