"""An app that names a target is built by the runner, and served there; its token stays sealed."""

import io
import tarfile

import pytest
from aiohttp import web

from jupyter_wove.deploy import AppChange, Apps, Deployments, NewApp, RollBack
from jupyter_wove.deploy.variables import AppVariables, VariableValue
from jupyter_wove.kit.errors import Conflict, Forbidden, InvalidRequest, NotFound
from jupyter_wove.runner import Built, NamedRunner
from tests.unit.deploy.scripted import ScriptedRunner, running
from tests.unit.journey import ask

ENTRIES = "[jupyter_wove.targets]\nshelf = tests.unit.deploy.targets.shelf:SHELF\n"
TOKEN = "s3cr3t-of-the-shelf"


@pytest.fixture
def place(wove, tmp_path, monkeypatch):
    """A shelf is allowed by administrators."""
    about = tmp_path / "site-packages" / "shelf-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: shelf\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(ENTRIES)
    monkeypatch.syspath_prepend(str(about.parent))
    folder = tmp_path / "shelf"
    folder.mkdir()
    wove.targets = {"shelf": {"SHELF_PLACE": str(folder)}}
    return folder


class Sending(ScriptedRunner):
    """A runner that builds sites, and lets them leave."""

    def __init__(self):
        super().__init__()
        self.built = Built("", "a-site", "", 1234)

    def routes(self):
        return [*super().routes(), web.get("/v1/sites/{name}/archive", self.archive)]

    async def archive(self, request):
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w") as archive:
            archive.addfile(tarfile.TarInfo("index.html"))
        return web.Response(body=packed.getvalue())


@pytest.fixture
def runner(wove, socket):
    with running(Sending(), socket) as runner:
        wove.choose_runner = lambda: NamedRunner(str(socket))
        wove.start()
        yield runner
        wove.jobs.stop()


@pytest.fixture
def app(wove, ann, project, runner, place):
    """An app that is served on the shelf."""
    new = NewApp(access="public", target="shelf")
    return ask(wove, ann, Apps.create, project.id, new)


@pytest.fixture
def token(wove, ann, app):
    ask(wove, ann, AppVariables.put, app.id, "SHELF_TOKEN", VariableValue(TOKEN))


def test_a_release_is_built_here_and_served_there(
    wove, ann, app, token, deploy, ended, runner, place
):
    done = ended(deploy())
    assert (done.state, done.reason) == ("live", "")
    seen = ask(wove, ann, Apps.get, app.id)
    assert (seen.url, seen.state, seen.target) == ("shelf://1/waves", "live", "shelf")
    first = (place / "live").read_text()
    ended(deploy())
    assert (place / "live").read_text() != first
    ended(ask(wove, ann, Deployments.roll_back, app.id, RollBack()))
    assert (place / "live").read_text() == first


def test_without_its_token_nothing_begins(app, deploy):
    with pytest.raises(InvalidRequest, match=r"SHELF_TOKEN\.$"):
        deploy()


def test_what_a_target_takes_and_still_needs_is_told_before_anything_begins(wove, ann, app):
    here, shelf = ask(wove, ann, Apps.targets, app.id)
    assert (here.name, here.needs) == ("local", [])
    assert (shelf.title, shelf.problem) == ("The shelf", "")
    assert "site" in shelf.kinds
    assert shelf.access == ["unlisted", "public"]
    assert [(each.name, each.secret, each.is_set) for each in shelf.needs if each.required] == [
        ("SHELF_TOKEN", True, False)
    ]


def test_what_was_told_already_is_not_asked_again(wove, ann, app, token):
    _, shelf = ask(wove, ann, Apps.targets, app.id)
    assert {each.name for each in shelf.needs if each.is_set} == {"SHELF_TOKEN"}


def test_strangers_are_not_told_what_an_app_has(wove, bob, app):
    with pytest.raises((Forbidden, NotFound)):
        ask(wove, bob, Apps.targets, app.id)


def test_a_target_that_cannot_be_loaded_says_so(wove, ann, place):
    wove.targets = {**wove.targets, "shelf": {"SHELF_PLACE": "x"}}
    (place.parent / "site-packages/shelf-1.0.dist-info/entry_points.txt").write_text(
        "[jupyter_wove.targets]\nshelf = tests.nowhere:SHELF\n"
    )
    _, shelf = ask(wove, ann, Apps.targets)
    assert "cannot be loaded" in shelf.problem


def test_an_app_that_is_not_for_everybody_is_not_served_there(wove, ann, app, token, deploy):
    ask(wove, ann, Apps.change, app.id, AppChange(access="private"))
    with pytest.raises(InvalidRequest, match="whoever has the address comes in"):
        deploy()


def test_the_runner_hears_neither_of_the_app_nor_of_its_token(app, token, deploy, ended, runner):
    ended(deploy())
    assert TOKEN not in repr(vars(runner))


def test_what_the_place_has_kept_of_its_output_is_shown_without_the_token(
    wove, ann, app, token, deploy, ended
):
    assert ask(wove, ann, Apps.output, app.id) == []
    ended(deploy())
    lines = ask(wove, ann, Apps.output, app.id)
    assert [(each.n, each.text) for each in lines[:2]] == [(1, "0: •••"), (2, "1: •••")]
    assert ask(wove, ann, Apps.visits, app.id).minutes == []


def test_stopping_it_removes_it_there(wove, ann, app, token, deploy, ended, place):
    ended(deploy())
    stopped = ask(wove, ann, Apps.stop, app.id)
    assert stopped.state == "stopped"
    assert not (place / "live").exists()
    with pytest.raises(Conflict, match="Deploy it again"):
        ask(wove, ann, Apps.wake, app.id)


def test_only_what_administrators_allow_can_be_chosen(wove, ann, project, runner, place):
    with pytest.raises(Forbidden, match="Allowed are local, shelf"):
        ask(wove, ann, Apps.create, project.id, NewApp(target="fly"))


def test_an_app_that_is_served_does_not_move(wove, ann, app, token, deploy, ended):
    ask(wove, ann, Apps.change, app.id, AppChange(target="local"))
    ask(wove, ann, Apps.change, app.id, AppChange(target="shelf"))
    ended(deploy())
    with pytest.raises(Conflict, match="Make another app"):
        ask(wove, ann, Apps.change, app.id, AppChange(target="local"))
