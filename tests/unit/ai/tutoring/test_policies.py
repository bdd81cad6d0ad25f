"""A teacher's policy binds who works on the lab or a remix of it, and nobody who teaches."""

from datetime import UTC, datetime, timedelta

import pytest

from jupyter_wove.ai import Tutoring
from jupyter_wove.ai.models import Catalogue, Deployment
from jupyter_wove.ai.tutoring.models import NewTutorPolicy
from jupyter_wove.kit.errors import Forbidden, InvalidRequest, NotFound
from jupyter_wove.projects import Members, NewProject, OriginRow, Projects
from jupyter_wove.projects.members.models import Membership
from tests.unit.journey import ask

DUE = datetime(2099, 12, 1, tzinfo=UTC)


@pytest.fixture
def lab(wove, ann):
    return ask(wove, ann, Projects.create, NewProject("Lab"))


@pytest.fixture
def remix(wove):
    """Make a project that comes from another."""

    def make(actor, origin):
        made = ask(wove, actor, Projects.create, NewProject("Copy"))
        row = OriginRow(project_id=made.id, origin_id=origin.id, version="v", at=datetime.now(UTC))
        with wove.units.write() as unit:
            unit.session.add(row)
        return made

    return make


def put(wove, actor, project, level=1, until=DUE, routes=()):
    body = NewTutorPolicy(level, until, list(routes))
    return ask(wove, actor, Tutoring.put, project.id, body)


def bound(wove, actor, project):
    return ask(wove, actor, Tutoring.of, project.id).binding


def test_it_holds_for_who_works_on_the_lab_or_on_a_remix_of_a_remix(wove, ann, bob, lab, remix):
    put(wove, ann, lab)
    copy = remix(bob, remix(bob, lab))
    ask(wove, ann, Members.put, lab.id, "bob", Membership("commenter"))
    for project in (lab, copy):
        assert bound(wove, bob, project).level == 1
    assert bound(wove, ann, lab) is None


def test_who_may_edit_the_lab_is_not_bound_in_any_copy(wove, ann, bob, lab, remix):
    put(wove, ann, lab)
    copy = remix(bob, lab)
    ask(wove, ann, Members.put, lab.id, "bob", Membership("editor"))
    assert bound(wove, bob, copy) is None


def test_the_strictest_of_several_holds_with_what_all_of_them_allow(wove, ann, bob, lab, remix):
    known = Catalogue({each: _deployment(each) for each in ("one", "two")}, {})
    wove.catalogue = lambda: known
    copy = remix(bob, lab)
    put(wove, ann, lab, level=0, routes=["one", "two"])
    put(wove, bob, copy, level=2, until=DUE + timedelta(days=1), routes=["two"])
    cleo = wove.directory.identity("test", "cleo", "Cleo")
    ask(wove, bob, Members.put, copy.id, "cleo", Membership("viewer"))
    found = bound(wove, cleo, copy)
    assert (found.level, found.until, found.routes) == (0, DUE, ["two"])


def _deployment(name):
    return Deployment(name=name, provider="openai", model=name, base_url="http://localhost/v1")


def test_it_ends_when_it_is_due_and_when_it_is_lifted(wove, ann, bob, lab, remix, monkeypatch):
    copy = remix(bob, lab)
    put(wove, ann, lab)
    monkeypatch.setattr("jupyter_wove.ai.tutoring.service.now", lambda: DUE)
    assert bound(wove, bob, copy) is None
    monkeypatch.undo()
    assert bound(wove, bob, copy)
    ask(wove, ann, Tutoring.lift, lab.id)
    ask(wove, ann, Tutoring.lift, lab.id)
    assert bound(wove, bob, copy) is None


def test_only_owners_set_it_and_only_who_may_edit_reads_what_was_set(wove, ann, bob, lab):
    with pytest.raises(NotFound):
        put(wove, bob, lab)
    ask(wove, ann, Members.put, lab.id, "bob", Membership("viewer"))
    put(wove, ann, lab)
    assert ask(wove, bob, Tutoring.of, lab.id).policy is None
    assert ask(wove, ann, Tutoring.of, lab.id).policy.level == 1
    for role in ("viewer", "editor"):
        ask(wove, ann, Members.put, lab.id, "bob", Membership(role))
        with pytest.raises(Forbidden, match="may not set what the tutor may tell"):
            put(wove, bob, lab)
        with pytest.raises(Forbidden):
            ask(wove, bob, Tutoring.lift, lab.id)


def test_what_is_over_already_or_names_no_model_is_refused(wove, ann, lab):
    with pytest.raises(InvalidRequest, match="over already"):
        put(wove, ann, lab, until=datetime(2020, 1, 1, tzinfo=UTC))
    with pytest.raises(InvalidRequest, match="There is no model clever"):
        put(wove, ann, lab, routes=["clever"])
    assert ask(wove, ann, Tutoring.of, lab.id).policy is None


def test_it_is_found_by_the_place_of_a_file(wove, ann, bob, lab, remix):
    put(wove, ann, lab)
    copy = remix(bob, lab)
    found = ask(wove, bob, Tutoring.around, f"{copy.folder}/lab.ipynb")
    assert found.binding.level == 1
    assert ask(wove, bob, Tutoring.around, "elsewhere.ipynb").binding is None
