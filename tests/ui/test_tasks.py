"""Thirty things that people ask of an agent, from the question to the outputs in the notebook."""

import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import expect

from jupyter_wove.ai.scripted import Call, Reply
from jupyter_wove.ai.scripted import serving as scripted
from tests.ui.conftest import ANN
from tests.ui.servers import serving

NEW_CELL = re.compile(r"The id of the new cell is (\w+)\.")


def calls(name, **arguments):
    return Reply(calls=[Call(name, arguments)])


def mends(wrong, right, shows):
    """A cell fails; it is changed, run, and shows what it should."""

    def model():
        yield calls("read_cells", cells=["here"])
        yield calls("edit_cell", cell="here", source=right)
        told = yield calls("run_cell", cell="here")
        assert shows in told, told

    return wrong, model, {"source": right, "shows": shows}


def loops(wrong, tries, shows):
    """A cell is run, its error read, and changed until it works."""

    def model():
        told = yield calls("run_cell", cell="here")
        for source in tries:
            assert "Error" in told, told
            yield calls("edit_cell", cell="here", source=source)
            told = yield calls("run_cell", cell="here")
        assert shows in told, told

    return wrong, model, {"source": tries[-1], "shows": shows}


def inserts(source, new, shows="", kind="code", after="here"):
    """A cell comes beside another one, and is run where it is code."""

    def model():
        told = yield calls("insert_cell", after=after, source=new, type=kind)
        if kind == "code":
            yield calls("run_cell", cell="here")
            told = yield calls("run_cell", cell=NEW_CELL.search(told)[1])
            assert shows in told, told

    return source, model, {"new": new, "waits": kind == "markdown", "is_first": after == ""}


def looks(source, tool, told_of, **arguments):
    """A question that is answered by looking; nothing changes."""

    def model():
        told = yield calls(tool, **arguments)
        assert told_of in told, told

    return source, model, {"source": source}


def refused(source):
    """Somebody does not want it to be run."""

    def model():
        told = yield calls("run_cell", cell="here")
        assert "does not want that" in told, told

    return source, model, {"source": source, "refuse": True, "shows": ""}


def removes(source):
    """A cell is to go; it waits for somebody to accept that."""

    def model():
        told = yield calls("delete_cell", cell="here")
        assert "Suggested" in told, told

    return source, model, {"source": source, "waits": True}


SQUARES = "def squares(numbers):\n    return [number**2 for number in numbers]"
LOOP = "total = 0\nfor n in range(10):\n    total = total + n\nprint(total)"

TASKS = {
    "a name that is wrong": mends("waves = [1, 2]\nlen(wave)", "waves = [1, 2]\nlen(waves)", "2"),
    "a bracket that is missing": mends("print((1 + 2)", "print(1 + 2)", "3"),
    "an import that is wrong": mends("import maths", "import math\nmath.floor(2.5)", "2"),
    "an import that is missing": mends("sqrt(16)", "from math import sqrt\nsqrt(16)", "4.0"),
    "text and number": mends("'a' + 1", "'a' + str(1)", "a1"),
    "a key that is missing": mends("{'a': 5}['b']", "{'a': 5}.get('b', 7)", "7"),
    "an index too far": mends("[1, 2, 3][3]", "[1, 2, 3][-1]", "3"),
    "nothing to divide by": mends("1 / 0", "1 / (0 or 4)", "0.25"),
    "a method that is not there": mends("[3, 1].sorted()", "sorted([3, 1])", "[1, 3]"),
    "an indent that is missing": mends("if True:\nprint(8)", "if True:\n    print(8)", "8"),
    "an equals sign too few": mends("x = 4\nif x = 4: print(x)", "x = 4\nx == 4", "True"),
    "a value that is none": mends("int('4.5')", "int(float('4.5'))", "4"),
    "a loop made plain": mends(LOOP, "print(sum(range(10)))", "45"),
    "a list made plain": mends("r = []\nfor i in (1, 2): r.append(i * 2)", "[2, 4]", "[2, 4]"),
    "a text made plain": mends("print('a' + '-' + 'b')", "print('-'.join('ab'))", "a-b"),
    "a name made better": mends("a = 3\nprint(a * a)", "side = 3\nprint(side**2)", "9"),
    "two errors, one after the other": loops(
        "print(lenn(wave))", ["print(len(wave))", "wave = [1]\nprint(len(wave) + 40)"], "41"
    ),
    "an error that shows when it runs": loops("int('x')", ["int('12')"], "12"),
    "a wrong type, seen when it runs": loops("sum(['1'])", ["sum(map(int, ['1']))"], "1"),
    "a test": inserts(SQUARES, "assert squares([2]) == [4]\nprint('fine')", "fine"),
    "a test of nothing": inserts(SQUARES, "assert squares([]) == []\nprint('fine')", "fine"),
    "a second look at data": inserts("data = [3, 1, 2]", "print(max(data))", "3"),
    "a cell that sums up": inserts("data = [3, 1, 2]", "sum(data) / len(data)", "2.0"),
    "words before a cell": inserts(SQUARES, "Squares of numbers.", kind="markdown", after=""),
    "words behind a cell": inserts("1 + 1", "That makes **two**.", kind="markdown"),
    "what a cell does": looks(SQUARES, "read_cells", "number**2", cells=["here"]),
    "what is in a notebook": looks(SQUARES, "look_at_notebook", "squares"),
    "what the kernel holds": looks("1", "see_variables", "data: list of 3"),
    "a run that nobody wants": refused("print('never')"),
    "a cell that is not needed": removes("pass"),
}


