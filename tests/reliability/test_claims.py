"""A request that a killed server was doing can be sent again as soon as the server is back."""

import threading
import time
from contextlib import suppress

import pytest
from sqlalchemy import func, select

from jupyter_wove.kit.database import Database
from jupyter_wove.kit.idempotency import IdempotencyRow
from jupyter_wove.projects.repository.locks import locked
from tests.reliability.server import GONE, Server

KEY = {"Idempotency-Key": "once"}


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path / "server", "Ann")
    server.start()
    yield server
    server.kill()


def wait_for_claim(server):
    database, until = Database(server.database_url), time.monotonic() + 30
    claims = select(func.count()).select_from(IdempotencyRow)
    with_claim = False
    while not with_claim:
        assert time.monotonic() < until
        time.sleep(0.02)
        with database.read() as session:
            with_claim = session.scalar(claims) > 0
    database.close()


def test_what_a_killed_server_was_doing_can_be_asked_for_again(server):
    waves = server.api("POST", "projects", {"title": "Waves"}).json
    folder = server.root / waves["folder"]
    (folder / "sea.md").write_text("# Sea")
    address, body = f"projects/{waves['id']}/versions", {"message": "Measure the sea"}

    def save():
        with suppress(*GONE):
            server.api("POST", address, body, headers=KEY)

    with locked(folder / ".git" / "wove"):
        asking = threading.Thread(target=save)
        asking.start()
        wait_for_claim(server)
        assert server.api("POST", address, body, headers=KEY).status == 409
        server.kill()
        asking.join()
    server.start()
    assert server.api("POST", address, body, headers=KEY).status == 201
    assert server.api("POST", address, body, headers=KEY).status == 201
    saved = server.api("GET", address, query={"kind": "named"}).json["items"]
    assert [each["message"] for each in saved].count("Measure the sea") == 1
