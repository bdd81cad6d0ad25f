"""A change that was suggested is brought into a document that others have gone on with."""

import random

import pytest
from jupyter_ydoc import YNotebook
from pycrdt import Doc, Text

from jupyter_wove.collaboration.suggestions.content import fulfil, wishes
from jupyter_wove.collaboration.suggestions.deciding import (
    caught_up,
    chosen,
    refused,
    settled,
    take,
    unsettled,
)
from jupyter_wove.collaboration.suggestions.sheet import sheet
from jupyter_wove.collaboration.suggestions.showing import changes
from jupyter_wove.kit.errors import Conflict, PreconditionFailed

BOOK, PAGE = "json:notebook:1", "text:file:1"
SEEDS = range(300)


def code(id_, source, **more):
    cell = {"cell_type": "code", "id": id_, "source": source, "metadata": {}}
    return cell | {"outputs": [], "execution_count": None} | more


class Pair:
    """A document, and the copy in which somebody suggests changes."""

    def __init__(self, *cells, room=BOOK):
        self.room, self.doc, self.fork = room, Doc(), Doc()
        if cells:
            YNotebook(self.doc).set({"cells": cells, "metadata": {}, "nbformat_minor": 5})
        self.begin()

    def begin(self):
        self.base = sheet(self.room, self.doc).read()
        self.fork.apply_update(self.doc.get_update())

    @property
    def now(self):
        return sheet(self.room, self.doc).read()

    @property
    def suggested(self):
        return sheet(self.room, self.fork).read()

    @property
    def pending(self):
        return {each.cell: each for each in changes(self.base, self.suggested)}

    def seen(self, *cells):
        return {each: self.pending[each].revision for each in cells or self.pending}

    def accept(self, *cells, anyway=False):
        wanted = chosen(self.base, self.suggested, self.seen(*cells))
        with self.doc.transaction():
            back = take(self.room, self.doc, wanted, anyway)
        self.base, base_back = settled(self.base, wanted)
        return back, base_back

    def undo(self, back, base_back):
        with self.doc.transaction():
            take(self.room, self.doc, back, False)
        self.base = unsettled(self.base, base_back)

    def reject(self, *cells):
        unwanted = chosen(self.base, self.suggested, self.seen(*cells))
        with self.fork.transaction():
            return refused(self.room, self.fork, self.base, unwanted)

    def catch_up(self):
        with self.fork.transaction():
            done = caught_up(self.room, self.fork, self.base, self.now)
        self.base, _ = settled(self.base, done)


def put(doc, cell, source, after=None, room=BOOK):
    """Write a cell as somebody does who has the document open."""
    seen = sheet(room, doc)
    was = seen.read().get(cell)
    piece = type(next(iter(seen.read().values())))("code", source, was.metadata if was else {})
    seen.put(cell, piece, after)


def sources(content):
    return {id_: piece.source for id_, piece in content.items()}


@pytest.fixture
def pair():
    return Pair(code("a", "a1\na2\na3"), code("b", "b1"), code("c", "c1"))


def test_what_is_accepted_comes_in_beside_what_others_typed_in_the_same_cell(pair):
    put(pair.fork, "a", "a1\na2\na3 better")
    put(pair.doc, "a", "a1 of Bob\na2\na3")
    put(pair.doc, "b", "b1 of Bob")
    pair.accept("a")
    assert sources(pair.now) == {"a": "a1 of Bob\na2\na3 better", "b": "b1 of Bob", "c": "c1"}
    assert pair.pending == {}


def test_one_change_is_accepted_and_the_others_wait(pair):
    put(pair.fork, "a", "A")
    put(pair.fork, "b", "B")
    pair.accept("b")
    assert sources(pair.now) == {"a": "a1\na2\na3", "b": "B", "c": "c1"}
    assert list(pair.pending) == ["a"]


def test_the_same_lines_changed_twice_are_a_conflict_and_nothing_changes(pair):
    put(pair.fork, "b", "b1 suggested")
    put(pair.fork, "c", "c1 suggested")
    put(pair.doc, "b", "b1 of Bob")
    with pytest.raises(Conflict, match="same lines"):
        pair.accept("c", "b")
    assert sources(pair.now) == {"a": "a1\na2\na3", "b": "b1 of Bob", "c": "c1"}


