"""Nothing is left of kernels, however their server or their runner came to its end."""

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from jupyter_wove_kernels import provisioner

from tests.runner.kernels.conftest import running

PATIENCE = 60  # seconds
SPECS = Path(provisioner.__file__).parent / "kernelspecs"
# A server as far as a kernel is concerned: what started it, and is killed.
SERVER = textwrap.dedent("""
    import asyncio, sys
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager

    async def main():
        manager = AsyncKernelManager()
        manager._kernel_spec = KernelSpec.from_resource_dir(sys.argv[2])
        await manager.start_kernel(sandbox={"socket": sys.argv[1]})
        client = manager.client()
        client.start_channels()
        await client.wait_for_ready(timeout=60)
        print("ready", flush=True)
        await asyncio.sleep(600)

    asyncio.run(main())
""")


@pytest.fixture
def own_runner(docker, tmp_path):
    """A runner for one test, without a pool: what is left is of kernels in use."""
    with running(docker, tmp_path) as runner:
        runner.end()
        with runner.config.open("a") as config:
            config.write("\nc.WoveRunner.kernel_pool = 0\n")
        runner.start()
        yield runner


def rooms(runner):
    """List what the runner has on disk for kernels."""
    note = runner.config.parent / "kernels" / "rooms"
    place = Path(note.read_text()) if note.exists() else None
    return list(place.iterdir()) if place and place.exists() else []


def gone(runner):
    """Wait until nothing is left."""
    until = time.monotonic() + PATIENCE
    while runner.left() or rooms(runner):
        assert time.monotonic() < until, (runner.left(), rooms(runner))
        time.sleep(0.2)
    return True


def test_a_kernel_that_is_shut_down_leaves_nothing(own_runner, start):
    async def once():
        async with start(own_runner) as kernel:
            assert await kernel.run("1") == "1"

    asyncio.run(once())
    assert gone(own_runner)


def test_a_server_that_is_killed_takes_its_kernels_with_it(own_runner):
    command = [sys.executable, "-c", SERVER, str(own_runner.socket), str(SPECS / "wove-sandboxed")]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout.readline() == "ready\n"
    assert len(own_runner.left()) == 1
    server.kill()
    server.wait()
    assert gone(own_runner)


def test_a_runner_that_stops_ends_its_kernels(own_runner, start):
    async def once():
        async with start(own_runner) as kernel:
            await asyncio.to_thread(own_runner.end)
            assert "is gone" in (await kernel.ended())["reason"]

    asyncio.run(once())
    assert own_runner.left() == []
    assert rooms(own_runner) == []


def test_a_runner_that_was_killed_clears_up_when_it_starts_again(own_runner, start):
    async def once():
        async with start(own_runner) as kernel:
            await asyncio.to_thread(own_runner.end, signal.SIGKILL)
            assert "is gone" in (await kernel.ended())["reason"]
            assert not await kernel.manager.is_alive()

    asyncio.run(once())
    assert len(own_runner.left()) == 1
    assert len(rooms(own_runner)) == 2  # its room, and its name
    own_runner.start()
    assert gone(own_runner)


def test_what_a_kernel_wrote_is_removed_however_deep_it_is(own_runner, start):
    dig = "import os\nfor _ in range({}): os.mkdir('d'); os.chdir('d')\nos.chmod('.', 0)"

    async def once():
        async with start(own_runner) as kernel:
            await kernel.run(dig.format(1000))
        async with start(own_runner) as kernel:
            kernel.client.execute(dig.format(9000))
            assert "deeper folders, than it may" in (await kernel.ended())["reason"]

    asyncio.run(once())
    assert gone(own_runner)


def test_links_of_a_kernel_lead_nowhere_when_it_starts_again(own_runner, start, tmp_path):
    victim = tmp_path / "victim"
    victim.mkdir()
    (victim / "kept.txt").write_text("kept")

    async def once():
        async with start(own_runner) as kernel:
            await kernel.run(f"import os; os.symlink({str(victim)!r}, 'away')")
            await kernel.run("os.symlink('/etc/passwd', 'passwd')")
            await kernel.restart()
            assert await kernel.run("import os; print(os.path.exists('away'))") == "False\n"

    asyncio.run(once())
    assert gone(own_runner)
    assert (victim / "kept.txt").read_text() == "kept"


def test_a_kernel_that_writes_too_much_is_stopped_and_says_so(own_runner, start):
    write = "for n in range(40):\n with open(str(n), 'wb') as f:\n  f.write(bytes(64_000_000))"

    async def once():
        async with start(own_runner) as kernel:
            kernel.client.execute(write)
            reason = "The kernel wrote more than the 1024 MB that it may and was stopped."
            assert (await kernel.ended())["reason"] == reason

    asyncio.run(once())
    assert gone(own_runner)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's kernels run as somebody else")
def test_kernels_cannot_see_each_other(own_runner, start):
    async def once():
        async with start(own_runner) as one, start(own_runner) as other:
            place = (await one.run("import os; print(os.getcwd())")).strip()
            looked = await other.run(f"import os; print(os.path.exists({place!r}))")
            assert looked == "False\n"

    asyncio.run(once())
