"""A project as a recipe sees it: names, texts, code, notebooks; nothing is run or believed."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import islice
from pathlib import PurePosixPath
from typing import Any, Protocol

from jupyter_wove.deploy.recipes.code import Code
from jupyter_wove.deploy.recipes.notebooks import Book
from jupyter_wove.kit.errors import BadRequest, InvalidRequest
from jupyter_wove.kit.jsonc import loads
from jupyter_wove.kit.paths import checked, shown

MOST_FILES = 20_000
MOST_NOTEBOOKS = 200
LARGEST_TEXT = 1_000_000  # bytes
LARGEST_NOTEBOOK = 32_000_000
TOTAL = 128_000_000
SKIPPED = {"__pycache__", "node_modules", "venv", "env", "site-packages"}


class Files(Protocol):
    """The files of a project, wherever they lie."""

    def names(self) -> Mapping[str, int]:
        """Give each path, with forward slashes, and its size in bytes."""
        ...

    def read(self, path: str) -> bytes:
        """Give the content of a file that `names` has."""
        ...


class Project:
    """What a recipe may ask about the files; what makes no sense counts as not there.

    `chosen` is the file that its author wants to begin with. Raises InvalidRequest where it is
    missing.
    """

    def __init__(self, files: Files, chosen: str = "") -> None:
        self._files = files
        self._left = TOTAL
        self._texts: dict[str, str] = {}
        self._code: dict[str, Code | None] = {}
        self.chosen = chosen
        if chosen and not self.has(chosen):
            raise InvalidRequest(f"There is no file {shown(chosen)} to begin with.")

    @cached_property
    def sizes(self) -> dict[str, int]:
        """Give the files that count, by path: those near the top first."""
        names = self._files.names()
        kept = (path for path in islice(names, MOST_FILES) if _counts(path))
        return {path: names[path] for path in sorted(kept, key=_nearness)}

    def has(self, path: str) -> bool:
        """Tell whether there is such a file."""
        return path in self.sizes

    def under(self, folder: str) -> bool:
        """Tell whether there is anything in a folder."""
        return any(path.startswith(f"{folder}/") for path in self.sizes)

    def ending(self, suffix: str) -> list[str]:
        """List the files whose names end so."""
        return [path for path in self.sizes if path.lower().endswith(suffix)]

    def first(self, *paths: str) -> str | None:
        """Give the first of these files that there is."""
        return next((path for path in paths if path in self.sizes), None)

    def text(self, path: str) -> str:
        """Read a text; nothing where it is missing, too large or not text."""
        if path not in self._texts:
            self._texts[path] = _decoded(self._read(path, LARGEST_TEXT))
        return self._texts[path]

    def json(self, path: str) -> dict[str, Any]:
        """Read an object of JSON, with comments or without; an empty one where it is none."""
        return loads(self.text(path))

    def code(self, path: str) -> Code | None:
        """Read a Python file; None where it cannot be understood."""
        if path not in self._code:
            self._code[path] = Code.read(self.text(path)) if self.has(path) else None
        return self._code[path]

    @cached_property
    def programs(self) -> list[str]:
        """List the Python files."""
        return self.ending(".py")

    @cached_property
    def books(self) -> dict[str, Book]:
        """Read the notebooks that can be read, in the order of their names."""
        paths = islice(self.ending(".ipynb"), MOST_NOTEBOOKS)
        read = ((path, Book.read(self._read(path, LARGEST_NOTEBOOK))) for path in paths)
        return {path: book for path, book in read if book}

    @cached_property
    def openings(self) -> dict[str, Book]:
        """Give the notebooks that a visitor may begin with."""
        books = self.books
        return {self.chosen: books[self.chosen]} if self.chosen in books else books

    def sources(self) -> Iterator[Code]:
        """Give all code, of programs and of notebooks."""
        yield from filter(None, map(self.code, self.programs[:MOST_NOTEBOOKS]))
        for book in self.books.values():
            yield book.code

    def _read(self, path: str, largest: int) -> bytes:
        size = self.sizes.get(path, 0)
        if not 0 < size <= min(largest, self._left):
            return b""
        self._left -= size
        return self._files.read(path)[:largest]


def module(path: str) -> str:
    """Name the module that a Python file is, from the top of the project."""
    return ".".join(PurePosixPath(path).with_suffix("").parts)


def _counts(path: str) -> bool:
    try:
        parts = checked(path).parts
    except BadRequest:
        return False
    return not any(part in SKIPPED or part.startswith(".") for part in parts)


def _nearness(path: str) -> tuple[int, str]:
    return path.count("/"), path


def _decoded(content: bytes) -> str:
    if b"\0" in content:
        return ""
    return content.decode("utf-8-sig", errors="replace")