def test_a_conflict_is_settled_for_the_suggestion_where_somebody_says_so(pair):
    put(pair.fork, "a", "a1\na2\na3 suggested")
    put(pair.doc, "a", "a1 of Bob\na2\na3 of Bob")
    pair.accept("a", anyway=True)
    assert pair.now["a"].source == "a1 of Bob\na2\na3 suggested"


def test_a_new_cell_comes_behind_the_one_it_was_suggested_behind(pair):
    put(pair.fork, "new", "new", after=["b", "a"])
    put(pair.doc, "of Bob", "bob", after=["a"])
    assert pair.pending["new"].after == "b"
    pair.accept("new")
    assert list(pair.now) == ["a", "of Bob", "b", "new", "c"]


def test_a_cell_that_somebody_works_in_is_not_removed(pair):
    sheet(BOOK, pair.fork).put("b", None, None)
    sheet(BOOK, pair.fork).put("c", None, None)
    put(pair.doc, "b", "b1 of Bob")
    with pytest.raises(Conflict, match="is to be removed"):
        pair.accept("b")
    pair.accept("c")
    assert list(pair.now) == ["a", "b"]


def test_a_moved_cell_moves_with_its_outputs():
    printed = [{"output_type": "stream", "name": "stdout", "text": "1\n"}]
    pair = Pair(code("a", "a"), code("b", "b"), code("c", "c", outputs=printed, execution_count=3))
    put(pair.fork, "c", "c", after=[])
    assert pair.pending["c"].difference.kind == "moved"
    pair.accept("c")
    assert list(pair.now) == ["c", "a", "b"]
    moved = YNotebook(pair.doc).get()["cells"][0]
    assert (moved["outputs"], moved["execution_count"]) == (printed, 3)


def test_what_was_suggested_in_outputs_is_no_change(pair):
    YNotebook(pair.fork).ycells[0]["execution_count"] = 7
    assert pair.pending == {}


def test_what_changed_since_somebody_looked_is_not_accepted(pair):
    put(pair.fork, "b", "b2")
    seen = pair.seen("b")
    put(pair.fork, "b", "b2 and more")
    with pytest.raises(PreconditionFailed, match="Look again"):
        chosen(pair.base, pair.suggested, seen)


def test_what_is_rejected_leaves_the_suggestion_and_nothing_else():
    pair = Pair(*(code(id_, id_) for id_ in "abcd"))
    put(pair.fork, "a", "A")
    put(pair.fork, "d", "d", after=["a"])
    put(pair.fork, "new", "new", after=["a"])
    sheet(BOOK, pair.fork).put("b", None, None)
    before = pair.doc.get_update()
    pair.reject("d", "new", "b")
    assert sources(pair.suggested) == {"a": "A", "b": "b", "c": "c", "d": "d"}
    assert list(pair.pending) == ["a"]
    assert pair.doc.get_update() == before


def test_what_was_accepted_is_undone_in_one_step_and_waits_again(pair):
    put(pair.fork, "a", "a1\na2\na3 better")
    put(pair.fork, "new", "new", after=["a"])
    sheet(BOOK, pair.fork).put("b", None, None)
    put(pair.fork, "c", "c1", after=[])
    waiting = pair.seen()
    back = pair.accept()
    assert sources(pair.now) == {"c": "c1", "a": "a1\na2\na3 better", "new": "new"}
    put(pair.doc, "a", "a1 of Bob\na2\na3 better")
    pair.undo(*back)
    assert sources(pair.now) == {"a": "a1 of Bob\na2\na3", "b": "b1", "c": "c1"}
    assert pair.seen() == waiting


def test_a_suggestion_takes_in_what_others_do_meanwhile_but_for_clashes(pair):
    put(pair.fork, "a", "a1\na2\na3 better")
    put(pair.fork, "c", "c1 suggested")
    put(pair.doc, "a", "a1 of Bob\na2\na3")
    put(pair.doc, "b", "b2")
    put(pair.doc, "c", "c1 of Bob")
    put(pair.doc, "of Bob", "bob", after=["b"])
    pair.catch_up()
    assert sources(pair.suggested) == {
        "a": "a1 of Bob\na2\na3 better",
        "b": "b2",
        "of Bob": "bob",
        "c": "c1 suggested",
    }
    assert list(pair.pending) == ["a", "c"]
    pair.accept("a")
    with pytest.raises(Conflict):
        pair.accept("c")


