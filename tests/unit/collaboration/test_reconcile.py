"""A file that somebody changed is taken into the history of its document, and nothing twice."""

import copy

import pytest
from jupyter_ydoc import YBlob, YNotebook
from pycrdt import Doc, Text

from jupyter_wove.collaboration import edited, reconcile


def text(words):
    doc = Doc()
    source = doc.get("source", type=Text)
    source += words
    return doc


def words(doc):
    return str(doc.get("source", type=Text))


def code(id_, source="", **more):
    cell = {"cell_type": "code", "id": id_, "source": source or id_, "metadata": {}}
    return cell | {"outputs": [], "execution_count": None} | more


def content(*cells, **metadata):
    found = {"kernelspec": {"name": "", "display_name": ""}, "language_info": {"name": ""}}
    return {
        "cells": list(cells),
        "metadata": found | metadata,
        "nbformat": 4,
        "nbformat_minor": 5,
    }


class Book:
    """A notebook whose file was written once, and that people went on with."""

    def __init__(self, *cells, **metadata):
        self.doc = Doc()
        self.seen = YNotebook(self.doc)
        self.seen.set(content(*cells, **metadata))
        self.base = self.doc.get_update()
        self.file = copy.deepcopy(self.seen.get())

    def types(self, place, more):
        source = self.seen.ycells[place]["source"]
        source += more

    def take_in(self):
        found = reconcile("notebook", self.doc.get_update(), self.base, self.file)
        assert not found.is_unrelated
        if found.update:
            self.doc.apply_update(found.update)
        return self.sources

    @property
    def sources(self):
        return [cell["source"] for cell in self.seen.get()["cells"]]


# ---------------------------------------------------------------------- texts


def test_a_change_of_the_file_and_what_was_typed_are_both_there():
    doc = text("one\ntwo\nthree\n")
    base = doc.get_update()
    source = doc.get("source", type=Text)
    source.insert(0, "zero\n")
    source += "four"
    doc.apply_update(reconcile("file", doc.get_update(), base, "one\n2\nthree\n").update)
    assert words(doc) == "zero\none\n2\nthree\nfour"


def test_what_both_did_alike_is_done_once():
    doc = text("one\ntwo\n")
    base = doc.get_update()
    doc.apply_update(edited("file", doc.get_update(), "one\nformatted\n"))
    doc.apply_update(edited("file", doc.get_update(), "one\nformatted\nthree\n"))
    found = reconcile("file", doc.get_update(), base, "one\nformatted\n")
    assert found.update is None
    assert words(doc) == "one\nformatted\nthree\n"


def test_what_the_document_has_of_a_change_already_is_not_there_twice():
    doc = text("one\n")
    base = doc.get_update()
    doc.apply_update(edited("file", doc.get_update(), "one\nold words come back\n"))
    file = "one\nfirst\nold words come back\nlast\n"
    doc.apply_update(reconcile("file", doc.get_update(), base, file).update)
    assert sorted(words(doc).split("\n")) == sorted(file.split("\n"))


def test_what_the_document_has_in_many_places_of_a_text_written_anew_is_not_there_twice():
    old = [f"some words here {number}\n" for number in range(200)]
    new = [f"written_anew_{number}\n" for number in range(200)]
    doc = text("".join(old))
    base = doc.get_update()
    partly = [new[at] if at in {50, 120, 160} else old[at] for at in range(200)]
    doc.apply_update(edited("file", base, "".join(partly)))
    doc.apply_update(reconcile("file", doc.get_update(), base, "".join(new)).update)
    assert sorted(words(doc).splitlines()) == sorted("".join(new).splitlines())


def test_a_file_that_is_the_document_changes_nothing():
    doc = text("one")
    assert reconcile("file", doc.get_update(), None, "one") == reconcile(
        "file", doc.get_update(), doc.get_update(), "one"
    )


def test_a_file_of_which_nobody_knows_what_it_was_made_from_is_unrelated():
    found = reconcile("file", text("one").get_update(), None, "two")
    assert found.is_unrelated
    assert found.update is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", "x"),
        ("x", ""),
        ("aé😀漢z", "aé漢😀z"),
        ("e\u0301clair", "éclair"),
        ("👩‍👩‍👧 family", "👩‍👧 family"),
        ("a\r\nb\r\n", "a\nb\n"),
        ("x" * 5000, "y" + "x" * 4999),
        ("line\n" * 3000, "line\n" * 1500 + "new\n" + "line\n" * 1500),
    ],
)
def test_any_text_becomes_any_other(old, new):
    doc = text(old)
    doc.apply_update(edited("file", doc.get_update(), new))
    assert words(doc) == new


def test_a_small_change_of_a_long_text_is_a_small_update():
    doc = text("".join(f"line {number}\n" for number in range(20_000)))
    new = words(doc).replace("line 7000\n", "line seven thousand\n")
    assert len(edited("file", doc.get_update(), new)) < 100


# ---------------------------------------------------------------------- cells


def test_a_cell_that_both_changed_has_what_both_wrote():
    book = Book(code("a", "x = 1\ny = 2\n"))
    book.types(0, "z = 3")
    book.file["cells"][0]["source"] = "x = 10\ny = 2\n"
    assert book.take_in() == ["x = 10\ny = 2\nz = 3"]


def test_a_new_cell_comes_behind_the_one_that_it_followed():
    book = Book(code("a"), code("b"))
    book.seen.append_cell(code("c"))
    book.file["cells"].insert(1, code("n"))
    book.file["cells"].insert(0, code("first"))
    assert book.take_in() == ["first", "a", "n", "b", "c"]


def test_a_cell_that_is_gone_from_the_file_goes():
    book = Book(code("a"), code("b"))
    del book.file["cells"][0]
    assert book.take_in() == ["b"]


