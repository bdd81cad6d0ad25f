"""`jupyter wove`, as somebody types it: each command in a process of its own."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.cli.forking import Commands
from tests.unit.journey import write_notebook

HERE = Path(__file__)
WOVE = [sys.executable, "-c", "from jupyter_wove.cli import main; main()"]


@pytest.fixture
def root(tmp_path):
    root = tmp_path / "root"
    root.mkdir()
    return root


@pytest.fixture(scope="module")
def commands(tmp_path_factory):
    commands = Commands(tmp_path_factory.mktemp("commands"))
    yield commands
    commands.close()


@pytest.fixture
def wove(tmp_path, root, commands):
    """Run a command; return what it printed, or with `fails` what it complained of.

    With a `status` it is to print something, and to end with that; `anew` loads Wove again.
    """
    places = {"JUPYTER_DATA_DIR": "data", "JUPYTER_CONFIG_DIR": "config"}
    places = {name: str(tmp_path / folder) for name, folder in places.items()}

    def run(*words, fails=False, status=0, anew=False):
        words = ["--root", str(root), *words]
        run = start if anew else commands.run
        ended, out, err = run(words, places)
        assert (ended == status) != fails, err
        return err if fails else out

    return run


def start(words, places):
    done = subprocess.run(
        [*WOVE, *words],
        capture_output=True,
        text=True,
        env=os.environ | places,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_the_first_journey(wove, root):
    assert "Waves is in waves." in wove("project", "create", "Waves")
    write_notebook(root / "waves", "sea.ipynb", "amplitude = 3")
    assert "sea.ipynb" in wove("version", "changes", "waves", "wove/1")
    assert "wove/2" in wove("version", "save", "waves", "-m", "Measure the sea")
    assert "Waves is public at /wove/@" in wove("publish", "waves")
    assert "sea.ipynb [1]" in wove("search", "amplitude")
    assert "sea.ipynb" not in wove("search", "amplitude", "--where", "projects")
    line = "sea.ipynb [1]:1: amplitude"
    assert line in wove("search", "ampl", "--where", "code")
    assert line in wove("search", "^AMPL", "--where", "code", "--regex")
    assert "No line has" in wove("search", "^AMPL", "--where", "code", "--regex", "--case")
    assert "--where code" in wove("search", "ampl", "--case", fails=True)
    assert "is in waves-2." in wove("remix", "waves", "--title", "Waves")
    (root / "waves" / "sea.ipynb").unlink()
    wove("version", "restore", "waves", "wove/2")
    assert (root / "waves" / "sea.ipynb").exists()


def test_versions_are_listed_by_what_the_other_commands_take(wove, root):
    wove("project", "create", "Waves")
    write_notebook(root / "waves", "sea.ipynb", "amplitude = 3")
    wove("version", "save", "waves", "-m", "Measure the sea", "--name", "measured")
    listed = [line.split()[0] for line in wove("version", "list", "waves").splitlines()]
    assert listed == ["measured", "wove/1"]
    for version in listed:
        wove("version", "restore", "waves", version)


def test_programs_get_json(wove):
    created = json.loads(wove("--json", "project", "create", "Waves"))
    listed = json.loads(wove("--json", "project", "list"))
    assert [each["id"] for each in listed] == [created["id"]]


def test_a_deleted_project_says_how_to_bring_it_back(wove, root):
    wove("project", "create", "Waves")
    identity = wove("project", "delete", "waves").split()[-1]
    assert not (root / "waves").exists()
    wove("project", "undelete", identity)
    assert (root / "waves").exists()


def test_any_folder_can_be_imported(wove, tmp_path, root):
    (tmp_path / "elsewhere").mkdir()
    write_notebook(tmp_path / "elsewhere", "sea.ipynb", "height = 1")
    assert "is a project now" in wove("project", "import", str(tmp_path / "elsewhere"))
    assert (root / "elsewhere" / "sea.ipynb").exists()


def test_the_search_index_can_be_made_anew(wove, tmp_path):
    wove("project", "create", "Waves")
    shutil.rmtree(tmp_path / "data" / "wove" / "search")
    assert "has 1 projects" in wove("search", "--rebuild")
    assert json.loads(wove("--json", "search", "waves", "--where", "projects"))
    assert "has 1 projects" in wove("search", "rebuild")
    assert "database_url" in wove("search", "rebuild", "--to", "postgresql", fails=True)
    assert "--to" in wove("search", "waves", "--to", "embedded", fails=True)
    assert "Say what to look for" in wove("search", fails=True)


def test_a_key_is_shown_once(wove):
    secret = wove("key", "create", "laptop", "--scope", "projects:read").split()[0]
    listed = wove("key", "list")
    assert secret not in listed
    wove("key", "revoke", secret.split("_")[1])
    assert "No key yet" in wove("key", "list")


def test_what_is_not_there_is_said_in_a_sentence(wove):
    assert "nowhere does not belong to a project yet" in wove("publish", "nowhere", fails=True)


def test_an_empty_list_says_what_to_do(wove):
    assert "jupyter wove project create TITLE" in wove("project", "list")


def test_the_doctor_says_that_all_is_well(wove):
    findings = json.loads(wove("--json", "doctor"))
    assert [each for each in findings if not each["well"]] == []
    sqlite = next(each["what"] for each in findings if each["what"].startswith("SQLite"))
    assert ("Keep backups" in sqlite) == (sqlite3.sqlite_version_info < (3, 51, 3))


@pytest.mark.parametrize(
    ("name", "finding"),
    [
        ("jupyter-server-documents", "Nothing else opens documents"),
        ("jupyter-server-mcp", "Nobody runs code here without signing in"),
    ],
)
def test_the_doctor_finds_what_must_not_be_beside_us(wove, tmp_path, monkeypatch, name, finding):
    other = tmp_path / "packages" / f"{name.replace('-', '_')}-0.2.0.dist-info"
    other.mkdir(parents=True)
    (other / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 0.2.0\n")
    monkeypatch.setenv("PYTHONPATH", str(other.parent))
    said = wove("doctor", status=1, anew=True)
    assert f"->  {finding}" in said
    assert f"pip uninstall {name}" in said


def test_the_contract_is_the_one_that_is_checked_in(wove):
    assert wove("openapi") == (HERE.parents[3] / "openapi.json").read_text()


def test_prompts_are_added_shown_and_exported(wove, tmp_path):
    file = tmp_path / "explain.md"
    file.write_text("---\nname: explain\ndescription: Says why\n---\nExplain {{cell.error}}.\n")
    assert "No such prompt" in wove("prompt", "list")
    assert "explain" in wove("prompt", "add", str(file), "--public")
    file.write_text(file.read_text().replace("Explain", "Say why"))
    assert wove("prompt", "add", str(file)) == "explain has a new version: 1.1.0.\n"
    assert "Says why" in wove("prompt", "list", "cell")
    assert wove("prompt", "show", "explain") == file.read_text()
    assert "Explain" in wove("prompt", "show", "explain", "--version", "1.0.0")
    assert wove("prompt", "export", "explain") == file.read_text()
    assert '"prompt": "Say why' in wove("prompt", "export", "explain", "--format", "langfuse")
    assert "Line 1: a prompt begins" in wove("prompt", "add", __file__, fails=True)
    assert "cannot be read" in wove("prompt", "add", "nowhere.md", fails=True)
    assert "no such prompt" in wove("prompt", "show", "nothing", fails=True)


def test_versions_of_a_prompt_are_tried_side_by_side(wove, tmp_path):
    file = tmp_path / "mend.md"
    for body in ("One.", "Two."):
        file.write_text(f"---\nname: mend\n---\n{body}\n")
        wove("prompt", "add", str(file))
    experiment = ("prompt", "experiment")
    assert "No experiment yet" in wove(*experiment, "list", "mend")
    assert "no experiment on production" in wove(*experiment, "results", "mend", fails=True)
    assert "a share is a number" in wove(*experiment, "begin", "mend", "1=x", fails=True)
    begun = wove(*experiment, "begin", "mend", "1.0.0", "1.1.0=3")
    assert begun == "production: running. 1.0.0 (1), 1.1.0 (3)\n"
    assert "too few" in wove(*experiment, "results", "mend")
    assert "1.1.0 was promoted" in wove(*experiment, "promote", "mend", "1.1.0")
    assert "Two." in wove("prompt", "show", "mend", "--version", "production")
    assert "rolled back" in wove(*experiment, "roll-back", "mend")
    wove(*experiment, "begin", "mend", "1.0.0", "1.1.0", "--label", "latest")
    assert "latest: stopped" in wove(*experiment, "stop", "mend", "--label", "latest")