def test_what_was_accepted_is_there_once_after_the_suggestion_goes_on(pair):
    put(pair.fork, "b", "b1 suggested")
    put(pair.fork, "new", "new", after=["b"])
    pair.accept()
    pair.catch_up()
    put(pair.fork, "b", "b1 suggested, and more")
    pair.accept("b")
    pair.catch_up()
    assert sources(pair.now) == sources(pair.suggested)
    assert sources(pair.now)["b"] == "b1 suggested, and more"


def test_a_text_is_one_change():
    pair = Pair(room=PAGE)
    text = pair.doc.get("source", type=Text)
    text += "one\ntwo\nthree\n"
    pair.begin()
    fork = pair.fork.get("source", type=Text)
    fork += "four\n"
    text.insert(0, "zero\n")
    assert pair.pending["text"].difference.kind == "changed"
    pair.accept("text")
    assert str(text) == "zero\none\ntwo\nthree\nfour\n"
    pair.catch_up()
    assert pair.pending == {}


# ---------------------------------------------------------------------- at random


@pytest.mark.parametrize("seed", SEEDS)
def test_deciding_loses_nobodys_words(seed):
    """Whatever was suggested and typed: words of others stay, accepted ones come in, each once."""
    chance = random.Random(seed)
    pair = Pair(*(code(f"c{n}", "\n".join(f"c{n}l{at}" for at in range(4))) for n in range(4)))
    typed = [shaken(chance, pair.doc, f"bob{n}") for n in range(3)]
    suggested = [shaken(chance, pair.fork, f"ana{n}", bold=True) for n in range(4)]
    if chance.random() < 0.3:
        pair.catch_up()
        typed.append(shaken(chance, pair.doc, "bob3"))
    cell = chance.choice(list(pair.pending) or [None])
    if cell is None:
        return
    before, wanted = pair.now, pair.suggested.get(cell)
    if chance.random() < 0.3:
        pair.reject(cell)
        assert pair.now == before
        assert cell not in pair.pending
        return
    try:
        pair.accept(cell)
    except Conflict:
        assert pair.now == before
        return
    said = "\n".join(sources(pair.now).values())
    assert [word for word in typed if said.count(word) != 1] == []
    came = [word for word in suggested if wanted and word in wanted.source]
    assert [word for word in came if said.count(word) != 1] == []
    untouched = {id_: piece for id_, piece in pair.now.items() if id_ != cell}
    assert untouched == {id_: piece for id_, piece in before.items() if id_ != cell}


def shaken(chance, doc, word, bold=False):
    """Type a word at a random place; who is bold adds, moves and removes cells too."""
    content = sheet(BOOK, doc).read()
    cell = chance.choice(list(content))
    what = chance.random() if bold else 0.0
    if what > 0.9 and len(content) > 2:
        sheet(BOOK, doc).put(cell, None, None)
    elif what > 0.8:
        put(doc, cell, content[cell].source, after=chance.sample(list(content), 2))
    elif what > 0.7:
        put(doc, word, word, after=[cell])
    else:
        lines = content[cell].source.split("\n")
        lines.insert(chance.randrange(len(lines) + 1), word)
        put(doc, cell, "\n".join(lines))
    return word


@pytest.mark.parametrize("seed", SEEDS)
def test_all_wishes_together_make_one_content_of_another(seed):
    chance = random.Random(seed)
    pair = Pair(*(code(f"c{n}", f"c{n}") for n in range(6)))
    for number in range(5):
        shaken(chance, pair.fork, f"ana{number}", bold=True)
    content = pair.base
    for wish in wishes(pair.base, pair.suggested):
        content = fulfil(content, wish.cell, wish.wanted, wish.after)
    assert list(content) == list(pair.suggested)
    assert sources(content) == sources(pair.suggested)
