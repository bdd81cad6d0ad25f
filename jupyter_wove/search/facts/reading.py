"""The facts of notebooks, cell by cell, and of files."""

import re
from typing import NamedTuple

from jupyter_wove.projects import Cell, Notebook
from jupyter_wove.search.facts import places
from jupyter_wove.search.facts.languages import of_file, of_notebook
from jupyter_wove.search.facts.magics import cell_language
from jupyter_wove.search.facts.markdown import facts_of_markdown
from jupyter_wove.search.facts.models import Fact
from jupyter_wove.search.facts.others import facts_of_julia, facts_of_r
from jupyter_wove.search.facts.outputs import facts_of_outputs
from jupyter_wove.search.facts.python import Python
from jupyter_wove.search.facts.runs import facts_of_run

LONGEST_CELL, LONGEST_FILE = 50_000, 200_000  # characters
PLOT = Fact("has", "plot")
_PERCENT = re.compile(r"^#[ \t]*%%[^\n]*$", re.MULTILINE)
_COMMENT_MARK = re.compile(r"^#[ ]?", re.MULTILINE)
_COMMENTED_MAGIC = re.compile(r"^# (?=[%!]\w)", re.MULTILINE)


class NotebookFacts(NamedTuple):
    """The facts of each cell, and of the whole: those of its cells, its language, its last run."""

    cells: list[frozenset[Fact]]
    whole: frozenset[Fact]


def facts_of_notebook(notebook: Notebook) -> NotebookFacts:
    """Find the facts of a notebook."""
    reader = _Cells(of_notebook(notebook))
    cells = [frozenset(reader.facts(cell)) for cell in notebook.cells]
    whole = facts_of_run(notebook) | {Fact("lang", reader.language)}
    return NotebookFacts(cells, frozenset(whole.union(*cells)))


def facts_of_code(path: str, text: str) -> frozenset[Fact]:
    """Find the facts of a file, of which the name tells the language."""
    language = of_file(path)
    if language is None:
        return frozenset()
    text = text[:LONGEST_FILE]
    facts = {Fact("lang", language)}
    if language == "python" and _PERCENT.search(text):
        return frozenset(facts.union(*_percent(text)))
    if language == "markdown":
        return frozenset(facts | facts_of_markdown(text))
    return frozenset(facts | _Cells(language).code(language, text))


class _Cells:
    """Reads cells in order."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._python = Python()

    def facts(self, cell: Cell) -> set[Fact]:
        """Find the facts of a cell."""
        source = cell.source[:LONGEST_CELL]
        if cell.type != "code":
            return facts_of_markdown(source) if cell.type == "markdown" else set()
        language, code = self._split(source)
        facts = self.code(language, code) if code.strip() else set()
        shown = facts_of_outputs(cell, PLOT in facts or language in {"r", "julia"})
        said = {Fact("lang", language)} if language and source.strip() else set()
        return facts | shown | said

    def code(self, language: str | None, code: str) -> set[Fact]:
        """Find the facts of code in a language."""
        if language == "python":
            return self._python.facts(code)
        if language == "bash":
            said = (name for line in code.splitlines() for name in places.in_shell(line))
            return {Fact("dataset", name) for name in said}
        other = {"r": facts_of_r, "julia": facts_of_julia}.get(language or "")
        return other(code) if other else set()

    def _split(self, source: str) -> tuple[str | None, str]:
        return cell_language(source) if self.language == "python" else (self.language, source)


def _percent(text: str) -> list[set[Fact]]:
    """Find the facts of the cells of a percent script."""
    reader = _Cells("python")
    ends = [match.span() for match in _PERCENT.finditer(text)]
    starts = [(0, 0), *ends]
    stops = [*(start for start, _ in ends), len(text)]
    found = []
    for (first, last), stop in zip(starts, stops, strict=True):
        head, body = text[first:last], text[last:stop]
        if "[markdown]" in head or "[md]" in head:
            found.append(facts_of_markdown(_COMMENT_MARK.sub("", body)))
        else:
            found.append(reader.code("python", _COMMENTED_MAGIC.sub("", body)))
    return found
