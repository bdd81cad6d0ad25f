import json
from copy import deepcopy

import nbformat
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_wove.projects.notebooks import Conflict, Notebook, merge_notebooks, write_notebook
from tests.unit.projects.notebooks.strategies import NOTEBOOKS, cell, edited, notebook


def sources(merged):
    return [one.source for one in merged.notebook.cells]


def printed(text):
    return {"output_type": "stream", "name": "stdout", "text": text}


def alike(one, other):
    """Compare what a person wrote; ids may be missing, outputs may be cleared."""
    return [(c.type, c.source) for c in one.cells] == [(c.type, c.source) for c in other.cells]


@given(st.data())
def test_where_one_side_changed_nothing_the_other_wins(data):
    base = data.draw(NOTEBOOKS)
    changed = data.draw(edited(base))
    for merged in (
        merge_notebooks(base, changed, deepcopy(base)),
        merge_notebooks(base, deepcopy(base), changed),
    ):
        assert alike(merged.notebook, changed)
        assert merged.conflicts == []


@given(st.data())
def test_where_both_changed_the_same_there_is_no_conflict(data):
    base = data.draw(NOTEBOOKS)
    changed = data.draw(edited(base))
    merged = merge_notebooks(base, changed, deepcopy(changed))
    assert merged.notebook == changed
    assert merged.conflicts == []


@given(st.data())
def test_what_comes_out_is_a_valid_notebook_and_the_arguments_stay(data):
    base = data.draw(NOTEBOOKS)
    ours, theirs = data.draw(edited(base)), data.draw(edited(base))
    before = deepcopy((base, ours, theirs))
    merged = merge_notebooks(base, ours, theirs)
    assert (base, ours, theirs) == before
    written = json.loads(write_notebook(merged.notebook))
    nbformat.validate(written)
    flagged = [i for i, c in enumerate(written["cells"]) if "wove" in c["metadata"]]
    assert flagged == [conflict.index for conflict in merged.conflicts]


@settings(max_examples=300)
@given(st.data())
def test_no_edit_of_a_cell_that_only_one_side_touched_is_lost(data):
    count = data.draw(st.integers(1, 8))
    base = notebook(*[f"cell {number}\nof the base" for number in range(count)])
    ours, theirs = deepcopy(base), deepcopy(base)
    expected = []
    for number in range(count):
        act = data.draw(st.sampled_from(["ours", "theirs", "none", "gone ours", "gone theirs"]))
        side = ours if "ours" in act else theirs
        if "gone" in act:
            side.cells = [one for one in side.cells if one.id != f"c{number}"]
            continue
        if act != "none":
            (one,) = [one for one in side.cells if one.id == f"c{number}"]
            one.source += f"\nedited by {act}"
        expected.append(f"cell {number}\nof the base" + (f"\nedited by {act}" * (act != "none")))
    merged = merge_notebooks(base, ours, theirs)
    assert sources(merged) == expected
    assert merged.conflicts == []


@given(st.data())
def test_nothing_that_anybody_added_is_lost(data):
    base = data.draw(NOTEBOOKS)
    ours, theirs = deepcopy(base), deepcopy(base)
    for name, side in (("ours", ours), ("theirs", theirs)):
        for number in range(data.draw(st.integers(0, 3))):
            place = data.draw(st.integers(0, len(side.cells)))
            side.cells.insert(place, cell(f"{name} {number}"))
    found = sources(merge_notebooks(base, ours, theirs))
    for side in (ours, theirs):
        wanted = [one.source for one in side.cells]
        rest = iter(found)
        assert all(source in rest for source in wanted), "in the order of each side"


@given(st.data())
def test_merging_again_changes_nothing(data):
    base = data.draw(NOTEBOOKS)
    ours, theirs = data.draw(edited(base)), data.draw(edited(base))
    merged = merge_notebooks(base, ours, theirs).notebook
    assert alike(merge_notebooks(theirs, merged, deepcopy(theirs)).notebook, merged)


def test_changes_of_different_lines_of_a_cell_are_merged():
    base = notebook("one\ntwo\nthree\nfour")
    merged = merge_notebooks(
        base, notebook("ONE\ntwo\nthree\nfour"), notebook("one\ntwo\nthree\nFOUR")
    )
    assert sources(merged) == ["ONE\ntwo\nthree\nFOUR"]
    assert merged.conflicts == []


