"""Many say what is in projects at once, and some are killed meanwhile: nothing is half said."""

import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest

from jupyter_wove.search.engines import Moved, Overtaken, Part, State
from tests.unit.search.engines.words import SHOWN, cell, fill, find, forget, projects

WRITE_ON_AND_ON = """
import sys
from uuid import uuid4
from jupyter_wove.search.engines import Document, Part, State
place = sys.argv[1]
{opening}
parts = frozenset({{Part("a.ipynb", "1"), Part("b.ipynb", "1")}})
for number in range({most}):
    ticket = engine.begin(uuid4())
    print("begun", ticket.project, flush=True)
    for part in parts:
        engine.add(ticket, part, [Document("cell", 0, None, "", source="needle")])
    engine.settle(ticket, State(1, "v", frozenset(), parts, parts))
    print("told", ticket.project, flush=True)
engine.close()
"""


def start(place, code=WRITE_ON_AND_ON, most=10_000):
    """Start a process that says something to the index of a test."""
    said = code.format(opening=place.code, most=most)
    return subprocess.Popen(
        [sys.executable, "-c", said, place.address], stdout=subprocess.PIPE, text=True
    )


def test_who_began_earlier_does_not_overwrite_who_began_later(engine):
    project = uuid4()
    early, late = engine.begin(project), engine.begin(project)
    engine.settle(late, None)
    with pytest.raises(Overtaken):
        engine.parts(early)
    with pytest.raises(Overtaken):
        engine.add(early, Part("", "1"), [cell("old")])
    with pytest.raises(Overtaken):
        engine.settle(early, State(1, "v", frozenset(), SHOWN, SHOWN))


def test_what_was_forgotten_is_not_brought_back_by_who_is_late(engine):
    project = fill(engine, cell("needle"))
    late = engine.begin(project)
    forget(engine, project)
    with pytest.raises(Overtaken):
        engine.settle(late, State(1, "v", frozenset(), SHOWN, SHOWN))
    assert find(engine, "needle") == []


def test_who_began_before_a_rebuild_begins_again(engine):
    ticket = engine.begin(uuid4())
    engine.rebuild(lambda fresh: fresh.take_over())
    with pytest.raises(Moved):
        engine.parts(ticket)
    with pytest.raises(Moved):
        engine.add(ticket, Part("", "1"), [cell("old")])
    with pytest.raises(Moved):
        engine.settle(ticket, None)


def test_what_is_kept_already_is_known_and_not_kept_twice(engine):
    project = fill(engine, cell("needle"))
    ticket = engine.begin(project)
    assert engine.parts(ticket) == SHOWN
    for part in SHOWN:
        engine.add(ticket, part, [cell("needle")])
    engine.settle(ticket, State(2, "v", frozenset(), SHOWN, SHOWN))
    assert projects(engine, "needle") == [project]
    assert engine.revisions() == {project: 2}


def test_what_is_not_complete_is_said_to_be_so(engine):
    ticket = engine.begin(uuid4())
    engine.settle(ticket, State(7, None, frozenset(), frozenset(), frozenset(), complete=False))
    assert engine.revisions() == {ticket.project: -1}


def test_two_parts_with_the_same_content_are_two(engine):
    parts = frozenset({Part("a.ipynb", "1"), Part("b.ipynb", "1"), Part("x" * 3000, "1")})
    fill(engine, cell("needle"), public=parts)
    assert {each.path for each in find(engine, "needle", where="cells")} == {p.path for p in parts}


def test_a_project_changes_in_one_step_for_all_who_look(engine):
    """Either all of the old or all of the new is found, never some of both or nothing."""
    states = [frozenset({Part("a.ipynb", each), Part("b.ipynb", each)}) for each in ("1", "2")]
    project = fill(engine, cell("needle"), public=states[0])
    wrong, stop = [], threading.Event()

    def look():
        while not stop.is_set():
            found = projects(engine, "needle", where="cells")
            if found != [project, project]:
                wrong.append(found)

    with ThreadPoolExecutor(2) as threads:
        looking = [threads.submit(look) for _ in range(2)]
        for number in range(40):
            fill(engine, cell("needle"), project=project, public=states[number % 2])
        stop.set()
        for each in looking:
            each.result()
    assert wrong == []


def test_forty_write_at_once_and_all_is_found(engine):
    with ThreadPoolExecutor(40) as threads:
        filled = list(threads.map(lambda _: fill(engine, cell("needle")), range(40)))
    assert set(projects(engine, "needle")) == set(filled)
    assert engine.revisions() == dict.fromkeys(filled, 1)


def test_forty_write_about_the_same_project_and_the_last_who_began_wins(engine):
    project = uuid4()

    def say(number):
        try:
            fill(engine, cell("needle"), project=project, public={Part("a.ipynb", str(number))})
        except Overtaken:
            return "overtaken"
        return "told"

    with ThreadPoolExecutor(40) as threads:
        said = list(threads.map(say, range(40)))
    assert "told" in said
    assert projects(engine, "needle") == [project]


def test_several_processes_write_to_one_index(place, engine):
    writers = [start(place, most=30) for _ in range(3)]
    for each in writers:
        each.communicate(timeout=120)
    assert [each.returncode for each in writers] == [0, 0, 0]
    assert len(find(engine, "needle")) == 3 * 30 * 2


def test_what_was_told_survives_whoever_is_killed_and_nothing_is_half_told(place, engine):
    told, begun = set(), set()
    for _ in range(3):
        with start(place) as writer:
            lines = [writer.stdout.readline() for _ in range(30)]
            time.sleep(0.05)
            writer.send_signal(signal.SIGKILL)
            lines += [line for line in writer.stdout if line.endswith("\n")]
        begun |= {UUID(line.split()[1]) for line in lines if line.startswith("begun")}
        told |= {UUID(line.split()[1]) for line in lines if line.startswith("told")}
    found = projects(engine, "needle")
    assert told <= set(found) <= begun
    assert all(found.count(project) == 2 for project in set(found))
    again = fill(engine, cell("giraffe"))  # nobody holds a lock any more
    assert projects(engine, "giraffe") == [again]
