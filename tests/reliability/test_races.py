"""People who do the same thing at the same moment each get their own."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from jupyter_wove.kit.errors import Conflict
from jupyter_wove.projects import Projects
from jupyter_wove.projects.models import NewProject
from tests.unit.journey import ask, folder_of

AT_ONCE = 6


def test_projects_of_one_title_that_are_started_at_once_get_places_of_their_own(wove, ann, bob):
    def create(person):
        return ask(wove, person, Projects.create, NewProject("Waves"))

    with ThreadPoolExecutor(AT_ONCE) as threads:
        made = list(threads.map(create, [ann, bob] * AT_ONCE))
    assert len({project.folder for project in made}) == 2 * AT_ONCE
    assert len({(project.owner.handle, project.slug) for project in made}) == 2 * AT_ONCE
    assert all((folder_of(wove, project) / "README.md").is_file() for project in made)


def test_a_place_is_not_given_away_while_its_project_has_not_moved_in(wove, ann):
    waves = ask(wove, ann, Projects.create, NewProject("Waves"))
    staged = wove.workspaces.root / ".wove" / "new" / str(waves.id)
    folder_of(wove, waves).rename(staged)
    other = ask(wove, ann, Projects.create, NewProject("Waves"))
    assert other.folder != waves.folder


def test_reading_a_project_that_goes_into_the_bin_meanwhile_says_so(wove, ann):
    waves = ask(wove, ann, Projects.create, NewProject("Waves"))
    repository = wove.workspaces.repository_at(folder_of(wove, waves))
    ask(wove, ann, Projects.delete, waves.id)
    with pytest.raises(Conflict, match="moved just now"):
        repository.newest()
