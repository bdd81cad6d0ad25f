"""A search over real projects, which hears of changes when the test says so."""

import time
from dataclasses import dataclass
from uuid import UUID

import pytest

from jupyter_wove.app import Wove
from jupyter_wove.projects import Members, NewRemix, Projects, Publications, Versions
from jupyter_wove.projects.members.models import Membership
from jupyter_wove.projects.models import NewProject, ProjectChange
from jupyter_wove.projects.publication.models import Publication
from jupyter_wove.projects.versions.models import NewVersion
from jupyter_wove.search import EmbeddedWords, Indexer, Search
from tests.services import postgresql_with_pgvector
from tests.unit.journey import ask, folder_of, write_notebook


@pytest.fixture(scope="session")
def pgvector_server():
    """A PostgreSQL with pgvector, ended with the tests."""
    with postgresql_with_pgvector() as server:
        yield server


@dataclass
class Library:
    """Projects, and the search that finds them."""

    wove: Wove
    indexer: Indexer
    search: Search

    def project(self, actor, title, *cells, **page):
        """Make a project with a notebook of these cells."""
        project = ask(self.wove, actor, Projects.create, NewProject(title))
        if page:
            change = ProjectChange(**page)
            ask(self.wove, actor, Projects.change, project.id, change, str(project.revision))
        self.write(actor, project, *cells)
        return project

    def write(self, actor, project, *cells, name="work.ipynb"):
        """Put cells into a notebook of a project, and save a version."""
        write_notebook(folder_of(self.wove, project), name, *cells)
        ask(self.wove, actor, Versions.save, project.id, NewVersion("Save"))

    def publish(self, actor, project, visibility="public"):
        """Let others see a project."""
        body = Publication(visibility=visibility)
        ask(self.wove, actor, Publications.publish, project.id, body)

    def change(self, actor, project, **page):
        """Change what a project's page says."""
        now = ask(self.wove, actor, Projects.get, project.id)
        change = ProjectChange(**page)
        ask(self.wove, actor, Projects.change, project.id, change, str(now.revision))

    def take_on(self, actor, project, handle, role="viewer"):
        """Take somebody on."""
        ask(self.wove, actor, Members.put, project.id, handle, Membership(role))

    def remix(self, actor, project, title):
        """Make a project of one's own from another; return its id."""
        self.wove.start()
        job = ask(self.wove, actor, Publications.remix, project.id, NewRemix(title))
        result = self.wove.jobs.wait(job.id, 30).result
        self.catch_up()
        return UUID(result["project_id"])

    def catch_up(self):
        """Let the index hear of everything."""
        while self.wove.outbox.delivers() and sum(self.wove.outbox.backlog().values()):
            time.sleep(0.05)
        assert self.wove.outbox.delivers() or self.wove.outbox.drain(60) == 0

    def find(self, actor, words, **named):
        """Search; return the hits of the first page."""
        return self.search.find(actor, words, **named).items

    def cells(self, actor, words):
        """Search; return the first page of cells as the text of their snippets."""
        return [text(hit.snippet) for hit in self.find(actor, words, where="cells")]


def text(fragments):
    return "".join(each.text for each in fragments)


def marked(fragments):
    return "".join(f"[{each.text}]" if each.hit else each.text for each in fragments)


@pytest.fixture
def eve(wove):
    """A third person, who works on nothing."""
    return wove.directory.identity("tests", "eve", "Eve")


@pytest.fixture
def engine(wove, dialect, tmp_path):
    """An empty index, of the engine that fits the database."""
    engine = EmbeddedWords(tmp_path / "index") if dialect == "sqlite" else wove.words
    yield engine
    engine.close()


@pytest.fixture
def library(wove, engine):
    """Real projects with a search over them."""
    indexer = Indexer(wove.units, wove.workspaces, [engine])
    wove.units.listeners.consumer("search", *indexer.events)
    wove.outbox.on("search", indexer.index)
    return Library(wove, indexer, Search(wove.units, engine))
