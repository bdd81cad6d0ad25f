"""An index is made anew while others read and write; who is killed meanwhile leaves no harm."""

import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from jupyter_wove.search import EmbeddedWords
from jupyter_wove.search.engines import Count, Document, Moved, Part
from jupyter_wove.search.facts import Fact
from tests.unit.search.engines.test_writing import start
from tests.unit.search.engines.words import cell, fill, find, projects

FILL_AND_WAIT = """
import sys, time
from uuid import uuid4
from jupyter_wove.search.engines import Document, Part, State
place = sys.argv[1]
{opening}
def fill(fresh):
    parts = frozenset({{Part("a.ipynb", "1")}})
    ticket = fresh.begin(uuid4())
    fresh.add(ticket, *parts, [Document("cell", 0, None, "", source="needle")])
    fresh.settle(ticket, State(1, "v", frozenset(), parts, parts))
    print("filled", flush=True)
    time.sleep({most})
engine.rebuild(fill)
"""


@pytest.fixture
def others(place):
    """The same index, as other processes would have it open."""
    opened = [place.open() for _ in range(2)]
    yield opened
    for engine in opened:
        engine.close()


def again(project, fresh):
    """Write a project into a fresh index until that takes over."""
    todo = {project}
    while todo:
        for each in todo:
            fill(fresh, cell("needle"), project=each)
        todo = fresh.take_over()


def test_nobody_finds_nothing_and_nobody_fails_while_rebuilds_happen(engine, others):
    project = fill(engine, cell("needle"))
    wrong, reads, stop = [], [], threading.Event()

    def look(at):
        while not stop.is_set():
            reads.append(at)
            if projects(at, "needle") != [project]:
                wrong.append(at)

    with ThreadPoolExecutor(4) as threads:
        looking = [threads.submit(look, at) for at in (engine, engine, *others)]
        for _ in range(10):
            engine.rebuild(lambda fresh: again(project, fresh))
        stop.set()
        for each in looking:
            each.result()
    assert wrong == []
    assert len(reads) > 10


def test_what_is_written_while_rebuilds_happen_is_found_afterwards(engine, others):
    first, true = fill(engine, cell("needle")), []

    def write(at):
        for _ in range(20):
            project = uuid4()
            true.append(project)  # it is true first, and told then
            tell_anyway(at, project)
            time.sleep(0.02)  # who writes without a pause would keep any rebuild from catching up

    def rebuild(fresh):
        todo = {first, *true}
        while todo:
            for each in todo:
                fill(fresh, cell("needle"), project=each)
            todo = fresh.take_over()

    with ThreadPoolExecutor(2) as threads:
        writing = [threads.submit(write, at) for at in others]
        while not all(each.done() for each in writing):
            engine.rebuild(rebuild)
    assert set(projects(engine, "needle")) == {first, *true}


def tell_anyway(engine, project):
    """Fill a project as the indexer does, which begins again when the index was replaced."""
    while True:
        try:
            return fill(engine, cell("needle"), project=project)
        except Moved:
            continue


