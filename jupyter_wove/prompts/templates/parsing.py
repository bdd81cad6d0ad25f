"""Read a template: a small part of Mustache.

`{{name}}` and `{{cell.error}}` are values, `{{df | schema}}` is a view of one, `{{#x}}…{{/x}}` is
there for each or if there is any, `{{^x}}…{{/x}}` if there is none, `{{> other@^2}}` is another
prompt, `{{! … }}` is a note. Two braces themselves are written as `{{"{{"}}`.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from jupyter_wove.kit.errors import InvalidRequest

MOST_TAGS = 5_000
DEEPEST = 20
_BRACES = re.compile(r"\{\{+")
_WORD = r"[A-Za-z_][A-Za-z0-9_-]{0,63}"
_PATH = re.compile(rf"({_WORD}(?:\.{_WORD}){{0,7}}|\.)\Z")
_VALUE = re.compile(rf"({_WORD}(?:\.{_WORD}){{0,7}}|\.)(?:\s*\|\s*({_WORD}))?\Z")
_QUOTED = re.compile(r'"(\{\{+)"\Z')
_REFERENCE = re.compile(r"([a-z0-9-]{1,64}/)?[a-z0-9-]{1,64}(@[\w.^~-]{1,40})?\Z")


class Literal(msgspec.Struct, frozen=True, tag=True):
    """Text that stands for itself."""

    text: str


class Variable(msgspec.Struct, frozen=True, tag=True):
    """A value, or a view of one; a path without names is what a section is about just now."""

    path: tuple[str, ...]
    view: str


class Include(msgspec.Struct, frozen=True, tag=True):
    """Another prompt."""

    reference: str


class Section(msgspec.Struct, frozen=True, tag=True):
    """What is there for each value, or if there is none."""

    path: tuple[str, ...]
    inverted: bool
    children: tuple["Node", ...]


Node = Literal | Variable | Include | Section


@lru_cache(maxsize=64)
def parsed(text: str) -> tuple[Node, ...]:
    """Read a template. Raises InvalidRequest, which names the line."""
    return _Reading(text).all()


def escaped(text: str) -> str:
    """Write a text as a template that says just that."""
    return _BRACES.sub(lambda found: '{{"' + found[0] + '"}}', text)


def walk(nodes: tuple[Node, ...], within: bool = False) -> Iterator[tuple[Node, bool]]:
    """Go through all of a template; say of each node whether it lies within a section."""
    for node in nodes:
        yield node, within
        if isinstance(node, Section):
            yield from walk(node.children, True)


def source(nodes: tuple[Node, ...]) -> str:
    """Write a template that reads as these."""
    return "".join(map(_source, nodes))


def _source(node: Node) -> str:
    match node:
        case Literal(text):
            return escaped(text)
        case Include(reference):
            return f"{{{{> {reference}}}}}"
        case Variable(path, view):
            return "{{" + _name(path) + (f" | {view}" if view else "") + "}}"
        case Section(path, inverted, children):
            name, sign = _name(path), "^" if inverted else "#"
            return f"{{{{{sign}{name}}}}}{source(children)}{{{{/{name}}}}}"


class _Reading:
    """Goes through a text once; `open` holds the sections that are not closed yet."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.tags = 0
        self.open: list[tuple[str, bool, int, list[Node]]] = [("", False, 0, [])]

    def all(self) -> tuple[Node, ...]:
        while found := _BRACES.search(self.text, self.at):
            # Of three braces the first is text: `\frac{{{x}}}{2}` holds the value of x.
            start = found.end() - 2
            end = self.text.find("}}", found.end())
            if end < 0:
                raise self._wrong(start, "`{{` is not closed")
            self._tag(start, self.text[start + 2 : end].strip(), end + 2)
        self._literal(self.text[self.at :])
        if len(self.open) > 1:
            name, _, start, _ = self.open[-1]
            raise self._wrong(start, f"the section {name} is not closed")
        return tuple(self.open[0][3])

    def _tag(self, start: int, tag: str, end: int) -> None:
        self.tags += 1
        if self.tags > MOST_TAGS:
            raise self._wrong(start, f"there are more than {MOST_TAGS} tags")
        sign, rest = tag[:1], tag[1:].strip()
        if sign and sign in "#^/!":
            self._quiet(start, sign, rest, end)
            return
        self._literal(self.text[self.at : start])
        self.at = end
        self._add(self._include(start, rest) if sign == ">" else self._value(start, tag))

    def _quiet(self, start: int, sign: str, name: str, end: int) -> None:
        """Take a tag that leaves nothing behind, not even its line if it is alone there."""
        before, after = self._alone(start, end)
        self._literal(self.text[self.at : max(before, self.at)])
        self.at = after
        if sign == "!":
            return
        if not _PATH.match(name):
            raise self._wrong(start, f"{name:.60} is no name of a section")
        if sign == "/":
            self._close(start, name)
        elif len(self.open) > DEEPEST:
            raise self._wrong(start, "sections are nested too deeply")
        else:
            self.open.append((name, sign == "^", start, []))

    def _close(self, start: int, name: str) -> None:
        opened, inverted, _, children = self.open[-1]
        if len(self.open) == 1 or opened != name:
            raise self._wrong(start, f"the section {name} ends where it did not begin")
        self.open.pop()
        self._add(Section(_path(name), inverted, tuple(children)))

    def _alone(self, start: int, end: int) -> tuple[int, int]:
        line = self.text.rfind("\n", 0, start) + 1
        stop = self.text.find("\n", end)
        stop = len(self.text) if stop < 0 else stop + 1
        if line < self.at or self.text[line:start].strip() or self.text[end:stop].strip():
            return start, end
        return line, stop

    def _value(self, start: int, tag: str) -> Node:
        if quoted := _QUOTED.match(tag):
            return Literal(quoted[1])
        found = _VALUE.match(tag)
        if found is None:
            hint = 'Write {{"{{"}} for two braces that are meant as such'
            raise self._wrong(start, f"{{{{{tag:.60}}}}} is no value. {hint}")
        return Variable(_path(found[1]), found[2] or "")

    def _include(self, start: int, reference: str) -> Node:
        if not _REFERENCE.match(reference):
            raise self._wrong(start, f"{reference:.60} names no prompt; write {{{{> name@^1}}}}")
        return Include(reference)

    def _literal(self, text: str) -> None:
        if text:
            self._add(Literal(text))

    def _add(self, node: Node) -> None:
        self.open[-1][3].append(node)

    def _wrong(self, at: int, message: str) -> InvalidRequest:
        line = self.text.count("\n", 0, at) + 1
        return InvalidRequest(f"Line {line} of the text: {message}.")


def _name(path: tuple[str, ...]) -> str:
    return ".".join(path) or "."


def _path(name: str) -> tuple[str, ...]:
    return () if name == "." else tuple(name.split("."))