@pytest.fixture
def asking(tmp_path, open_tab):
    """One notebook with a cell for each task, the last one first: what is inserted moves none."""
    with scripted() as (url, models):
        at = {"provider": "openai", "base_url": f"{url}/v1", "model": "scripted"}
        settings = {"ai_deployments": [{"name": "scripted", "is_local": True, **at}]}
        with serving(tmp_path / "lab", ANN, wove=settings) as server:
            tracker = "lab/api/settings/@jupyterlab/notebook-extension:tracker"
            all_cells = {"raw": '{"windowingMode": "none"}'}
            server.ask(tracker, all_cells, name=ANN, method="PUT")
            cells = [new_code_cell(task[0], id=name_of(name)) for name, task in TASKS.items()]
            kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
            book = new_notebook(cells=cells[::-1], metadata={"kernelspec": kernel})
            nbformat.write(book, server.root / "tasks.ipynb")
            yield Desk(models, open_tab(server, ANN, "lab/workspaces/a/tree/tasks.ipynb?reset"))


def name_of(task):
    return task.replace(" ", "-").replace(",", "")[:32]


class Desk:
    """Ann, her notebook, and the chat beside it."""

    def __init__(self, models, page):
        self.models, self.page, self.answered = models, page, 0
        page.locator("#jupyterlab-splash").wait_for(state="detached")
        expect(page.get_by_text("| Idle")).to_be_visible(timeout=30_000)
        models.script = lambda asked: Reply(pieces=["Hello."])
        page.locator(".jp-Notebook .jp-Cell").first.click()
        page.locator('[data-command="wove:ask-about-cell"]').first.click()
        page.get_by_role("menuitem", name="Explain Cell").click()
        expect(page.get_by_text("Hello.")).to_be_visible(
            timeout=30_000
        )  # in the chat, beside the notebook
        self.box = page.get_by_placeholder("Type a chat message")

    def asks(self, name, model, *, refuse):
        """Ask for something; let the model work, and answer what it asks."""
        steps, wrong = model(), []

        def script(asked):
            if asked.texts[0][1].startswith("Sum up"):  # what was said before; the chat is long
                return Reply(pieces=["Many things were asked and done."])
            try:
                told = asked.last if asked.texts[-1][0] == "tool" else None
                return here(steps.send(told), name_of(name))
            except StopIteration:
                return Reply(pieces=[f"Done: {name}."])
            except AssertionError as error:
                wrong.append(str(error))
                return Reply(pieces=[f"Done: {name}."])

        self.models.script = script
        self.box.fill(f"Please: {name}")
        self.box.press("Enter")
        done = self.page.get_by_text(f"Done: {name}.", exact=True)
        waiting = self.page.locator(".wove-Asked[data-state=waiting]")
        verdict = "Refuse" if refuse else "Allow"
        for _ in range(10):
            expect(done.or_(waiting).first).to_be_visible(timeout=20_000)
            if done.is_visible():
                break
            asked = self.page.locator(".wove-Asked").nth(self.answered)
            asked.get_by_role("button", name=verdict).click()
            expect(asked).not_to_have_attribute("data-state", "waiting")
            self.answered += 1
        return wrong


def here(reply, cell):
    """Have the calls of a reply be about the cell of the task."""
    made = []
    for call in reply.calls:
        arguments = dict(call.arguments)
        for key in ("cell", "after"):
            if arguments.get(key) == "here":
                arguments[key] = cell
        if "cells" in arguments:
            arguments["cells"] = [cell]
        made.append(Call(call.name, arguments))
    return Reply(pieces=reply.pieces, calls=made)


def test_thirty_things_are_done_as_they_were_asked_for(asking):
    assert len(TASKS) == 30
    wrong = {}
    for number, (name, (_, model, wanted)) in enumerate(TASKS.items()):
        found = asking.asks(name, model, refuse=wanted.get("refuse", False))
        cells = asking.page.locator(".jp-Notebook .jp-Cell")
        cell = cells.nth(len(TASKS) - 1 - number)
        found += [what for what, true in seen(cell, cells, number, wanted).items() if not true]
        if found:
            wrong[name] = found
    assert wrong == {}


def seen(cell, cells, number, wanted):
    """Look at the cell in the notebook."""
    source = "\n".join(cell.locator(".cm-line").all_inner_texts())
    place = cells.first if wanted.get("is_first") else cell
    after = cells.nth(len(TASKS) - number)
    return {
        f"source {source!r}": source == wanted.get("source", source),
        "output": wanted.get("shows", "") in cell.inner_text(),
        "waits": not wanted.get("waits") or "Wove suggests" in place.inner_text(),
        "new": wanted.get("waits")
        or "new" not in wanted
        or wanted["new"].splitlines()[0] in after.inner_text(),
    }
