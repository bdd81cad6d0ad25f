"""Tests of what a model wrote run in a sandbox, where there is one."""

from pathlib import Path

import pytest
from jupyter_wove_kernels.client import WoveError
from jupyter_wove_kernels.evaluations.graders import passes
from jupyter_wove_kernels.runner import SOCKET

DOUBLES = "```python\nimport os\ndef f(x): return 2 * x\nopen('/tmp/leak', 'w')\n```"


@pytest.fixture
def grade(runner, monkeypatch):
    monkeypatch.setenv(SOCKET, str(runner.socket))
    return lambda tests, said: passes(tests).grade(said, {}, lambda _: "")


def test_what_passes_passes(grade):
    assert grade("assert f(2) == 4", DOUBLES) is True
    assert not Path("/tmp/leak").exists()


def test_what_fails_fails(grade):
    assert grade("assert f(2) == 5", DOUBLES) is False
    assert grade("", "no code at all (") is False


def test_what_reaches_out_fails(grade):
    reach = "import urllib.request as r\nr.urlopen('http://192.0.2.1', timeout=2)"
    assert grade("", f"```python\n{reach}\n```") is False


def test_without_a_sandbox_it_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv(SOCKET, str(tmp_path / "none"))
    with pytest.raises(WoveError, match="there is no sandbox here"):
        passes("assert True")
