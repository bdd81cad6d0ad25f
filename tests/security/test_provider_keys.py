"""The keys of providers stand nowhere but in the database, sealed, and on the line to them."""

import json
import os
import time
from base64 import urlsafe_b64encode
from pathlib import Path

import pytest

from jupyter_wove.ai import kept_keys
from jupyter_wove.ai.scripted import Fault, Reply, serving
from jupyter_wove.app import Wove
from tests.reliability.server import Server

SECRET = "canary-8f3a-of-a-provider"
SERVER_KEY = urlsafe_b64encode(b"canary-of-the-server-32-bytes-xx").decode()
CHAT = "wove/ai/v1/chat/completions"


@pytest.fixture(scope="module")
def scripted():
    with serving() as (url, server):
        server.url = url
        yield server


@pytest.fixture(scope="module")
def server(tmp_path_factory, scripted):
    at = {"provider": "openai", "base_url": f"{scripted.url}/v1", "key": "kept:canary"}
    models = [{"name": "good", "model": "m", **at}, {"name": "bad", "model": "bad", **at}]
    folder = tmp_path_factory.mktemp("keys") / "server"
    settings = {"Wove": {"ai_deployments": models, "log_level": "DEBUG"}}
    server = Server(folder, "Ann", settings=settings)
    _keep(server)
    os.environ["WOVE_SERVER_KEY"] = SERVER_KEY
    try:
        server.start()
    finally:
        del os.environ["WOVE_SERVER_KEY"]
    yield server
    server.kill()


def _keep(server):
    wove = Wove(server.database_url, server.data, server.root, "Ann", server_key=SERVER_KEY)
    kept_keys(wove.units, wove.sealing).add("canary", SECRET)
    wove.close()


def asked(server, model):
    body = {"model": model, "messages": [{"role": "user", "content": "How are you?"}]}
    return server.ask("POST", CHAT, body)


def test_it_reaches_the_provider_and_nobody_else(server, scripted):
    scripted.script = lambda asked: Reply(
        pieces=["Well."],
        fault=Fault.BAD_REQUEST if asked.model == "bad" else None,
        problem=f"The key {asked.headers['authorization']} is wrong.",
    )
    answers = [asked(server, "good"), asked(server, "bad"), asked(server, "none")]
    assert [each.status for each in answers] == [200, 400, 404]
    assert scripted.asked[0].headers["authorization"] == f"Bearer {SECRET}"
    answers += [server.ask("GET", "wove/ai/v1/models"), server.ask("GET", "wove/metrics")]
    told = b"".join(each.content + str(each.headers).encode() for each in answers)
    assert "[hidden]" in answers[1].json["detail"]
    assert not _canaries(told)
    assert not _canaries(server.log.encode())


def test_it_stands_in_no_file(server):
    asked(server, "good")
    files = [each for each in server.folder.rglob("*") if each.is_file()]
    assert any(each.name.startswith("wove.db") for each in files)
    assert [each for each in files if _canaries(each.read_bytes())] == []


def test_no_kernel_inherits_it(server):
    made = server.ask("POST", "api/kernels", {"name": "python3"})
    assert made.status == 201, made
    environments = _environments_below(server.process.pid)
    assert environments
    assert [each for each in environments if _canaries(each)] == []


def _canaries(content):
    return [each for each in (SECRET, SERVER_KEY) if each.encode() in content]


def _environments_below(pid, seconds=30):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        found = [Path(f"/proc/{child}/environ").read_bytes() for child in children]
        if any(b"JPY_" in each for each in found):
            return found
        time.sleep(0.1)
    return []


def test_the_description_of_the_api_knows_nothing_of_it():
    text = (Path(__file__).parents[2] / "openapi.json").read_text()
    assert "kept:" not in json.dumps(text)
