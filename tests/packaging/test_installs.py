"""Each way to install gives a JupyterLab with Wove in it."""

import json

LABEXTENSION = "@jupyter-wove/labextension"


def test_jupyterlab_finds_the_lab_extension(installed):
    listed = installed.module("jupyterlab.labextensions", "list")
    line = next(line for line in listed.splitlines() if LABEXTENSION in line)
    assert "enabled" in line
    assert "OK" in line


def test_jupyter_server_finds_the_server_extension(installed):
    listed = installed.module("jupyter_server.extension.serverextension", "list")
    lines = [line for line in listed.splitlines() if "jupyter_wove_server" in line]
    assert any("enabled" in line for line in lines)
    assert any("OK" in line for line in lines)


def test_jupyterlab_serves_both_halves(installed):
    package = installed.prefix / f"share/jupyter/labextensions/{LABEXTENSION}/package.json"
    entry = json.loads(package.read_text())["jupyterlab"]["_build"]["load"]
    with installed.jupyterlab() as get:
        assert get("wove/livez")[0] == 200
        assert get(f"lab/extensions/{LABEXTENSION}/{entry}")[0] == 200


def test_the_command_line_is_there(installed):
    assert "project" in installed.run(installed.prefix / "bin/jupyter-wove", "--help")
