"""What code defines: functions, classes, methods and types, each with its line."""

import re
from collections.abc import Iterator
from functools import cache

from tree_sitter import Node, Query, QueryCursor

from jupyter_wove.search.facts.models import Symbol
from jupyter_wove.search.facts.syntax import deadline, grammar, parsed

MOST = 5_000  # of a file
_LONGEST_LINE = 1_000  # characters of a line that is looked at where there is no grammar
_KINDS = ("method", "class", "type", "function")  # the first that is found says what it is

_JAVASCRIPT = """
(function_declaration name: (identifier) @function)
(generator_function_declaration name: (identifier) @function)
(variable_declarator name: (identifier) @function value: [(arrow_function) (function_expression)])
(method_definition name: (property_identifier) @method)
"""
_TYPESCRIPT = f"""{_JAVASCRIPT}
(class_declaration name: (type_identifier) @class)
(abstract_class_declaration name: (type_identifier) @class)
(interface_declaration name: (type_identifier) @type)
(type_alias_declaration name: (type_identifier) @type)
(enum_declaration name: (identifier) @type)
"""
QUERIES = {
    "python": """
(class_definition name: (identifier) @class)
(function_definition name: (identifier) @function)
(class_definition body: (block (function_definition name: (identifier) @method)))
(class_definition body: (block (decorated_definition
  definition: (function_definition name: (identifier) @method))))
""",
    "javascript": f"{_JAVASCRIPT}(class_declaration name: (identifier) @class)",
    "typescript": _TYPESCRIPT,
    "tsx": _TYPESCRIPT,
    "bash": "(function_definition name: (word) @function)",
    "julia": """
(function_definition (signature (call_expression . (identifier) @function)))
(function_definition (signature (typed_expression . (call_expression . (identifier) @function))))
(function_definition (signature (where_expression . (call_expression . (identifier) @function))))
(assignment . (call_expression . (identifier) @function))
(macro_definition (signature (call_expression . (identifier) @function)))
(struct_definition (type_head (identifier) @class))
(struct_definition (type_head (binary_expression . (identifier) @class)))
(abstract_definition (type_head (identifier) @type))
""",
}
# Languages without a grammar that could be installed: each pattern fits in one line.
LINES = {
    "r": [("function", r"^\s*`?([\w.]{1,100})`?\s*(?:<-|=)\s*function\s*\(")],
    "sql": [
        (
            "type",
            r"(?i)^\s*create\s+(?:or\s+replace\s+)?(?:temp(?:orary)?\s+|materialized\s+)?"
            r"(?:table|view)\s+(?:if\s+not\s+exists\s+)?[\"`\[]?([\w.]{1,100})",
        ),
        (
            "function",
            r"(?i)^\s*create\s+(?:or\s+replace\s+)?(?:function|procedure)\s+[\"`\[]?([\w.]{1,100})",
        ),
    ],
}


def symbols(language: str, text: str) -> list[Symbol]:
    """List what code defines, by line; nothing where the language is unknown or time is up."""
    found = _of_tree(language, text) if language in QUERIES else _of_lines(language, text)
    return sorted(found, key=lambda each: each.line)[:MOST]


def _of_tree(language: str, text: str) -> list[Symbol]:
    tree = parsed(language, text)
    if tree is None:
        return []
    late = deadline()
    cursor = QueryCursor(_query(language), match_limit=1_000)
    captured = cursor.captures(tree.root_node, None, lambda offset: late())
    named: dict[int, tuple[str, Node]] = {}
    for kind in _KINDS:
        for node in captured.get(kind, []):
            named.setdefault(node.start_byte, (kind, node))
    return [_symbol(kind, node) for kind, node in named.values()]


@cache
def _query(language: str) -> Query:
    return Query(grammar(language), QUERIES[language])


def _symbol(kind: str, node: Node) -> Symbol:
    name = (node.text or b"").decode(errors="replace")
    return Symbol(name, kind, node.start_point.row + 1)  # type: ignore[arg-type]


def _of_lines(language: str, text: str) -> Iterator[Symbol]:
    patterns = [(kind, re.compile(pattern)) for kind, pattern in LINES.get(language, [])]
    for number, line in enumerate(text.splitlines() if patterns else [], start=1):
        for kind, pattern in patterns:
            if match := pattern.match(line[:_LONGEST_LINE]):
                yield Symbol(match[1], kind, number)  # type: ignore[arg-type]
