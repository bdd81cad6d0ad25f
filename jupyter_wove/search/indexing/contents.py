"""What can be found in a project: its page, its files, and the cells of its notebooks."""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import msgspec

from jupyter_wove.accounts import PersonRow
from jupyter_wove.kit.errors import WoveError
from jupyter_wove.projects import Entry, Notebook, ProjectRow, output_text, read_notebook
from jupyter_wove.search.engines import Document, Part
from jupyter_wove.search.facts import (
    BESIDE,
    Fact,
    NotebookFacts,
    facts_of_code,
    facts_of_notebook,
    of_file,
)
from jupyter_wove.search.indexing.remembered import Remembered

MOST_FILES = 5_000
LARGEST_NOTEBOOK = 32 * 1024 * 1024  # bytes
LONGEST_TEXT = 64 * 1024  # characters of a file in which words are found
LONGEST_CODE = 1024 * 1024 + 1  # bytes of one in which patterns are; one more tells it is cut
README_ON_PAGE = 2_000  # characters; the rest is found as a file's, or titles would count for less
LONGEST_CELL, LONGEST_OUTPUT = 20_000, 4_000  # characters
MOST_TELLING = 300  # files of which the page has the facts, notebooks first
MOST_FACTS = 2_000  # of one document

PROSE = {".markdown", ".md", ".qmd", ".rmd", ".rst", ".tex", ".txt"}
CODE = {
    *(".bash", ".c", ".cpp", ".css", ".go", ".h", ".hpp", ".html", ".java", ".jl", ".js"),
    *(".jsx", ".lua", ".m", ".pl", ".py", ".pyi", ".pyx", ".r", ".rb", ".rs", ".scala", ".sh"),
    *(".sql", ".swift", ".toml", ".ts", ".tsx", ".yaml", ".yml"),
}
READMES = ("readme.md", "readme.markdown", "readme.rst", "readme.txt", "readme")

_HEADING = re.compile(r"^[ ]{0,3}#{1,6}[ \t]+(\S[^\n]*?)[ \t#]*$", re.MULTILINE)

# The facts of the files that pages were last made of: to make one again, only what is new is read.
_FACTS: Remembered[frozenset[Fact]] = Remembered(5_000)

if TYPE_CHECKING:
    from jupyter_wove.projects import Repository


class Page(msgspec.Struct, frozen=True):
    """What a project's page says, but for its README.

    `verified` is the day on which what is published was last tried and ran; empty if it was not.
    """

    title: str
    tags: list[str]
    owner: str
    description: str
    verified: str = ""


def page(row: ProjectRow, owner: PersonRow, tags: list[str], verified: str = "") -> Page:
    """Collect what a project's page says."""
    return Page(row.title, tags, f"{owner.name} {owner.handle}", row.description, verified)


