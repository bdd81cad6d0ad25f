"""What is found by facts, counted, proposed and corrected, whatever keeps the index."""

from uuid import uuid4

import msgspec
import pytest

from jupyter_wove.search.engines import Count, Document, Part, Place
from jupyter_wove.search.facts import Fact
from tests.unit.search.engines.words import (
    cell,
    cells,
    fill,
    find,
    forget,
    projects,
    ranked,
    wanted,
)

PAGE, NONE = frozenset({Part("", "1")}), frozenset()
ANN, BOB, EVERYBODY = "person:ann", "person:bob", "public"


def facts(*written):
    """Write facts as kind:value."""
    return frozenset(Fact(*each.split(":", 1)) for each in written)


@pytest.fixture
def open_project(engine):
    """Something that everybody may see."""
    return fill(
        engine,
        cell("read()", 0, facts=facts("uses:pandas.read_csv", "lang:Python", "dataset:a/b.csv")),
        cell("plot()", 1, facts=facts("has:plot:heatmap", "lang:Python"), output="accuracy 0.9"),
        cell("other()", 2, facts=facts("lang:R")),
        facts=facts("tag:Ocean", "user:ann"),
        members=[ANN],
        stars=7,
    )


@pytest.fixture
def private_project(engine):
    """Something that only Ann may see."""
    return fill(
        engine,
        cell("read()", facts=facts("uses:pandas.read_sql", "lang:Julia")),
        facts=facts("tag:secret"),
        members=[ANN],
        public=NONE,
        work=frozenset({Part("a.ipynb", "1")}),
    )


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("lang:python", [0, 1]),
        ("lang:python,R", [0, 1, 2]),
        ("lang:python -has:plot", [0]),
        ("uses:pandas", [0]),
        ("uses:read_csv", [0]),
        ("uses:pandas.read", []),
        ("dataset:b.csv", [0]),
        ("has:plot", [1]),
        ("has:plot:heatmap", [1]),
        ("output:accuracy", [1]),
        ("-output:accuracy lang:python", [0]),
        ("output:plot", []),
        ("tag:ocean", [0, 1, 2]),
        ("-tag:ocean lang:python", []),
        ("tag:ocean -lang:python", [2]),
        ("user:ann plot", [1]),
        ("user:bob", []),
        ("path:a.ipynb", [0, 1, 2]),
        ("path:*.IPYNB", [0, 1, 2]),
        ("path:b.ipynb", []),
        ("-path:a.ipynb lang:python", []),
        ("stars:>6", [0, 1, 2]),
        ("stars:<7", []),
        ("stars:3..8 plot", [1]),
        ("remixes:>0", []),
        ("plot lang:python", [1]),
        ("plot lang:R", []),
        ("lang:'--", []),
    ],
)
def test_qualifiers_narrow_what_is_found(engine, open_project, question, found):
    assert cells(engine, question) == found


def test_facts_of_what_one_may_not_see_are_nowhere(engine, open_project, private_project):
    seen = {EVERYBODY: ["pandas.read_csv"], ANN: ["pandas.read_csv", "pandas.read_sql"]}
    for principal, values in seen.items():
        found = engine.values((EVERYBODY, principal), "uses", "pandas", 10)
        assert sorted(each.value for each in found) == values
    assert engine.values((), "uses", "pandas", 10) == []
    assert projects(engine, "tag:secret") == projects(engine, "uses:read_sql") == []
    assert projects(engine, "uses:read_sql", ANN, where="cells") == [private_project]


def test_facets_count_what_was_found_and_nothing_else(engine, open_project, private_project):
    mine = [each.id for each in ranked(engine, "read", EVERYBODY, ANN)]
    assert len(mine) == 2
    counted = engine.facets((EVERYBODY, ANN), mine, ["lang", "tag"])
    assert counted == {
        "lang": [Count("Julia", 1), Count("Python", 1)],
        "tag": [Count("Ocean", 1), Count("secret", 1)],
    }
    counted = engine.facets((EVERYBODY, BOB), mine, ["lang", "tag"])
    assert counted == {"lang": [Count("Python", 1)], "tag": [Count("Ocean", 1)]}


