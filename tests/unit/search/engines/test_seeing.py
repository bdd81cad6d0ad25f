"""Nobody finds what they may not see: the engine itself holds it, before it counts or cuts."""

import pytest

from jupyter_wove.search.engines import PUBLIC, Document, Part, Wanted
from jupyter_wove.search.queries import parse
from tests.unit.search.engines.words import cell, cells, fill, find, forget, projects, wanted

ANN, BOB = "person:ann", "person:bob"
OLD, NEW = frozenset({Part("a.ipynb", "old")}), frozenset({Part("a.ipynb", "new")})
NONE = frozenset()


def test_private_work_is_found_by_its_members_alone(engine):
    project = fill(engine, cell("zebra"), members=[ANN], public=NONE, work=NEW)
    assert projects(engine, "zebra", ANN) == projects(engine, "zebra", PUBLIC, ANN) == [project]
    assert find(engine, "zebra", PUBLIC) == find(engine, "zebra", PUBLIC, BOB) == []


def test_who_names_no_principal_finds_nothing(engine):
    fill(engine, cell("zebra"), members=[ANN])
    assert find(engine, "zebra")
    assert engine.find(Wanted(parse("zebra"), ())) == []


def test_what_is_published_is_found_by_everybody_but_not_by_whom_nobody_is_named(engine):
    project = fill(engine, cell("zebra"), members=[ANN], public=OLD, work=OLD)
    assert projects(engine, "zebra", PUBLIC) == [project]
    assert projects(engine, "zebra", BOB) == []


def test_strangers_see_what_is_published_and_members_what_is_worked_on(engine):
    ticket_project = fill(engine, cell("zebra"), members=[ANN], public=OLD, work=OLD)
    fill(engine, cell("giraffe", 1), project=ticket_project, members=[ANN], public=OLD, work=NEW)
    assert cells(engine, "zebra", PUBLIC) == [0]
    assert cells(engine, "giraffe", PUBLIC) == []
    assert cells(engine, "giraffe", PUBLIC, ANN) == [1]
    assert cells(engine, "zebra", ANN) == []


def test_a_member_who_leaves_finds_nothing_more(engine):
    project = fill(engine, cell("zebra"), members=[ANN, BOB], public=NONE, work=NEW)
    assert projects(engine, "zebra", BOB) == [project]
    fill(engine, cell("zebra"), project=project, members=[ANN], public=NONE, work=NEW)
    assert projects(engine, "zebra", BOB) == []
    assert projects(engine, "zebra", ANN) == [project]


@pytest.mark.parametrize("every", [True, False])
def test_what_others_keep_private_takes_no_room_among_the_newest(engine, every):
    """Rights come before the limit: else newer private work would hide what is open."""
    shown = fill(engine, cell("common"))
    for _ in range(2):
        fill(
            engine,
            *[cell("common", number) for number in range(2_000)],
            members=[BOB],
            public=NONE,
            work=NEW,
        )
    assert projects(engine, "common", PUBLIC, ANN, every=every, where="cells") == [shown]


def test_what_one_may_not_see_is_not_shown_whoever_guesses_its_number(engine):
    fill(engine, cell("zebra"), members=[BOB], public=NONE, work=NEW)
    ids = [each.id for each in engine.find(wanted("zebra", BOB))]
    assert engine.show(wanted("zebra", BOB), ids)
    assert engine.show(wanted("zebra", PUBLIC, ANN), ids) == {}


def test_what_is_kept_but_not_said_to_be_found_is_not_found(engine):
    project = fill(engine, cell("zebra"), members=[ANN])
    ticket = engine.begin(project)
    engine.add(ticket, Part("b.ipynb", "1"), [cell("giraffe")])
    assert find(engine, "giraffe", PUBLIC, ANN) == []


def test_what_is_forgotten_is_found_by_nobody_until_it_is_said_again(engine):
    page = frozenset({Part("", "1")})
    project = fill(engine, Document("project", title="zebra"), members=[ANN], public=page)
    forget(engine, project)
    assert find(engine, "zebra", PUBLIC, ANN) == []
    assert engine.revisions() == {}
    fill(engine, Document("project", title="zebra"), project=project, public=page)
    assert projects(engine, "zebra") == [project]
    assert engine.revisions() == {project: 1}