def test_a_cell_that_is_gone_from_the_file_stays_where_somebody_worked_on_it():
    book = Book(code("a"), code("b"))
    book.types(0, " goes on")
    del book.file["cells"][0]
    assert book.take_in() == ["a goes on", "b"]


def test_a_cell_that_was_deleted_here_stays_so():
    book = Book(code("a"), code("b"))
    del book.seen.ycells[0]
    book.file["cells"][1]["source"] = "B"
    assert book.take_in() == ["B"]


def test_a_cell_that_was_deleted_here_comes_back_if_the_file_changed_it():
    book = Book(code("a"), code("b"))
    del book.seen.ycells[0]
    book.file["cells"][0]["source"] = "A"
    assert book.take_in() == ["A", "b"]


def test_a_cell_that_came_to_both_with_the_same_id_has_both_sources():
    book = Book(code("a"))
    book.seen.append_cell(code("n", "mine"))
    book.file["cells"].append(code("n", "theirs"))
    assert book.take_in() == ["a", "mine\ntheirs"]


def test_cells_that_were_moved_in_the_file_are_moved():
    book = Book(code("a"), code("b"), code("c"))
    book.types(1, "!")
    book.file["cells"].reverse()
    assert book.take_in() == ["c", "b!", "a"]


def test_cells_that_were_moved_here_stay_where_they_are():
    book = Book(code("a"), code("b"), code("c"))
    del book.seen.ycells[0]
    book.seen.append_cell(code("a"))
    book.file["cells"][0], book.file["cells"][1] = book.file["cells"][1], book.file["cells"][0]
    assert book.take_in() == ["b", "c", "a"]


def test_outputs_are_taken_over_and_those_of_a_run_here_kept():
    stream = {"output_type": "stream", "name": "stdout", "text": "from the file"}
    book = Book(code("a"), code("b"))
    book.seen.set_cell(1, code("b", execution_count=7))
    book.file["cells"][0] |= {"outputs": [stream], "execution_count": 3}
    book.file["cells"][1] |= {"outputs": [stream], "execution_count": 4}
    book.take_in()
    first, second = book.seen.get()["cells"]
    assert (first["outputs"], first["execution_count"]) == ([stream], 3)
    assert second["execution_count"] == 7


def test_trust_comes_with_no_file():
    book = Book(code("a"))
    book.file["cells"][0]["metadata"] = {"trusted": True, "tags": ["x"]}
    book.file["cells"].append(code("n", metadata={"trusted": True}))
    book.take_in()
    assert [cell["metadata"] for cell in book.seen.get()["cells"]] == [{"tags": ["x"]}, {}]


def test_metadata_of_the_notebook_is_merged_key_by_key():
    book = Book(code("a"), title="old", author="Ann")
    book.seen._ymeta["metadata"]["author"] = "Bob"
    book.file["metadata"] |= {"title": "new", "author": "Eve"}
    book.take_in()
    found = book.seen.get()["metadata"]
    assert (found["title"], found["author"]) == ("new", "Bob")


def test_a_cell_that_became_text_is_text_with_what_was_typed():
    book = Book(code("a"), code("b"))
    book.types(1, "!")
    book.file["cells"][1] = {"cell_type": "markdown", "id": "b", "source": "b", "metadata": {}}
    assert book.take_in() == ["a", "b!"]
    assert book.seen.get()["cells"][1]["cell_type"] == "markdown"


def test_cells_of_an_old_file_without_ids_are_recognised():
    book = Book(code("a", "import numpy"), code("b", "numpy.zeros(3)"))
    book.types(0, " as np")
    for cell in book.file["cells"]:
        del cell["id"]
    book.file["cells"][1]["source"] = "numpy.zeros(5)"
    assert book.take_in() == ["import numpy as np", "numpy.zeros(5)"]
    assert [cell["id"] for cell in book.seen.get()["cells"]] == ["a", "b"]


def test_two_cells_of_a_file_with_the_same_id_are_both_kept():
    book = Book(code("a"))
    book.file["cells"] += [code("n", "one"), code("n", "two")]
    assert book.take_in() == ["a", "one", "two"]


def test_two_cells_of_a_document_with_the_same_id_go_where_the_file_has_neither():
    book = Book(code("a"), code("b", "one"))
    book.seen.ycells.append(book.seen.create_ycell(code("b", "one")))
    book.base = book.doc.get_update()
    book.file["cells"] = [code("a")]
    assert book.take_in() == ["a"]


def test_a_notebook_is_never_left_without_a_cell():
    book = Book(code("a"))
    book.file["cells"] = []
    assert book.take_in() == [""]


def test_a_version_that_is_restored_touches_only_what_differs():
    book = Book(code("a"), code("b"), code("c"))
    old = book.seen.get()
    book.types(1, " and more")
    del book.seen.ycells[2]
    kept = book.seen.ycells[0]
    book.doc.apply_update(edited("notebook", book.doc.get_update(), old))
    assert book.sources == ["a", "b", "c"]
    assert str(kept["source"]) == "a"
    assert edited("notebook", book.doc.get_update(), old) is None


# ---------------------------------------------------------------------- other kinds


def test_a_picture_that_nobody_edits_is_what_the_file_is():
    doc = Doc()
    YBlob(doc).set(b"old")
    found = reconcile("blob", doc.get_update(), doc.get_update(), b"new")
    doc.apply_update(found.update)
    assert YBlob(doc).get() == b"new"


def test_a_picture_that_both_changed_is_unrelated():
    doc = Doc()
    picture = YBlob(doc)
    picture.set(b"old")
    base = doc.get_update()
    picture.set(b"mine")
    assert reconcile("blob", doc.get_update(), base, b"theirs").is_unrelated
