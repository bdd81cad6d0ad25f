"""One search by words and by meaning."""

from contextlib import closing

import pytest

from jupyter_wove.app import Wove
from jupyter_wove.kit.errors import NotFound, Unavailable
from jupyter_wove.projects import Projects
from jupyter_wove.search import Search
from jupyter_wove.search.finding.fusing import is_code, is_sentence, meant
from jupyter_wove.search.meaning.minilm import MiniLM
from tests.unit.journey import ask
from tests.unit.search.conftest import Library, text
from tests.unit.search.meaning.test_meaning import MODEL


@pytest.fixture(params=["sqlite", "postgresql", "pgvector"])
def dialect(request):
    """The kind of database; only the last keeps vectors itself."""
    return request.param


@pytest.fixture
def wove(database_url, tmp_path):
    folders = tmp_path / "data", tmp_path / "root"
    with closing(Wove(database_url, *folders, "Grace", embedder=MODEL)) as wove:
        yield wove


@pytest.fixture
def library(wove):
    wove.indexer.then = lambda: None  # these tests read by themselves
    return Library(wove, wove.indexer, Search(wove.units, wove.words, wove.meaning))


@pytest.fixture
def stocked(library, ann):
    """Projects of Ann's that were read."""
    about = {
        "Tidy survey": ("Some answers are empty; the median takes their place.", ["survey"]),
        "Volcanoes": ("Where the earth spits fire, on a map of the world.", ["geo"]),
        "Empty cells": ("Rows without a value are dropped from a table.", ["pandas"]),
    }
    for title, (description, tags) in about.items():
        project = library.project(
            ann, title, "print('hello world')", description=description, tags=tags
        )
        if title != "Empty cells":
            library.publish(ann, project)
    read(library)
    return library


def read(library):
    library.catch_up()
    library.wove.meaning.read(lambda done, total: None)
    assert not library.wove.meaning.waits()


def titles(library, actor, words, **named):
    return [text(hit.title) for hit in library.find(actor, words, where="projects", **named)]


def test_other_words_find_what_is_meant_and_say_so(stocked, ann):
    hits = stocked.find(ann, "how to handle missing data", where="projects")
    assert {text(hit.title) for hit in hits[:2]} == {"Tidy survey", "Empty cells"}
    assert all(hit.why.meant for hit in hits[:2])
    assert (hits[0].why.fields, hits[0].why.words) == ([], [])


def test_what_has_the_words_still_comes_first(stocked, ann):
    assert titles(stocked, ann, "volcanoes")[0] == "Volcanoes"
    hit = stocked.find(ann, "volcanoes", where="projects")[0]
    assert "volcanoes" in [word.lower() for word in hit.why.words]


def test_a_stranger_finds_only_what_is_public_by_its_meaning(stocked, bob):
    assert titles(stocked, bob, "missing values") == ["Tidy survey"]


def test_what_was_withdrawn_is_not_found_by_its_meaning_though_the_index_lags(stocked, ann, bob):
    (hit,) = stocked.find(bob, "missing values", where="projects")
    stocked.publish(ann, hit.project, visibility="private")
    assert titles(stocked, bob, "missing values") == []


def test_qualifiers_hold_for_what_is_meant(stocked, ann):
    assert titles(stocked, ann, "missing data tag:pandas") == ["Empty cells"]
    assert titles(stocked, ann, "missing data -tag:pandas") == ["Tidy survey"]
    assert titles(stocked, ann, "missing data -median") == ["Empty cells"]
    assert titles(stocked, ann, "missing data tag:nowhere") == []


def test_a_phrase_asks_for_its_words_alone(stocked, ann):
    assert titles(stocked, ann, '"missing data"') == []


def test_pages_follow_each_other_without_a_gap(stocked, ann):
    all_of_it = stocked.search.find(ann, "missing data", limit=20).items
    paged, after = [], None
    while after or not paged:
        page = stocked.search.find(ann, "missing data", after=after, limit=1)
        paged, after = paged + page.items, page.next
    assert paged == all_of_it
    assert len(paged) > 1


def test_without_its_model_a_search_is_one_by_words(stocked, ann, monkeypatch):
    def away(texts):
        raise Unavailable("The model is away.")

    model = MiniLM()
    monkeypatch.setattr(model, "embed", away)
    monkeypatch.setattr(stocked.wove.meaning, "embedder", model)
    assert titles(stocked, ann, "volcanoes") == ["Volcanoes"]
    assert titles(stocked, ann, "missing data") == []


def test_what_was_deleted_is_found_neither_way(stocked, ann):
    (hit, *_) = stocked.find(ann, "missing data tag:pandas", where="projects")

    ask(stocked.wove, ann, Projects.delete, hit.project.id)
    assert titles(stocked, ann, "missing data tag:pandas") == []
    read(stocked)
    assert titles(stocked, ann, "missing data tag:pandas") == []


@pytest.mark.parametrize("words", ["pd.read_csv", "train_test_split", "fit(X)", "RandomForest"])
def test_names_in_code_are_told_from_words(words):
    assert is_code(words)


@pytest.mark.parametrize("words", ["how to plot", "e.g. this", "What is PCA?", "C++", "naïve"])
def test_words_are_no_code(words):
    assert not is_code(words)


def test_what_says_what_code_does_is_told_from_a_few_words():
    assert is_sentence("Return the number of rows that were read.")
    assert not is_sentence("parse header")


def test_a_model_reads_the_words_alone():
    assert meant('how to plot lang:python -bar "line chart" /a.b/') == "how to plot line chart"
    assert meant('"line chart"') == ""
    assert meant("tag:x") == ""


def similar(library, actor, project, **named):
    page = library.search.similar_projects(actor, project.id, **named)
    return [text(hit.title) for hit in page.items]


def test_similar_projects_are_those_that_mean_the_same_and_may_be_seen(stocked, ann, bob):
    (survey,) = (h.project for h in stocked.find(ann, "survey", where="projects")[:1])
    assert similar(stocked, ann, survey)[0] == "Empty cells"
    assert "Empty cells" not in similar(stocked, bob, survey)
    assert "Tidy survey" not in similar(stocked, ann, survey)


def test_who_may_not_see_a_project_is_not_told_what_is_like_it(stocked, ann, bob):
    (cells,) = (h.project for h in stocked.find(ann, "tag:pandas", where="projects"))
    with pytest.raises(NotFound):
        similar(stocked, bob, cells)


def test_remixes_of_a_project_are_similar_only_if_they_are_asked_for(stocked, ann, bob):
    (survey,) = (h.project for h in stocked.find(bob, "survey", where="projects")[:1])
    stocked.remix(bob, survey, "Tidy survey")
    read(stocked)
    assert similar(stocked, bob, survey).count("Tidy survey") == 0
    assert similar(stocked, bob, survey, remixes=True).count("Tidy survey") == 1


def test_without_a_model_nothing_is_similar(stocked, ann):
    (survey,) = (h.project for h in stocked.find(ann, "survey", where="projects")[:1])
    without = Search(stocked.wove.units, stocked.wove.words)
    assert without.similar_projects(ann, survey.id).items == []
