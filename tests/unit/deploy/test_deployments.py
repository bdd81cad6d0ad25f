"""A version is built, checked and served, one at a time; what fails says why and harms nothing."""

import asyncio
import time

import pytest

from jupyter_wove.deploy import AppChange, Apps, Deployments, NewApp, RollBack
from jupyter_wove.deploy.carrying import FULL, MOST_LINES
from jupyter_wove.kit.errors import Conflict, Forbidden, NotFound, Unavailable
from jupyter_wove.projects import Members, NewVersion, Versions
from jupyter_wove.projects.members.models import Membership
from jupyter_wove.runner import Built, Failed, Line, Stage
from tests.unit.deploy.conftest import API, SITE, until
from tests.unit.deploy.scripted import FOREVER
from tests.unit.journey import ask, folder_of

CELL = Failed(
    "Cell 4 of waves.ipynb failed: NameError", "Import numpy.", "waves.ipynb", 4, "Traceback …", []
)
CRASH = Failed("The app ended with code 1.", "Look at its output.", "", None, "", ["example.org"])


def lines_of(wove, actor, deployment, last_event_id=None):
    """Follow a log to its end."""

    async def follow():
        news = ask(wove, actor, Deployments.log, deployment.id, last_event_id)
        return [each async for each in news]

    return asyncio.run(follow())


def test_a_deployment_brings_an_app_to_life(wove, ann, app, deploy, ended, runner):
    done = ended(deploy())
    assert (done.state, done.release, done.number) == ("live", 1, 1)
    seen = ask(wove, ann, Apps.get, app.id)
    assert (seen.state, seen.url) == ("live", "http://waves.localhost:9000/")
    assert (seen.release, seen.deployment.id) == (1, done.id)


def test_the_work_as_it_is_now_is_deployed_and_kept_as_a_version(
    wove, ann, project, deploy, ended, runner
):
    done = ended(deploy())
    assert runner.files(done.id)["index.html"] == b"<h1>Waves</h1>"
    named = ask(wove, ann, Versions.history, project.id, "named").items
    assert [each.id for each in named].count(done.version) == 1


def test_an_earlier_version_can_be_deployed(wove, ann, project, deploy, ended, runner):
    first = ask(wove, ann, Versions.save, project.id, NewVersion("First"))
    (folder_of(wove, project) / "index.html").write_text("<h1>Later</h1>")
    done = ended(deploy(first.id))
    assert done.version == first.id
    assert runner.files(done.id)["index.html"] == b"<h1>Waves</h1>"


def test_the_runner_hears_whose_app_it_is_and_where_visitors_sign_in(
    wove, ann, app, project, deploy, ended, runner
):
    ended(deploy())
    told = runner.apps[app.id]
    assert told.home == f"http://localhost:8888/wove/apps/{app.id}/enter"
    assert told.about == "http://localhost:8888/wove/@ann/waves"
    assert runner.orders[0].owner_id == ann.id


def test_the_log_is_told_and_goes_on_where_a_reader_was_cut_off(wove, ann, deploy, ended, runner):
    done = ended(deploy())
    news = lines_of(wove, ann, done)
    lines = [each.item.line for each in news if each.item.line]
    assert "Collecting waves" in [each.text for each in lines]
    assert news[0].item.deployment.state == "live"
    rest = lines_of(wove, ann, done, str(lines[0].n))
    assert [each.item.line for each in rest if each.item.line] == lines[1:]


def test_a_line_is_seen_within_a_second_while_it_goes_on(wove, ann, deploy, runner):
    runner.build = [Stage("building"), Line("stdout", "Slow …"), FOREVER]
    begun = deploy()
    assert runner.paused.wait(20)
    since = time.monotonic()

    async def first():
        async for each in ask(wove, ann, Deployments.log, begun.id):
            if each.item.line and each.item.line.text == "Slow …":
                return time.monotonic() - since
        return None

    assert asyncio.run(asyncio.wait_for(first(), 20)) < 5
    runner.go.set()


