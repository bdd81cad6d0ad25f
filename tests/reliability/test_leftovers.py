"""What a process that was killed left half made is finished or removed a day later."""

import os
import time

from jupyter_wove.projects import Projects
from jupyter_wove.projects.models import NewProject
from tests.unit.journey import ask, folder_of

DAY = 24 * 3600


def test_a_half_made_project_is_removed_a_day_later(wove):
    staged = wove.workspaces.root / ".wove" / "new" / "01a2056c-e8a5-7732-8adf-b893ef9d260e"
    staged.mkdir(parents=True)
    (staged / "README.md").write_text("half")
    wove.tidy()
    assert staged.is_dir()
    _age(staged)
    wove.tidy()
    assert not staged.exists()


def test_a_stored_project_that_has_not_moved_in_is_never_removed(wove, ann):
    project = ask(wove, ann, Projects.create, NewProject("Waves"))
    staged = wove.workspaces.root / ".wove" / "new" / str(project.id)
    folder_of(wove, project).rename(staged)
    _age(staged)
    wove.tidy()
    assert (folder_of(wove, project) / "README.md").is_file()


def _age(folder):
    os.utime(folder, (time.time() - 2 * DAY,) * 2)
