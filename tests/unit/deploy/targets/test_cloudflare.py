"""Sites and workers are served at Cloudflare by its own tool, against a stand-in."""

import asyncio
import os
import time
from contextlib import asynccontextmanager
from uuid import uuid4

import httpx
import pytest
from aiohttp import web

from jupyter_wove.deploy.targets import Targets
from jupyter_wove.deploy.targets.cloudflare.gate import gate
from jupyter_wove.runner import Failed, Live, Stage
from tests.unit.deploy.targets.cloudflare import ACCOUNT, TOKEN, Cloudflare
from tests.unit.deploy.targets.loopback import free_port, serving
from tests.unit.deploy.targets.orders import APP, EDGE, SITE, Ready, app, done, order, served, text
from tests.unit.deploy.targets.workers import WRANGLER

NAME = f"wove-{APP.hex}"
VARIABLES = {"CLOUDFLARE_ACCOUNT_ID": ACCOUNT, "CLOUDFLARE_API_TOKEN": TOKEN}
WORKER = "export default { fetch(request, env) { return new Response(`hello ${env.COLOUR}`) } };"


@pytest.fixture
def cloudflare(monkeypatch):
    """Cloudflare, and a server whose own environment nobody else may learn."""
    monkeypatch.setenv("WOVE_SERVER_KEY", "the-key-of-the-server")
    stand_in = Cloudflare()
    with serving(stand_in.application()) as stand_in.url:
        yield stand_in


@pytest.fixture
def targets(cloudflare):
    configured = {
        "CLOUDFLARE_API_BASE_URL": f"{cloudflare.url}/client/v4",
        "CLOUDFLARE_WORKERS_URL": cloudflare.url + "/visits/{}",
        "WRANGLER": str(WRANGLER / ".bin/wrangler"),
    }
    return Targets({"cloudflare-pages": configured, "cloudflare-workers": configured})


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    (folder / "pictures").mkdir(parents=True)
    (folder / "index.html").write_text("<h1>Waves</h1>")
    (folder / "pictures/wave.svg").write_text("<svg/>")
    return folder


def visit(cloudflare, path=""):
    """Visit the site that is served."""
    canonical = cloudflare.projects[NAME]["canonical"]
    return httpx.get(f"{canonical['url']}/{path}")


# ---------------------------------------------------------------------- sites


def test_a_site_is_uploaded_looked_at_and_served(cloudflare, targets, site):
    end, said = served(targets, "cloudflare-pages", order(Ready(site), SITE, VARIABLES))
    assert end == Live(f"https://{NAME}.pages.dev")
    assert visit(cloudflare).text == "<h1>Waves</h1>"
    assert visit(cloudflare, "pictures/wave.svg").headers["Content-Type"] == "image/svg+xml"
    assert [each.name for each in said if isinstance(each, Stage)] == ["starting", "checking"]
    assert "Uploaded 2 files" in text(said)
    assert [each["environment"] for each in cloudflare.projects[NAME]["deployments"]] == [
        "production"
    ]
    assert TOKEN not in repr([end, *said])


def test_only_files_that_changed_are_sent(cloudflare, targets, site):
    served(targets, "cloudflare-pages", order(Ready(site), SITE, VARIABLES))
    (site / "index.html").write_text("<h1>Tides</h1>")
    _, said = served(targets, "cloudflare-pages", order(Ready(site), SITE, VARIABLES))
    assert "Uploaded 1 files (1 already uploaded)" in text(said)
    assert visit(cloudflare).text == "<h1>Tides</h1>"


def test_the_way_back_is_one_step_and_uploads_nothing(cloudflare, targets, site):
    first = order(Ready(site), SITE, VARIABLES)
    served(targets, "cloudflare-pages", first)
    (site / "index.html").write_text("<h1>Tides</h1>")
    served(targets, "cloudflare-pages", order(Ready(site), SITE, VARIABLES))
    cloudflare.asked.clear()
    end, _ = served(targets, "cloudflare-pages", first)
    assert isinstance(end, Live)
    assert visit(cloudflare).text == "<h1>Waves</h1>"
    assert [each for each in cloudflare.asked if each.startswith("POST")] == [
        f"POST /accounts/{ACCOUNT}/pages/projects/{NAME}/deployments/"
        f"{cloudflare.projects[NAME]['canonical']['id']}/rollback"
    ]


def test_a_site_without_a_first_page_is_not_served(cloudflare, targets, site, monkeypatch):
    monkeypatch.setattr("jupyter_wove.deploy.targets.checking.SECONDS", 2.0)
    served(targets, "cloudflare-pages", order(Ready(site), SITE, VARIABLES))
    (site / "index.html").rename(site / "start.html")
    end, _ = served(targets, "cloudflare-pages", order(Ready(site), SITE, VARIABLES))
    assert isinstance(end, Failed)
    assert "the last answer had the status 404" in end.reason
    assert visit(cloudflare).text == "<h1>Waves</h1>"
    assert len(cloudflare.projects[NAME]["deployments"]) == 1