def test_a_log_is_cut_where_it_is_too_long_and_says_so(wove, ann, deploy, ended, runner):
    runner.build = [Stage("building"), *(Line("stdout", "x") for _ in range(MOST_LINES + 100))]
    done = ended(deploy(), 120)
    assert done.state == "live"
    texts = [each.item.line.text for each in lines_of(wove, ann, done) if each.item.line]
    assert len(texts) == MOST_LINES
    assert texts[-1] == FULL


def test_a_failed_cell_is_named_with_its_traceback(wove, ann, app, deploy, ended, runner):
    runner.built = CELL
    done = ended(deploy())
    assert (done.state, done.path, done.cell) == ("failed", "waves.ipynb", 4)
    assert (done.reason, done.hint) == (CELL.reason, CELL.hint)
    assert done.traceback == "Traceback …"
    assert ask(wove, ann, Apps.get, app.id).state == "new"


def test_what_fails_its_checks_leaves_the_old_release_to_visitors(
    wove, ann, app, deploy, ended, runner
):
    ended(deploy())
    runner.ends[2] = CRASH
    done = ended(deploy())
    assert (done.state, done.refused) == ("failed", ["example.org"])
    assert ask(wove, ann, Apps.get, app.id).release == 1
    states = [each.state for each in ask(wove, ann, Deployments.releases, app.id)]
    assert states == ["failed", "live"]


def test_a_deployment_can_be_cancelled_and_ends_soon(wove, ann, deploy, ended, runner):
    runner.build = [Stage("building"), FOREVER]
    begun = deploy()
    assert runner.paused.wait(20)
    since = time.monotonic()
    ask(wove, ann, Deployments.cancel, begun.id)
    done = ended(begun)
    took = time.monotonic() - since
    until(lambda: runner.building, lambda many: many == 0)
    assert done.state == "cancelled"
    assert took < 30


def test_a_cancelled_one_stays_cancelled(wove, ann, deploy, ended, runner):
    runner.build = [FOREVER]
    begun = deploy()
    ask(wove, ann, Deployments.cancel, begun.id)
    runner.go.set()
    assert ended(begun).state == "cancelled"
    assert ask(wove, ann, Deployments.cancel, begun.id).state == "cancelled"


def test_what_has_switched_is_live_although_it_was_cancelled(
    wove, ann, app, deploy, ended, runner
):
    runner.switched_unheard = True
    begun = deploy()
    assert runner.paused.wait(20)
    ask(wove, ann, Deployments.cancel, begun.id)
    assert ended(begun).state == "live"
    assert ask(wove, ann, Apps.get, app.id).release == 1


def test_a_newer_deployment_cancels_an_older_one(wove, ann, deploy, ended, runner):
    runner.build = [Stage("building"), FOREVER]
    older = deploy()
    assert runner.paused.wait(20)
    runner.build = []
    newer = deploy()
    assert ended(older).state == "cancelled"
    assert ended(newer).state == "live"
    assert runner.most_building == 1


def test_a_newer_deployment_waits_for_one_that_is_checked(wove, ann, deploy, ended, runner):
    runner.checks = [Stage("checking"), FOREVER]
    older = deploy()
    assert runner.paused.wait(20)
    newer = deploy()
    time.sleep(0.5)
    assert ask(wove, ann, Deployments.get, newer.id).state == "queued"
    runner.go.set()
    assert [ended(older).state, ended(newer).state] == ["live", "live"]
    assert (ended(older).release, ended(newer).release) == (1, 2)


def test_an_earlier_release_is_served_again_without_building(
    wove, ann, app, deploy, ended, runner
):
    first, _ = ended(deploy()), ended(deploy())
    builds = len(runner.orders)
    back = ended(ask(wove, ann, Deployments.roll_back, app.id, RollBack()))
    assert (back.state, back.rolls_back, back.release) == ("live", True, 1)
    assert back.version == first.version
    assert len(runner.orders) == builds
    assert ask(wove, ann, Apps.get, app.id).release == 1