def test_of_two_rebuilds_at_once_one_takes_over(engine):
    project = fill(engine, cell("needle"))
    begun, outcomes = threading.Barrier(2), []

    def rebuild():
        def both(fresh):
            begun.wait(30)
            again(project, fresh)

        try:
            engine.rebuild(both)
            outcomes.append("took over")
        except Moved:
            outcomes.append("moved")

    threads = [threading.Thread(target=rebuild) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["moved", "took over"]
    assert projects(engine, "needle") == [project]


def test_a_rebuild_takes_over_only_when_nothing_has_changed_meanwhile(engine):
    first = fill(engine, cell("needle"))
    asked = []

    def rebuild(fresh):
        fill(fresh, cell("needle"), project=first)
        second = fill(engine, cell("needle"))
        asked.append(fresh.take_over() == {second})
        assert set(projects(engine, "needle")) == {first, second}
        fill(fresh, cell("needle"), project=second)
        asked.append(fresh.take_over() == set())

    engine.rebuild(rebuild)
    assert asked == [True, True]
    assert len(find(engine, "needle")) == 2


def test_an_index_can_be_rebuilt_before_anything_was_said(engine):
    project = uuid4()
    engine.rebuild(lambda fresh: again(project, fresh))
    assert projects(engine, "needle") == [project]


def test_a_rebuild_that_fails_leaves_the_index_as_it_was(engine):
    project = fill(engine, cell("needle"))

    def fail(fresh):
        fill(fresh, cell("giraffe"), project=project)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        engine.rebuild(fail)
    assert projects(engine, "needle") == [project]
    assert find(engine, "giraffe") == []


def test_a_rebuild_that_is_killed_leaves_the_index_as_it_was(place, engine):
    project = fill(engine, cell("needle"))
    with start(place, FILL_AND_WAIT, most=60) as rebuilding:
        assert rebuilding.stdout.readline() == "filled\n"
        rebuilding.send_signal(signal.SIGKILL)
    engine.drop_old()
    assert projects(engine, "needle") == [project]
    engine.rebuild(lambda fresh: again(project, fresh))
    assert projects(engine, "needle") == [project]


def test_an_index_is_new_until_something_is_said(engine, others):
    assert engine.is_new()
    assert find(engine, "needle") == []
    fill(engine, cell("needle"))
    assert not any(each.is_new() for each in (engine, *others))


def test_two_who_begin_an_index_at_once_begin_the_same(place):
    engines = [place.open() for _ in range(8)]
    with ThreadPoolExecutor(8) as threads:
        filled = list(threads.map(lambda engine: fill(engine, cell("needle")), engines))
    for engine in engines:
        assert set(projects(engine, "needle")) == set(filled)
        engine.close()


PAGE = Part("", "1")
EVERYBODY, NOTHING = ("public",), frozenset()


def tell(writer, project, title, *, seen=True):
    """Say of a project that has a page, and a cell in Python, whether everybody sees it."""
    shown = frozenset({PAGE})
    page = Document("project", title=title, facts=frozenset({Fact("lang", "Python")}))
    tags = frozenset({Fact("tag", title.split()[0])})
    fill(writer, page, project=project, public=shown if seen else NOTHING, work=shown, facts=tags)


def counted(engine):
    """Tell what is counted of all projects together."""
    kinds = ("lang", "tag")
    words = engine.corrections(EVERYBODY, ["elephnat", "gyraffe"])
    return [engine.values(EVERYBODY, kind, "", 10) for kind in kinds], words


def test_what_is_counted_is_the_same_in_a_rebuilt_index(engine):
    said = {uuid4(): "elephant one", uuid4(): "elephant two", uuid4(): "giraffe three"}
    first, *_, last = said

    def all_again(fresh):
        for each in said.items():
            tell(fresh, *each)
        assert fresh.take_over() == set()

    def again_and_changed(fresh):
        tell(engine, first, said[first], seen=False)
        for project, title in said.items():
            tell(fresh, project, title)
        if fresh.take_over():
            tell(fresh, first, said[first], seen=False)
            assert fresh.take_over() == set()

    for project, title in said.items():
        tell(engine, project, title)
    every = counted(engine)
    assert every == (
        [[Count("Python", 3)], [Count("elephant", 2), Count("giraffe", 1)]],
        {"elephnat": "elephant", "gyraffe": "giraffe"},
    )
    engine.rebuild(all_again)
    assert counted(engine) == every
    engine.rebuild(again_and_changed)
    tell(engine, last, said[last], seen=False)
    assert counted(engine) == (
        [[Count("Python", 1)], [Count("elephant", 1)]],
        {"elephnat": "elephant"},
    )


def test_an_embedded_rebuild_leaves_nothing_of_what_it_replaced(tmp_path):
    engine = EmbeddedWords(tmp_path)
    project = fill(engine, cell("needle"))
    for _ in range(3):
        engine.rebuild(lambda fresh: again(project, fresh))
    engine.close()
    assert {each.name for each in tmp_path.iterdir()} == {engine.pointer.name, engine.current()}
