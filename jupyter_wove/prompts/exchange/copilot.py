"""Prompt files of GitHub Copilot: `.prompt.md`."""

import re
from typing import Any

from jupyter_wove.kit.errors import InvalidRequest
from jupyter_wove.prompts.exchange.remainders import Tree
from jupyter_wove.prompts.exchange.variables import called, fits, inputs_in, nodes_of
from jupyter_wove.prompts.format import divided, dump, joined, load
from jupyter_wove.prompts.templates import Literal, Node, Variable, escaped, source

_KNOWN = ("description", "agent", "mode", "model", "tools", "argument-hint")
_BUILT_IN = ("selection", "file")
_INPUT = re.compile(
    r"\$\{(?:input:(?P<name>[A-Za-z_][A-Za-z0-9_-]{0,63})(?::(?P<hint>[^}]*))?"
    r"|(?P<own>selection|file))\}"
)


class Copilot:
    """Settings in YAML above Markdown, in which `${input:name:hint}` is an input."""

    ending = ".prompt.md"
    media = "text/markdown"
    place: tuple[str, ...] = ("front", "x-wove")

    def read(self, text: str) -> Tree:
        """Read a file, with settings or without."""
        front, body = divided(text)
        return {"front": load(front, first_line=2)[0] if front else {}, "body": body}

    def check(self, tree: Tree) -> None:
        """Refuse what is no settings and text."""
        front, body = tree.get("front"), tree.get("body")
        is_file = isinstance(front, dict) and isinstance(body, str)
        if not is_file or set(tree) != {"front", "body"}:
            raise InvalidRequest("A file has settings and text. Remove what was put beside them.")

    def write(self, tree: Tree) -> str:
        """Write a file."""
        body: str = tree["body"]
        if not tree["front"] and not body.startswith("---"):
            return body
        return joined(dump(tree["front"]), body)

    def ours(self, tree: Tree) -> Tree:
        """Make inputs of what the text asks for."""
        front = tree["front"]
        settings = fits({key: front[key] for key in _KNOWN if key in front})
        if isinstance(front.get("name"), str):
            settings = called(front["name"]) | settings
        inputs = _inputs(tree["body"])
        return {
            "settings": settings | ({"inputs": inputs} if inputs else {}),
            "body": _template(tree["body"]),
        }

    def theirs(self, ours: Tree) -> Tree:
        """Ask for inputs in the text."""
        settings = ours["settings"]
        front = {key: settings[key] for key in ("name", *_KNOWN) if key in settings}
        nodes, inputs = nodes_of(ours["body"]), inputs_in(settings)
        if nodes is None:
            return {"front": front, "body": ours["body"]}
        return {"front": front, "body": "".join(_spelled(each, inputs) for each in nodes)}

    def wrap(self, beside: Tree) -> Any:
        """Keep our data as it is."""
        return beside

    def unwrap(self, found: Any) -> Tree:
        """Read our data."""
        return found if isinstance(found, dict) else {}


def _template(body: str) -> str:
    made, at = [], 0
    for found in _INPUT.finditer(body):
        made += [escaped(body[at : found.start()]), "{{" + (found["name"] or found["own"]) + "}}"]
        at = found.end()
    return "".join([*made, escaped(body[at:])])


def _inputs(body: str) -> dict[str, Any]:
    inputs: dict[str, Any] = {}
    for found in _INPUT.finditer(body):
        name = found["name"] or found["own"]
        made = inputs.setdefault(name, {"type": found["own"] or "string"})
        if found["hint"]:
            made.setdefault("placeholder", found["hint"])
    return inputs


def _spelled(node: Node, inputs: dict[str, dict[str, Any]]) -> str:
    if isinstance(node, Literal):
        return node.text
    if not isinstance(node, Variable) or len(node.path) != 1 or node.view:
        return source((node,))
    name = node.path[0]
    wanted = inputs.get(name, {})
    if name in _BUILT_IN and wanted.get("type") == name:
        return f"${{{name}}}"
    hint = wanted.get("placeholder")
    return f"${{input:{name}:{hint}}}" if hint else f"${{input:{name}}}"
