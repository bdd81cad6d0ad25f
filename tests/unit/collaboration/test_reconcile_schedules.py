"""Random days of people, files and failures: every word that nobody took out is there once.

What Yjs itself loses is allowed for, and only that: what somebody types without a connection into
a cell that is deleted meanwhile, or moved, for Yjs moves a cell by deleting it and making it anew.
So people move cells only while all are connected, and words that never reached the server are
let go where their cell was deleted or made anew, or the store was deleted (a new history begins
from the file, and a tab with the old one may not send it). Of a cell that anybody deleted no word
is asked for at the end; what a merge may take out of one is asked for after each merge. Words are
longer than what two people may have written by chance.
"""

import copy
import itertools
import random
import re

import pytest
from jupyter_ydoc import YNotebook
from pycrdt import Doc

from jupyter_wove.collaboration import edited, reconcile

STEPS = 16
MARK = "@"
OPERATIONS = {
    "edit": 8, "erase": 2, "add": 2, "delete": 1, "move": 1, "cut": 2, "heal": 2, "kill": 1,
    "lose_store": 1, "save": 3, "terminal": 5, "checkout": 1, "restore": 1,
}  # fmt: skip


def opened(*updates):
    doc = Doc()
    for update in updates:
        doc.apply_update(update)
    return doc


def held(doc):
    return YNotebook(doc).get(deduplicate=False)


def words(content):
    return marked_words("\n".join(cell["source"] for cell in content["cells"]))


def said(doc):
    """Read the words of a document alone: of a day most of the time goes into reading."""
    return marked_words("\n".join(str(ycell["source"]) for ycell in YNotebook(doc).ycells))


def marked_words(source):
    return re.findall(r"w\d{8}", source)


def order(content):
    return [cell["id"] for cell in content["cells"]]


