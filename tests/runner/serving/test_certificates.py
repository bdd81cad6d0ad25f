"""Caddy has certificates for names of apps by real ACME, and for no others."""

import asyncio
import socket
import ssl
import time

import pytest
from jupyter_wove_runner.proxy import caddyfile

from tests.runner.serving.acme import certified
from tests.runner.serving.runner import app, running

HOST = "waves.example.org"


def ask(port, host, path="/", tls=True):
    """Ask as a browser does that goes to this host; return who signed, and the answer."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", port), timeout=20) as plain:
        wrapped = context.wrap_socket(plain, server_hostname=host) if tls else plain
        with wrapped as connection:
            signed = connection.getpeercert(binary_form=True) if tls else b""
            request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
            connection.sendall(request.encode())
            answer = b""
            while piece := connection.recv(65536):
                answer += piece
    return signed, answer.decode()


async def test_a_proven_name_has_its_certificate_soon_and_others_have_none(tmp_path):
    about = app(hosts=[HOST], unproven={"new.example.org": "t0ken"})
    async with running(tmp_path / "runner", address="https://{slug}.apps.example.org") as runner:
        await runner.tell(about)
        await runner.live(about, runner.site("s", index__html="over TLS"))
        told = caddyfile("127.0.0.1", runner.port)
        with certified(tmp_path, told) as ports:
            began = time.monotonic()
            signed, answer = await asyncio.to_thread(ask, ports["https"], HOST)
            took = time.monotonic() - began
            assert answer.startswith("HTTP/1.1 200")
            assert answer.endswith("over TLS")
            assert b"Pebble" in signed
            assert took < 60
            _, usual = await asyncio.to_thread(ask, ports["https"], "waves.apps.example.org")
            assert usual.endswith("over TLS")
            for stranger in ("evil.example", "new.example.org", "no.apps.example.org"):
                with pytest.raises(ssl.SSLError):
                    await asyncio.to_thread(ask, ports["https"], stranger)
            path = "/.well-known/wove-domain/t0ken"
            _, proof = await asyncio.to_thread(ask, ports["http"], "new.example.org", path, False)
            assert proof.endswith("t0ken")
            _, moved = await asyncio.to_thread(ask, ports["http"], HOST, "/a?b=1", False)
            assert f"Location: https://{HOST}" in moved