def test_programs_in_a_site_are_left_out(cloudflare, targets, site):
    (site / "_worker.js").write_text("export default { fetch() {} }")
    (site / "functions").mkdir()
    (site / "functions/steal.js").write_text("export const onRequest = () => {}")
    end, said = served(targets, "cloudflare-pages", order(Ready(site), SITE, VARIABLES))
    assert isinstance(end, Live)
    assert "_worker.js is left out" in text(said)
    assert set(cloudflare.projects[NAME]["canonical"]["manifest"]) == {
        "/index.html", "/pictures/wave.svg",
    }  # fmt: skip


def test_a_configuration_of_the_site_runs_nothing(targets, site, tmp_path):
    (site / "wrangler.toml").write_text(
        f'name = "x"\npages_build_output_dir = "."\n[build]\ncommand = "touch {tmp_path}/ran"\n'
    )
    end, _ = served(targets, "cloudflare-pages", order(Ready(site), SITE, VARIABLES))
    assert isinstance(end, Live)
    assert not (tmp_path / "ran").exists()


def test_releases_and_projects_are_removed(cloudflare, targets, site):
    first, second = (order(Ready(site), SITE, VARIABLES) for _ in range(2))
    for each in (first, second):
        served(targets, "cloudflare-pages", each)
    assert len(cloudflare.projects[NAME]["deployments"]) == 2
    done(targets.forget("cloudflare-pages", app(), first.release.id, VARIABLES))
    assert len(cloudflare.projects[NAME]["deployments"]) == 1
    [line] = targets.logs("cloudflare-pages", app(), VARIABLES, 10)
    assert "your site was deployed" in line.text
    done(targets.delete("cloudflare-pages", app(), VARIABLES))
    assert cloudflare.projects == {}
    done(targets.delete("cloudflare-pages", app(), VARIABLES))


def test_a_token_that_is_not_accepted_is_told_in_words(targets, site):
    wrong = {**VARIABLES, "CLOUDFLARE_API_TOKEN": "not-the-token-of-anybody"}
    end, said = served(targets, "cloudflare-pages", order(Ready(site), SITE, wrong))
    assert isinstance(end, Failed)
    assert end.reason == (
        "Cloudflare does not accept the token in CLOUDFLARE_API_TOKEN: Authentication error."
        " Make a new one with the rights that the guide names."
    )
    assert "not-the-token-of-anybody" not in repr([end, *said])


def test_where_the_tool_is_missing_it_is_said_what_installs_it(cloudflare, site):
    configured = {"CLOUDFLARE_API_BASE_URL": f"{cloudflare.url}/client/v4", "WRANGLER": "wrangle"}
    targets = Targets({"cloudflare-pages": configured})
    end, _ = served(targets, "cloudflare-pages", order(Ready(site), SITE, VARIABLES))
    assert "run npm install --global wrangler@4.86.0" in end.reason


# ---------------------------------------------------------------------- the tool itself

SPY = """#!/bin/sh
env > {folder}/environment
echo "$@" > {folder}/arguments
touch {folder}/looked
sleep {seconds}
"""


@pytest.fixture
def spy(tmp_path, cloudflare):
    """Run something that looks around in place of the tool; it never reports anything."""

    def watched(seconds):
        tool = tmp_path / "wrangler"
        tool.write_text(SPY.format(folder=tmp_path, seconds=seconds))
        tool.chmod(0o755)
        endpoint = {"CLOUDFLARE_API_BASE_URL": f"{cloudflare.url}/client/v4"}
        return Targets({"cloudflare-pages": {**endpoint, "WRANGLER": str(tool)}})

    return watched


def test_the_tool_learns_nothing_of_the_server_and_ends_with_who_listens(spy, site, tmp_path):
    messages = spy(3600).release("cloudflare-pages", order(Ready(site), SITE, VARIABLES))
    until = time.monotonic() + 60
    while not (tmp_path / "looked").exists():
        next(messages)
        assert time.monotonic() < until
    began = time.monotonic()
    messages.close()
    assert time.monotonic() - began < 60  # although it sleeps for an hour
    lines = (tmp_path / "environment").read_text().splitlines()
    told = {line.partition("=")[0] for line in lines}
    assert "the-key-of-the-server" not in "".join(lines)
    assert told - {"PWD", "SHLVL", "_", "LANG", "NODE_EXTRA_CA_CERTS"} == {
        "PATH", "HOME", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "CI", "NO_COLOR",
        "CLOUDFLARE_ACCOUNT_ID", "CLOUDFLARE_API_TOKEN", "CLOUDFLARE_API_BASE_URL",
        "WRANGLER_CACHE_DIR", "WRANGLER_LOG_PATH", "WRANGLER_OUTPUT_FILE_PATH",
        "WRANGLER_SEND_ERROR_REPORTS", "WRANGLER_SEND_METRICS",
    }  # fmt: skip
    home = next(line.partition("=")[2] for line in lines if line.startswith("HOME="))
    assert not os.path.exists(home)  # noqa: PTH110
    assert TOKEN not in (tmp_path / "arguments").read_text()


