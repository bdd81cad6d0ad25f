"""The index follows the projects: news may come twice, late, or in any order."""

import random

import pytest

from jupyter_wove.accounts import Accounts
from jupyter_wove.accounts.models import PersonChange
from jupyter_wove.kit.events import Event
from jupyter_wove.projects import Projects, Publications, Versions
from jupyter_wove.projects.versions.models import NewVersion, Restoration
from jupyter_wove.search.engines import Damaged
from jupyter_wove.search.engines.embedded.generation import Generation
from tests.unit.journey import ask, folder_of


@pytest.fixture
def news(library):
    """Every event as it happens."""
    heard = []
    library.wove.units.listeners.witness(Event, lambda session, event: heard.append(event))
    return [heard, lambda: [each for each in heard if type(each) in library.indexer.events]]


def contents(library, *actors):
    """Describe all that can be found."""
    words = ("zebra", "giraffe", "plan")
    return [
        [(str(hit.project.title), hit.kind, hit.path, hit.cell, str(hit.snippet)) for hit in hits]
        for actor in actors
        for word in words
        for where in ("cells", "projects")
        for hits in [sorted(library.find(actor, word, where=where, limit=100), key=str)]
    ]


def test_twice_and_in_any_order_makes_the_same_index(library, ann, bob, news):
    plan = library.project(ann, "Plan zebra", "zebra = 1", "giraffe = 2")
    library.publish(ann, plan)
    library.write(ann, plan, "zebra = 2")
    library.take_on(ann, plan, "bob")
    gone = library.project(ann, "Plan giraffe", "giraffe")
    library.publish(ann, gone)
    ask(library.wove, ann, Publications.unpublish, gone.id)
    ask(library.wove, ann, Projects.delete, gone.id)
    events = news[1]()
    library.catch_up()
    expected = contents(library, ann, bob)
    for seed in range(3):
        shuffled = events * 2
        random.Random(seed).shuffle(shuffled)
        for event in shuffled:
            library.indexer.index(event)
        assert contents(library, ann, bob) == expected
        assert library.indexer.check() == set()


def test_a_notebook_that_did_not_change_is_not_parsed_again(library, ann, monkeypatch):
    plan = library.project(ann, "Plan", "zebra")
    library.catch_up()
    added = []
    add = Generation.add
    monkeypatch.setattr(Generation, "add", lambda *a: (added.append(a[2].path), add(*a))[1])
    library.write(ann, plan, "giraffe", name="other.ipynb")
    library.publish(ann, plan)
    library.catch_up()
    assert added == ["other.ipynb", ""]  # and the page, which has the facts of both


def test_an_older_version_is_found_again_when_it_is_restored(library, ann):
    plan = library.project(ann, "Plan", "zebra")
    first = ask(library.wove, ann, Versions.save, plan.id, NewVersion("First"))
    library.write(ann, plan, "giraffe")
    library.catch_up()
    assert library.cells(ann, "zebra") == []
    ask(library.wove, ann, Versions.restore, plan.id, Restoration(version=first.id))
    library.catch_up()
    assert library.cells(ann, "zebra") == ["zebra"]
    assert library.cells(ann, "giraffe") == []


def test_a_new_name_of_the_owner_is_found(library, ann):
    library.project(ann, "Plan")
    ask(library.wove, ann, Accounts.change_me, PersonChange(name="Okapi"))
    library.catch_up()
    assert [hit.kind for hit in library.find(ann, "okapi")] == ["person", "project"]


def test_what_the_index_never_heard_of_is_mended(library, ann, bob, news):
    kept = library.project(ann, "Plan zebra", "zebra")
    library.publish(ann, kept)
    gone = library.project(ann, "Plan giraffe", "giraffe")
    library.catch_up()
    library.wove.outbox.on("search", lambda event: None)
    library.change(ann, kept, description="An okapi.")
    ask(library.wove, ann, Projects.delete, gone.id)
    added = library.project(ann, "Plan three", "okapi")
    library.catch_up()
    assert library.indexer.check() == {kept.id, gone.id, added.id}
    assert library.indexer.mend() == 3
    assert library.indexer.mend() == 0
    assert {hit.project.id for hit in library.find(ann, "okapi")} == {kept.id, added.id}


def test_a_project_that_could_not_be_read_is_mended_when_it_is_back(library, ann, tmp_path):
    plan = library.project(ann, "Plan", "zebra")
    folder = folder_of(library.wove, plan)
    folder.rename(tmp_path / "elsewhere")
    library.catch_up()
    assert library.indexer.check() == {plan.id}
    (tmp_path / "elsewhere").rename(folder)
    library.indexer.mend()
    assert library.cells(ann, "zebra") == ["zebra"]


def test_an_index_that_was_deleted_is_made_again(library, ann, engine):
    library.project(ann, "Plan", "zebra")
    library.catch_up()
    for file in engine.folder.iterdir():
        file.unlink()
    assert library.find(ann, "zebra") == []
    assert library.indexer.mend() == 1
    assert library.cells(ann, "zebra") == ["zebra"]


def test_an_index_that_is_damaged_is_made_again(library, ann, engine):
    library.project(ann, "Plan", "zebra")
    library.catch_up()
    engine.close()
    (engine.folder / engine.current()).write_bytes(b"no database at all" * 1000)
    with pytest.raises(Damaged):
        library.find(ann, "zebra")
    library.indexer.mend()
    assert library.cells(ann, "zebra") == ["zebra"]


def test_a_rebuild_takes_in_what_happens_meanwhile(library, ann, engine, monkeypatch):
    plan = library.project(ann, "Plan", "zebra")
    library.catch_up()
    before = engine.current()
    index = library.indexer._index

    def index_and_let_things_happen(writer, project_id):
        index(writer, project_id)
        if writer is not engine:
            monkeypatch.setattr(library.indexer, "_index", index)
            library.write(ann, plan, "giraffe")
            library.project(ann, "Plan two", "giraffe")
            library.catch_up()
            assert len(library.cells(ann, "giraffe")) == 2

    monkeypatch.setattr(library.indexer, "_index", index_and_let_things_happen)
    library.indexer.rebuild()
    assert engine.current() != before
    assert (len(library.cells(ann, "giraffe")), library.cells(ann, "zebra")) == (2, [])
    assert sorted({each.name.partition("-")[0] for each in engine.folder.iterdir()}) == [
        "current",
        "words",
    ]
    assert len(list(engine.folder.glob("*.db"))) == 1
