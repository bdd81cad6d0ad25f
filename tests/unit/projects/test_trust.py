"""Whose code runs without a sandbox."""

import zipfile
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from jupyter_wove.kit.columns import now
from jupyter_wove.kit.errors import Conflict, Forbidden, NotFound
from jupyter_wove.projects import Imports, Members, Projects, Publications, Trusts
from jupyter_wove.projects.members.models import Membership
from jupyter_wove.projects.models import FolderToAdopt, NewProject
from jupyter_wove.projects.publication.models import NewRemix, Publication
from jupyter_wove.projects.trust import service
from jupyter_wove.projects.trust.models import Trusting
from tests.unit.journey import ask

GOOD, ONCE = Trusting(), Trusting(once=True)


@pytest.fixture(autouse=True)
def root(wove):
    wove.start()
    wove.workspaces.root.mkdir(exist_ok=True)
    return wove.workspaces.root


def made(wove, actor, job):
    """Wait for a job and read the project that it made."""
    job = wove.jobs.wait(job.id, 30)
    assert job.state == "succeeded", job.problem
    return ask(wove, actor, Projects.get, UUID(job.result["project_id"]))


@pytest.fixture
def remix(wove, ann, bob):
    """Bob's remix of a project of Ann's."""
    original = ask(wove, ann, Projects.create, NewProject("Waves"))
    ask(wove, ann, Publications.publish, original.id, Publication())
    return made(wove, bob, ask(wove, bob, Publications.remix, original.id, NewRemix()))


def standing(wove, actor, project):
    return wove.trusts.standing(actor.id, f"{project.folder}/waves.ipynb")


def test_what_one_makes_needs_nobodys_trust(wove, ann):
    project = ask(wove, ann, Projects.create, NewProject("Waves"))
    trust = ask(wove, ann, Trusts.get, project.id)
    assert (trust.came, trust.trusted) == (None, True)
    assert standing(wove, ann, project).trusted
    assert ask(wove, ann, Trusts.delete, project.id).trusted


def test_a_folder_that_was_there_needs_nobodys_trust(wove, ann, root):
    (root / "mine").mkdir()
    project = made(wove, ann, ask(wove, ann, Imports.adopt, FolderToAdopt("mine")))
    assert ask(wove, ann, Trusts.get, project.id).trusted


def test_a_remix_is_trusted_by_nobody_until_they_say_so(wove, bob, remix):
    trust = ask(wove, bob, Trusts.get, remix.id)
    assert (trust.came, trust.trusted) == ("remix", False)
    found = standing(wove, bob, remix)
    assert (found.project_id, found.trusted) == (remix.id, False)
    assert found.folder == str(wove.workspaces.root / remix.folder)
    assert ask(wove, bob, Trusts.put, remix.id, GOOD).trusted
    assert standing(wove, bob, remix).trusted
    assert not ask(wove, bob, Trusts.delete, remix.id).trusted
    assert not standing(wove, bob, remix).trusted


def test_what_came_in_an_archive_is_trusted_by_nobody(wove, ann, tmp_path):
    with zipfile.ZipFile(tmp_path / "waves.zip", "w") as archive:
        archive.writestr("waves/a.py", "print(1)")
    project = made(wove, ann, ask(wove, ann, Imports.copy, tmp_path / "waves.zip", None))
    trust = ask(wove, ann, Trusts.get, project.id)
    assert (trust.came, trust.trusted) == ("archive", False)


def test_trust_is_ones_own(wove, ann, bob, remix):
    ask(wove, bob, Trusts.put, remix.id, GOOD)
    ask(wove, bob, Members.put, remix.id, "ann", Membership("editor"))
    assert not ask(wove, ann, Trusts.get, remix.id).trusted
    assert not standing(wove, ann, remix).trusted
    assert not wove.trusts.standing(None, remix.folder).trusted


def test_only_who_works_on_a_project_can_trust_it(wove, ann, bob, remix):
    with pytest.raises(NotFound):
        ask(wove, ann, Trusts.get, remix.id)
    with pytest.raises(NotFound):
        ask(wove, ann, Trusts.put, uuid4(), GOOD)
    ask(wove, bob, Publications.publish, remix.id, Publication())
    assert ask(wove, ann, Trusts.get, remix.id).came == "remix"
    with pytest.raises(Forbidden):
        ask(wove, ann, Trusts.put, remix.id, GOOD)


def test_what_is_allowed_once_is_allowed_no_second_time(wove, bob, remix):
    assert not wove.trusts.allowed_once(bob.id, remix.id)
    assert not ask(wove, bob, Trusts.put, remix.id, ONCE).trusted
    assert not standing(wove, bob, remix).trusted
    assert wove.trusts.allowed_once(bob.id, remix.id)
    assert not wove.trusts.allowed_once(bob.id, remix.id)


def test_what_is_allowed_once_is_allowed_for_a_moment(wove, bob, remix, monkeypatch):
    ask(wove, bob, Trusts.put, remix.id, ONCE)
    later = now() + service.SOON + timedelta(seconds=1)
    monkeypatch.setattr(service, "now", lambda: later)
    assert not wove.trusts.allowed_once(bob.id, remix.id)


def test_trust_for_good_outlives_a_kernel(wove, bob, remix):
    ask(wove, bob, Trusts.put, remix.id, ONCE)
    ask(wove, bob, Trusts.put, remix.id, GOOD)
    assert not wove.trusts.allowed_once(bob.id, remix.id)
    assert standing(wove, bob, remix).trusted


def test_a_file_of_no_project_needs_no_trust(wove, bob):
    found = wove.trusts.standing(bob.id, "notes.ipynb")
    assert (found.project_id, found.folder, found.trusted) == (None, "", True)


def test_trust_goes_with_its_project(wove, bob, remix):
    ask(wove, bob, Trusts.put, remix.id, GOOD)
    ask(wove, bob, Projects.delete, remix.id)
    with pytest.raises(Conflict):
        ask(wove, bob, Trusts.put, remix.id, GOOD)
    assert standing(wove, bob, remix).project_id is None
