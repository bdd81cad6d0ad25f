"""What imports bring: names, libraries, and data that comes as a name."""

import ast
import builtins
import re
import sys
from collections.abc import Iterator

from jupyter_wove.search.facts.models import Fact
from jupyter_wove.search.facts.python.datasets import imported
from jupyter_wove.search.facts.python.names import Known, Names

_BUILTIN = frozenset(dir(builtins)) | {"display", "get_ipython"}
_PYLAB = re.compile(r"pylab\b")
# What is meant by a name that came with `from … import *`.
_STARS = {
    "plotnine": re.compile(
        r"ggplot|aes|labs|[xy]lab|ggtitle|element_\w+|(?:geom|stat|facet|theme|scale|coord|guide)_?\w*"
    ),
    **dict.fromkeys(
        ("pylab", "matplotlib.pyplot", "matplotlib.pylab"),
        re.compile(
            r"plot|hist|scatter|bar|barh|imshow|pie|boxplot|contourf?|pcolormesh|semilog[xy]|loglog"
            r"|figure|subplots?|show|title|[xy]label|[xy]lim|legend|colorbar|savefig|errorbar"
        ),
    ),
}


def learn(names: Names, node: ast.Import | ast.ImportFrom) -> Iterator[Fact]:
    """Note what an import brings, and say so."""
    if isinstance(node, ast.Import):
        for each in node.names:
            yield from _module(each.name)
            top = each.name.partition(".")[0]
            names.bind(each.asname or top, Known(each.name if each.asname else top))
    elif node.level or not node.module:
        for each in node.names:
            names.bind(each.asname or each.name, None)
    else:
        yield from _members(names, node.module, node.names)


def learn_magic(names: Names, magic: str) -> None:
    """Note what %pylab brings."""
    if _PYLAB.match(magic):
        names.bind("np", Known("numpy"))
        names.bind("plt", Known("matplotlib.pyplot"))
        names.stars.append("matplotlib.pyplot")


def from_star(names: Names, name: str, *, called: bool) -> Known | None:
    """Guess which star import a name came with; the only one has all that is called."""
    if not names.stars or name in _BUILTIN or names.is_bound(name):
        return None
    for module in names.stars:
        if module in _STARS and _STARS[module].fullmatch(name):
            return Known(f"{module}.{name}")
    is_only = called and len(names.stars) == 1 and names.stars[0] not in _STARS
    return Known(f"{names.stars[0]}.{name}") if is_only else None


def _module(name: str) -> Iterator[Fact]:
    yield Fact("uses", name)
    yield from _library(name)


def _members(names: Names, module: str, members: list[ast.alias]) -> Iterator[Fact]:
    yield from _library(module)
    for each in members:
        if each.name == "*":
            names.stars += [module] if module not in names.stars else []
            yield Fact("uses", module)
            continue
        name = f"{module}.{each.name}"
        names.bind(each.asname or each.name, Known(name))
        yield Fact("uses", name)
        if dataset := imported(name):
            yield Fact("dataset", dataset)


def _library(name: str) -> Iterator[Fact]:
    top = name.partition(".")[0]
    if top not in sys.stdlib_module_names:
        yield Fact("lib", top)
