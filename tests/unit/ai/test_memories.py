"""What agents remember is of a project or of a person, says where it came from, and can go."""

import pytest
from sqlalchemy.exc import IntegrityError

from jupyter_wove.ai import Memories, NewMemory, Source
from jupyter_wove.ai.memories import service
from jupyter_wove.ai.memories.models import MemoryText
from jupyter_wove.ai.memories.tables import MemoryRow
from jupyter_wove.kit.columns import new_id, now
from jupyter_wove.kit.errors import Conflict, Forbidden, NotFound
from jupyter_wove.projects import Members, NewProject, Projects
from jupyter_wove.projects.members.models import Membership
from tests.unit.journey import ask


@pytest.fixture
def project(wove, ann):
    return ask(wove, ann, Projects.create, NewProject("Tides"))


def remember(wove, actor, text, project=None):
    return ask(wove, actor, Memories.add, NewMemory(text, project and project.id))


def texts(wove, actor, project=None):
    return [each.text for each in ask(wove, actor, Memories.all, project and project.id)]


def test_what_is_of_a_project_is_seen_by_who_works_on_it(wove, ann, bob, project):
    remember(wove, ann, "Depths are in feet.", project)
    remember(wove, ann, "Plots in grey.", project)
    with pytest.raises(NotFound):
        texts(wove, bob, project)
    ask(wove, ann, Members.put, project.id, "bob", Membership("viewer"))
    assert texts(wove, bob, project) == ["Plots in grey.", "Depths are in feet."]
    with pytest.raises(Forbidden):
        remember(wove, bob, "In metres.", project)


def test_what_is_of_a_person_is_nobody_elses(wove, ann, bob, project):
    mine = remember(wove, ann, "Ann likes short answers.")
    assert (texts(wove, ann), texts(wove, bob), texts(wove, ann, project)) == ([mine.text], [], [])
    for what in (Memories.change, Memories.remove):
        more = [MemoryText("Long ones.")] if what is Memories.change else []
        with pytest.raises(NotFound):
            ask(wove, bob, what, mine.id, *more)
    assert (
        ask(wove, ann, Memories.change, mine.id, MemoryText(" Long ones. ")).text == "Long ones."
    )
    ask(wove, ann, Memories.remove, mine.id)
    assert texts(wove, ann) == []


def test_it_says_who_allowed_it_and_where_it_came_from(wove, ann, bob, project):
    source = Source("coder 1.0.0", "talk.chat", "sea.ipynb")
    made = ask(wove, ann, Memories.learn, NewMemory("In feet.", project.id), source)
    assert (made.source, made.by.handle, made.project_id) == (source, "ann", project.id)
    ask(wove, ann, Members.put, project.id, "bob", Membership("editor"))
    changed = ask(wove, bob, Memories.change, made.id, MemoryText("In metres."))
    assert (changed.by.handle, changed.source) == ("bob", source)


def test_an_agent_is_told_what_is_of_the_person_and_of_the_project(wove, ann, bob, project):
    remember(wove, ann, "Depths are in feet.", project)
    remember(wove, ann, "Ann likes short answers.")
    remember(wove, bob, "Bob likes long ones.")
    with wove.units.read() as unit:
        told = Memories(unit).recalled(ann.id, project.id)
        alone = Memories(unit).recalled(ann.id, None)
    assert [each.text for each in told] == ["Ann likes short answers.", "Depths are in feet."]
    assert {each.by for each in told} == {"Ann"}
    assert [each.text for each in alone] == ["Ann likes short answers."]


def test_the_same_is_remembered_once_and_not_without_end(wove, ann, monkeypatch):
    first = remember(wove, ann, "In feet.")
    assert remember(wove, ann, " In feet. ").id == first.id
    monkeypatch.setattr(service, "MOST", 2)
    remember(wove, ann, "In grey.")
    with pytest.raises(Conflict, match="forget what does not matter"):
        remember(wove, ann, "In red.")


def test_a_secret_is_not_kept(wove, ann):
    assert "abcdefgh1234" not in remember(wove, ann, "The token = 'abcdefgh1234' is mine.").text


@pytest.mark.parametrize("is_of", [[], ["project_id", "person_id"]])
def test_a_row_is_of_a_project_or_of_a_person_and_never_of_both(wove, ann, project, is_of):
    whose = {"project_id": project.id, "person_id": ann.id}
    of_whom = {name: whose[name] for name in is_of}
    row = MemoryRow(id=new_id(), content="x", agent="", chat="", notebook="", **of_whom)
    row.created = row.changed = now()
    with pytest.raises(IntegrityError), wove.units.write() as unit:
        unit.session.add(row)
