"""A cell that was moved is another one for Yjs; for people it is the same."""

import copy

from jupyter_ydoc import YNotebook

from jupyter_wove.collaboration import reconcile


def notebook():
    book = YNotebook()
    cells = [
        {"cell_type": "code", "id": id_, "source": f"{id_} is here", "metadata": {}, "outputs": []}
        for id_ in ("one", "two", "three")
    ]
    book.set({"cells": cells, "metadata": {}})
    return book


def move_first_to_the_end(book):
    cell = book.get_cell(0)
    del book.ycells[0]
    book.append_cell(cell)


def test_a_cell_that_was_moved_here_and_changed_in_the_file_has_both_changes():
    book = notebook()
    base, file = book.ydoc.get_update(), copy.deepcopy(book.get())
    move_first_to_the_end(book)
    source = book.ycells[2]["source"]
    source += ", said Ann"
    file["cells"][0]["source"] = "In a terminal: one is here"
    found = reconcile("notebook", book.ydoc.get_update(), base, file)
    book.ydoc.apply_update(found.update)
    sources = [cell["source"] for cell in book.get()["cells"]]
    assert sources == ["two is here", "three is here", "In a terminal: one is here, said Ann"]
