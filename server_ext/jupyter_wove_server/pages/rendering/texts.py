"""Markdown of a notebook as safe HTML, with its formulas, pictures and coloured code."""

import re
import secrets
from typing import Any

from markupsafe import Markup
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from jupyter_wove.kit.formulas import formula
from jupyter_wove.kit.markdown import to_html as without_formulas
from jupyter_wove_server.pages.rendering.sanitizing import MOST_TAGS, Place, safe_html

LONGEST = 128 * 1024  # characters of one cell
OPENERS = ("$", "\\[", "\\(", "\\begin{")
MOST_OPENERS = 500  # nbconvert looks for the end of each in all that follows
PREFERRED = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml")
CUT = Markup('<p class="note">The rest of this text is not shown: it is too long.</p>')


class _Renderer(IPythonRenderer):
    """nbconvert's, with formulas left out until everything around them is safe."""

    def __init__(self) -> None:
        super().__init__(escape=False, exclude_anchor_links=True)
        self.mark = f"formula-{secrets.token_hex(8)}-"
        self.formulas: list[Markup] = []

    def inline_math(self, body: str) -> str:
        return self._later(formula(body, display=False))

    def block_math(self, body: str) -> str:
        return self._later(formula(body, display=True))

    def latex_environment(self, name: str, body: str) -> str:
        inner = name.rstrip("*")
        written = f"\\begin{{{name}}}{body}\\end{{{name}}}"
        if inner == "equation":
            written = body
        return self._later(formula(written, display=True))

    def block_mermaidjs(self, code: str) -> str:
        return f"<pre>{self.escape_html(code)}</pre>"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        # As it is: where it leads is decided when the whole text is made safe.
        return super(IPythonRenderer, self).image(text, url, title)

    def insert(self, html: str) -> Markup:
        """Put the formulas into HTML that is safe by now."""
        parts = re.split(f"{self.mark}([0-9]+)-", html)
        parts[1::2] = [self.formulas[int(number)] for number in parts[1::2]]
        return Markup("".join(parts))  # noqa: S704  the even parts are sanitised, the odd ones ours

    def _later(self, drawn: Markup) -> str:
        self.formulas.append(drawn)
        return f"{self.mark}{len(self.formulas) - 1}-"


def markdown(text: str, place: Place, attachments: dict[str, Any] | None = None) -> Markup:
    """Render Markdown; `place` finds the pictures that it names in the project."""
    cut = text[:LONGEST]
    if cut.count("<") > MOST_TAGS:
        return Markup("<pre>{}</pre>").format(cut)
    if sum(map(cut.count, OPENERS)) > MOST_OPENERS:
        return Markup(without_formulas(text, place))  # noqa: S704  made safe there
    renderer = _Renderer()
    html = str(MarkdownWithMath(renderer=renderer).render(cut))
    safe = renderer.insert(safe_html(html, _with_attachments(place, attachments or {})))
    return safe + CUT if len(cut) < len(text) else safe


def _with_attachments(place: Place, attachments: dict[str, Any]) -> Place:
    def either(address: str) -> str | None:
        if not address.startswith("attachment:"):
            return place(address)
        bundle = attachments.get(address.removeprefix("attachment:"))
        held = bundle if isinstance(bundle, dict) else {}
        media = next((kind for kind in PREFERRED if isinstance(held.get(kind), str)), None)
        return f"data:{media};base64,{''.join(held[media].split())}" if media else None

    return either
