"""The text of a prompt as a template without logic, into which values are put as they are."""

from jupyter_wove.prompts.templates.including import Found, Part, asked_for, put_together
from jupyter_wove.prompts.templates.parsing import (
    Include,
    Literal,
    Node,
    Section,
    Variable,
    escaped,
    parsed,
    source,
    walk,
)
from jupyter_wove.prompts.templates.rendering import Values, Views, accepted, render, written

__all__ = [
    "Found",
    "Include",
    "Literal",
    "Node",
    "Part",
    "Section",
    "Values",
    "Variable",
    "Views",
    "accepted",
    "asked_for",
    "escaped",
    "parsed",
    "put_together",
    "render",
    "source",
    "walk",
    "written",
]
