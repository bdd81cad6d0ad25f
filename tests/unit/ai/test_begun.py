"""What is asked of models is known before the database has it, whatever happens to the process."""

import os
import signal
import subprocess
import sys

import msgspec
import pytest
from sqlalchemy import delete

from jupyter_wove.accounts import PersonRow
from jupyter_wove.ai.ledger import Entry, close_lost
from jupyter_wove.ai.ledger.begun import Begun
from jupyter_wove.ai.models import Need
from jupyter_wove.kit.errors import StorageFull

BEGINS = """
import sys
from pathlib import Path
import msgspec
from jupyter_wove.ai.ledger.begun import Begun

begun = Begun(Path(sys.argv[1]))
begun.add(msgspec.json.decode(sys.argv[2]) | {"id": sys.argv[3]})
print("added", flush=True)
input()
"""


@pytest.fixture
def entry(desk):
    return Entry(desk.caller, "test", desk.deployment("one"), 1, Need(tokens=1_000, output=0))


@pytest.fixture
def row(desk, entry):
    return desk.ledger._begun_row(entry)


def files(desk):
    return list(desk.asked.glob("*.jsonl"))


def test_who_lives_keeps_what_it_has_begun(desk, row):
    begun = Begun(desk.asked)
    begun.add(row)
    close_lost(desk.units, desk.asked)
    assert desk.attempts == []
    begun.written(row["id"])
    assert [file.read_bytes() for file in files(desk)] == [b""]
    begun.close()


def test_what_a_killed_process_had_begun_is_taken_up_once(desk, row):
    encoded = msgspec.json.encode(row).decode()
    command = [sys.executable, "-c", BEGINS, str(desk.asked), encoded, str(row["id"])]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, **pipes) as process:
        process.stdout.readline()
        close_lost(desk.units, desk.asked)
        assert desk.attempts == []  # it lives
        os.kill(process.pid, signal.SIGKILL)
    for _ in range(2):
        close_lost(desk.units, desk.asked)
    (kept,) = desk.attempts
    assert (kept.id, kept.at, kept.outcome) == (row["id"], row["at"], "lost")
    assert (kept.person_id, kept.input, kept.cost) == (row["person_id"], 1_000, row["cost"])
    assert files(desk) == []


def test_what_the_database_has_already_stays_as_it_is(desk, entry, row):
    left = Begun(desk.asked)
    left.add(row)
    left.close()
    desk.ledger._add(entry)
    close_lost(desk.units, desk.asked)
    assert [each.outcome for each in desk.attempts] == ["running"]


def test_a_person_who_is_gone_and_half_a_line_do_no_harm(desk, row):
    left = Begun(desk.asked)
    left.add(row)
    left.close()
    (file,) = files(desk)
    file.write_bytes(file.read_bytes() + b'{"id": "01')
    with desk.units.write() as unit:
        unit.session.execute(delete(PersonRow).where(PersonRow.id == row["person_id"]))
    close_lost(desk.units, desk.asked)
    assert [(each.person_id, each.outcome) for each in desk.attempts] == [(None, "lost")]


def test_nobody_is_asked_where_it_cannot_be_noted(desk):
    desk.asked.parent.mkdir(parents=True, exist_ok=True)
    desk.asked.write_text("no folder")
    with pytest.raises(StorageFull):
        desk.ask("one")
    assert desk.attempts == []
