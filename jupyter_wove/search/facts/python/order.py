"""In which order Python evaluates what it says: values before the names they are given to."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

Scope = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef
Binding = (
    ast.Assign
    | ast.AnnAssign
    | ast.AugAssign
    | ast.NamedExpr
    | ast.For
    | ast.AsyncFor
    | ast.comprehension
    | ast.withitem
)


class Step(NamedTuple):
    """Something to do with a node: begin with it, have its names bound, or be done with it."""

    node: ast.AST
    parent: ast.AST | None
    do: str  # "begin", "bind" or "end"


def walk(tree: ast.AST) -> Iterator[Step]:
    """Go through a tree, however deep it is."""
    waiting = [Step(tree, None, "begin")]
    while waiting:
        step = waiting.pop()
        yield step
        if step.do == "begin":
            waiting.append(step._replace(do="end"))
            waiting.extend(reversed(list(_within(step.node))))


def _within(node: ast.AST) -> Iterator[Step]:
    first, rest = _split(node)
    for each in first:
        yield Step(each, node, "begin")
    if isinstance(node, Binding):
        yield Step(node, None, "bind")
    for each in rest:
        yield Step(each, node, "begin")


def _split(node: ast.AST) -> tuple[list[ast.AST], list[ast.AST]]:
    """Part what is evaluated before names are bound from what comes after."""
    children = list(ast.iter_child_nodes(node))
    if isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
        return [*node.generators, *(each for each in children if each not in node.generators)], []
    value = _bound(node)
    if value is None:
        return children, []
    return [value], [each for each in children if each is not value]


def _bound(node: ast.AST) -> ast.AST | None:
    """Find what is given to names."""
    if isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
        return node.iter
    if isinstance(node, ast.withitem):
        return node.context_expr
    if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign | ast.NamedExpr):
        return node.value
    return None
