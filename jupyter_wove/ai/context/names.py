"""Which names a cell of Python makes, and which it needs from elsewhere."""

import ast
import builtins
import re
import warnings
from collections.abc import Iterator
from typing import NamedTuple

MAGIC = re.compile(r"^(\s*)[%!?].*$", re.MULTILINE)
LONGEST = 200_000  # characters of a cell that is looked into
KNOWN = set(dir(builtins)) | {"_", "__", "___", "get_ipython", "display", "In", "Out"}

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef
Scope = Function | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


class Names(NamedTuple):
    """What a cell makes, and what it needs."""

    made: frozenset[str] = frozenset()
    needed: frozenset[str] = frozenset()


def names_of(source: str) -> Names:
    """Find the names of a cell; none where it is no Python."""
    if source.lstrip().startswith("%%") or len(source) > LONGEST:
        return Names()
    try:
        with warnings.catch_warnings(action="ignore"):
            tree = ast.parse(MAGIC.sub(r"\1pass", source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Names()
    try:
        made = frozenset(_made(tree))
        return Names(made, frozenset(_needed(tree)) - KNOWN)
    except RecursionError:
        return Names()


def _made(tree: ast.AST) -> Iterator[str]:
    """List the names that stay in the module: those of functions are their own."""
    for node in _here(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store | ast.Del):
            yield node.id
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from (alias.asname or alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            yield node.name


def _here(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        yield node
        if not isinstance(node, Scope):
            yield from _here(node)


def _needed(tree: ast.AST) -> Iterator[str]:
    """List the names that are read, or changed by a method, before the cell itself makes them."""
    made: set[str] = set()
    for statement in getattr(tree, "body", []):
        read = {
            node.id
            for node in ast.walk(statement)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
        }
        changed = {
            node.target.id
            for node in ast.walk(statement)
            if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)
        }
        yield from (read | changed) - made - _own(statement)
        made |= set(_made(ast.Module([statement], [])))


def _own(statement: ast.AST) -> set[str]:
    """List the parameters of functions, and what loops and comprehensions run through."""
    own = {node.arg for node in ast.walk(statement) if isinstance(node, ast.arg)}
    for node in ast.walk(statement):
        if isinstance(node, ast.comprehension | ast.For | ast.AsyncFor):
            own |= {each.id for each in ast.walk(node.target) if isinstance(each, ast.Name)}
    return own
