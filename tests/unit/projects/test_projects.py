"""The life of a project, from its template to the bin and back."""

import shutil
from datetime import timedelta

import pytest

from jupyter_wove.kit.columns import now
from jupyter_wove.kit.errors import (
    Conflict,
    Forbidden,
    InvalidRequest,
    NotFound,
    PreconditionFailed,
)
from jupyter_wove.projects import Members, ProjectRow, Projects
from jupyter_wove.projects.members.models import Membership
from jupyter_wove.projects.models import NewProject, ProjectChange
from tests.unit.journey import ask, folder_of


@pytest.fixture
def waves(wove, ann):
    return ask(wove, ann, Projects.create, NewProject("Waves"))


def test_a_project_starts_with_the_files_of_its_template(wove, waves):
    assert (folder_of(wove, waves) / "README.md").read_text().startswith("# Waves")


def test_a_new_project_is_private_and_its_makers(waves):
    assert (waves.visibility, waves.role, waves.owner.handle) == ("private", "owner", "ann")


def test_two_projects_of_one_name_lie_side_by_side(wove, ann, waves):
    other = ask(wove, ann, Projects.create, NewProject("Waves"))
    assert (other.slug, other.folder) == ("waves-2", "waves-2")


def test_a_template_that_does_not_exist_is_refused(wove, ann):
    with pytest.raises(InvalidRequest, match="no template spaceship"):
        ask(wove, ann, Projects.create, NewProject("Waves", template="spaceship"))


def test_a_project_that_cannot_be_stored_leaves_no_folder(wove, ann, waves, monkeypatch):
    taken = str(folder_of(wove, waves))
    monkeypatch.setattr(wove.workspaces, "free_place", lambda slug, promised: taken)
    with pytest.raises(Conflict):
        ask(wove, ann, Projects.create, NewProject("Tides"))
    assert [path.name for path in wove.workspaces.root.glob("[!.]*")] == ["waves"]
    assert list(wove.workspaces.root.glob(".wove/new/*")) == []


def test_one_lists_the_projects_one_works_on(wove, ann, bob, waves):
    assert [each.id for each in ask(wove, ann, Projects.mine).items] == [waves.id]
    assert ask(wove, bob, Projects.mine).items == []


def test_a_private_project_does_not_exist_for_others(wove, bob, waves):
    with pytest.raises(NotFound):
        ask(wove, bob, Projects.get, waves.id)
    with pytest.raises(NotFound):
        ask(wove, bob, Projects.at_address, "ann", "waves")


def test_a_project_is_found_at_its_address(wove, ann, waves):
    assert ask(wove, ann, Projects.at_address, "ann", "waves").id == waves.id


def test_a_file_tells_its_project(wove, ann, waves):
    assert ask(wove, ann, Projects.around, f"{waves.folder}/deep/in/it.ipynb").id == waves.id
    with pytest.raises(NotFound, match="does not belong to a project yet"):
        ask(wove, ann, Projects.around, "elsewhere.ipynb")


def test_only_what_is_named_changes(wove, ann, waves):
    change = ProjectChange(description="All about waves", tags=["physics", "sea", "physics"])
    changed = ask(wove, ann, Projects.change, waves.id, change, str(waves.revision))
    assert (changed.title, changed.description) == ("Waves", "All about waves")
    assert changed.tags == ["physics", "sea"]


def test_a_change_of_an_outdated_reading_is_refused(wove, ann, waves):
    ask(wove, ann, Projects.change, waves.id, ProjectChange(title="Tides"), str(waves.revision))
    with pytest.raises(PreconditionFailed):
        ask(wove, ann, Projects.change, waves.id, ProjectChange(title="Sea"), str(waves.revision))
    assert ask(wove, ann, Projects.get, waves.id).title == "Tides"


def test_a_viewer_may_look_but_not_change(wove, ann, bob, waves):
    ask(wove, ann, Members.put, waves.id, "bob", Membership("viewer"))
    seen = ask(wove, bob, Projects.get, waves.id)
    assert seen.role == "viewer"
    with pytest.raises(Forbidden, match="Ask one of its owners"):
        ask(wove, bob, Projects.change, waves.id, ProjectChange(title="Mine"), "*")


def test_the_owner_in_the_address_stays(wove, ann, bob, waves):
    ask(wove, ann, Members.put, waves.id, "bob", Membership("owner"))
    with pytest.raises(Conflict, match="stays its owner"):
        ask(wove, bob, Members.remove, waves.id, "ann")


def test_a_member_may_leave(wove, ann, bob, waves):
    ask(wove, ann, Members.put, waves.id, "bob", Membership("editor"))
    ask(wove, bob, Members.remove, waves.id, "bob")
    with pytest.raises(NotFound):
        ask(wove, bob, Projects.get, waves.id)


def test_a_deleted_project_can_be_brought_back(wove, ann, waves):
    (folder_of(wove, waves) / "work.txt").write_text("weeks of it")
    ask(wove, ann, Projects.delete, waves.id)
    assert not folder_of(wove, waves).exists()
    assert [each.id for each in ask(wove, ann, Projects.mine, deleted=True).items] == [waves.id]
    back = ask(wove, ann, Projects.undelete, waves.id)
    assert (folder_of(wove, back) / "work.txt").read_text() == "weeks of it"


def test_a_place_that_is_taken_meanwhile_is_not_overwritten(wove, ann, waves):
    ask(wove, ann, Projects.delete, waves.id)
    folder_of(wove, waves).mkdir()
    with pytest.raises(Conflict, match="is taken now"):
        ask(wove, ann, Projects.undelete, waves.id)
    assert ask(wove, ann, Projects.get, waves.id).deleted


def test_after_thirty_days_a_deleted_project_is_gone(wove, ann, waves):
    ask(wove, ann, Projects.delete, waves.id)
    assert wove.upkeep.purge() == 0
    with wove.units.write() as unit:
        unit.session.get_one(ProjectRow, waves.id).deleted = now() - timedelta(days=31)
    assert wove.upkeep.purge() == 1
    assert list(wove.workspaces.root.glob(".wove/bin/*")) == []
    with pytest.raises(NotFound):
        ask(wove, ann, Projects.undelete, waves.id)


def test_a_project_outside_of_the_root_has_no_folder_to_open(wove, ann, waves, tmp_path):
    wove.workspaces.root = tmp_path / "elsewhere"
    assert ask(wove, ann, Projects.get, waves.id).folder is None
    assert ask(wove, ann, Projects.delete, waves.id) is None


def test_a_folder_that_somebody_removed_is_named(wove, ann, waves):
    shutil.rmtree(folder_of(wove, waves))
    with pytest.raises(Conflict, match="waves of this project is gone"):
        wove.upkeep.snapshot_around("waves/a.ipynb")


@pytest.mark.parametrize(
    ("template", "stack"),
    [("empty", []), ("analysis", ["python", "matplotlib"]), ("api", ["python", "fastapi"])],
)
def test_what_it_is_made_with_is_read_off_its_files(wove, ann, template, stack):
    created = ask(wove, ann, Projects.create, NewProject("Waves", template))
    assert [name for name in created.stack if name in {"python", "matplotlib", "fastapi"}] == stack
    assert bool(created.stack) == bool(stack)
