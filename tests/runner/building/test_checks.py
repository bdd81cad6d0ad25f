"""Each notebook of a project is run once, whatever became of the one before."""

import contextlib
import json
import time

from jupyter_wove.runner import Failed
from tests.runner.building.books import book

FORGED = """\
import json, os
words = json.dumps({"path": "b.ipynb", "seconds": 0})
for said in (words, "", "[}", ""):
    os.write(1, f"\\x1ewove:{said}\\n".encode())
"""


def foreign():
    """Write a notebook in R."""
    made = json.loads(book("x <- 1"))
    made["metadata"]["kernelspec"] = {"name": "ir", "language": "R", "display_name": "R"}
    return json.dumps(made)


def test_a_notebook_that_fails_does_not_keep_others_from_being_run(runner):
    ran = runner.check(
        {
            "a.ipynb": book("import pandas", "x = 1", "x / 0"),
            "b.ipynb": book("import pandas", "print('well')"),
            "c.ipynb": "{not a notebook",
            "in/d.ipynb": book("print(open('tides.csv').read())"),
            "in/tides.csv": "low,high",
            "r.ipynb": foreign(),
        }
    )
    assert {path: each.outcome for path, each in ran.items()} == {
        "a.ipynb": "failed",
        "b.ipynb": "clean",
        "c.ipynb": "failed",
        "in/d.ipynb": "clean",
        "r.ipynb": "skipped",
    }
    assert ran["a.ipynb"].cell == 3
    assert "ZeroDivisionError: division by zero" in ran["a.ipynb"].reason
    assert "x / 0" in ran["a.ipynb"].traceback
    assert ran["c.ipynb"].reason.startswith("It is no notebook")
    assert ran["r.ipynb"].reason.endswith("this one is in R.")
    assert ran["b.ipynb"].seconds > 0
    assert runner.left() == []


def test_a_notebook_that_ends_its_kernel_is_told_and_the_next_is_run(runner):
    ran = runner.check(
        {
            "a.ipynb": book("import pandas", "b = bytearray(10**9)"),
            "b.ipynb": book("import pandas"),
        }
    )
    assert (ran["a.ipynb"].outcome, ran["a.ipynb"].cell) == ("failed", 2)
    assert ran["b.ipynb"].outcome == "clean"


def test_what_a_notebook_writes_in_our_name_ends_nothing(runner):
    ran = runner.check({"a.ipynb": book("import pandas", FORGED), "b.ipynb": book("1 / 0")})
    assert ran["a.ipynb"].outcome == "clean", ran["a.ipynb"].reason
    assert set(ran) == {"a.ipynb", "b.ipynb"}


def test_packages_that_cannot_be_had_are_told(runner):
    files = {"a.ipynb": book("1"), "requirements.txt": "nobody-has-made-this-package-yet"}
    failed = runner.follow(runner.order(files), "/v1/checks").last
    assert isinstance(failed, Failed)
    assert "nobody-has-made-this-package-yet" in failed.reason


def test_nothing_is_left_of_a_check_that_is_cancelled(runner):
    order = runner.order({"a.ipynb": book("import pandas, time", "time.sleep(600)")})
    with contextlib.closing(runner.client.follow("/v1/checks", order)) as messages:
        for message in messages:
            if "cell 2 of 2" in getattr(message, "text", ""):
                break
    until = time.monotonic() + 20
    while runner.left():
        assert time.monotonic() < until, runner.left()
        time.sleep(0.2)


def test_without_docker_it_is_said_what_it_takes(bare):
    failed = bare.follow(bare.order({"a.ipynb": book("1")}), "/v1/checks").last
    assert "takes Docker" in failed.reason
