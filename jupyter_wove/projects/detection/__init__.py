"""Sees what a project is made of by reading its files; nothing is run or believed."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from jupyter_wove.kit.markdown import headline
from jupyter_wove.projects.detection.licences import licence_declared, licence_of
from jupyter_wove.projects.detection.stack import language_of, libraries_of, notebook_of

FILES = 5_000
CODE_FILES = 300
FILE_BYTES = 8 * 1024 * 1024
TOTAL_BYTES = 64 * 1024 * 1024
STACK = 12
_TITLE, _DESCRIPTION = 120, 300
_READMES = {"readme.md", "readme.markdown", "readme.txt", "readme"}
_LICENCES = {"license", "licence", "copying", "unlicense"}

if TYPE_CHECKING:
    from jupyter_wove.projects.repository import Repository


@dataclass(frozen=True)
class Facts:
    """What the files say; `stack` holds languages, then libraries, most used first."""

    stack: list[str] = field(default_factory=list)
    licence: str | None = None
    level: str | None = None
    title: str | None = None
    description: str | None = None


def detect(files: Iterable[tuple[str, Callable[[], bytes]]]) -> Facts:
    """See what files are: pairs of a path and what reads its bytes, called for few of them.

    Reads at most `CODE_FILES` of code and `TOTAL_BYTES`; a file that makes no sense counts
    for nothing.
    """
    seen = _Seen()
    for path, read in islice(files, FILES):
        seen.look_at(PurePosixPath(path), read)
    return seen.facts()


def facts_of(repository: "Repository", version: str) -> Facts:
    """See what a version is made of: its stack, licence, and what its README says."""
    entries = repository.entries(version)
    return detect((each.path, partial(repository.read, version, each.path)) for each in entries)


class _Seen:
    """What was found so far."""

    def __init__(self) -> None:
        self._languages: Counter[str] = Counter()
        self._libraries: Counter[str] = Counter()
        self._texts: dict[str, bytes] = {}
        self._code_left = CODE_FILES
        self._bytes_left = TOTAL_BYTES

    def look_at(self, path: PurePosixPath, read: Callable[[], bytes]) -> None:
        """Count a file of code; keep a text that speaks for the project."""
        name = path.name.lower()
        kind = _speaks(name) if len(path.parts) == 1 else None
        if kind and kind not in self._texts:
            self._texts[kind] = self._read(read)
        elif path.suffix.lower() == ".ipynb" and self._code_left > 0:
            self._count(*notebook_of(self._code(read)))
        elif (language := language_of(name)) and self._code_left > 0:
            code = self._code(read).decode(errors="replace") if language == "python" else ""
            self._count(language, code)

    def facts(self) -> Facts:
        """Sum up."""
        readme = self._texts.get("readme", b"").decode(errors="replace")
        title, description = headline(readme)
        return Facts(
            stack=[*_ranked(self._languages), *_ranked(self._libraries)][:STACK],
            licence=licence_of(self._texts.get("licence", b""))
            or licence_declared(self._texts.get("pyproject", b"")),
            title=_cut(title, _TITLE),
            description=_cut(description, _DESCRIPTION),
        )

    def _count(self, language: str | None, code: str) -> None:
        if language:
            self._languages[language] += 1
        if language in {"python", None}:
            self._libraries.update(libraries_of(code))

    def _code(self, read: Callable[[], bytes]) -> bytes:
        self._code_left -= 1
        return self._read(read)

    def _read(self, read: Callable[[], bytes]) -> bytes:
        if self._bytes_left <= 0:
            return b""
        content = read()
        self._bytes_left -= len(content)
        return content if len(content) <= FILE_BYTES else b""


def _speaks(name: str) -> str | None:
    """Say which of the project's own papers a file in its top folder is."""
    if name in _READMES:
        return "readme"
    if name.partition(".")[0].partition("-")[0] in _LICENCES:
        return "licence"
    return "pyproject" if name == "pyproject.toml" else None


def _ranked(counts: Counter[str]) -> list[str]:
    return sorted(counts, key=lambda name: (-counts[name], name))


def _cut(text: str | None, length: int) -> str | None:
    if text is None or len(text) <= length:
        return text
    return text[: length - 1].rstrip() + "…"
