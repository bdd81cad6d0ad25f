"""Cut files into pieces that say something by themselves: cells, functions, sections."""

import ast
import json
import re
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

LARGEST = 2_000_000  # bytes of a file that is read
LONGEST = 6_000  # characters of a piece
MOST_PIECES = 400  # of a file
LINES = 60  # of a piece where nothing tells where one ends


class Piece(NamedTuple):
    """A part of a file; `symbol` is the line that defines what it is, if it defines anything."""

    name: str
    text: str
    symbol: str = ""


def pieces_of(path: Path) -> list[Piece]:
    """Read a file in pieces; none of what is too large, no text, or of a kind we don't know."""
    cut = CUTS.get(path.suffix.lower())
    try:
        if cut is None or path.stat().st_size > LARGEST:
            return []
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return []
    cutting = (each for each in cut(text) if each.text.strip())
    return [each._replace(text=each.text[:LONGEST]) for each in islice(cutting, MOST_PIECES)]


def _python(text: str) -> Iterator[Piece]:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        yield from _lines(text)
        return
    lines = text.splitlines()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            said = "\n".join(lines[first - 1 : node.end_lineno])
            yield Piece(node.name, said, lines[node.lineno - 1].strip())


def _notebook(text: str) -> Iterator[Piece]:
    try:
        cells = json.loads(text)["cells"]
        sources = ["".join(cell["source"]) for cell in cells]
    except (ValueError, KeyError, TypeError, RecursionError):
        return
    for number, source in enumerate(sources):
        yield Piece(f"cell {number + 1}", source)


def _markdown(text: str) -> Iterator[Piece]:
    for section in re.split(r"(?m)^(?=#{1,6} )", text):
        yield Piece(section.strip().partition("\n")[0].lstrip("# ")[:80] or "text", section)


def _lines(text: str) -> Iterator[Piece]:
    lines = text.splitlines()
    for first in range(0, len(lines), LINES):
        yield Piece(f"line {first + 1}", "\n".join(lines[first : first + LINES]))


# Settings and data are not read: they are where keys and people's records are.
CUTS: dict[str, Callable[[str], Iterator[Piece]]] = {
    ".py": _python,
    ".ipynb": _notebook,
    ".md": _markdown,
    ".rst": _lines,
    ".txt": _lines,
    ".r": _lines,
    ".jl": _lines,
    ".sql": _lines,
}
