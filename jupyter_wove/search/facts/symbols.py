"""What code defines: functions, classes, methods and types, each with its line."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from jupyter_wove.search.facts.models import Symbol
from jupyter_wove.search.facts.syntax import GRAMMARS, deadline, parsed

if TYPE_CHECKING:
    from tree_sitter import Node, Tree

MOST = 5_000  # of a file
DEEPEST = 60  # levels of a tree; nobody looks for what is defined further in
_LONGEST_NAME = 200  # characters
_LONGEST_LINE = 1_000  # characters of a line that is looked at where there is no grammar
_STEPS = 500  # between two looks at the clock

SymbolKind = Literal["function", "class", "method", "type"]
DEFINITIONS: dict[str, SymbolKind] = {
    "abstract_class_declaration": "class",
    "abstract_definition": "type",
    "class_declaration": "class",
    "class_definition": "class",
    "enum_declaration": "type",
    "function_declaration": "function",
    "function_definition": "function",
    "generator_function_declaration": "function",
    "interface_declaration": "type",
    "macro_definition": "function",
    "method_definition": "method",
    "struct_definition": "class",
    "type_alias_declaration": "type",
}
_FUNCTIONS = {"arrow_function", "function_expression", "generator_function"}
_HEADS = {"signature", "type_head"}  # where Julia has names, behind what may stand around them
_MOST_AROUND = 6

_CREATE = r"(?i)\s*create\s+(?:or\s+replace\s+)?"
_SQL_NAME = r"[\"`\[]?([\w.]{1,100})"
# Languages without a grammar that could be installed: each pattern fits in one line.
_LINES: dict[str, list[tuple[SymbolKind, re.Pattern[str]]]] = {
    "r": [("function", re.compile(r"\s*`?([\w.]{1,100})`?\s*(?:<-|=)\s*function\s*\("))],
    "sql": [
        (
            "type",
            re.compile(
                rf"{_CREATE}(?:temp(?:orary)?\s+|materialized\s+)?(?:table|view)\s+"
                rf"(?:if\s+not\s+exists\s+)?{_SQL_NAME}"
            ),
        ),
        ("function", re.compile(rf"{_CREATE}(?:function|procedure)\s+{_SQL_NAME}")),
    ],
}


def symbols(language: str, text: str) -> list[Symbol]:
    """List what code defines, in order; nothing where the language is not known."""
    if language not in GRAMMARS:
        return list(_of_lines(language, text))[:MOST]
    tree = parsed(language, text)
    return list(_of_tree(tree)) if tree else []


def _of_tree(tree: "Tree") -> Iterator[Symbol]:
    found = 0
    for node, owner in _nodes(tree):
        kind, name = _defined(node)
        text = (name.text or b"").decode(errors="replace") if name else ""
        if kind and 0 < len(text) <= _LONGEST_NAME:
            is_method = kind == "function" and owner == "class_definition"
            yield Symbol(text, "method" if is_method else kind, node.start_point.row + 1)
            found += 1
        if found == MOST:
            return


def _nodes(tree: "Tree") -> Iterator[tuple["Node", str]]:
    """Go through a tree, until time is up; tell in which definition each node is."""
    cursor, late, owners = tree.walk(), deadline(), [""]
    steps = 0
    while node := cursor.node:
        steps += 1
        if steps % _STEPS == 0 and late():
            return
        yield node, owners[-1]
        if len(owners) < DEEPEST and cursor.goto_first_child():
            owners.append(node.type if node.type in DEFINITIONS else owners[-1])
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return
            owners.pop()


def _defined(node: "Node") -> tuple[SymbolKind | None, "Node | None"]:
    """Tell what a node defines, and which node names it."""
    if not node.is_named:
        return None, None
    if kind := DEFINITIONS.get(node.type):
        return kind, node.child_by_field_name("name") or _julia_name(node)
    value = node.child_by_field_name("value") if node.type == "variable_declarator" else None
    if value and value.type in _FUNCTIONS:
        return "function", node.child_by_field_name("name")
    if node.type == "assignment" and node.named_child_count > 1:
        first = node.named_child(0)  # f(x) = x^2
        return ("function", _innermost(first)) if first.type == "call_expression" else (None, None)
    return None, None


def _julia_name(node: "Node") -> "Node | None":
    first = node.named_child(0) if node.named_child_count else None
    return _innermost(first) if first and first.type in _HEADS else None


def _innermost(node: "Node") -> "Node | None":
    """Find the name in f(x::T)::T where T, or the last one in Base.show(x)."""
    for _ in range(_MOST_AROUND):
        if node.type == "identifier" or not node.named_child_count:
            break
        last = node.named_child_count - 1
        node = node.named_child(last if node.type == "field_expression" else 0)
    return node if node.type == "identifier" else None


def _of_lines(language: str, text: str) -> Iterator[Symbol]:
    patterns = _LINES.get(language, [])
    for number, line in enumerate(text.splitlines() if patterns else [], start=1):
        for kind, pattern in patterns:
            if match := pattern.match(line[:_LONGEST_LINE]):
                yield Symbol(match[1], kind, number)
