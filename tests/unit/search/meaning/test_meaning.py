"""What was written is found by what it means, once a job has read it."""

import time
from contextlib import closing

import pytest
from sqlalchemy import select

from jupyter_wove.app import Wove
from jupyter_wove.kit.errors import Unavailable
from jupyter_wove.kit.jobs.tables import JobRow
from jupyter_wove.projects import Members, Projects
from jupyter_wove.search import Search
from jupyter_wove.search.engines import PUBLIC, principal
from jupyter_wove.search.meaning.jobs import READ
from jupyter_wove.search.meaning.minilm import MiniLM
from tests.unit.journey import ask
from tests.unit.search.conftest import Library

LETTERS = "abcdefghijklmnopqrstuvwxyz"
MODEL = MiniLM()  # loaded once for all tests


@pytest.fixture
def wove(database_url, tmp_path):
    folders = tmp_path / "data", tmp_path / "root"
    with closing(Wove(database_url, *folders, "Grace", embedder=MODEL)) as wove:
        yield wove


def library_of(wove):
    return Library(wove, wove.indexer, Search(wove.units, wove.words, wove.meaning))


@pytest.fixture
def library(wove):
    return library_of(wove)


@pytest.fixture
def cleaning(library, ann):
    """A project of Ann's about missing values."""
    return library.project(
        ann,
        "Tidy survey",
        "table = table.dropna(subset=['age', 'income'])",
        description="Respondents left questions out; here those answers are filled or left out.",
    )


def jobs_of(wove):
    with wove.database.read() as session:
        return session.scalars(select(JobRow).where(JobRow.kind == READ)).all()


def read(library):
    """Let the job read what was written."""
    library.catch_up()
    library.wove.start()
    for row in jobs_of(library.wove):
        assert library.wove.jobs.wait(row.id, 60).state == "succeeded"


def titles(library, actor, words, **named):
    """Name the projects that are near in meaning, nearest first, each once."""
    who = (PUBLIC, principal(actor.id))
    near = library.wove.meaning.nearest([words], who, **named)
    ids = dict.fromkeys(each.place.project for each in near)
    return [ask(library.wove, actor, Projects.get, id_).title for id_ in ids]


def test_a_question_in_other_words_finds_the_cell_that_answers_it(library, ann, cleaning):
    library.project(ann, "Volcanoes", "draw_map(volcanoes)", description="Where volcanoes are.")
    read(library)
    assert titles(library, ann, "how to handle missing data")[0] == "Tidy survey"


def test_one_job_reads_what_many_changes_brought(library, ann, cleaning):
    for number in range(4):
        library.write(ann, cleaning, f"table.fillna({number}) or leave it")
    library.catch_up()
    assert len(jobs_of(library.wove)) == 2
    read(library)
    assert not library.wove.meaning.waits()


def test_where_all_was_read_there_is_no_job(library, ann, bob, cleaning):
    read(library)
    before = len(jobs_of(library.wove))
    library.take_on(ann, cleaning, "bob")
    library.catch_up()
    assert len(jobs_of(library.wove)) == before


def test_only_members_find_private_work_by_its_meaning(library, ann, bob, cleaning):
    read(library)
    assert titles(library, bob, "missing data") == []
    library.take_on(ann, cleaning, "bob")
    library.catch_up()
    assert titles(library, bob, "missing data") == ["Tidy survey"]
    ask(library.wove, ann, Members.remove, cleaning.id, "bob")
    library.catch_up()
    assert titles(library, bob, "missing data") == []


def test_what_has_nothing_to_do_with_a_question_is_not_found(library, ann, cleaning):
    read(library)
    assert titles(library, ann, "baroque trumpet concerto") == []


def test_a_job_that_was_cancelled_keeps_what_it_read_and_the_next_goes_on(library, ann, cleaning):
    library.indexer.then = lambda: None
    library.write(ann, cleaning, *(f"river_{letter} = lake_of_{letter}(3)" for letter in LETTERS))
    library.catch_up()
    done = read_until_cancelled(library.wove)
    left = library.wove.meaning.engine.progress()[1] - done
    assert 0 < left < len(LETTERS)
    assert library.wove.meaning.read(lambda done, total: None) == left
    assert not library.wove.meaning.waits()


def read_until_cancelled(wove):
    class Enough(Exception):
        """Cancelled after the first texts."""

    def tell(done, total):
        raise Enough

    with pytest.raises(Enough):
        wove.meaning.read(tell)
    return wove.meaning.engine.progress()[0]


def test_an_index_of_meaning_that_is_missing_is_filled_at_the_start(
    library, ann, cleaning, database_url, tmp_path
):
    folders = tmp_path / "data", tmp_path / "root"
    read(library)  # to the end: a job that still looks for more would begin an empty index
    with closing(Wove(database_url, *folders, "Grace", embedder=MODEL)) as later:
        later.meaning.engine.pointer.unlink()
        later.start()
        end = time.monotonic() + 60
        near = []
        while not near and time.monotonic() < end:
            near = later.meaning.nearest(["missing data"], (principal(ann.id),))
            time.sleep(0.2)
    assert near[0].place.project == cleaning.id


def test_a_model_that_cannot_be_asked_leaves_the_words(library, ann, cleaning, monkeypatch):
    monkeypatch.setattr(library.wove.meaning, "embedder", Away())
    library.catch_up()
    library.wove.start()
    (row, *_) = jobs_of(library.wove)
    assert library.wove.jobs.wait(row.id, 60).state == "failed"
    assert library.find(ann, "dropna")


@pytest.mark.parametrize("dialect", ["pgvector"], indirect=True)
@pytest.mark.parametrize("first", ["postgresql", "embedded"])
def test_the_other_engine_has_all_meanings_and_no_text_is_read_twice(
    first, database_url, tmp_path
):
    second = {"postgresql": "embedded", "embedded": "postgresql"}[first]
    places = database_url, tmp_path / "data", tmp_path / "root", "Grace"
    with closing(Wove(*places, embedder=MODEL, search_engine=first)) as wove:
        ann = wove.directory.identity("test", "ann", "Ann")
        library = library_of(wove)
        library.project(ann, "Tidy survey", "table = table.dropna()")
        read(library)
        wove.meaning.embedder = Away()
        job = wove.jobs.wait(wove.index_jobs.rebuild(ann.id, second).id, 60)
        assert (job.state, job.result) == ("succeeded", {"projects": 1})
    with closing(Wove(*places, embedder=MODEL, search_engine=second)) as later:
        done, total = later.meaning.engine.progress()
        assert done == total > 0
        assert titles(library_of(later), ann, "missing data") == ["Tidy survey"]


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
def test_meanings_that_stay_in_the_same_place_are_left_alone(library, ann, cleaning):
    read(library)
    before = library.wove.meaning.engine.current()
    rebuilding = library.wove.index_jobs.rebuild(ann.id, "embedded")
    assert library.wove.jobs.wait(rebuilding.id, 60).state == "succeeded"
    assert library.wove.meaning.engine.current() == before
    assert titles(library, ann, "missing data") == ["Tidy survey"]


class Away:
    """A model elsewhere that does not answer."""

    space = MiniLM.space
    unrelated = MiniLM.unrelated

    def embed(self, texts):
        raise Unavailable("The model is away.")
