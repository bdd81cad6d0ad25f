"""Put values into a template. What a value says is data: it is never read as a template."""

from collections.abc import Mapping
from typing import Any

import msgspec

from jupyter_wove.kit.errors import InvalidRequest, TooLarge
from jupyter_wove.prompts.format import Input
from jupyter_wove.prompts.templates.including import Part, asked_for
from jupyter_wove.prompts.templates.parsing import Include, Literal, Node, Section, Variable

Values = Mapping[str, Any]
Views = Mapping[str, Mapping[str, Any]]  # df -> schema -> what `{{df | schema}}` says
LARGEST = 1024 * 1024  # characters
MOST_STEPS = 100_000


def render(part: Part, values: Values, views: Views | None = None) -> str:
    """Write out a template. Raises InvalidRequest, which names what is missing."""
    return written(part, accepted(asked_for(part), values, views or {}), views or {})


def accepted(inputs: Mapping[str, Input], values: Values, views: Views) -> Values:
    """Fill in defaults; refuse values that do not fit, or are missing (InvalidRequest)."""
    given = {name: each.default for name, each in inputs.items() if each.default is not None}
    given |= {name: value for name, value in values.items() if value is not None}
    missing = [
        name
        for name, each in inputs.items()
        if each.is_required and name not in given and name not in views
    ]
    if missing:
        raise InvalidRequest(f"Give a value for {', '.join(missing)}.")
    for name, each in inputs.items():
        if name in given:
            _check_one(name, each, given[name])
    return given


def written(part: Part, given: Values, views: Views) -> str:
    """Write out a template with values that were accepted."""
    writing = _Writing(views)
    writing.nodes(part, part.nodes, [given])
    return "".join(writing.out)


def _check_one(name: str, wanted: Input, value: Any) -> None:
    if wanted.type == "number" and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise InvalidRequest(f"{name}: give a number.")
    if wanted.type == "enum" and value not in wanted.options:
        options = ", ".join(map(str, wanted.options))
        raise InvalidRequest(f"{name}: choose one of {options}.")


class _Writing:
    def __init__(self, views: Views) -> None:
        self.views = views
        self.out: list[str] = []
        self.length = 0
        self.steps = 0

    def nodes(self, part: Part, nodes: tuple[Node, ...], scope: list[Any]) -> None:
        self.steps += 1 + len(nodes)  # a section without anything in it takes time, too
        if self.steps > MOST_STEPS:
            raise InvalidRequest("The sections repeat too often. Give shorter lists.")
        for node in nodes:
            match node:
                case Literal(text):
                    self._write(text)
                case Variable(path, view):
                    self._write(self._view(path, view) if view else _written(_look(path, scope)))
                case Include(reference):
                    inner = part.included[reference]
                    self.nodes(inner, inner.nodes, scope)
                case Section():
                    self._section(part, node, scope)

    def _section(self, part: Part, section: Section, scope: list[Any]) -> None:
        value = _look(section.path, scope)
        if value is None and ".".join(section.path) in self.views:
            value = True  # somebody who hands in views only has the value, too
        # Zero is a value; nothing, false, and what is empty are not.
        absent = value is None or value is False or value in ("", [], {})
        if section.inverted:
            if absent:
                self.nodes(part, section.children, scope)
        elif not absent:
            for each in value if isinstance(value, list | tuple) else [value]:
                self.nodes(part, section.children, [*scope, each])

    def _view(self, path: tuple[str, ...], view: str) -> str:
        views = self.views.get(".".join(path), {})
        if view not in views:
            raise InvalidRequest(f"Give the view {view} of {'.'.join(path)}.")
        return _written(views[view])

    def _write(self, text: str) -> None:
        self.length += len(text)
        if self.length > LARGEST:
            raise TooLarge(f"The prompt would be longer than {LARGEST} characters.")
        self.out.append(text)


def _look(path: tuple[str, ...], scope: list[Any]) -> Any:
    if not path:
        return scope[-1]
    holder: Any = next((each for each in reversed(scope) if _holds(each, path[0])), {})
    for name in path:
        holder = holder[name] if _holds(holder, name) else None
    return holder


def _holds(value: Any, name: str) -> bool:
    return isinstance(value, Mapping) and name in value


def _written(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
