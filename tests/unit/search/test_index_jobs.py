"""An index that is missing, or was made for another schema, is filled in the background."""

import os
import time
from contextlib import closing
from hashlib import sha256

import pytest
from sqlalchemy import func, select, text

from jupyter_wove.app import Wove
from jupyter_wove.kit.jobs.tables import JobRow
from jupyter_wove.projects import Projects
from jupyter_wove.projects.models import NewProject
from jupyter_wove.search import Search
from jupyter_wove.search.engines.embedded.schema import CREATE
from jupyter_wove.search.engines.embedded.words.asking import Words
from tests.unit.journey import ask


@pytest.fixture
def indexed(wove, ann):
    """Two projects, and an index of them."""
    for title in ("Zebra one", "Zebra two"):
        ask(wove, ann, Projects.create, NewProject(title))
    wove.outbox.drain()
    assert len(found(wove, ann)) == 2
    return wove


@pytest.fixture
def later(indexed, database_url, tmp_path):
    """Wove as the next process opens it."""
    indexed.words.close()
    with closing(Wove(database_url, tmp_path / "data", tmp_path / "root", "Grace")) as wove:
        yield wove


def found(wove, actor):
    return ask(wove, actor, Search.find, "zebra", "projects").items


def make_old(wove):
    """Leave the index as a Wove with another schema of it would."""
    if wove.database.is_sqlite:
        current = wove.words.pointer
        current.rename(current.with_name("current-words-0"))
        return
    with wove.database.write() as session:
        session.execute(text("UPDATE wove_search.current SET version = 0"))


def generations(wove):
    """Name all that an index is kept in."""
    if wove.database.is_sqlite:
        return sorted(each.name for each in wove.words.folder.glob("*.db"))
    with wove.database.read() as session:
        return sorted(session.scalars(text("SELECT name FROM wove_search.generation")))


def jobs_of(wove):
    with wove.database.read() as session:
        return session.scalar(select(func.count()).select_from(JobRow))


def test_an_index_of_another_schema_is_filled_by_a_job_at_the_start(later, ann):
    make_old(later)
    later.start()
    with later.database.read() as session:
        job_id = session.scalar(select(JobRow.id))
    assert later.jobs.wait(job_id, 30).result == {"projects": 2}
    assert len(found(later, ann)) == 2


def test_an_index_that_is_there_needs_no_job(later):
    later.start()
    assert jobs_of(later) == 0


def test_where_there_is_no_project_there_is_no_job(wove):
    wove.start()
    assert jobs_of(wove) == 0


def test_the_index_is_made_anew_while_the_old_one_answers(indexed, ann):
    indexed.start()
    before = indexed.words.current()
    job = indexed.jobs.wait(indexed.index_jobs.rebuild(ann.id).id, 30)
    assert (job.state, job.result) == ("succeeded", {"projects": 2})
    assert indexed.words.current() != before
    assert len(found(indexed, ann)) == 2


def test_a_cancelled_rebuild_leaves_the_index_as_it_was(indexed, ann, monkeypatch):
    before = generations(indexed)
    index = indexed.indexer._index

    def index_slowly(writer, project_id):
        index(writer, project_id)
        with indexed.units.write() as unit:
            indexed.jobs.cancel(unit, job.id)
        time.sleep(0.3)  # a job looks at its row no more often than that

    monkeypatch.setattr(indexed.indexer, "_index", index_slowly)
    job = indexed.index_jobs.rebuild(ann.id)
    indexed.start()
    assert indexed.jobs.wait(job.id, 30).state == "cancelled"
    assert generations(indexed) == before


def test_an_index_that_was_not_in_use_is_made_anew_before_it_is_relied_on(
    indexed, ann, database_url, tmp_path
):
    indexed.start()
    indexed.indexer.indices = []  # as if another engine were in use, and this one heard of nothing
    ask(indexed, ann, Projects.create, NewProject("Zebra three"))
    indexed.outbox.drain()
    (tmp_path / "data" / "search" / "engine").write_text("another")
    indexed.close()
    with closing(Wove(database_url, tmp_path / "data", tmp_path / "root", "Grace")) as later:
        later.start()
        with later.database.read() as session:
            job_id = session.scalar(select(JobRow.id))
        assert later.jobs.wait(job_id, 30).kind == "search.rebuild"
        assert len(found(later, ann)) == 3
        later.start()
        assert jobs_of(later) == 1


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
def test_the_other_engine_is_filled_and_then_used_at_once(indexed, ann, database_url, tmp_path):
    indexed.start()
    job = indexed.jobs.wait(indexed.index_jobs.rebuild(ann.id, "embedded").id, 30)
    assert (job.state, job.result) == ("succeeded", {"projects": 2})
    indexed.close()
    places = database_url, tmp_path / "data", tmp_path / "root", "Grace"
    with closing(Wove(*places, search_engine="embedded")) as later:
        assert (later.engines.name, len(found(later, ann))) == ("embedded", 2)
        assert later.code.revisions() == later.words.revisions()
        assert len(later.words.revisions()) > 2


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_an_index_is_not_put_into_a_database_that_cannot_keep_it(indexed, ann):
    indexed.start()
    job = indexed.jobs.wait(indexed.index_jobs.rebuild(ann.id, "postgresql").id, 30)
    assert "database_url" in job.problem.detail


def test_the_engine_fits_the_database(wove, dialect):
    assert wove.engines.name == {"sqlite": "embedded"}.get(dialect, dialect)


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_what_an_older_wove_left_goes_after_a_week(indexed, ann):
    old = [
        indexed.words.folder / name
        for name in ("current-words-0", "words-0-1.db", "words-0-1.db-wal")
    ]
    for file in old:
        file.touch()
    indexed.tidy()
    assert all(file.exists() for file in old)
    for file in old:
        os.utime(file, (time.time() - 8 * 24 * 3600,) * 2)
    indexed.tidy()
    assert not any(file.exists() for file in old)
    assert len(found(indexed, ann)) == 2


def test_who_changes_the_tables_gives_them_another_version():
    """Else a server would meet tables that it does not know: write the new pair down here."""
    layout = Words.layout
    digest = sha256((CREATE + layout.tables).encode()).hexdigest()[:12]
    assert (layout.kind, layout.version, digest) == ("words", 4, "34828bc65e29")
