"""A notebook as HTML with the outputs that it has; the page itself asks nothing of elsewhere."""

from typing import Any

import nbformat
from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.exporters.html import HTMLExporter
from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode

from jupyter_wove.kit.errors import BadRequest
from jupyter_wove.kit.formulas import formula

LONGEST_TEXT = 128 * 1024  # characters of one cell
OPENERS = ("$", "\\[", "\\(", "\\begin{")
MOST_OPENERS = 500  # nbconvert looks for the end of each in all that follows
# Widgets and Javascript would need a kernel, or libraries from elsewhere.
SHOWN = [
    "text/html", "text/markdown", "image/svg+xml", "text/latex", "image/png", "image/jpeg",
    "image/gif", "image/webp", "text/plain",
]  # fmt: skip


class _Renderer(IPythonRenderer):
    """nbconvert's, with formulas drawn, and links to notebooks that lead to their pages."""

    def inline_math(self, body: str) -> str:
        return str(formula(body, display=False))

    def block_math(self, body: str) -> str:
        return str(formula(body, display=True))

    def latex_environment(self, name: str, body: str) -> str:
        inner = (
            body if name.rstrip("*") == "equation" else f"\\begin{{{name}}}{body}\\end{{{name}}}"
        )
        return str(formula(inner, display=True))

    def block_mermaidjs(self, code: str) -> str:
        return f"<pre>{self.escape_html(code)}</pre>"

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return super().link(text, page_of_link(url), title)

    def _embed_image_or_attachment(self, src: str) -> str:
        missing = src.startswith("attachment:") and src[11:] not in self.attachments
        return "" if missing else str(super()._embed_image_or_attachment(src))


class Exporter(HTMLExporter):
    """nbconvert's, with formulas in MathML instead of a library from elsewhere."""

    def _template_name_default(self) -> str:
        return "basic"

    @pass_context
    def markdown2html(self, context: Context, source: str) -> str:
        """Render the text of a cell."""
        attachments = context.get("cell", {}).get("attachments", {})
        renderer = _Renderer(escape=False, attachments=attachments, exclude_anchor_links=True)
        if len(source) > LONGEST_TEXT or sum(map(source.count, OPENERS)) > MOST_OPENERS:
            return f"<pre>{renderer.escape_html(source)}</pre>"
        return str(MarkdownWithMath(renderer=renderer).render(source))

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **options: Any
    ) -> tuple[str, dict[str, Any]]:
        """Render a notebook; its base would parse the whole page once more for small changes."""
        lexer = nb.metadata.get("language_info", {}).get("pygments_lexer", "python3")
        highlight = Highlight2HTML(pygments_lexer=lexer, parent=self)  # type: ignore[no-untyped-call]
        self.register_filter("highlight_code", highlight)  # type: ignore[no-untyped-call]
        resources = self._init_resources(resources or {})  # type: ignore[no-untyped-call]
        rendered: tuple[str, dict[str, Any]] = TemplateExporter.from_notebook_node(
            self, nb, resources, **options
        )
        return rendered


def body(content: bytes) -> str:
    """Render the cells of a notebook. Raises BadRequest where it cannot be read."""
    shown = {"NbConvertBase": {"display_data_priority": SHOWN}}
    exporter = Exporter(config=shown)  # type: ignore[no-untyped-call]
    html, _ = exporter.from_notebook_node(_read(content))
    return html


def title(content: bytes, otherwise: str) -> str:
    """Name a notebook by its first heading."""
    for cell in _read(content).cells:
        if cell.cell_type == "markdown":
            for line in cell.source.splitlines():
                if line.startswith("#") and (text := line.strip("# \t")):
                    return str(text)[:200]
    return otherwise


def page_of_link(url: str) -> str:
    """Turn a link to a notebook of the project into one to its page."""
    path, mark, anchor = url.partition("#")
    here = "://" not in path and not path.startswith("/")
    return f"{path[:-6]}.html{mark}{anchor}" if here and path.endswith(".ipynb") else url


def _read(content: bytes) -> NotebookNode:
    try:
        book: NotebookNode = nbformat.reads(  # type: ignore[no-untyped-call]
            content.decode(), as_version=4
        )
    except Exception as error:  # nbformat meets what is no notebook with errors of many kinds
        raise BadRequest("It is no notebook that can be read.") from error
    return book
