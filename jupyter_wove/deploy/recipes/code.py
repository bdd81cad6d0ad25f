"""What Python code says of itself, read from its syntax: it is never imported and never run."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

MOST_STATEMENTS = 200_000


@dataclass(frozen=True)
class Code:
    """What some code imports, makes and defines at its top.

    `imports` are whole names of modules, `made` says of a name which class or function it was
    made by, `functions` says which parameters a function takes.
    """

    imports: frozenset[str]
    made: dict[str, str]
    functions: dict[str, list[str]]
    names: frozenset[str]

    @classmethod
    def read(cls, *pieces: str) -> "Code | None":
        """Read code in pieces, as a notebook has it; None where no piece can be understood."""
        trees = [tree for tree in map(_parsed, pieces) if tree]
        return _read(trees) if trees or not pieces else None

    def uses(self, *modules: str) -> bool:
        """Tell whether one of the modules, or a part of it, is imported."""
        return any(f"{name}.".startswith(f"{each}.") for name in self.imports for each in modules)

    def maker(self, *classes: str) -> str | None:
        """Name what was made by one of these classes: `app` of `app = FastAPI()`."""
        return next((name for name, made in self.made.items() if made in classes), None)

    def factory(self, *names: str) -> str | None:
        """Name a function that needs no argument, of these names."""
        return next((name for name in names if self.functions.get(name) == []), None)


def _parsed(source: str) -> ast.Module | None:
    flags = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    try:
        tree = compile(source, "<project>", "exec", flags, dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return None
    return tree if isinstance(tree, ast.Module) else None


def _read(trees: list[ast.Module]) -> Code:
    known = _Names()
    statements = [each for tree in trees for each in tree.body]
    for node in _everywhere(trees):
        known.learn(node)
    made = dict(pair for each in _top(statements) for pair in known.made(each))
    functions = {
        each.name: _required(each.args)
        for each in statements
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    return Code(frozenset(known.imports), made, functions, frozenset(_assigned(statements)))


class _Names:
    """Which whole name stands behind each short one."""

    def __init__(self) -> None:
        self.imports: set[str] = set()
        self._whole: dict[str, str] = {}

    def learn(self, node: ast.AST) -> None:
        """Note what an import brings."""
        if isinstance(node, ast.Import):
            for each in node.names:
                self.imports.add(each.name)
                self._whole[each.asname or each.name.partition(".")[0]] = (
                    each.name if each.asname else each.name.partition(".")[0]
                )
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for each in node.names:
                self.imports |= {node.module, f"{node.module}.{each.name}"}
                self._whole[each.asname or each.name] = f"{node.module}.{each.name}"

    def made(self, statement: ast.stmt) -> Iterator[tuple[str, str]]:
        """Give the names that a statement makes by a call, and what it calls."""
        value = getattr(statement, "value", None)
        if isinstance(value, ast.Call) and (called := self._spelled(value.func)):
            for name in _targets(statement):
                yield name, called

    def _spelled(self, node: ast.expr) -> str:
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return ""
        return ".".join([self._whole.get(node.id, node.id), *reversed(parts)])


def _everywhere(trees: list[ast.Module]) -> Iterator[ast.AST]:
    """Walk through all statements, those within functions too, but not through expressions."""
    waiting: list[ast.AST] = list(reversed(trees))
    for _ in range(MOST_STATEMENTS):
        if not waiting:
            return
        node = waiting.pop()
        yield node
        children = (each for each in ast.iter_child_nodes(node) if not isinstance(each, ast.expr))
        waiting.extend(reversed(list(children)))


def _top(statements: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Give the statements that run when a module is imported, those of `with` and `if` too."""
    for each in statements:
        if isinstance(each, ast.With | ast.AsyncWith):
            yield from (_as_assignment(item) for item in each.items if item.optional_vars)
        if isinstance(each, ast.If) and not _is_main(each):
            yield from _top(each.body)
        yield each


def _as_assignment(item: ast.withitem) -> ast.stmt:
    target = item.optional_vars or ast.Name("_")
    return ast.Assign([target], item.context_expr)


def _is_main(node: ast.If) -> bool:
    test = node.test
    return isinstance(test, ast.Compare) and getattr(test.left, "id", "") == "__name__"


def _targets(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.Assign):
        return [each.id for each in statement.targets if isinstance(each, ast.Name)]
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return [statement.target.id]
    return []


def _assigned(statements: list[ast.stmt]) -> Iterator[str]:
    for each in _top(statements):
        yield from _targets(each)
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield each.name


def _required(arguments: ast.arguments) -> list[str]:
    """List the parameters that must be given by position."""
    positional = [*arguments.posonlyargs, *arguments.args]
    needed = positional[: len(positional) - len(arguments.defaults)]
    return [each.arg for each in needed]
