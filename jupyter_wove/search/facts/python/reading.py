"""Reads Python for its facts, cell after cell, with what earlier cells made known."""

import ast
import re
from collections.abc import Iterator

from jupyter_wove.search.facts.models import Fact
from jupyter_wove.search.facts.python import imports, order
from jupyter_wove.search.facts.python.binding import bind
from jupyter_wove.search.facts.python.datasets import Call, read_by
from jupyter_wove.search.facts.python.makers import AXES, FRAME, SERIES, made_by
from jupyter_wove.search.facts.python.names import Known, Names
from jupyter_wove.search.facts.python.plots import AXES_METHODS, drawn
from jupyter_wove.search.facts.python.texts import Texts, texts_of

LONGEST_NAME = 200  # characters
_ACCESSORS = {"plot", "hvplot", "str", "dt", "cat"}
_AXES = re.compile(r"ax(?:es|s)?_?\d{0,3}")
_PATH = "pathlib.Path"


class Reader:
    """What is known of the names of a notebook, or of a file, so far."""

    def __init__(self) -> None:
        self.names = Names()
        self._known: dict[ast.AST, Known] = {}
        self._texts: dict[ast.AST, Texts] = {}

    def read(self, tree: ast.Module) -> set[Fact]:
        """Read some code; return its facts."""
        facts = {fact for step in order.walk(tree) for fact in self._take(step)}
        self._known, self._texts = {}, {}
        return facts

    def texts(self, node: ast.expr) -> Texts:
        """Tell which texts an expression may be."""
        return self._texts.get(node, ())

    def known(self, node: ast.expr) -> Known | None:
        """Tell what an expression stands for."""
        return self._known.get(node)

    def _take(self, step: order.Step) -> Iterator[Fact]:
        node = step.node
        if step.do == "bind":
            bind(self.names, node, self.known, self.texts)
        elif step.do == "begin":
            self._begin(node)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from imports.learn(self.names, node)
        elif isinstance(node, order.Scope):
            self.names.end()
        elif isinstance(node, ast.expr):
            yield from self._end(node, step.parent)

    def _begin(self, node: ast.AST) -> None:
        """Begin a function: it has names of its own."""
        if not isinstance(node, order.Scope):
            return
        if not isinstance(node, ast.Lambda):
            self.names.bind(node.name, None)
        self.names.begin()
        if not isinstance(node, ast.ClassDef):
            for each in _parameters(node.args):
                self.names.bind(each.arg, None)

    def _end(self, node: ast.expr, parent: ast.AST | None) -> Iterator[Fact]:
        if known := self._understood(node, parent):
            self._known[node] = known
            goes_on = isinstance(parent, ast.Attribute)
            if known.kind == "name" and not goes_on and len(known.name) <= LONGEST_NAME:
                yield Fact("uses", known.name)
        if texts := self._read_text(node):
            self._texts[node] = texts
        if isinstance(node, ast.Call):
            yield from self._called(node)

    def _read_text(self, node: ast.expr) -> Texts:
        if isinstance(node, ast.Name):
            return self.names.texts(node.id)
        return texts_of(node, self.texts)

    def _called(self, node: ast.Call) -> Iterator[Fact]:
        called = self._known.get(node.func)
        if called and called.kind == "method" and len(called.name) <= LONGEST_NAME:
            yield Fact("uses", called.name)
        name = called.name if called else None
        yield from (Fact("dataset", each) for each in read_by(Call(node, name, self.texts)))
        if name or isinstance(node.func, ast.Attribute):
            kinds = drawn(name, _spelled(node.func), self._keywords(node))
            if kinds is not None:
                yield Fact("has", "plot")
                yield from (Fact("has", f"plot:{kind}") for kind in kinds)

    def _keywords(self, node: ast.Call) -> dict[str, str]:
        said = ((each.arg, self.texts(each.value)) for each in node.keywords)
        return {name: texts[0] for name, texts in said if name and texts}

    def _understood(self, node: ast.expr, parent: ast.AST | None) -> Known | None:
        """Tell what an expression stands for, from what its parts do."""
        if isinstance(node, ast.Name):
            is_called = isinstance(parent, ast.Call) and parent.func is node
            return self._named(node.id, is_called) if isinstance(node.ctx, ast.Load) else None
        if isinstance(node, ast.Attribute):
            return _attribute(self._known.get(node.value), node.attr)
        if isinstance(node, ast.Call):
            return _made(self._known.get(node.func))
        if isinstance(node, ast.Subscript):
            return _part(self._known.get(node.value), node.slice)
        if isinstance(node, ast.Await | ast.NamedExpr):
            return self._known.get(node.value)
        return self._below(node) if isinstance(node, ast.BinOp) else None

    def _below(self, node: ast.BinOp) -> Known | None:
        """Tell whether this is a path below another one."""
        left = self._known.get(node.left) if isinstance(node.op, ast.Div) else None
        return left if left == Known(_PATH, "thing") else None

    def _named(self, name: str, called: bool) -> Known | None:
        found = self.names.known(name) or imports.from_star(self.names, name, called=called)
        return found or (Known(AXES, "guess") if _AXES.fullmatch(name) else None)


def _attribute(owner: Known | None, name: str) -> Known | None:
    if owner is None or len(owner.name) > LONGEST_NAME:
        return None
    whole = f"{owner.name}.{name}"
    if owner.kind == "name":
        return Known(whole)
    is_method = (
        owner.kind == "thing"
        or (owner.kind == "guess" and name in AXES_METHODS)
        or (owner.kind == "method" and owner.name.rpartition(".")[2] in _ACCESSORS)
    )
    return Known(whole, "method") if is_method else None


def _made(called: Known | None) -> Known | None:
    made = made_by(called.name) if called and called.kind in {"name", "method"} else None
    return Known(made, "thing") if made else None


def _part(owner: Known | None, index: ast.expr) -> Known | None:
    """Tell what `owner[index]` is: one of many axes, a column, or some rows of a frame."""
    if owner is None or owner.name not in {AXES, FRAME}:
        return None
    if owner.name == AXES:
        return owner
    if isinstance(index, ast.Constant):
        return Known(SERIES, "thing")
    is_frame = isinstance(index, ast.List | ast.Compare | ast.BinOp | ast.UnaryOp | ast.Slice)
    return owner if is_frame else None


def _parameters(arguments: ast.arguments) -> Iterator[ast.arg]:
    yield from (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    yield from filter(None, (arguments.vararg, arguments.kwarg))


def _spelled(node: ast.expr) -> str:
    """Write the last two parts of a name, if it has as many."""
    if not isinstance(node, ast.Attribute):
        return getattr(node, "id", "")
    before = getattr(node.value, "attr", getattr(node.value, "id", ""))
    return f"{before}.{node.attr}"
