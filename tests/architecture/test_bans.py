"""What our code never does, each with a line that shows the check would catch it."""

import ast
import re

import pytest

from tests.architecture.test_shape import FRONT_END, MODULES, _name

LOGS = {"critical", "debug", "error", "exception", "info", "log", "print", "warning"}


def hides_an_error(node):
    """Catch everything, and do nothing with it but log."""
    return (
        isinstance(node, ast.ExceptHandler)
        and _spelled(node.type) in {"", "Exception", "BaseException"}
        and all(_only_logs(statement) for statement in node.body)
    )


def _only_logs(statement):
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        return _called(statement.value) in LOGS
    return isinstance(statement, ast.Pass | ast.Continue)


def unpacks_an_archive_blindly(node):
    """Trust the standard library with an archive: its filters let links and bombs through."""
    return isinstance(node, ast.Call) and _called(node) in {"extractall", "unpack_archive"}


def compares_paths_as_text(node):
    """Compare paths by how they are spelled: /home/ann is no parent of /home/anna."""
    return (
        isinstance(node, ast.Call)
        and _called(node) == "startswith"
        and any(_is_text_of(each) for each in [node.func.value, *node.args])
    )


def _is_text_of(node):
    return isinstance(node, ast.Call) and _called(node) in {"str", "fspath", "as_posix"}


def composes_sql(node):
    """Put values into the text of a statement instead of binding them."""
    return (
        isinstance(node, ast.Call)
        and _called(node) in {"text", "execute", "exec_driver_sql", "executemany", "executescript"}
        and any(_is_composed(argument) for argument in node.args[:1])
    )


def _is_composed(node):
    if isinstance(node, ast.JoinedStr):
        return not all(_is_constant(value) for value in node.values)
    if isinstance(node, ast.BinOp):
        return any(isinstance(side, ast.Constant) for side in (node.left, node.right))
    return isinstance(node, ast.Call) and _called(node) == "format"


def _is_constant(node):
    """Let constants of ours through, or one of two: nothing else can say PRAGMA and DDL."""
    if isinstance(node, ast.FormattedValue):
        return _is_constant(node.value)
    if isinstance(node, ast.IfExp):
        return _is_constant(node.body) and _is_constant(node.orelse)
    return isinstance(node, ast.Constant) or (isinstance(node, ast.Name) and node.id.isupper())


def freezes_an_action(node):
    """Use `@authorized` without its arguments: it then keeps the action of the first call."""
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and any(
        _spelled(decorator) == "authorized" for decorator in node.decorator_list
    )


def _called(call):
    return _spelled(call.func).rpartition(".")[2]


def _spelled(node):
    return ast.unparse(node) if node else ""


BANS = {
    hides_an_error: "try:\n    f()\nexcept Exception:\n    log.warning('oh')",
    unpacks_an_archive_blindly: "archive.extractall(folder)",
    compares_paths_as_text: "str(path).startswith(root)",
    composes_sql: "session.execute(text(f'select * from {table}'))",
    freezes_an_action: "@authorized\ndef get(self): ...",
}
FRONT_END_BANS = {
    r"\b(inner|outer)HTML\b|insertAdjacentHTML|dangerouslySetInnerHTML": "node.innerHTML = title",
    r"\bdocument\.write\b": "document.write(title)",
    r"\beval\(|new Function\(": "eval(text)",
    r":\s*any\b|\bas any\b|<any>": "const title: any = 1",
}


@pytest.mark.parametrize("ban", BANS, ids=lambda ban: ban.__name__)
def test_no_module_does(ban):
    found = [f"{_name(path)}:{line}" for path in MODULES for line in _lines(ban, path.read_text())]
    assert found == [], ban.__doc__


@pytest.mark.parametrize(("ban", "example"), BANS.items())
def test_the_ban_catches(ban, example):
    assert _lines(ban, example)


@pytest.mark.parametrize("ban", FRONT_END_BANS)
def test_no_front_end_file_says(ban):
    found = [
        f"{_name(path)}: {line.strip()}"
        for path in FRONT_END
        for line in path.read_text().splitlines()
        if re.search(ban, line)
    ]
    assert found == []


@pytest.mark.parametrize(("ban", "example"), FRONT_END_BANS.items())
def test_the_front_end_ban_catches(ban, example):
    assert re.search(ban, example)


def _lines(ban, source):
    return [node.lineno for node in ast.walk(ast.parse(source)) if ban(node)]
