"""Apps have names of their own, are seen by those who may visit them, and follow their project."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from jupyter_wove.community import Community
from jupyter_wove.deploy import (
    AppChange,
    Apps,
    AppVariables,
    Deployments,
    NewApp,
    NewDeployment,
    NewPreview,
    Previews,
    VariableValue,
    Visiting,
)
from jupyter_wove.deploy.tables import AppRow, AppVariableRow
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.errors import BadRequest, Conflict, Forbidden, InvalidRequest, NotFound
from jupyter_wove.projects import (
    Members,
    NewVersion,
    Projects,
    Publication,
    Publications,
    Versions,
)
from jupyter_wove.projects.members.models import Membership
from tests.unit.deploy.conftest import SITE, until
from tests.unit.deploy.scripted import FOREVER
from tests.unit.journey import ask

NAMES = [("Wave physics!", "wave-physics"), ("Zürich", "zurich"), ("Ä", "app-a"), ("日本", "app")]


@pytest.mark.parametrize(("title", "slug"), NAMES)
def test_a_slug_is_made_of_the_title(wove, ann, project, title, slug):
    assert ask(wove, ann, Apps.create, project.id, NewApp(title)).slug == slug


def test_each_slug_is_given_once(wove, ann, project):
    slugs = [ask(wove, ann, Apps.create, project.id, NewApp()).slug for _ in range(3)]
    assert slugs == ["waves", "waves-2", "waves-3"]
    with pytest.raises(Conflict, match="Another app is called waves"):
        ask(wove, ann, Apps.create, project.id, NewApp(slug="waves"))


def test_a_name_tells_whether_it_is_free(wove, ann, project):
    ask(wove, ann, Apps.create, project.id, NewApp(slug="tides"))
    free = [ask(wove, ann, Apps.name, slug).is_free for slug in ("tides", "ebb-and-flow")]
    assert free == [False, True]


def test_a_deleted_app_leaves_its_slug_to_others_and_comes_back_while_it_is_free(
    wove, ann, project
):
    app = ask(wove, ann, Apps.create, project.id, NewApp())
    ask(wove, ann, Apps.delete, app.id)
    with pytest.raises(NotFound):
        ask(wove, ann, Apps.get, app.id)
    assert [each.id for each in ask(wove, ann, Apps.of_project, project.id, True)] == [app.id]
    assert ask(wove, ann, Apps.undelete, app.id).deleted is None
    ask(wove, ann, Apps.delete, app.id)
    ask(wove, ann, Apps.create, project.id, NewApp(slug="waves"))
    with pytest.raises(Conflict, match="Another app"):
        ask(wove, ann, Apps.undelete, app.id)


def test_only_owners_open_an_app_to_others(wove, ann, bob, project):
    ask(wove, ann, Members.put, project.id, "bob", Membership("editor"))
    with pytest.raises(Forbidden, match="say who visits"):
        ask(wove, bob, Apps.create, project.id, NewApp(access="public"))
    app = ask(wove, bob, Apps.create, project.id, NewApp())
    with pytest.raises(Forbidden, match="say who visits"):
        ask(wove, bob, Apps.change, app.id, AppChange(access="public"))
    ask(wove, bob, Apps.change, app.id, AppChange(title="Other"))
    with pytest.raises(Forbidden, match="say who visits"):
        ask(wove, bob, Apps.delete, app.id)
    assert ask(wove, ann, Apps.change, app.id, AppChange(access="public")).access == "public"


SEEN = [
    ("private", "viewer", False),
    ("private", "editor", True),
    ("project", "viewer", True),
    ("project", None, False),
    ("hub", None, True),
    ("unlisted", None, True),
    ("public", None, True),
]


@pytest.mark.parametrize(("access", "role", "may"), SEEN)
def test_who_may_visit_an_app_sees_it_and_comes_in(
    wove, ann, bob, project, app, deploy, ended, access, role, may
):
    ended(deploy())
    ask(wove, ann, Apps.change, app.id, AppChange(access=access))
    if role:
        ask(wove, ann, Members.put, project.id, "bob", Membership(role))
    visiting = Visiting(wove.units, wove.hosting)
    if may:
        assert ask(wove, bob, Apps.get, app.id).slug == "waves"
        assert visiting.way_in(bob, app.id, "/").startswith("http://waves.localhost:9000/")
    else:
        with pytest.raises(NotFound):
            ask(wove, bob, Apps.get, app.id)
        with pytest.raises(Forbidden, match="may visit this app"):
            visiting.way_in(bob, app.id, "/")


def test_a_visitor_comes_in_by_a_code_that_names_them_to_the_runner(
    wove, ann, app, deploy, ended, runner
):
    ended(deploy())
    way = Visiting(wove.units, wove.hosting).way_in(ann, app.id, "/page?x=1")
    assert way == "http://waves.localhost:9000/_wove/enter?code=once&to=%2Fpage%3Fx%3D1"
    assert [(each.person_id, each.name) for each in runner.visitors] == [(ann.id, "Ann")]


AWAY = [
    "//evil.example/",
    "/\\evil.example",
    "https://evil.example/",
    "evil",
    "",
    "/\tx",
    "/\r\nx",
]


@pytest.mark.parametrize("to", AWAY)
def test_nobody_is_led_anywhere_else(wove, ann, app, deploy, ended, to):
    ended(deploy())
    with pytest.raises(BadRequest, match="entered at a path"):
        Visiting(wove.units, wove.hosting).way_in(ann, app.id, to)


def test_strangers_who_see_the_project_do_not_come_across_unlisted_apps(
    wove, ann, bob, project, app
):
    ask(wove, ann, Publications.publish, project.id, Publication())
    ask(wove, ann, Apps.change, app.id, AppChange(access="unlisted"))
    assert ask(wove, bob, Apps.of_project, project.id) == []
    ask(wove, ann, Apps.change, app.id, AppChange(access="public"))
    assert [each.id for each in ask(wove, bob, Apps.of_project, project.id)] == [app.id]


def test_public_apps_are_listed_once_they_are_served(wove, ann, bob, app, deploy, ended):
    ask(wove, ann, Apps.change, app.id, AppChange(access="public"))
    assert ask(wove, bob, Apps.public).items == []
    ended(deploy())
    seen = ask(wove, bob, Apps.public).items[0]
    assert (seen.id, seen.project, seen.plan, seen.deployment) == (app.id, None, None, None)
    assert ask(wove, bob, Apps.mine).items == []
    assert [each.id for each in ask(wove, ann, Apps.mine).items] == [app.id]


def test_an_app_stops_and_wakes(wove, ann, app, deploy, ended, runner):
    with pytest.raises(Conflict, match="Deploy it first"):
        ask(wove, ann, Apps.wake, app.id)
    ended(deploy())
    assert ask(wove, ann, Apps.stop, app.id).state == "stopped"
    assert runner.stopped == {app.id}
    assert ask(wove, ann, Apps.wake, app.id).state == "live"


def test_what_an_app_writes_can_be_read_on(wove, ann, app, deploy, ended):
    assert ask(wove, ann, Apps.output, app.id) == []
    ended(deploy())
    assert [each.text for each in ask(wove, ann, Apps.output, app.id, 1)] == ["GET /"]
    assert ask(wove, ann, Apps.visits, app.id).minutes == []


def test_a_preview_is_an_app_beside_the_app(wove, ann, project, app, deploy, ended, runner):
    ask(wove, ann, Apps.change, app.id, AppChange(access="public"))
    version = ask(wove, ann, Versions.save, project.id, NewVersion("First"))
    preview = ask(wove, ann, Previews.show, app.id, NewPreview(version=version.id))
    assert preview.slug == f"waves--version-{version.id[:7]}"
    assert (preview.parent_id, preview.access) == (app.id, "project")
    ended(preview.deployment)
    again = ask(wove, ann, Previews.show, app.id, NewPreview(version=version.id))
    assert again.id == preview.id
    ended(again.deployment)
    branch = ask(wove, ann, Previews.show, app.id, NewPreview(branch="main"))
    assert branch.slug == "waves--main"
    assert len(ask(wove, ann, Previews.all, app.id)) == 2
    ended(branch.deployment)
    ask(wove, ann, Apps.delete, app.id)
    assert ask(wove, ann, Apps.mine).items == []


def test_a_preview_needs_something_to_show(wove, ann, app):
    with pytest.raises(NotFound, match="no branch"):
        ask(wove, ann, Previews.show, app.id, NewPreview(branch="missing"))
    for wrong in (NewPreview(), NewPreview("main", "x")):
        with pytest.raises(InvalidRequest, match="either a branch or a version"):
            ask(wove, ann, Previews.show, app.id, wrong)


def test_variables_reach_the_app_and_are_never_shown(wove, ann, app, deploy, ended, runner):
    ask(wove, ann, AppVariables.put, app.id, "API_KEY", VariableValue("s3cret"))
    assert [each.name for each in ask(wove, ann, AppVariables.all, app.id)] == ["API_KEY"]
    with wove.units.read() as unit:
        assert "s3cret" not in unit.session.query(AppVariableRow).one().sealed
    ended(deploy())
    assert runner.apps[app.id].environment == {"API_KEY": "s3cret"}
    ask(wove, ann, AppVariables.remove, app.id, "API_KEY")
    assert runner.apps[app.id].environment == {}
    with pytest.raises(InvalidRequest, match="set by the sandbox"):
        ask(wove, ann, AppVariables.put, app.id, "PATH", VariableValue("/tmp"))


def test_apps_stop_with_their_project_and_come_back_with_it(
    wove, ann, project, app, deploy, ended, runner
):
    ended(deploy())
    runner.build = [FOREVER]
    begun = deploy()
    runner.paused.wait(20)
    ask(wove, ann, Projects.delete, project.id)
    until(lambda: runner.stopped, lambda seen: seen == {app.id})
    with pytest.raises(NotFound):
        ask(wove, ann, Apps.get, app.id)
    ask(wove, ann, Projects.undelete, project.id)
    until(lambda: runner.stopped, lambda seen: not seen)
    assert until(lambda: ask(wove, ann, Deployments.get, begun.id), lambda each: each.ended)
    assert ask(wove, ann, Apps.get, app.id).state == "live"


def test_apps_go_with_a_project_that_is_purged(wove, ann, project, app, deploy, ended, runner):
    ended(deploy())
    ask(wove, ann, Projects.delete, project.id)
    from jupyter_wove.projects import ProjectRow

    with wove.units.write() as unit:
        unit.session.execute(update(ProjectRow).values(deleted=now() - timedelta(days=31)))
    wove.upkeep.purge()
    until(lambda: runner.apps, lambda seen: not seen)


def test_an_app_leaves_the_bin_after_30_days(wove, ann, app, deploy, ended, runner):
    ended(deploy())
    ask(wove, ann, Apps.delete, app.id)
    wove.following.purge()
    assert app.id in runner.apps
    with wove.units.write() as unit:
        unit.session.execute(update(AppRow).values(deleted=now() - timedelta(days=31)))
    wove.following.purge()
    assert runner.apps == {}


def test_who_leaves_a_project_leaves_its_apps(wove, ann, bob, project, app, deploy, ended, runner):
    ended(deploy())
    ask(wove, ann, Members.put, project.id, "bob", Membership("editor"))
    until(lambda: runner.shown_out, bool)
    runner.shown_out.clear()
    ask(wove, ann, Members.remove, project.id, "bob")
    assert until(lambda: runner.shown_out, bool) == [str(bob.id)]


def test_a_runner_that_starts_anew_hears_of_all_apps(wove, ann, app, deploy, ended, runner):
    ended(deploy())
    ask(wove, ann, Apps.stop, app.id)
    runner.apps.clear()
    runner.stopped.clear()
    wove.hosting.tell_all()
    assert set(runner.apps) == {app.id}
    assert runner.stopped == {app.id}
    assert not wove.serves_apps()


def test_the_gallery_leads_to_apps_that_are_open(wove, ann, bob, project, app, deploy, ended):
    ask(wove, ann, Publications.publish, project.id, Publication())
    ended(deploy())
    assert ask(wove, bob, Community.card, project.id).app is None
    ask(wove, ann, Apps.change, app.id, AppChange(access="public"))
    assert ask(wove, bob, Community.card, project.id).app == "http://waves.localhost:9000/"
    ask(wove, ann, Apps.stop, app.id)
    assert ask(wove, bob, Community.card, project.id).app is None


def test_an_app_that_is_called_something_else_is_found_there(
    wove, ann, bob, project, app, deploy, ended
):
    ask(wove, ann, Publications.publish, project.id, Publication())
    ended(deploy())
    ask(wove, ann, Apps.change, app.id, AppChange(slug="tides", access="public"))
    assert ask(wove, bob, Community.card, project.id).app == "http://tides.localhost:9000/"


def test_an_app_whose_variables_are_lost_does_not_keep_others_from_the_runner(
    wove, ann, project, app, deploy, ended, runner
):
    ask(wove, ann, AppVariables.put, app.id, "API_KEY", VariableValue("s3cret"))
    ended(deploy())
    other = ask(wove, ann, Apps.create, project.id, NewApp("Tides"))
    ended(ask(wove, ann, Deployments.deploy, other.id, NewDeployment(plan=SITE)))
    wove.sealing.renew()
    wove.sealing.forget_old()
    runner.apps.clear()
    wove.hosting.tell_all()
    assert set(runner.apps) == {other.id}
