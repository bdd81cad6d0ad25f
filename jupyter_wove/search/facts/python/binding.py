"""Gives names what assignments, loops and `with` say they stand for."""

import ast
from collections.abc import Callable

from jupyter_wove.search.facts.python.makers import PAIRS
from jupyter_wove.search.facts.python.names import Known, Names
from jupyter_wove.search.facts.python.texts import Texts, alternatives

Know = Callable[[ast.expr], Known | None]
Read = Callable[[ast.expr], Texts]


def bind(names: Names, node: ast.AST, known: Know, texts: Read) -> None:
    """Bind the names that a node gives something to."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            _give(names, target, node.value, known, texts)
    elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value:
        _give(names, node.target, node.value, known, texts)
    elif isinstance(node, ast.withitem) and node.optional_vars:
        _give(names, node.optional_vars, node.context_expr, known, texts)
    elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
        through = alternatives(node.iter, texts)
        _forget(names, node.target, through)
    elif isinstance(node, ast.AugAssign):
        _forget(names, node.target)


def _give(names: Names, target: ast.expr, value: ast.expr, known: Know, texts: Read) -> None:
    if isinstance(target, ast.Name):
        names.bind(target.id, known(value), texts(value))
    elif isinstance(target, ast.Tuple | ast.List):
        if isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(target.elts):
            for one, its in zip(target.elts, value.elts, strict=True):
                _give(names, one, its, known, texts)
        else:
            _forget(names, target)
            _give_pair(names, target.elts, value, known)


def _give_pair(names: Names, targets: list[ast.expr], value: ast.expr, known: Know) -> None:
    """Give what plt.subplots() returns: a figure, and axes in any arrangement."""
    called = known(value.func) if isinstance(value, ast.Call) else None
    pair = PAIRS.get(called.name) if called else None
    if pair and len(targets) == len(pair):
        for target, made in zip(targets, pair, strict=True):
            for each in ast.walk(target):
                if isinstance(each, ast.Name):
                    names.bind(each.id, Known(made, "thing"))


def _forget(names: Names, target: ast.expr, texts: Texts = ()) -> None:
    """Give names something that nobody can tell, but perhaps which texts it goes through."""
    for each in ast.walk(target):
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            names.bind(each.id, None, texts if each is target else ())
