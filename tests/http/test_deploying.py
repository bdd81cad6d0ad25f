"""From a project to what visitors see, over HTTP: deploy, follow, roll back, and the way in."""

import asyncio
import json
import shutil
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from jupyter_wove.runner import Failed
from tests.unit.deploy.scripted import ScriptedRunner, running

CELL = Failed("Cell 4 failed: NameError", "Import numpy.", "waves.ipynb", 4, "Traceback …", [])


@pytest.fixture
def socket():
    folder = Path(tempfile.mkdtemp(prefix="wove-"))
    yield folder / "run" / "socket"
    shutil.rmtree(folder)


@pytest.fixture
def runner(socket):
    with running(ScriptedRunner(), socket) as runner:
        yield runner


@pytest.fixture
def jp_server_config(jp_server_config, socket):
    jp_server_config["Wove"]["runner_socket"] = str(socket)
    jp_server_config["Wove"]["address"] = "https://hub.example.org/user/ada"
    return jp_server_config


@pytest.fixture
def new_app(ask, jp_root_dir, runner):
    """Make an app of a project with a page."""

    async def make():
        project = await answered(ask, "POST", "wove/api/projects", {"title": "Waves"})
        (jp_root_dir / project["folder"] / "index.html").write_text("<h1>Waves</h1>")
        return await answered(ask, "POST", f"wove/api/projects/{project['id']}/apps", {})

    return make


async def answered(ask, method, path, body=None):
    answer = await ask(method, path, body=body)
    assert answer.code < 300, answer.body
    return json.loads(answer.body)


async def ended(ask, deployment):
    for _ in range(600):
        found = await answered(ask, "GET", f"wove/api/deployments/{deployment['id']}")
        if found["ended"]:
            return found
        await asyncio.sleep(0.05)
    raise AssertionError(found)


async def test_deploying_is_begun_watched_and_seen(ask, new_app, runner):
    app = await new_app()
    begun = await ask("POST", f"wove/api/apps/{app['id']}/deployments", body={})
    deployment = json.loads(begun.body)
    assert begun.code == 202
    assert begun.headers["Location"].endswith(f"/wove/api/deployments/{deployment['id']}")
    job = await answered(ask, "GET", f"wove/api/jobs/{deployment['job_id']}")
    assert job["kind"] == "deploy.release"
    assert (await ended(ask, deployment))["state"] == "live"
    seen = await answered(ask, "GET", f"wove/api/apps/{app['id']}")
    assert (seen["state"], seen["url"]) == ("live", "http://waves.localhost:9000/")
    home = next(iter(runner.apps.values())).home
    assert home == f"https://hub.example.org/user/ada/wove/apps/{app['id']}/enter"


async def test_its_log_comes_as_events_and_goes_on_where_it_was_cut(ask, new_app):
    app = await new_app()
    deployment = await answered(ask, "POST", f"wove/api/apps/{app['id']}/deployments", {})
    path = f"wove/api/deployments/{deployment['id']}/log"
    told = (await ask("GET", path)).body.decode()
    assert "Collecting waves" in told
    assert '"state":"live"' in told
    assert told.rstrip().endswith("event: end\ndata: {}")
    rest = (await ask("GET", path, headers={"Last-Event-ID": "1"})).body.decode()
    assert "Collecting waves" not in rest


async def test_the_same_request_deploys_once(ask, new_app, runner):
    app = await new_app()
    path, headers = f"wove/api/apps/{app['id']}/deployments", {"Idempotency-Key": "once"}
    both = [await ask("POST", path, body={}, headers=headers) for _ in range(2)]
    assert both[0].body == both[1].body
    await ended(ask, json.loads(both[0].body))
    assert len(runner.orders) == 1


async def test_what_failed_carries_all_that_it_takes_to_mend_it(ask, new_app, runner):
    app = await new_app()
    runner.built = CELL
    deployment = await answered(ask, "POST", f"wove/api/apps/{app['id']}/deployments", {})
    found = await ended(ask, deployment)
    assert (found["state"], found["path"], found["cell"]) == ("failed", "waves.ipynb", 4)
    assert found["traceback"] == "Traceback …"


async def test_a_release_comes_back(ask, new_app):
    app = await new_app()
    for _ in range(2):
        path = f"wove/api/apps/{app['id']}/deployments"
        await ended(ask, await answered(ask, "POST", path, {}))
    back = await ask("POST", f"wove/api/apps/{app['id']}/rollback", body={"release": 1})
    assert back.code == 202
    assert (await ended(ask, json.loads(back.body)))["release"] == 1


async def test_a_plan_that_is_no_plan_is_refused(ask, new_app):
    app = await new_app()
    path = f"wove/api/apps/{app['id']}/deployments"
    answer = await ask("POST", path, body={"plan": {"kind": "teapot"}})
    assert answer.code == 422


async def test_a_visitor_who_is_signed_in_is_led_to_the_app(ask, new_app):
    app = await new_app()
    await ended(ask, await answered(ask, "POST", f"wove/api/apps/{app['id']}/deployments", {}))
    answer = await ask("GET", f"wove/apps/{app['id']}/enter", params={"to": "/page"})
    way = urlsplit(answer.headers["Location"])
    assert answer.code == 303
    assert (way.netloc, way.path) == ("waves.localhost:9000", "/_wove/enter")
    assert parse_qs(way.query) == {"code": ["once"], "to": ["/page"]}
    assert answer.headers["Cache-Control"] == "no-store"


async def test_nobody_is_led_to_another_site(ask, new_app):
    app = await new_app()
    await ended(ask, await answered(ask, "POST", f"wove/api/apps/{app['id']}/deployments", {}))
    for to in ("//evil.example", "https://evil.example/", "/\\evil.example"):
        answer = await ask("GET", f"wove/apps/{app['id']}/enter", params={"to": to})
        assert answer.code == 400
        assert "Location" not in answer.headers


async def test_who_is_not_signed_in_signs_in_first(ask_as_nobody, new_app):
    app = await new_app()
    answer = await ask_as_nobody("GET", f"wove/apps/{app['id']}/enter")
    assert answer.code == 302
    assert urlsplit(answer.headers["Location"]).path.endswith("/login")


async def test_an_app_that_is_not_there_is_a_page_that_says_so(ask, jp_serverapp):
    answer = await ask("GET", "wove/apps/01a22b2e-f5c1-71e7-b688-85d2b14b40e4/enter")
    assert answer.code == 404
    assert b"There is no such app" in answer.body
    assert answer.headers["Content-Type"].startswith("text/html")
