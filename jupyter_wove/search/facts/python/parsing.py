"""Python that may be broken, or have magics in it, as syntax trees."""

import ast
import re
import textwrap
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from jupyter_wove.search.facts.syntax import deadline, parsed

if TYPE_CHECKING:
    from tree_sitter import Node

_MOST_LINES, _LONGEST_LINE = 2_000, 2_000  # that are mended one by one, and their characters
_PRINT = re.compile(r"print\s+(?!=)(.*)")
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_STRING = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|#.*")


def trees(code: str) -> list[ast.Module]:
    """Parse code; where that fails, those of its statements that can be read."""
    whole = tree(code)
    return [whole] if whole else list(_readable(code))


def tree(code: str) -> ast.Module | None:
    """Parse code; None where it is no Python."""
    try:
        with warnings.catch_warnings(action="ignore"):
            return ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _readable(code: str) -> Iterator[ast.Module]:
    """Parse what is whole, and of the rest each line by itself, in the order of the code."""
    lines, late = code.split("\n"), deadline()
    first = 0
    for start, end, text in _statements(code):
        yield from _mended(lines[first:start])
        first = max(first, end)
        if late():
            return
        yield from filter(None, [tree(text) or next(_mended(text.split("\n")), None)])
    yield from _mended(lines[first:])


def _statements(code: str) -> Iterator[tuple[int, int, str]]:
    """Find the largest statements without an error: the lines they stand in, and their text."""
    whole, late = parsed("python", code), deadline()
    waiting = list(reversed(whole.root_node.named_children)) if whole else []
    while waiting and not late():
        node = waiting.pop()
        if _is_statement(node) and not node.has_error:
            text = (node.text or b"").decode(errors="replace")
            indented = " " * node.start_point.column + text
            yield node.start_point.row, node.end_point.row + 1, textwrap.dedent(indented)
        elif node.has_error or node.type == "block":
            waiting.extend(reversed(node.named_children))


def _is_statement(node: "Node") -> bool:
    return node.type.endswith(("_statement", "_definition"))


def _mended(lines: list[str]) -> Iterator[ast.Module]:
    """Parse single lines, with the brackets closed and the blocks filled that they begin."""
    for line in lines[:_MOST_LINES]:
        bare = line.strip()
        if not bare or bare.startswith("#") or len(bare) > _LONGEST_LINE:
            continue
        closed = bare.rstrip(", ") + _closers(bare)
        printed = _PRINT.fullmatch(bare)
        tries = [bare, closed, f"{closed} pass", f"print({printed[1]})" if printed else bare]
        if found := next(filter(None, map(tree, dict.fromkeys(tries))), None):
            yield found


def _closers(line: str) -> str:
    """Close what a line opens and does not close."""
    opened: list[str] = []
    for character in _STRING.sub("", line):
        if character in _PAIRS:
            opened.append(_PAIRS[character])
        elif opened and character == opened[-1]:
            opened.pop()
    return "".join(reversed(opened))
