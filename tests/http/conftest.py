"""The server of these tests also serves the operations of `probe.py`."""

import asyncio
import io

import pytest
from jupyter_wove_server import routes
from tornado.httputil import HTTPHeaders

from jupyter_wove import app
from jupyter_wove.kit import logs
from tests.http import probe


@pytest.fixture(autouse=True)
def probes(monkeypatch):
    """Serve the probes, and start each test with none of them used."""
    everything = [*routes.OPERATIONS, *probe.routes.operations]
    monkeypatch.setattr(routes, "OPERATIONS", everything)
    monkeypatch.setitem(app.SERVICES, probe.Probe, lambda call: probe.Probe())
    probe.Probe.done = 0
    probe.Probe.closed.clear()
    probe.Probe.served.clear()


@pytest.fixture
def wove_log(jp_serverapp):
    """Read what Wove has logged, but for what came before the server was up."""
    stream = io.StringIO()
    logs.configure("DEBUG", "json", stream)
    return stream


@pytest.fixture
def ask_raw(jp_serverapp, http_server, jp_base_url, jp_http_port):
    """Send a request that a well-behaved client would not; answers status, headers and body."""

    async def send(method, path, *, headers=None, body=b"", token=None, read=True):
        token = jp_serverapp.identity_provider.token if token is None else token
        reader, writer = await asyncio.open_connection("localhost", jp_http_port)
        sent = {"Host": "localhost", "Authorization": f"token {token}", "Connection": "close"}
        lines = [f"{name}: {value}" for name, value in (sent | (headers or {})).items()]
        head = "\r\n".join([f"{method} {jp_base_url}{path} HTTP/1.1", *lines, "", ""])
        writer.write(head.encode() + body)
        if not read:
            return reader, writer
        status, answered = await read_head(reader)
        content = await reader.read()
        writer.close()
        return status, answered, content

    return send


async def read_head(reader):
    """Read the status and the headers of an answer."""
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").splitlines()
    headers = HTTPHeaders()
    for line in filter(None, lines):
        headers.parse_line(line)
    return int(first.split()[1]), headers