def test_the_tool_goes_out_by_its_gate_and_by_no_other_way(targets, site, monkeypatch):
    @asynccontextmanager
    async def closed(address):
        yield f"http://127.0.0.1:{free_port()}"

    monkeypatch.setattr("jupyter_wove.deploy.targets.cloudflare.wrangler.gate", closed)
    end, _ = served(targets, "cloudflare-pages", order(Ready(site), SITE, VARIABLES))
    assert end.reason.startswith("Cloudflare's wrangler failed")


async def test_the_gate_leads_to_one_place(cloudflare):
    with serving(web.Application()) as elsewhere:
        async with gate(f"{cloudflare.url}/client/v4") as way:
            head = f"CONNECT {cloudflare.url.removeprefix('http://')} HTTP/1.1"
            other = f"CONNECT {elsewhere.removeprefix('http://')} HTTP/1.1"
            plain = f"GET {cloudflare.url}/ HTTP/1.1"
            assert [await asked(way, each) for each in (head, other, plain)] == [200, 403, 403]


async def asked(way, head):
    host, port = way.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(f"{head}\r\n\r\n".encode())
    answer = await reader.readline()
    writer.close()
    return int(answer.split()[1])


def test_a_tool_that_fails_without_a_word_is_told(spy, site):
    end, _ = served(spy("a-while"), "cloudflare-pages", order(Ready(site), SITE, VARIABLES))
    assert end.reason == "Cloudflare's wrangler failed: it did not say why"


# ---------------------------------------------------------------------- workers


@pytest.fixture
def worker(tmp_path):
    folder = tmp_path / "worker"
    folder.mkdir()
    (folder / "worker.js").write_text(WORKER)
    return folder


def visit_worker(cloudflare):
    return httpx.get(f"{cloudflare.url}/visits/{NAME}.acct/", timeout=30)


def test_a_worker_is_uploaded_visited_and_served_and_the_way_back_is_one_step(
    cloudflare, targets, worker
):
    first = order(Ready(worker), EDGE, {**VARIABLES, "COLOUR": "s3cr3t-green"})
    end, said = served(targets, "cloudflare-workers", first)
    assert isinstance(end, Live), end
    assert end.url.endswith(f"{NAME}.acct")
    assert visit_worker(cloudflare).text == "hello s3cr3t-green"
    [only] = cloudflare.workers.scripts[NAME]["versions"][0]["bindings"]
    assert only == {"name": "COLOUR", "type": "secret_text", "text": "s3cr3t-green"}
    assert TOKEN not in repr(said)
    (worker / "worker.js").write_text(WORKER.replace("hello", "goodbye"))
    second = order(Ready(worker), EDGE, {**VARIABLES, "COLOUR": "blue"})
    served(targets, "cloudflare-workers", second)
    assert visit_worker(cloudflare).text == "goodbye blue"
    before = len(cloudflare.workers.scripts[NAME]["versions"])
    end, _ = served(targets, "cloudflare-workers", first)
    assert isinstance(end, Live)
    assert visit_worker(cloudflare).text == "hello s3cr3t-green"
    assert len(cloudflare.workers.scripts[NAME]["versions"]) == before
    lines = targets.logs("cloudflare-workers", app(), VARIABLES, 10)
    assert str(first.release.id) in lines[-1].text
    done(targets.forget("cloudflare-workers", app(), uuid4(), VARIABLES))
    done(targets.delete("cloudflare-workers", app(), VARIABLES))
    assert cloudflare.workers.scripts == {}


def test_a_worker_that_fails_gets_no_visitors(cloudflare, targets, worker, monkeypatch):
    served(targets, "cloudflare-workers", order(Ready(worker), EDGE, VARIABLES))
    monkeypatch.setattr("jupyter_wove.deploy.targets.checking.SECONDS", 2.0)
    (worker / "worker.js").write_text("export default { fetch() { throw new Error('no') } };")
    end, _ = served(targets, "cloudflare-workers", order(Ready(worker), EDGE, VARIABLES))
    assert isinstance(end, Failed)
    assert "the last answer had the status 500" in end.reason
    assert visit_worker(cloudflare).text == "hello undefined"


def test_a_configuration_of_the_worker_runs_nothing(targets, worker, tmp_path):
    for name in ("wrangler.toml", "wrangler.jsonc"):
        (worker / name).write_text(f'{{"build": {{"command": "touch {tmp_path}/ran"}}}}')
    end, _ = served(targets, "cloudflare-workers", order(Ready(worker), EDGE, VARIABLES))
    assert isinstance(end, Live)
    assert not (tmp_path / "ran").exists()
