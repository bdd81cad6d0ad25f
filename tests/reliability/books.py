"""What people do to a notebook, in words of which no two are the same."""

import itertools
import json
import random
import re

from jupyter_ydoc import YNotebook
from pycrdt import Array, Doc

WORD = re.compile(r"w\d{8}")
MARK = "@"


def content(doc):
    """Read the cells of a document: the id and the source of each."""
    cells = doc.get("cells", type=Array)
    return [(ycell["id"], str(ycell["source"])) for ycell in cells]


def read(path):
    """Read the cells of a file."""
    cells = json.loads(path.read_text())["cells"]
    return [(cell["id"], "".join(cell["source"])) for cell in cells]


def words(cells):
    return [word for _, source in cells for word in WORD.findall(source)]


def made_anew(state, doc):
    """Name the cells that are other ones for Yjs than they were in a state, as when moved.

    What is written into such a cell in its old state comes to nothing.
    """
    before, after = Doc(), Doc()
    before.apply_update(state)
    for ycell in before.get("cells", type=Array):
        ycell["source"].insert(0, MARK)
    for update in (doc.get_update(), before.get_update()):
        after.apply_update(update)
    was = {id_ for id_, _ in content(before)}
    return {id_ for id_, source in content(after) if id_ in was and MARK not in source}


class Writing:
    """Writes words into cells, and knows which of them may be missed at the end."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self._numbers = itertools.count(10_000_000)
        self.home = {}  # the cell of each word
        self.gone = set()  # words that somebody took out
        self.deleted = set()  # cells that somebody took out

    def word(self, id_):
        word = f"w{next(self._numbers)}"
        self.home[word] = id_
        return word

    def cell(self):
        """Make a cell."""
        id_ = f"c{next(self._numbers)}"
        made = {"cell_type": "code", "id": id_, "metadata": {}, "outputs": []}
        return made | {"source": self.word(id_), "execution_count": None}

    def book(self):
        """Make a notebook, as a file holds it."""
        cells = [self.cell() for _ in range(3)]
        return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}

    def edit(self, book):
        """Write a word between two others."""
        if not book.ycells:
            return self.add(book)
        ycell = self.random.choice(list(book.ycells))
        source, word = ycell["source"], self.word(ycell["id"])
        gaps = [0, *(found.end() for found in re.finditer(r"[ \n]", str(source)))]
        place = self.random.choice([*gaps, len(str(source))])
        lead = " " if place == len(str(source)) else ""
        source.insert(place, lead + word + self.random.choice([" ", "\n"]))

    def erase(self, book):
        """Take a word out."""
        cells = book.ycells
        source = self.random.choice(list(cells))["source"] if cells else ""
        if found := list(WORD.finditer(str(source))):
            one = self.random.choice(found)
            self.gone.add(one[0])
            del source[one.start() : one.end()]

    def add(self, book):
        """Make a cell somewhere."""
        place = self.random.randint(0, len(book.ycells))
        book.ycells.insert(place, book.create_ycell(self.cell()))

    def delete(self, book):
        """Delete a cell, unless it is the last one."""
        if len(book.ycells) > 1:
            place = self.random.randrange(len(book.ycells))
            self.deleted.add(book.ycells[place]["id"])
            del book.ycells[place]

    def move(self, book):
        """Move a cell as JupyterLab does: delete it, and make it anew."""
        if book.ycells:
            cell = book.get_cell(place := self.random.randrange(len(book.ycells)))
            del book.ycells[place]
            place = self.random.randint(0, len(book.ycells))
            book.ycells.insert(place, book.create_ycell(cell))

    def change_file(self, path):
        """Change a file by an editor in a terminal."""
        book = YNotebook(Doc())
        book.set(_without_lines(json.loads(path.read_text())))
        kinds = [self.edit, self.erase, self.add, self.delete, self.move]
        for change in self.random.choices(kinds, [6, 2, 2, 1, 1], k=self.random.randint(1, 3)):
            change(book)
        replace(path, json.dumps(book.get(deduplicate=False), indent=1))


def replace(path, text):
    """Put another file in the place of one."""
    beside = path.with_suffix(".new")
    beside.write_text(text)
    beside.replace(path)


def _without_lines(book):
    for cell in book["cells"]:
        cell["source"] = "".join(cell["source"])
    return book
