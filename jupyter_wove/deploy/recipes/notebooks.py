"""What a notebook is: its language, its code without magics, whether it has been run."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jupyter_wove.deploy.recipes.code import Code

MOST_CELLS = 5_000
_MAGIC = re.compile(r"\s*(%|!|\?)")
_PYTHON_CELLS = ("%%time", "%%timeit", "%%capture", "%%prun")


@dataclass(frozen=True)
class Book:
    """A notebook that could be read; `shown` if it holds an output of its code."""

    language: str
    code: Code
    cells: int  # that hold code
    shown: bool

    @classmethod
    def read(cls, content: bytes) -> "Book | None":
        """Read a notebook; None for what is none."""
        try:
            tree = json.loads(content)
        except (ValueError, RecursionError):
            return None
        if not isinstance(tree, dict) or not isinstance(tree.get("cells"), list):
            return None
        return _book(tree)


def _book(tree: dict[str, Any]) -> Book:
    cells = [each for each in tree["cells"][:MOST_CELLS] if _is_code(each)]
    sources = [source for source in map(_source, cells) if source.strip()]
    shown = any(each.get("outputs") for each in cells)
    return Book(_language(tree), _code(sources), len(sources), shown)


def _code(sources: list[str]) -> Code:
    nothing = Code(frozenset(), {}, {}, frozenset())
    return Code.read(*map(_plain, sources)) or nothing


def _is_code(cell: Any) -> bool:
    return isinstance(cell, dict) and cell.get("cell_type") == "code"


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", "")
    lines = source if isinstance(source, list) else [source]
    return "".join(line for line in lines if isinstance(line, str))


def _plain(source: str) -> str:
    """Leave out what only IPython understands; keep the numbers of lines."""
    if source.lstrip().startswith("%%") and not source.lstrip().startswith(_PYTHON_CELLS):
        return ""
    return "\n".join(_lines(source))


def _lines(source: str) -> Iterator[str]:
    for line in source.splitlines():
        indent = line[: len(line) - len(line.lstrip())]
        yield f"{indent}pass" if _MAGIC.match(line) else line.removesuffix("?")


def _language(tree: dict[str, Any]) -> str:
    metadata = _object(tree.get("metadata"))
    kernel, info = _object(metadata.get("kernelspec")), _object(metadata.get("language_info"))
    said = kernel.get("language") or info.get("name")
    if isinstance(said, str):
        return said.lower()
    return "r" if kernel.get("name") == "ir" else "python"


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