def test_changes_of_neighbouring_lines_are_merged_but_not_two_additions_in_one_place():
    base = notebook("one\ntwo")
    merged = merge_notebooks(base, notebook("ONE\ntwo"), notebook("one\nTWO"))
    assert sources(merged) == ["ONE\nTWO"]
    merged = merge_notebooks(base, notebook("one\na\ntwo"), notebook("one\nb\ntwo"))
    assert merged.conflicts == [Conflict(0, "both-changed")]


def test_where_both_changed_a_line_both_versions_are_kept():
    merged = merge_notebooks(notebook("x = 1"), notebook("x = 2"), notebook("x = 3"))
    (one,) = merged.notebook.cells
    assert one.source == "x = 2"
    assert one.metadata["wove"]["conflict"] == {
        "kind": "both-changed",
        "base": "x = 1",
        "theirs": "x = 3",
    }
    assert merged.conflicts == [Conflict(0, "both-changed")]


def test_a_cell_that_one_deleted_and_the_other_changed_stays():
    base = notebook("a", "b")
    gone, changed = notebook("a"), notebook("a", "b = 2")
    assert merge_notebooks(base, gone, changed).conflicts == [Conflict(1, "deleted-by-us")]
    merged = merge_notebooks(base, changed, gone)
    assert sources(merged) == ["a", "b = 2"]
    assert merged.conflicts == [Conflict(1, "deleted-by-them")]


def test_a_cell_that_one_deleted_and_nobody_changed_is_gone():
    base = notebook("a", "b")
    rerun = deepcopy(base)
    rerun.cells[1].outputs = [printed("1")]
    assert sources(merge_notebooks(base, notebook("a"), rerun)) == ["a"]


def test_outputs_follow_the_source_that_won():
    base, ours, theirs = notebook("a"), notebook("a"), notebook("b")
    ours.cells[0].outputs = [printed("of a")]
    theirs.cells[0].outputs = [printed("of b")]
    assert merge_notebooks(base, ours, theirs).notebook.cells[0].outputs == [printed("of b")]
    assert merge_notebooks(base, theirs, ours).notebook.cells[0].outputs == [printed("of b")]


def test_outputs_are_cleared_where_both_changed():
    base = notebook("a\nb\nc")
    ours, theirs = notebook("A\nb\nc"), notebook("a\nb\nC")
    ours.cells[0].outputs, theirs.cells[0].outputs = [printed("1")], [printed("2")]
    ours.cells[0].execution_count = 3
    (one,) = merge_notebooks(base, ours, theirs).notebook.cells
    assert (one.outputs, one.execution_count) == ([], None)


def test_the_only_run_of_an_unchanged_source_counts():
    base, rerun = notebook("a"), notebook("a")
    rerun.cells[0].outputs = [printed("1")]
    rerun.cells[0].execution_count = 5
    (one,) = merge_notebooks(base, notebook("a"), rerun).notebook.cells
    assert (one.outputs, one.execution_count) == ([printed("1")], 5)


def test_a_cell_that_both_added_alike_is_there_once():
    base = notebook("a")
    ours = Notebook([*base.cells, cell("new", "x")], {})
    theirs = Notebook([*base.cells, cell("new", "y")], {})
    assert sources(merge_notebooks(base, ours, theirs)) == ["a", "new"]


def test_the_order_of_the_side_that_rearranged_holds():
    base = notebook("a", "b", "c")
    turned = Notebook(base.cells[::-1], {})
    edited = notebook("a", "b", "c = 3")
    assert sources(merge_notebooks(base, edited, turned)) == ["c = 3", "b", "a"]
    assert sources(merge_notebooks(base, turned, edited)) == ["c = 3", "b", "a"]


def test_settings_are_merged_key_by_key():
    base, ours, theirs = (notebook("a") for _ in range(3))
    base.metadata = {"kernelspec": {"name": "python3", "language": "python"}, "old": 1}
    ours.metadata = {"kernelspec": {"name": "conda", "language": "python"}, "old": 1}
    theirs.metadata = {"kernelspec": {"name": "python3", "language": "python3"}, "new": 2}
    assert merge_notebooks(base, ours, theirs).notebook.metadata == {
        "kernelspec": {"name": "conda", "language": "python3"},
        "new": 2,
    }
