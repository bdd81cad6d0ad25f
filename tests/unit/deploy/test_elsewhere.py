"""An app that names a target is built by the runner, and served there; its token stays sealed."""

import io
import tarfile

import pytest
from aiohttp import web

from jupyter_wove.deploy import AppChange, Apps, Deployments, NewApp, RollBack
from jupyter_wove.deploy.variables import AppVariables, VariableValue
from jupyter_wove.kit.errors import Conflict, Forbidden
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


def test_without_its_token_it_fails_in_words(app, deploy, ended):
    done = ended(deploy())
    assert done.state == "failed"
    assert done.reason.endswith("SHELF_TOKEN.")


def test_an_app_that_is_not_for_everybody_is_not_served_there(
    wove, ann, app, token, deploy, ended
):
    ask(wove, ann, Apps.change, app.id, AppChange(access="private"))
    done = ended(deploy())
    assert done.state == "failed"
    assert "whoever has the address comes in" in done.reason


def test_the_runner_hears_neither_of_the_app_nor_of_its_token(app, token, deploy, ended, runner):
    ended(deploy())
    assert TOKEN not in repr(vars(runner))


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
