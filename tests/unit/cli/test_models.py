"""`jupyter wove ai`, as an administrator types it."""

import os
from datetime import date, timedelta

import pytest

from tests.unit.cli.forking import Commands

SECRET = "sk-canary-4711"
FIRST = f"{date.today() - timedelta(days=9)}"


@pytest.fixture(scope="module")
def commands(tmp_path_factory):
    commands = Commands(tmp_path_factory.mktemp("commands"))
    yield commands
    commands.close()


@pytest.fixture
def wove(tmp_path, commands):
    """Run a command with something on its standard input; return what it printed."""
    places = {"JUPYTER_DATA_DIR": "data", "JUPYTER_CONFIG_DIR": "config"}
    places = {name: str(tmp_path / folder) for name, folder in places.items()}

    def run(*words, given="", status=0):
        around = os.environ | places
        code, out, err = commands.run(["--root", str(tmp_path), *words], around, given)
        assert status in {None, code}, err
        return out + err

    return run


def test_keys_are_kept_listed_exchanged_and_forgotten(wove, tmp_path):
    assert '"key": "kept:openai"' in wove("ai", "keys", "add", "openai", given=f"{SECRET}\n")
    listed = wove("ai", "keys", "list")
    assert listed.startswith("openai  ")
    assert SECRET not in listed
    assert "Sealed anew: 1" in wove("ai", "keys", "rotate")
    assert "can be opened" in wove("doctor", status=None)
    (tmp_path / "data" / "wove" / "server.key").unlink()
    assert "Bring back" in wove("doctor", status=1)
    assert "Bring back" in wove("ai", "keys", "add", "other", given=SECRET, status=1)
    assert "openai is forgotten" in wove("ai", "keys", "remove", "openai")
    assert "No key yet" in wove("ai", "keys", "list")


def test_no_key_is_no_key(wove):
    assert "This is no key" in wove("ai", "keys", "add", "openai", status=1)


def test_what_was_spent_is_told(wove):
    told = wove("ai", "usage", "--everybody", "--by", "person", "--since", FIRST)
    assert told.startswith(f"From {FIRST} to ")
    assert "$0 (0 tries" in told


def test_days_in_no_order_are_refused(wove):
    days = ("--since", "2026-03-02", "--until", "2026-03-01")
    assert "Name days in their order" in wove("ai", "usage", *days, status=1)


def test_what_is_found_is_proposed_and_the_key_not_told(wove, monkeypatch):
    monkeypatch.setenv("ANTHROPIC_API_KEY", SECRET)
    told = wove("ai", "detect")
    assert '"key": "env:ANTHROPIC_API_KEY"' in told
    assert SECRET not in told
