"""Python: what it uses, which data it reads, what it draws; in cells with magics, or broken."""

from jupyter_wove.search.facts import places
from jupyter_wove.search.facts.magics import split
from jupyter_wove.search.facts.models import Fact
from jupyter_wove.search.facts.python import imports
from jupyter_wove.search.facts.python.parsing import tree, trees
from jupyter_wove.search.facts.python.reading import Reader

__all__ = ["Python"]


class Python:
    """Reads the cells of a notebook in order, or a file."""

    def __init__(self) -> None:
        self._reader = Reader()

    def facts(self, source: str) -> set[Fact]:
        """Find the facts of a cell, whatever is wrong with it."""
        if whole := tree(source):
            return self._reader.read(whole)
        cell = split(source)
        for magic in cell.magics:
            imports.learn_magic(self._reader.names, magic)
        facts = {fact for each in trees(cell.code) for fact in self._reader.read(each)}
        said = [name for line in cell.shell for name in places.in_shell(line)]
        said += [name for magic in cell.magics for name in places.in_address(magic)]
        return facts | {Fact("dataset", name) for name in said}
