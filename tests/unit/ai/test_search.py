"""Search by meaning asks a model along the router, and people never wait for one that is away."""

from contextlib import closing

import pytest
from sqlalchemy import select

from jupyter_wove.ai.embedding import Routed
from jupyter_wove.ai.ledger.tables import AttemptRow
from jupyter_wove.ai.models import Catalogue, Deployment, Route
from jupyter_wove.app import Wove
from jupyter_wove.kit.errors import NotFound, Unavailable
from jupyter_wove.search import Search
from jupyter_wove.search.engines import PUBLIC
from tests.unit.search.conftest import Library, text

DIMENSION = 64  # of the scripted model's vectors


@pytest.fixture
def known(models):
    """A model that embeds, one that does not, and one that fails."""
    at = {"provider": "openai", "base_url": f"{models.url}/v1"}
    embeds = frozenset({"embeddings"})
    found = {
        "vectors": Deployment(name="vectors", model="embed", features=embeds, **at),
        "answers": Deployment(name="answers", model="echo", **at),
        "broken": Deployment(name="broken", model="embed@400", features=embeds, **at),
    }
    return Catalogue(found, {"all": Route(name="all", deployments=["answers", "vectors"])})


@pytest.fixture
def wove_with(known, database_url, tmp_path):
    """Open Wove with a model for search."""
    folders = tmp_path / "data", tmp_path / "root"

    def opened(name="all", dimension=DIMENSION):
        model = Routed(known, name, dimension)
        return closing(
            Wove(database_url, *folders, "Grace", catalogue=lambda: known, embedder=model)
        )

    return opened


def attempts(wove):
    with wove.units.read() as unit:
        return list(unit.session.scalars(select(AttemptRow)))


def test_what_was_written_is_found_by_vectors_of_the_router_and_accounted_for(wove_with):
    with wove_with() as wove:
        library = Library(wove, wove.indexer, Search(wove.units, wove.words, wove.meaning))
        wove.indexer.then = lambda: None
        ann = wove.directory.identity("test", "ann", "Ann")
        library.project(ann, "Tidy survey", "print(1)", description="Some answers are missing.")
        library.catch_up()
        wove.meaning.read(lambda done, total: None)
        read = len(attempts(wove))
        (hit, *_) = library.find(ann, "missing values of some kind", where="projects")
        assert text(hit.title) == "Tidy survey"
        assert hit.why.meant
        library.find(ann, "missing values of some kind", where="projects")
        rows = attempts(wove)
        assert len(rows) == read + 1  # who asks the same again asks nobody
        assert {row.purpose for row in rows} == {"search"}
        assert {row.person_id for row in rows} == {wove.directory.local().id}


def test_a_model_that_is_away_leaves_search_by_words(wove_with):
    with wove_with("broken") as wove:
        library = Library(wove, wove.indexer, Search(wove.units, wove.words, wove.meaning))
        wove.indexer.then = lambda: None
        ann = wove.directory.identity("test", "ann", "Ann")
        library.project(ann, "Tidy survey", "print(1)")
        library.catch_up()
        assert [text(hit.title) for hit in library.find(ann, "tidy")][:1] == ["Tidy survey"]
        with pytest.raises(Unavailable, match=r"did not embed|No model|answer"):
            wove.meaning.nearest(["tidy"], (PUBLIC,))


def test_vectors_of_another_length_say_what_to_set(wove_with):
    with wove_with(dimension=7) as wove, pytest.raises(Unavailable, match="search_dimension = 64"):
        wove.meaning.nearest(["tidy"], (PUBLIC,))


def test_only_what_embeds_can_be_asked(known):
    with pytest.raises(Unavailable, match="does not embed"):
        Routed(known, "answers", DIMENSION)
    with pytest.raises(NotFound):
        Routed(known, "nothing", DIMENSION)


def test_another_model_has_an_index_of_its_own(known):
    assert Routed(known, "all", 64).space != Routed(known, "broken", 64).space
