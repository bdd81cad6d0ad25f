"""When two contents of a document are the same for everybody."""

from jupyter_wove_server.rooms.contents import nearest, safe
from jupyter_wove_server.rooms.digests import digest
from pycrdt import Doc, Text


def notebook(**metadata):
    cell = {"cell_type": "code", "id": "a", "source": "1", "metadata": metadata}
    return {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def state(words):
    doc = Doc()
    text = doc.get("source", type=Text)
    text += words
    return doc.get_update()


def test_whom_one_person_trusts_makes_no_difference():
    assert digest(notebook(trusted=True)) == digest(notebook())
    assert digest(notebook(tags=["x"])) != digest(notebook())
    assert safe(notebook(trusted=True, tags=[])) == notebook(tags=[])


def test_the_order_of_keys_makes_no_difference():
    assert digest(notebook(a=1, b=2)) == digest(notebook(b=2, a=1))


def test_a_text_has_a_digest_too():
    assert digest("one") == digest("one") != digest("two")


def test_a_file_comes_from_the_state_that_it_is_most_like():
    old, new = state("one\ntwo\n"), state("one\ntwo\nthree\nfour\n")
    assert nearest("file", [old, new], "one\ntwo\nthree\n4\n") == new
    assert nearest("file", [old, new], "ONE\ntwo\n") == old
    assert nearest("file", [], "one") is None
