"""Texts that code puts together, as far as they can be told without running it."""

import ast
import re
from collections.abc import Callable, Iterable
from itertools import islice, product

Texts = tuple[str, ...]  # what an expression may be: several where a loop goes through several

UNKNOWN = "\0"  # stands in a text for what nobody can tell
MOST = 12  # of what an expression may be
LONGEST = 400  # characters; of a path the end says what it is

_PERCENT = re.compile(r"%[-+ #0]*\d*(?:\.\d+)?[a-zA-Z]|%\(\w+\)[a-zA-Z]")
_BRACES = re.compile(r"\{[^{}]{0,80}\}")
_JOINING = {"join", "joinpath", "Path", "PurePath", "PosixPath", "PurePosixPath", "WindowsPath"}
_SAME = {"str", "expanduser", "resolve", "absolute", "abspath", "fspath", "strip", "as_posix"}

Look = Callable[[ast.expr], Texts]


def texts_of(node: ast.expr, look: Look) -> Texts:
    """Tell which texts an expression may be; `look` tells it of its parts."""
    if isinstance(node, ast.Constant):
        return (_cut(node.value),) if isinstance(node.value, str) else ()
    if isinstance(node, ast.JoinedStr):
        return _joined([look(each) or (UNKNOWN,) for each in node.values[:20]])
    if isinstance(node, ast.FormattedValue):
        return look(node.value)
    if isinstance(node, ast.BinOp):
        return _combined(node, look)
    if isinstance(node, ast.Call):
        return _called(node, look)
    return ()


def alternatives(node: ast.expr, look: Look) -> Texts:
    """Tell the texts that a loop over this goes through."""
    if not isinstance(node, ast.List | ast.Tuple | ast.Set):
        return ()
    return tuple(islice((text for each in node.elts for text in look(each)), MOST))


def _combined(node: ast.BinOp, look: Look) -> Texts:
    left, right = look(node.left), look(node.right)
    if isinstance(node.op, ast.Mod):
        return tuple(_PERCENT.sub(UNKNOWN, text) for text in left)
    between = {ast.Add: "", ast.Div: "/"}.get(type(node.op))
    if between is None or not (left or right):
        return ()
    return _joined([left or (UNKNOWN,), right or (UNKNOWN,)], between)


def _called(node: ast.Call, look: Look) -> Texts:
    called = node.func
    name = getattr(called, "attr", getattr(called, "id", ""))
    itself = look(called.value) if isinstance(called, ast.Attribute) else ()
    if name == "format":
        return tuple(_BRACES.sub(UNKNOWN, text) for text in itself)
    if name == "join" and itself:  # of texts by a text between them, not of paths
        return ()
    if name in _JOINING and node.args:
        arguments = [look(each) or (UNKNOWN,) for each in node.args[:20]]
        return _joined([*([itself] if itself else []), *arguments], "/")
    if name in _SAME:
        return itself or (look(node.args[0]) if node.args else ())
    return ()


def _joined(pieces: Iterable[Texts], between: str = "") -> Texts:
    """Put texts together, in all ways that are possible if those are few."""
    return tuple(_cut(between.join(each)) for each in islice(product(*pieces), MOST))


def _cut(text: str) -> str:
    return text[-LONGEST:]
