"""Notebooks are run in a sandbox before anybody sees them."""

import pytest

from jupyter_wove.deploy import detect
from tests.runner.building.books import book
from tests.runner.building.conftest import Project

SLIDER = (
    "import ipywidgets, pandas as pd\ndisplay(ipywidgets.IntSlider())\npd.DataFrame({'a': [42]})"
)


def test_a_notebook_that_was_not_run_is_run_and_shows_what_it_makes(runner):
    files = {"a.ipynb": book("import pandas as pd", "print(pd.Series([40, 2]).sum())")}
    cold = runner.build(files)
    assert "42" in runner.page(cold.built)
    warm = runner.build({"a.ipynb": book("import pandas", "6 * 7, 'again'")})
    assert warm.stages == ["executing", "building"]
    assert "again" in runner.page(warm.built)
    assert runner.left() == []


def test_a_cell_that_fails_is_named_with_its_traceback(runner):
    sources = ("x = 1", "def f():\n    return x / 0", "f()", "print('never')")
    failed = runner.build({"sub/a.ipynb": book("import pandas", *sources)}).failed
    assert (failed.path, failed.cell) == ("sub/a.ipynb", 4)
    assert failed.reason == "Cell 4 of sub/a.ipynb failed: ZeroDivisionError: division by zero"
    assert "return x / 0" in failed.traceback
    assert "\x1b" not in failed.traceback


def test_an_import_that_is_not_installed_is_named(runner):
    failed = runner.build({"a.ipynb": book("import pandas", "import nobody_knows_this")}).failed
    assert failed.reason == "The code imports nobody_knows_this, which is not installed."
    assert "requirements.txt" in failed.hint
    assert failed.cell == 2


def test_a_notebook_reaches_no_host_that_its_plan_does_not_name(runner):
    source = "import urllib.request\nurllib.request.urlopen('http://example.org')"
    failed = runner.build({"a.ipynb": book("import pandas", source)}).failed
    assert failed.cell == 2
    named = '[deploy]\nkind = "executed"\nhosts = ["example.net"]'
    failed = runner.build({"a.ipynb": book("import pandas", source), "wove.toml": named}).failed
    assert failed.refused == ["example.org"]
    assert "add it to hosts in wove.toml" in failed.hint


def test_a_notebook_that_takes_too_much_memory_is_told(runner):
    failed = runner.build({"a.ipynb": book("import pandas", "b = bytearray(10**9)")}).failed
    assert "512 MB of memory" in failed.reason
    assert failed.cell == 2


def test_voila_is_tried_before_it_is_served(runner):
    files = {"board.ipynb": book(SLIDER)}
    cold = runner.build(files)
    assert cold.stages == ["locking", "installing", "building", "executing"]
    warm = runner.build({"board.ipynb": book(SLIDER, "1")})
    assert warm.stages == ["building", "executing"]
    with runner.served(warm.built, detect(Project(files))) as client:
        assert "jupyter-widgets" in client.get("/", timeout=60).text


def test_voila_with_a_cell_that_fails_is_not_built(runner):
    failed = runner.build({"board.ipynb": book("import ipywidgets, pandas", "1 / 0")}).failed
    assert (failed.path, failed.cell) == ("board.ipynb", 2)


@pytest.mark.parametrize("source", ["open('/app/x', 'w')", "open('/etc/x', 'w')"])
def test_an_app_is_tried_where_it_cannot_write_as_it_will_be(runner, source):
    failed = runner.build({"board.ipynb": book("import ipywidgets, pandas", source)}).failed
    assert "OSError" in failed.reason or "PermissionError" in failed.reason
