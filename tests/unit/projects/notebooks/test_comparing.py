import random
from copy import deepcopy

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from jupyter_wove.projects.notebooks import Line, Notebook, diff_notebooks, diff_text
from tests.unit.projects.notebooks.strategies import NOTEBOOKS, SOURCES, cell, edited, notebook


def sides(lines):
    old = "\n".join(line.text for line in lines if line.op != "+")
    new = "\n".join(line.text for line in lines if line.op != "-")
    return old, new


def kinds(diff):
    return [change.kind for change in diff.cells]


@given(NOTEBOOKS, NOTEBOOKS)
def test_both_sides_can_be_read_from_a_diff(old, new):
    changes = diff_notebooks(old, new, folded=False).cells
    found_old = {c.old_index: sides(c.source)[0] for c in changes if c.old_index is not None}
    found_new = {c.new_index: sides(c.source)[1] for c in changes if c.new_index is not None}
    assert found_old == {place: one.source for place, one in enumerate(old.cells)}
    assert found_new == {place: one.source for place, one in enumerate(new.cells)}
    assert len(changes) == len({(c.old_index, c.new_index) for c in changes})


@given(NOTEBOOKS)
def test_a_notebook_does_not_differ_from_itself(one):
    diff = diff_notebooks(one, deepcopy(one))
    assert set(kinds(diff)) <= {"same"}
    assert not diff.metadata_changed


@given(st.data())
def test_what_is_called_the_same_is_the_same(data):
    old = data.draw(NOTEBOOKS)
    new = data.draw(edited(old))
    for change in diff_notebooks(old, new).cells:
        if change.kind in {"same", "moved"}:
            before, after = old.cells[change.old_index], new.cells[change.new_index]
            assert (before.type, before.source, before.outputs) == (
                after.type,
                after.source,
                after.outputs,
            )


@given(NOTEBOOKS, NOTEBOOKS)
def test_unmoved_cells_are_in_order_in_both(old, new):
    steady = [
        change
        for change in diff_notebooks(old, new).cells
        if change.old_index is not None and change.new_index is not None and not change.moved
    ]
    assert [one.old_index for one in steady] == sorted(one.old_index for one in steady)


def apply(lines, old):
    """Make the new text out of the old one and a folded diff."""
    rest = old.split("\n") if old else []
    new = []
    for line in lines:
        if line.op == "+":
            new.append(line.text)
            continue
        taken, rest = rest[: line.count], rest[line.count :]
        if line.op != "-":
            new += taken
        if line.op in " -":
            assert taken == [line.text]
    assert rest == []
    return "\n".join(new)


@given(SOURCES, SOURCES, st.integers(0, 30))
def test_a_folded_diff_still_leads_from_old_to_new(old, new, padding):
    long = "same\n" * padding
    before, after = notebook(long + old + long), notebook(long + new + long)
    (change,) = diff_notebooks(before, after).cells
    assert apply(change.source, long + old + long) == long + new + long


def test_far_lines_are_counted():
    text = "\n".join(f"line {number}" for number in range(20))
    (change,) = diff_notebooks(notebook(text), notebook(text.replace("line 10", "new"))).cells
    assert change.source[0] == Line("=", "", 7)
    assert [line.op for line in change.source] == list("=   -+   =")
    assert change.source[-1] == Line("=", "", 6)


def test_a_cell_is_recognised_by_its_id_however_much_it_changed():
    diff = diff_notebooks(notebook("a = 1", "b"), notebook("quite different", "b"))
    assert kinds(diff) == ["changed", "same"]


def test_without_ids_a_cell_is_recognised_by_its_source_or_its_likeness():
    old = notebook("import os", "x = compute(1, 2, 3)", "end", identified=False)
    new = notebook("new", "import os", "x = compute(1, 2, 4)", "end", identified=False)
    assert kinds(diff_notebooks(old, new)) == ["added", "same", "changed", "same"]


def test_a_cell_can_be_moved_and_changed_at_once():
    old = notebook("a", "b", "c")
    new = Notebook([cell("b", "c1"), cell("c", "c2"), cell("a = 2", "c0")], {})
    changes = diff_notebooks(old, new).cells
    assert [(one.kind, one.moved) for one in changes] == [
        ("same", False),
        ("same", False),
        ("changed", True),
    ]