def test_values_are_counted_in_projects_and_follow_what_is_public(engine):
    made = [fill(engine, cell("x", facts=facts("lang:Python"))) for _ in range(3)]
    fill(engine, cell("x", facts=facts("lang:Pascal")))
    assert engine.values((EVERYBODY,), "lang", "p", 10) == [Count("Python", 3), Count("Pascal", 1)]
    forget(engine, made[0])
    fill(engine, cell("x"), project=made[1], public=NONE, work=NONE)
    assert engine.values((EVERYBODY,), "lang", "PY", 10) == [Count("Python", 1)]


def test_titles_are_proposed_by_the_words_in_them(engine):
    for title, members in (("Ocean waves", ()), ("Deep oceans", ()), ("Oceanic plans", [ANN])):
        public = NONE if members else PAGE
        page = Document("project", title=title, description="ocean")
        fill(engine, page, members=members, public=public, work=PAGE)
    fill(engine, Document("project", title="Zebra", description="ocean"), public=PAGE)
    assert engine.titles((EVERYBODY,), "oce", 10) == ["Deep oceans", "Ocean waves"]
    assert engine.titles((EVERYBODY, ANN), "oceani", 1) == ["Oceanic plans"]
    assert engine.titles((EVERYBODY,), "--", 10) == []


def test_words_that_are_nowhere_are_corrected_by_public_ones(engine):
    fill(engine, Document("project", title="Visualization of oceans"), public=PAGE)
    page = Document("project", title="Whispering giraffes")
    fill(engine, page, members=[ANN], public=NONE, work=PAGE)
    asked = ["visualisation", "ocaens", "oceans", "giraffas", "zzzzzz", "vis"]
    expected = {"visualisation": "visualization", "ocaens": "oceans"}
    assert engine.corrections((EVERYBODY, ANN), asked) == expected


def test_what_is_near_in_meaning_is_placed_among_what_may_be_seen(
    engine, open_project, private_project
):
    part = Part("a.ipynb", "1")
    places = [Place(open_project, part, 1), Place(private_project, part, 1)]
    places += [Place(uuid4(), part, 1), Place(open_project, Part("b.ipynb", "1"), 1)]
    anything = engine.located(wanted("zebra", EVERYBODY), places)
    assert [place.project for place in anything] == [open_project]
    assert {each.score for each in anything.values()} == {0.0}
    both = engine.located(wanted("zebra", EVERYBODY, ANN), places)
    assert {place.project for place in both} == {open_project, private_project}
    assert engine.located(wanted("zebra lang:R", EVERYBODY), places) == {}


def test_it_is_told_which_share_of_the_words_something_has(engine):
    fill(engine, cell("alpha beta gamma", 0), cell("alpha", 1))
    question = wanted("alpha beta delta epsilon", every=False)
    ids = [each.id for each in engine.find(question)]
    shares = engine.shares(question, ids)
    assert sorted(shares.values()) == [0.25, 0.5]
    stranger = msgspec.structs.replace(question, principals=(BOB,))
    assert engine.shares(stranger, ids) == {}


def test_sorts_are_asked_for_apart(engine):
    made = {
        sort: fill(engine, Document(sort, title="Zebra"), public=PAGE, sort=sort)
        for sort in ("project", "prompt", "person")
    }
    places = {"projects": "project", "prompts": "prompt", "people": "person"}
    for where, sort in places.items():
        assert projects(engine, "zebra", where=where) == [made[sort]]
    assert set(projects(engine, "zebra")) == set(made.values())


def test_files_and_cells_are_asked_for_apart(engine):
    fill(engine, Document("file", title="zebra.ipynb"), cell("zebra", 0))
    assert [each.kind for each in find(engine, "zebra", where="files")] == ["file"]
    assert [each.kind for each in find(engine, "zebra", where="cells")] == ["cell"]