class Day:
    """Clients with documents, a server with a log, and a file that knows what it was made from."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.numbers = itertools.count(10_000_000)
        self.gone, self.home, self.deleted, self.remade = set(), {}, set(), set()
        first = YNotebook(Doc())
        first.set({"cells": [self.cell() for _ in range(3)], "metadata": {}})
        self.log = [first.ydoc.get_update()]
        self.server = opened(*self.log)
        self.clients = [opened(*self.log) for _ in range(self.random.choice([2, 3]))]
        self.cuts = set()
        self.saved = []
        self.save()

    def word(self, id_):
        word = f"w{next(self.numbers)}"
        self.home[word] = id_
        return word

    def cell(self):
        id_ = f"c{next(self.numbers)}"
        made = {"cell_type": "code", "id": id_, "metadata": {}, "outputs": []}
        return made | {"source": self.word(id_), "execution_count": None}

    def sync(self):
        for client in self.connected():
            self.receive(client.get_update(self.server.get_state()))
        for client in self.connected():
            client.apply_update(self.server.get_update(client.get_state()))

    def connected(self):
        return [each for at, each in enumerate(self.clients) if at not in self.cuts]

    def receive(self, update):
        self.log.append(update)
        self.server.apply_update(update)

    def unsent(self):
        known = set(said(self.server))
        return {word for each in self.clients for word in said(each) if word not in known}

    def save(self):
        self.file, self.base = held(self.server), self.server.get_update()
        self.saved.append(copy.deepcopy(self.file))

    def changed(self, state):
        """Note what was taken out or made anew here, where tabs that are cut off type on."""
        before, after = opened(state), held(self.server)
        self.deleted |= set(order(held(before))) - set(order(after))
        for ycell in YNotebook(before).ycells:
            ycell["source"].insert(0, MARK)
        marked = opened(self.server.get_update(), before.get_update())
        for cell in held(marked)["cells"]:
            if MARK not in cell["source"] and self.cuts:
                self.remade.add(cell["id"])
        self.let_go()

    def let_go(self):
        """Let go of what was typed without a connection into a cell that is another one now."""
        if self.remade:
            self.gone |= {word for word in self.unsent() if self.home[word] in self.remade}

    def take_in(self):
        """Merge the file, and hold the merge to its promise at once."""
        before, state = held(self.server), self.server.get_update()
        base = set(said(opened(self.base)))
        found = reconcile("notebook", self.server.get_update(), self.base, self.file)
        assert not found.is_unrelated
        if found.update:
            self.receive(found.update)
        now = said(self.server)
        new = {word for side in (before, self.file) for word in words(side)} - base
        assert not new - set(now), f"lost in a merge: {new - set(now)}"
        assert len(now) == len(set(now)), "doubled in a merge"
        self.changed(state)
        self.save()
        self.sync()

    def edit(self, book):
        if not book.ycells:
            return self.add(book)
        ycell = self.random.choice(list(book.ycells))
        source = ycell["source"]
        places = [0, len(str(source)), *(m.end() for m in re.finditer(r"[ \n]", str(source)))]
        word = self.word(ycell["id"])
        place = self.random.choice(places)
        lead = " " if place == len(str(source)) else ""
        source.insert(place, lead + word + self.random.choice([" ", "\n"]))

    def erase(self, book):
        if not book.ycells:
            return
        source = self.random.choice(list(book.ycells))["source"]
        found = list(re.finditer(r"w\d{8}", str(source)))
        if found:
            one = self.random.choice(found)
            self.gone.add(one[0])
            del source[one.start() : one.end()]

    def add(self, book):
        place = self.random.randint(0, len(book.ycells))
        book.ycells.insert(place, book.create_ycell(self.cell()))

    def delete(self, book):
        if len(book.ycells) > 1:
            place = self.random.randrange(len(book.ycells))
            cell = book.get_cell(place)
            self.deleted.add(cell["id"])
            self.gone |= set(words({"cells": [cell]}))
            del book.ycells[place]

    def move(self, book):
        cell = book.get_cell(place := self.random.randrange(len(book.ycells)))
        del book.ycells[place]
        book.ycells.insert(self.random.randint(0, len(book.ycells)), book.create_ycell(cell))

    def by_a_client(self, operation):
        if operation != "move" or not self.cuts:  # see above: Yjs loses this, not we
            getattr(self, operation)(YNotebook(self.random.choice(self.clients)))
            self.let_go()

    def terminal(self):
        """Change the file while the document goes on; the server looks at it a little later."""
        book = YNotebook(Doc())
        book.set(self.file)
        kinds = ["edit", "erase", "add", "delete", "move"]
        for operation in self.random.choices(kinds, [6, 2, 2, 1, 1], k=self.random.randint(1, 3)):
            getattr(self, operation)(book)
        self.file = held(book.ydoc)
        for _ in range(self.random.randint(0, 2)):
            self.by_a_client("edit")
        self.sync()
        self.take_in()

    def checkout(self):
        older = self.random.choice(self.saved)
        self.gone |= set(words(self.file)) - set(words(older))
        self.file = copy.deepcopy(older)
        self.take_in()

    def restore(self):
        older, before = self.random.choice(self.saved), held(self.server)
        state = self.server.get_update()
        self.gone |= set(words(before)) - set(words(older))
        update = edited("notebook", self.server.get_update(), older)
        if update:
            self.receive(update)
        assert words(held(self.server)) == words(older)
        self.changed(state)
        self.sync()

    def kill(self):
        self.server = opened(*self.log)

    def lose_store(self):
        self.sync()
        self.gone |= self.unsent()
        self.save()
        fresh = YNotebook(Doc())
        fresh.set(self.file)
        self.log = [fresh.ydoc.get_update()]
        self.server = opened(*self.log)
        self.clients = [opened(*self.log) for _ in self.clients]
        self.cuts.clear()
        self.save()

    def cut(self):
        self.cuts.add(self.random.randrange(len(self.clients)))

    def heal(self):
        self.cuts.clear()
        self.sync()
        self.remade.clear()

    def run(self):
        for operation in self.random.choices(list(OPERATIONS), list(OPERATIONS.values()), k=STEPS):
            by_hand = operation in {"edit", "erase", "add", "delete", "move"}
            self.by_a_client(operation) if by_hand else getattr(self, operation)()
            self.sync()
        self.cuts.clear()
        self.sync()

    def check(self):
        ends = [held(each) for each in (self.server, *self.clients, opened(*self.log))]
        assert all(end == ends[0] for end in ends), "not everybody has the same"
        ids, found = order(ends[0]), words(ends[0])
        assert len(ids) == len(set(ids)), "a cell is there twice"
        assert len(found) == len(set(found)), "a word is there twice"
        excused = {word for word, id_ in self.home.items() if id_ in self.deleted}
        lost = set(self.home) - set(found) - self.gone - excused
        assert not lost, f"lost: {lost}"


@pytest.mark.parametrize("part", range(20))
def test_nothing_is_lost_and_nothing_is_there_twice(part):
    for seed in range(part * 100, part * 100 + 100):
        day = Day(seed)
        try:
            day.run()
            day.check()
        except AssertionError as problem:
            raise AssertionError(f"seed {seed}: {problem}") from problem