def test_a_moved_cell_is_only_moved():
    new = Notebook([cell("c", "c2"), cell("a", "c0"), cell("b", "c1")], {})
    assert kinds(diff_notebooks(notebook("a", "b", "c"), new)) == ["moved", "same", "same"]


def test_removed_cells_show_where_they_were():
    diff = diff_notebooks(notebook("a", "b", "c", "d"), Notebook([cell("c", "c2")], {}))
    assert [(one.kind, one.old_index) for one in diff.cells] == [
        ("removed", 0),
        ("removed", 1),
        ("same", 2),
        ("removed", 3),
    ]


def printed(text):
    return {"output_type": "stream", "name": "stdout", "text": text}


def test_outputs_are_shown_in_short_when_they_changed():
    old, new = notebook("a"), notebook("a")
    old.cells[0].outputs = [printed("one")]
    new.cells[0].outputs = [
        printed("x" * 5000),
        {"output_type": "display_data", "data": {"image/png": "cG5n"}, "metadata": {}},
    ]
    (change,) = diff_notebooks(old, new).cells
    assert (change.kind, change.outputs_changed) == ("changed", True)
    assert change.old_outputs.text == "one"
    assert change.new_outputs.mime_types == ["text/plain", "image/png"]
    assert (len(change.new_outputs.text), change.new_outputs.truncated) == (2000, True)


def test_running_again_with_the_same_result_is_no_change():
    old, new = notebook("a"), notebook("a")
    for number, one in enumerate((old, new)):
        one.cells[0].execution_count = number
        result = {"output_type": "execute_result", "execution_count": number, "data": {}}
        one.cells[0].outputs = [result]
        one.cells[0].metadata = {"execution": {"iopub.execute_input": number}, "trusted": True}
    assert kinds(diff_notebooks(old, new)) == ["same"]


def test_changed_metadata_and_types_are_told():
    old, new = notebook("a", "b"), notebook("a", "b")
    new.cells[0].metadata = {"tags": ["hidden"]}
    new.cells[1].type = "markdown"
    first, second = diff_notebooks(old, new).cells
    assert (first.kind, first.metadata_changed) == ("changed", True)
    assert (second.kind, second.old_cell_type, second.cell_type) == ("changed", "code", "markdown")


def test_a_diff_can_be_sent():
    diff = diff_notebooks(notebook("a", "b"), notebook("a = 1", "c", "d"))
    assert msgspec.json.decode(msgspec.json.encode(diff), type=type(diff)) == diff


def test_great_changes_are_compared_by_their_unique_lines():
    rng = random.Random(1)
    old = [f"{rng.random()}" for _ in range(3000)]
    new = [f"{rng.random()}" if number % 3 else text for number, text in enumerate(old)]
    diff = diff_text("\n".join(old).encode(), "\n".join(new).encode())
    assert sum(line.op == "-" for hunk in diff.hunks for line in hunk.lines) == 2000


def test_a_text_file_is_compared_in_hunks():
    old = "".join(f"{number}\n" for number in range(1, 101))
    new = old.replace("\n10\n", "\nten\n").replace("\n90\n", "\n90\nmore\n")
    diff = diff_text(old.encode(), new.encode())
    assert [(hunk.old_start, hunk.new_start) for hunk in diff.hunks] == [(7, 7), (88, 88)]
    assert diff.hunks[0].lines[3:5] == [Line("-", "10", 1), Line("+", "ten", 1)]
    assert not diff.binary


def test_equal_texts_have_no_hunks():
    assert diff_text(b"a\nb\n", b"a\nb\n").hunks == []


def test_a_file_that_appears_is_all_new():
    (hunk,) = diff_text(b"", b"a\nb").hunks
    assert (hunk.old_start, hunk.new_start) == (1, 1)
    assert hunk.lines == [Line("+", "a", 1), Line("+", "b", 1)]


def test_binary_files_are_not_compared():
    assert diff_text(b"\x89PNG\0", b"text").binary


def test_text_in_another_encoding_is_compared_as_far_as_it_can_be_read():
    (hunk,) = diff_text(b"caf\xe9", b"cafe").hunks
    assert hunk.lines[0] == Line("-", "caf\ufffd", 1)


def test_very_long_differences_are_cut():
    diff = diff_text(b"", b"x\n" * 20_000)
    assert diff.truncated
    assert sum(len(hunk.lines) for hunk in diff.hunks) == 10_000
