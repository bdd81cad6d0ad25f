"""Qualifiers narrow what is found: by what stands in cells, and by what holds of projects."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from jupyter_wove.community import Community
from jupyter_wove.search.engines import Document, Part, State, Wanted
from jupyter_wove.search.facts import Fact
from jupyter_wove.search.queries import parse
from tests.unit.journey import ask, folder_of
from tests.unit.search.conftest import text
from tests.unit.search.engines.words import fill

TODAY = datetime.now(UTC).date()


def cell(source, *facts, output=""):
    return Document("cell", 0, source=source, output=output, facts=frozenset(facts))


@pytest.fixture
def known(engine):
    """Cells of which some things are known."""
    older = (TODAY - timedelta(days=40)).isoformat()
    fill(
        engine,
        cell("wave one", Fact("uses", "pandas.read_csv"), Fact("lang", "python")),
        cell("wave two", Fact("uses", "sklearn.decomposition.PCA"), Fact("has", "plot:heatmap")),
        cell("wave three", Fact("dataset", "data/titanic.csv"), Fact("lang", "R")),
        cell("wave four", Fact("verified", TODAY.isoformat()), output="accuracy 0.91"),
        cell("wave five", Fact("verified", older), Fact("lib", "torch"), output="0.91 accuracy"),
    )
    return engine


def numbers(engine, typed):
    wanted = Wanted(parse(typed), ("public",))
    shown = engine.show(wanted, [each.id for each in engine.find(wanted)]).values()
    return {text(each.snippet).removeprefix("wave ") for each in shown if each.kind == "cell"}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("wave uses:pandas.read_csv", "one"),
        ("wave uses:pandas", "one"),
        ("wave uses:read_csv", "one"),
        ("wave uses:PCA", "two"),
        ("wave uses:sklearn.decomposition", "two"),
        ("wave uses:torch", "five"),
        ("wave has:plot", "two"),
        ("wave has:heatmap", "two"),
        ("wave has:plot:heatmap", "two"),
        ("wave lang:r", "three"),
        ("wave lang:r,python", "one three"),
        ("wave -lang:r", "one two four five"),
        ("wave dataset:titanic.csv", "three"),
        ("wave dataset:titanic", "three"),
        ("wave dataset:data/titanic.csv", "three"),
        ("wave verified:<30d", "four"),
        ("wave verified:yes", "four five"),
        ("wave verified:no", "one two three"),
        ("wave verified:>30d", "five"),
        ("wave uses:pandas lang:r", ""),
        ("wave uses:nothing", ""),
        ("wave -uses:nothing -four", "one two three five"),
        ("uses:pandas", "one"),
        ("uses:pandas -wave", ""),
        ("three one lang:r", ""),
    ],
)
def test_cells_are_narrowed_by_what_is_known_of_them(known, typed, found):
    assert {each.split()[0] for each in numbers(known, typed)} == set(found.split())


def test_words_are_looked_for_in_what_cells_printed(known):
    assert len(numbers(known, 'output:"accuracy 0.91"')) == 1
    assert len(numbers(known, "output:accuracy")) == 2
    assert numbers(known, "output:wave") == set()
    assert len(numbers(known, "wave -output:accuracy")) == 3


@pytest.fixture
def shelf(library, ann, bob):
    """Two published projects: Ann's about the sea, Bob's about the sky."""
    sea = library.project(ann, "Sea wave", "wave = 1", tags=["ocean", "deep sea"])
    sky = library.project(bob, "Sky wave", "wave = 2", tags=["air"], level="beginner")
    (folder_of(library.wove, sea) / "lib").mkdir()
    (folder_of(library.wove, sea) / "lib" / "wave_tool.py").write_text("wave = 3")
    library.write(ann, sea, "wave = 1")
    for actor, project in ((ann, sea), (bob, sky)):
        library.publish(actor, project)
    library.catch_up()
    return sea, sky


def titles(library, actor, words, **named):
    found = library.find(actor, words, **named)
    return {hit.project.title for hit in found if hit.project}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("wave tag:ocean", "Sea wave"),
        ("wave tag:OCEAN", "Sea wave"),
        ('wave tag:"deep sea"', "Sea wave"),
        ("wave -tag:ocean", "Sky wave"),
        ("wave user:bob", "Sky wave"),
        ("wave user:@ann", "Sea wave"),
        ("wave user:me", "Sea wave"),
        ("wave level:beginner", "Sky wave"),
        ("wave path:lib/", "Sea wave"),
        ("wave path:*.py", "Sea wave"),
        ("tag:ocean", "Sea wave"),
        ("user:bob", "Sky wave"),
        ("tag:ocean user:bob", None),
    ],
)
def test_projects_are_narrowed_by_what_holds_of_them(library, ann, shelf, typed, found):
    assert titles(library, ann, typed) == ({found} if found else set())


def test_files_alone_are_found_by_their_path(library, bob, shelf):
    for typed, where in (("path:lib", "all"), ("path:lib/*.py", "files"), ("wave", "files")):
        found = [hit.path for hit in library.find(bob, typed, where=where)]
        assert found == ["lib/wave_tool.py"]
    assert library.find(bob, "path:lib", where="cells") == []
    found = library.find(bob, "wave -path:lib tag:ocean")
    assert {hit.path for hit in found} == {None, "work.ipynb"}


def test_stars_and_remixes_narrow_as_soon_as_they_are_given(library, ann, bob, shelf):
    sea, _ = shelf
    assert titles(library, bob, "stars:>0") == set()
    ask(library.wove, bob, Community.star, sea.id)
    library.catch_up()
    assert titles(library, bob, "wave stars:>0") == {"Sea wave"}
    assert titles(library, bob, "wave stars:0") == {"Sky wave"}
    library.remix(bob, sea, "My sea")
    assert titles(library, ann, "wave remixes:1..9 user:me") == {"Sea wave"}


def test_tags_change_without_reading_the_files_again(library, ann, bob, shelf, monkeypatch):
    added = []
    add = type(library.indexer.indices[0]).add
    monkeypatch.setattr(
        type(library.indexer.indices[0]), "add", lambda *a: (added.append(a[2].path), add(*a))
    )
    library.change(ann, shelf[0], tags=["lake"])
    library.catch_up()
    assert set(added) == {""}
    assert titles(library, bob, "wave tag:lake", where="cells") == {"Sea wave"}
    assert titles(library, bob, "wave tag:ocean") == set()


def test_only_what_is_known_of_the_published_version_narrows_for_strangers(engine):
    public, work = (frozenset({Part("a", digest)}) for digest in "12")
    ticket = engine.begin(uuid4())
    engine.add(ticket, *public, [cell("wave", Fact("uses", "pandas"))])
    engine.add(ticket, *work, [cell("wave", Fact("uses", "secret"))])
    engine.settle(ticket, State(1, "v", frozenset({"person:ann"}), public, work))
    found = {
        (who, tool): len(engine.find(Wanted(parse(f"wave uses:{tool}"), who)))
        for who in (("public",), ("public", "person:ann"))
        for tool in ("pandas", "secret")
    }
    assert list(found.values()) == [1, 0, 1, 1]