def test_only_kept_releases_can_be_served_again(wove, ann, app, deploy, ended, runner):
    for _ in range(7):
        ended(deploy())
    wanted = ["live", *["kept"] * 5, "forgotten"]

    def states():
        return [each.state for each in ask(wove, ann, Deployments.releases, app.id)]

    until(states, lambda seen: seen == wanted)
    assert len(runner.forgotten) == 1
    with pytest.raises(Conflict, match="no such release"):
        ask(wove, ann, Deployments.roll_back, app.id, RollBack(1))
    with pytest.raises(Conflict, match="is the one that is served"):
        ask(wove, ann, Deployments.roll_back, app.id, RollBack(7))


def test_without_docker_it_is_said_before_anything_begins(wove, ann, app, deploy, runner):
    runner.problem = "Nobody listens at /run/docker.sock."
    with pytest.raises(Unavailable, match=r"asgi needs Docker, .*docker.sock. Without it"):
        deploy(plan=API)
    assert ask(wove, ann, Deployments.of_app, app.id).items == []


def test_without_docker_pages_are_served_all_the_same(deploy, ended, runner):
    runner.problem = "Nobody listens at /run/docker.sock."
    assert ended(deploy(plan=SITE)).state == "live"


def test_without_a_runner_it_is_said(wove, ann, project):
    app = ask(wove, ann, Apps.create, project.id, NewApp(plan=API))
    from jupyter_wove.deploy import NewDeployment

    with pytest.raises(Unavailable, match="no runner here"):
        ask(wove, ann, Deployments.deploy, app.id, NewDeployment())


def test_the_plan_that_was_kept_goes_before_what_is_found_out(
    wove, ann, app, deploy, ended, runner
):
    kept = API
    ask(wove, ann, Apps.change, app.id, AppChange(plan=kept))
    ended(deploy(plan=None))
    assert runner.orders[-1].plan == kept
    ask(wove, ann, Apps.change, app.id, AppChange(plan=None))
    ended(deploy(plan=None))
    assert runner.orders[-1].plan.kind == "site"


def test_a_plan_is_proposed_with_what_is_missing_for_it(wove, ann, project, runner):
    proposed = ask(wove, ann, Deployments.plan, project.id)
    assert (proposed.plan.kind, proposed.problem) == ("site", "")


def test_a_plan_says_that_what_it_needs_is_being_installed_already(wove, ann, project, runner):
    files = folder_of(wove, project)
    (files / "main.py").write_text("from fastapi import FastAPI\napp = FastAPI()")
    (files / "index.html").unlink()
    runner.preparing = ["fastapi", "uvicorn", "httpx"]
    assert "already" in ask(wove, ann, Deployments.plan, project.id).notice
    runner.preparing = ["voila"]
    assert ask(wove, ann, Deployments.plan, project.id).notice == ""


def test_editors_deploy_and_viewers_look(wove, ann, bob, project, app, deploy, ended):
    ask(wove, ann, Apps.change, app.id, AppChange(access="project"))
    ask(wove, ann, Members.put, project.id, "bob", Membership("viewer"))
    with pytest.raises(Forbidden, match="may not deploy"):
        deploy(actor=bob)
    done = ended(deploy())
    assert ask(wove, bob, Deployments.get, done.id).id == done.id
    ask(wove, ann, Members.put, project.id, "bob", Membership("editor"))
    assert ended(deploy(actor=bob)).by.handle == "bob"


def test_strangers_find_no_deployment(wove, bob, deploy, ended):
    done = ended(deploy())
    for operation in (Deployments.get, Deployments.cancel, Deployments.log):
        with pytest.raises(NotFound):
            ask(wove, bob, operation, done.id)


def test_a_runner_that_says_nothing_more_fails_the_deployment(deploy, ended, runner):
    runner.built = Line("stdout", "and then nothing")
    done = ended(deploy())
    assert done.state == "failed"
    assert "Try again" in done.reason


def test_an_image_of_a_build_is_kept_with_its_lock(wove, ann, app, deploy, ended, runner):
    runner.built = Built("wove-app:abc", "", "numpy==2.0", 42)
    ended(deploy())
    release = ask(wove, ann, Deployments.releases, app.id)[0]
    assert (release.lock, release.size, release.state) == ("numpy==2.0", 42, "live")
