"""Other proxies before the same app: Caddy, and the one of JupyterHub, where they can be had."""

import asyncio
import os
import shutil
import socket
import subprocess
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from benchmarks.figures import say

PEERS = Path(__file__).parents[1] / "build" / "peers" / "proxies"
PACKAGE = "configurable-http-proxy@^5.3.0"
CADDY = """{{
	admin off
	auto_https off
}}
:{port} {{
	bind 127.0.0.1
	reverse_proxy {upstream}
}}
"""


@asynccontextmanager
async def proxies(folder, upstream):
    """Run them until the end of the block; give their addresses by name."""
    running, found = [], {}
    try:
        for name, start in {"Caddy": _caddy, "configurable-http-proxy": _hubs}.items():
            port = _free_port()
            if process := await start(folder, port, upstream):
                running.append(process)
                found[name] = f"127.0.0.1:{port}"
            else:
                say(f"{name} is not here")
        yield found
    finally:
        for process in running:
            process.kill()
            process.wait()


async def _caddy(folder, port, upstream):
    if not shutil.which("caddy"):
        return None
    told = folder / "Caddyfile"
    told.write_text(CADDY.format(port=port, upstream=upstream))
    process = _run(["caddy", "run", "--adapter", "caddyfile", "--config", told], folder)
    await _until(port)
    return process


async def _hubs(folder, port, upstream):
    program = PEERS / "node_modules" / ".bin" / "configurable-http-proxy"
    if not program.exists():
        if not shutil.which("npm"):
            return None
        PEERS.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--silent", PACKAGE]
        await asyncio.to_thread(subprocess.run, command, cwd=PEERS, check=True)
    control = _free_port()
    command = [program, "--ip", "127.0.0.1", "--port", port, "--api-ip", "127.0.0.1"]
    command += ["--api-port", control, "--log-level", "error"]
    process = _run(command, folder, CONFIGPROXY_AUTH_TOKEN="benchmark")
    await _until(control)
    headers = {"Authorization": "token benchmark"}
    async with aiohttp.ClientSession(headers=headers) as session:
        route = {"target": f"http://{upstream}"}
        async with session.post(f"http://127.0.0.1:{control}/api/routes/", json=route) as set_up:
            assert set_up.status == 201
    await _until(port)
    return process


def _run(command, folder, **environment):
    own = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    return subprocess.Popen(
        [str(each) for each in command],
        env=os.environ | own | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _free_port():
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return tried.getsockname()[1]


async def _until(port):
    for _ in range(300):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        await asyncio.sleep(0.1)
    raise RuntimeError(f"Nobody listens on port {port}")
