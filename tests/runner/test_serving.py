"""The runner as a process: it tells how it is, and says plainly what it lacks."""

import asyncio
import signal
import stat
import subprocess
import sys

import pytest

from jupyter_wove.runner import Runner, Status


@pytest.fixture
def config(settings, tmp_path):
    file = tmp_path / "config.py"
    # What a runner finds of its name when it starts was left by one that was killed.
    values = {"name": f"{settings.name}-s", "docker_url": settings.docker_url}
    values |= {"state_dir": str(tmp_path / "state")}
    file.write_text(
        "".join(f"c.WoveRunner.{name} = {value!r}\n" for name, value in values.items())
    )
    return file


def command(*words):
    return [sys.executable, "-m", "jupyter_wove_runner", *map(str, words)]


async def test_a_runner_serves_its_owner_until_it_is_told_to_stop(config, tmp_path):
    process = await asyncio.create_subprocess_exec(*command("serve", "--config", config))
    socket = tmp_path / "state/run/socket"
    for _ in range(300):
        if socket.exists():
            break
        await asyncio.sleep(0.1)
    ask = Runner(lambda: str(socket)).ask
    try:
        status = await asyncio.to_thread(ask, "GET", "/v1/status", Status)
    finally:
        process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 20) == 0
    assert status.engine.startswith("Docker ")
    assert [name.partition(":")[0] for name in status.images] == [
        "wove-base",
        "wove-egress",
        "wove-node",
    ]
    assert stat.S_IMODE(socket.parent.stat().st_mode) == stat.S_IRWXU


def test_without_docker_it_says_so_in_a_sentence(tmp_path):
    file = tmp_path / "config.py"
    file.write_text(f"c.WoveRunner.docker_url = 'unix://{tmp_path}/no.sock'\n")
    asked = command("images", "--config", file)
    ran = subprocess.run(asked, check=False, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 1
    assert ran.stderr.startswith("Cannot connect to Docker Engine")
    assert "Traceback" not in ran.stderr
