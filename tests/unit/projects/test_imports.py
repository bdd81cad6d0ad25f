"""Making projects of what is there already."""

import os
import zipfile
from uuid import UUID

import pytest

from jupyter_wove.kit.errors import Conflict, NotFound
from jupyter_wove.projects import Imports, Projects, Versions
from jupyter_wove.projects.models import FolderToAdopt, NewProject
from tests.unit.journey import ask, folder_of, write_notebook


@pytest.fixture
def root(wove):
    wove.start()
    wove.workspaces.root.mkdir(exist_ok=True)
    return wove.workspaces.root


def made(wove, actor, job):
    """Wait for a job and read the project that it made."""
    job = wove.jobs.wait(job.id, 30)
    assert job.state == "succeeded", job.problem
    return ask(wove, actor, Projects.get, UUID(job.result["project_id"]))


def adopt(wove, actor, path, title=None):
    return made(wove, actor, ask(wove, actor, Imports.adopt, FolderToAdopt(path, title)))


def paths(wove, actor, project):
    return [entry.path for entry in ask(wove, actor, Versions.files, project.id)]


def test_a_folder_becomes_a_project_where_it_lies(wove, ann, root):
    (root / "sea-waves").mkdir()
    write_notebook(root / "sea-waves", "waves.ipynb", "height = 1")
    project = adopt(wove, ann, "sea-waves")
    assert (project.folder, project.title) == ("sea-waves", "sea waves")
    assert paths(wove, ann, project) == ["waves.ipynb"]


def test_the_root_itself_can_be_a_project(wove, ann, root):
    (root / "notes.md").write_text("# Notes")
    assert adopt(wove, ann, ".", "Everything").folder == "."


def test_an_adopted_folder_stays_when_its_project_is_deleted(wove, ann, root):
    (root / "mine").mkdir()
    project = adopt(wove, ann, "mine")
    ask(wove, ann, Projects.delete, project.id)
    assert (root / "mine").is_dir()
    assert ask(wove, ann, Projects.undelete, project.id).folder == "mine"


def test_a_notebook_becomes_a_project_as_a_copy(wove, ann, root):
    write_notebook(root, "pendulum.ipynb", "length = 1")
    project = adopt(wove, ann, "pendulum.ipynb")
    assert project.folder == "pendulum"
    assert (root / "pendulum.ipynb").exists()
    assert paths(wove, ann, project) == ["pendulum.ipynb"]


def test_what_is_not_there_cannot_be_adopted(wove, ann, root):
    with pytest.raises(NotFound, match="no nowhere below the root"):
        ask(wove, ann, Imports.adopt, FolderToAdopt("nowhere"))


def test_a_folder_is_one_project_only(wove, ann, bob, root):
    project = ask(wove, ann, Projects.create, NewProject("Waves"))
    (folder_of(wove, project) / "part").mkdir()
    with pytest.raises(Conflict, match="is a project already"):
        ask(wove, bob, Imports.adopt, FolderToAdopt(project.folder))
    with pytest.raises(Conflict, match="belongs to the project Waves already"):
        ask(wove, bob, Imports.adopt, FolderToAdopt(f"{project.folder}/part"))


def test_an_archive_becomes_a_project_without_what_tools_would_obey(wove, ann, root, tmp_path):
    with zipfile.ZipFile(tmp_path / "waves.zip", "w") as archive:
        for name in ("waves/a.py", "waves/.git/hooks/post-commit", "waves/.jupyter/x.py"):
            archive.writestr(name, "print(1)")
    project = made(wove, ann, ask(wove, ann, Imports.copy, tmp_path / "waves.zip", None))
    assert paths(wove, ann, project) == ["a.py"]
    assert not (folder_of(wove, project) / ".jupyter").exists()
    assert list(wove.workspaces.uploads.iterdir()) == []


def test_a_broken_archive_leaves_nothing(wove, ann, root, tmp_path):
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    job = ask(wove, ann, Imports.copy, tmp_path / "broken.zip", None)
    job = wove.jobs.wait(job.id, 30)
    assert (job.state, job.problem.status) == ("failed", 400)
    assert [path.name for path in root.iterdir()] == [".wove"]
    assert list((root / ".wove" / "new").iterdir()) == []


def test_a_folder_elsewhere_is_copied_without_links(wove, ann, root, tmp_path):
    source = tmp_path / "elsewhere"
    source.mkdir()
    write_notebook(source, "waves.ipynb", "height = 1")
    (source / "passwords").symlink_to("/etc/passwd")
    os.mkfifo(source / "pipe")
    project = made(wove, ann, ask(wove, ann, Imports.copy, source, "Copied"))
    assert paths(wove, ann, project) == ["waves.ipynb"]
