"""What is written in a project is found, and nothing that lies hidden, outside or elsewhere."""

import json
import os

import pytest

from jupyter_wove.ai.context import Folders, Kind, Wishes, pack
from jupyter_wove.ai.context.folders import folder_items
from jupyter_wove.ai.context.folders.ranking import ranks
from jupyter_wove.ai.context.folders.rules import rules_of

TIDES = '''
import math

def tide_height(hours):
    """Work out how high the water stands."""
    return math.sin(hours)

class Harbour:
    depth = 3
'''


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "sea"
    (folder / "src").mkdir(parents=True)
    (folder / "src" / "tides.py").write_text(TIDES)
    (folder / "plot.py").write_text("from src.tides import tide_height\nprint(tide_height(2))\n")
    cells = [{"source": ["# Salt\n", "How salty the water is"]}, {"source": "salt = 35"}]
    (folder / "salt.ipynb").write_text(json.dumps({"cells": cells}))
    (folder / "README.md").write_text("# The sea\n\nAll.\n\n## Fishing\n\nWhere herring swim.\n")
    return folder


@pytest.fixture
def index(folder):
    return Folders().of(folder)


def places(found):
    return [(each.path, each.name) for each in found]


def test_pieces_are_found_by_words_and_parts_of_names(index):
    assert places(index.find("how high is the tide?", 1)) == [("src/tides.py", "tide_height")]
    assert places(index.find("herring", 3)) == [("README.md", "Fishing")]
    assert ("salt.ipynb", "cell 2") in places(index.find("salt", 3))
    assert index.find("salt", 3, without="salt.ipynb") == []
    assert index.find('"; drop table piece; --', 3) == []
    assert index.find("", 3) == []


def test_a_file_that_was_written_or_went_is_read_anew(index, folder):
    (folder / "README.md").write_text("# Whales\n\nThey sing in winter.\n")
    (folder / "salt.ipynb").unlink()
    index.refresh()
    assert places(index.find("singing whales", 3)) == [("README.md", "Whales")]
    assert index.find("herring", 3) == []
    assert index.find("salt", 3) == []


def test_what_is_hidden_linked_or_another_repository_is_not_there(folder, tmp_path):
    secret = tmp_path / "secret.md"
    secret.write_text("walrus")
    (folder / "link.md").symlink_to(secret)
    (folder / "out").symlink_to(tmp_path)
    (folder / ".env").write_text("walrus")
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "notes.md").write_text("walrus")
    (folder / "theirs" / ".git").mkdir(parents=True)
    (folder / "theirs" / "notes.md").write_text("walrus")
    (folder / "settings.toml").write_text('name = "walrus"')
    os.mkfifo(folder / "pipe.md")
    index = Folders().of(folder)
    assert index.find("walrus", 3) == []
    assert [each.path for each in index.files] == [
        "README.md",
        "plot.py",
        "salt.ipynb",
        "settings.toml",
        "src/tides.py",
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("odd.py", b"def ("),
        ("odd.py", b"\x00"),
        ("odd.ipynb", b'{"cells": [{"source": 3}]}'),
        ("odd.ipynb", b"[" * 5000),
        ("odd.md", b"\xff\xfe"),
        ("odd.txt", b""),
    ],
)
def test_odd_files_do_no_harm(folder, name, content):
    (folder / name).write_bytes(content)
    index = Folders().of(folder)
    assert places(index.find("herring", 3)) == [("README.md", "Fishing")]


def test_the_map_begins_with_what_matters_for_the_question(index):
    listed = index.symbols("tide_height")
    assert listed[0] == ("src/tides.py", ["def tide_height(hours):", "class Harbour:"])


def test_ranks_flow_to_what_is_used_and_sum_to_one():
    defines = {"a": ["x"], "b": ["y"], "c": ["z"]}
    found = ranks(defines, {"a": ["y"], "b": [], "c": ["y", "nobody"]}, [])
    assert max(found, key=found.get) == "b"
    assert sum(found.values()) == pytest.approx(1)
    wanted = ranks(defines, {}, ["z"])
    assert max(wanted, key=wanted.get) == "c"
    assert ranks({}, {"a": ["x"]}, []) == {}


def test_items_of_a_folder_are_the_same_each_time_and_hold_no_secret(index, folder):
    (folder / "keys.md").write_text("# Herring keys\n\npassword = 'hunter2hunter2'\n")
    index.refresh()
    items = folder_items(index, "herring", "tide_height(3)", "")
    assert items == folder_items(index, "herring", "tide_height(3)", "")
    assert {each.kind for each in items} == {Kind.FILES, Kind.MAP, Kind.FOUND}
    text = pack(items, 5000).text
    assert "Where herring swim." in text
    assert "def tide_height(hours):" in text
    assert "hunter2" not in text


def test_a_file_that_is_wanted_is_shown_and_one_that_is_not_left_out(index):
    wishes = Wishes(frozenset({"file:salt.ipynb"}), frozenset({"files", "map"}))
    items = folder_items(index, "", "", "", wishes.pinned)
    packed = pack(items, 4000, wishes)
    assert "salt = 35" in packed.text
    fates = {each.id: (each.is_in, each.reason) for each in packed.account}
    assert fates["files"] == (False, "left out by the person")
    assert fates["file:salt.ipynb"] == (True, "")
    assert folder_items(index, "", "", "", ["file:../secret.md"]) == items[:2]


def test_a_pinned_part_has_room_where_others_have_none(index):
    items = folder_items(index, "herring tide salt", "", "")
    last = items[-1].id
    tight = pack(items, 90, Wishes(pinned=frozenset({last})))
    assert next(each.id for each in tight.account if each.is_in) == last
    assert tight.tokens <= 90


def test_rules_are_read_where_they_may_be(folder, tmp_path):
    (folder / "AGENTS.md").write_text("Write short cells.")
    (folder / ".wove" / "rules").mkdir(parents=True)
    (folder / ".wove" / "rules" / "plots.md").write_text("Label the axes.")
    (tmp_path / "other.md").write_text("Do harm.")
    (folder / ".wove" / "rules" / "link.md").symlink_to(tmp_path / "other.md")
    first = rules_of(folder)
    assert [(each.path, each.text) for each in first] == [
        ("AGENTS.md", "Write short cells."),
        (".wove/rules/plots.md", "Label the axes."),
    ]
    (folder / "AGENTS.md").write_text("Write long cells.")
    assert rules_of(folder)[0].digest != first[0].digest
