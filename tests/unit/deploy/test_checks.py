"""Somebody asks whether a project still runs; what was found is kept, and shown to whom it may."""

import pytest

from jupyter_wove.deploy import Checking, NewCheck
from jupyter_wove.kit.errors import Forbidden, InvalidRequest, NotFound, Unavailable
from jupyter_wove.projects import (
    Checks,
    CheckStore,
    NewProject,
    ProjectChecked,
    Projects,
    Publication,
    Publications,
)
from jupyter_wove.runner import BookRan, Checked, Failed, Stage
from jupyter_wove.search import Search
from tests.unit.deploy.conftest import until
from tests.unit.deploy.scripted import FOREVER
from tests.unit.journey import ask, folder_of, write_notebook

WELL = BookRan("sea.ipynb", "clean", 1.5, None, "", "")
ILL = BookRan("tide.ipynb", "failed", 0.5, 3, "Cell 3 of tide.ipynb failed: KeyError", "Trace")


@pytest.fixture
def project(wove, ann):
    project = ask(wove, ann, Projects.create, NewProject("Waves"))
    write_notebook(folder_of(wove, project), "sea.ipynb", "amplitude = 3")
    return project


@pytest.fixture
def check(wove, ann, project, runner):
    """Have a check made, and wait until it has ended."""

    def made(*books, version=None, end=None):
        runner.books = [Stage("executing"), *books, end or Checked()]
        begun = ask(wove, ann, Checking.begin, project.id, NewCheck(version))
        return until(
            lambda: next(
                each
                for each in ask(wove, ann, Checks.of_project, project.id)
                if each.id == begun.id
            ),
            lambda each: each.ended,
        )

    return made


@pytest.fixture
def heard(wove):
    """List what others hear of checks."""
    heard = []
    wove.units.listeners.consumer("test", ProjectChecked)
    wove.outbox.on("test", heard.append)
    return heard


def verified(wove, project):
    with wove.units.read() as unit:
        return CheckStore(unit.session).verified([project.id])


def test_what_ran_and_what_failed_is_kept_with_its_version(wove, ann, check, runner, heard):
    done = check(WELL, ILL)
    assert (done.state, done.reason) == ("failed", "")
    assert [(each.path, each.outcome, each.cell) for each in done.books] == [
        ("sea.ipynb", "clean", None),
        ("tide.ipynb", "failed", 3),
    ]
    assert done.books[1].traceback == "Trace"
    assert done.by.handle == "ann"
    assert runner.orders[-1].plan.kind == "executed"
    assert "sea.ipynb" in runner.files(runner.orders[-1].id)
    wove.outbox.drain()
    assert [(each.version, each.clean) for each in heard] == [(done.version, False)]


def test_the_published_version_is_checked_and_says_so_to_everybody(wove, ann, bob, project, check):
    ask(wove, ann, Publications.publish, project.id, Publication())
    published = ask(wove, ann, Projects.get, project.id).published_version
    write_notebook(folder_of(wove, project), "sea.ipynb", "amplitude = 4")
    done = check(WELL)
    assert (done.version, done.state) == (published, "clean")
    assert verified(wove, project)[project.id].version == published
    assert [each.state for each in ask(wove, bob, Checks.of_project, project.id)] == ["clean"]
    check(ILL)
    assert verified(wove, project) == {}
    seen = ask(wove, bob, Checks.of_project, project.id)[0]
    assert (seen.state, seen.books[0].cell, seen.books[0].traceback) == ("failed", 3, "")


def test_what_is_not_published_is_known_only_to_those_who_work_on_it(
    wove, ann, bob, project, check
):
    check(WELL)
    with pytest.raises(NotFound):
        ask(wove, bob, Checks.of_project, project.id)
    assert verified(wove, project) == {}
    ask(wove, ann, Publications.publish, project.id, Publication())
    write_notebook(folder_of(wove, project), "sea.ipynb", "amplitude = 5")
    ask(wove, ann, Publications.publish, project.id, Publication())
    assert ask(wove, bob, Checks.of_project, project.id) == []


def test_packages_that_cannot_be_installed_are_a_failure_of_the_project(check):
    end = Failed("There is no package wavez.", "Check its name.", "", None, "", [])
    done = check(end=end)
    assert (done.state, done.reason) == ("failed", "There is no package wavez. Check its name.")


def test_a_check_that_is_cancelled_found_nothing_out(wove, ann, project, runner):
    runner.books = [Stage("executing"), FOREVER]
    begun = ask(wove, ann, Checking.begin, project.id, NewCheck())
    assert runner.paused.wait(20)
    with wove.units.write() as unit:
        wove.jobs.cancel(unit, begun.job_id)
    done = until(lambda: ask(wove, ann, Checks.of_project, project.id)[0], lambda each: each.ended)
    assert (done.state, done.reason) == ("stopped", "It was cancelled.")


def test_a_newer_check_ends_an_earlier_one(wove, ann, project, runner, check):
    runner.books = [Stage("executing"), FOREVER]
    ask(wove, ann, Checking.begin, project.id, NewCheck())
    assert runner.paused.wait(20)
    assert check(WELL).state == "clean"
    _, earlier = until(
        lambda: ask(wove, ann, Checks.of_project, project.id), lambda each: each[1].ended
    )
    assert earlier.state == "stopped"


def test_without_docker_it_says_what_it_needs(wove, ann, project, runner):
    runner.problem = "Docker does not answer."
    with pytest.raises(Unavailable, match="takes Docker, which the runner does not reach"):
        ask(wove, ann, Checking.begin, project.id, NewCheck())
    assert ask(wove, ann, Checks.of_project, project.id) == []


def test_a_project_without_notebooks_has_nothing_to_run(wove, ann, runner):
    empty = ask(wove, ann, Projects.create, NewProject("Nothing", template="empty"))
    (folder_of(wove, empty) / "tides.csv").write_text("low")
    with pytest.raises(InvalidRequest, match="notebook"):
        ask(wove, ann, Checking.begin, empty.id, NewCheck())


def test_only_who_may_edit_has_code_run(wove, ann, bob, project, runner):
    ask(wove, ann, Publications.publish, project.id, Publication())
    with pytest.raises(Forbidden):
        ask(wove, bob, Checking.begin, project.id, NewCheck())


def test_a_project_that_was_checked_and_ran_is_found_as_verified(wove, ann, project, check):
    ask(wove, ann, Publications.publish, project.id, Publication())
    wove.outbox.drain()
    assert found(wove, ann, "waves verified:yes") == []
    check(WELL)
    wove.outbox.drain()
    assert found(wove, ann, "waves verified:<1d") == [project.id]
    check(ILL)
    wove.outbox.drain()
    assert found(wove, ann, "waves verified:yes") == []


def found(wove, actor, words):
    return [hit.project.id for hit in ask(wove, actor, Search.find, words, "projects").items]