class Contents:
    """A version of a project, taken apart; nothing but names is read until it is asked for."""

    def __init__(self, page: Page, repository: "Repository | None", version: str | None) -> None:
        self._page, self._repository, self._version = page, repository, version or ""
        entries = repository.entries(version) if repository and version else []
        texts = [each for each in entries if each.kind != "binary" and _is_writable(each.path)]
        self._readme = _readme(texts)
        self._files = {self._part(each): each for each in texts[:MOST_FILES]}
        self._telling = _telling(texts)
        told = [(each.path, each.blob) for each in self._telling]
        said = msgspec.json.encode([page, self._readme and self._readme.blob, told])
        self._page_part = Part("", sha256(said).hexdigest())

    @property
    def parts(self) -> frozenset[Part]:
        """Name the parts."""
        return frozenset([self._page_part, *self._files])

    def documents(self, part: Part) -> Iterable[Document]:
        """Read a part; where it cannot be read, only its name is found."""
        if part == self._page_part:
            return [self._page_document()]
        return self._file(self._files[part])

    def _file(self, entry: Entry) -> list[Document]:
        """Read a file: first itself, with all its facts, then its cells."""
        documents = self._notebook(entry) if entry.kind == "notebook" else [self._text(entry)]
        _FACTS.keep(_content(entry), documents[0].facts)
        return documents

    def _facts(self) -> frozenset[Fact]:
        """Collect the facts of the files."""
        found: set[Fact] = set()
        for entry in self._telling:
            known = _FACTS.get(_content(entry))
            found |= self._file(entry)[0].facts if known is None else known
        return _most(found - {Fact("lang", language) for language in BESIDE})

    def _part(self, entry: Entry) -> Part:
        """Name a file as it is; one is taken apart another way while it is the README."""
        role = " readme" if entry is self._readme else ""
        return Part(entry.path, entry.blob + role)

    def _page_document(self) -> Document:
        readme = self._beginning(self._readme, LONGEST_TEXT) if self._readme else ""
        said = self._page
        return Document(
            "project",
            title=said.title,
            tags=", ".join(said.tags),
            owner=said.owner,
            description=said.description,
            markdown=readme[:README_ON_PAGE],
            facts=self._facts() | ({Fact("verified", said.verified)} if said.verified else set()),
        )

    def _text(self, entry: Entry) -> Document:
        suffix = PurePosixPath(entry.path).suffix.lower()
        is_readme = entry is self._readme
        text = self._beginning(entry, LONGEST_CODE)
        begun = text[:LONGEST_TEXT]
        prose = begun if suffix in PROSE or is_readme else ""
        prose = prose[README_ON_PAGE:] if is_readme else prose
        code = begun if suffix in CODE else ""
        named = _named(entry, prose, code, _most(facts_of_code(entry.path, begun)))
        return msgspec.structs.replace(named, text=text)

    def _notebook(self, entry: Entry) -> list[Document]:
        if self._repository is None or entry.size > LARGEST_NOTEBOOK:
            return [_named(entry)]
        try:
            notebook = read_notebook(self._repository.read(self._version, entry.path))
        except WoveError:  # it is found by its name, and says itself what is wrong when opened
            return [_named(entry)]
        facts = facts_of_notebook(notebook)
        itself = _named(entry, facts=_most(facts.whole))
        return [itself, *_cells(PurePosixPath(entry.path).name, notebook, facts)]

    def _beginning(self, entry: Entry, longest: int) -> str:
        if self._repository is None:
            return ""
        try:
            with self._repository.open(self._version, entry.path) as file:
                return file.read(longest).decode("utf-8-sig", errors="replace")
        except WoveError:
            return ""


def _cells(label: str, notebook: Notebook, facts: NotebookFacts) -> Iterator[Document]:
    for number, (cell, known) in enumerate(zip(notebook.cells, facts.cells, strict=True)):
        source = cell.source[:LONGEST_CELL]
        is_code = cell.type == "code"
        if not is_code and (heading := _HEADING.search(source)):
            label = heading[1]
        output = output_text(cell, LONGEST_OUTPUT)
        if source.strip() or output.strip() or known:
            prose, code = ("", source) if is_code else (source, "")
            yield Document(
                *("cell", number, cell.id, label),
                markdown=prose,
                source=code,
                output=output,
                facts=_most(known),
            )


def _named(
    entry: Entry, markdown: str = "", source: str = "", facts: frozenset[Fact] = frozenset()
) -> Document:
    path = PurePosixPath(entry.path)
    folder = "" if path.parent == PurePosixPath() else str(path.parent)
    return Document(
        "file", title=path.name, folder=folder, markdown=markdown, source=source, facts=facts
    )


def _telling(entries: list[Entry]) -> list[Entry]:
    """Choose the files of which the page has the facts."""
    telling = [each for each in entries if each.kind == "notebook" or of_file(each.path)]
    return sorted(telling, key=lambda each: each.kind != "notebook")[:MOST_TELLING]


def _content(entry: Entry) -> str:
    """Name what a file holds: the same bytes are other code under another ending.

    The pointer to a large file has another size than the file, for whom it leads to that.
    """
    return f"{entry.blob} {entry.size} {entry.kind} {of_file(entry.path)}"


def _most(facts: Iterable[Fact]) -> frozenset[Fact]:
    """Keep as many facts as fit; what is used is most, and last."""
    ordered = sorted(facts, key=lambda each: (each.kind == "uses", each))
    return frozenset(ordered[:MOST_FACTS])


def _readme(entries: list[Entry]) -> Entry | None:
    named = {each.path.lower(): each for each in entries}
    return next((named[name] for name in READMES if name in named), None)


def _is_writable(path: str) -> bool:
    """Tell whether a path is text: on Linux, any bytes can be a name."""
    return path == path.encode(errors="ignore").decode()
