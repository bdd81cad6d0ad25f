"""What runs in a sandbox is heard, held to its limits, and gone when it should be."""

import asyncio
import io
import statistics
import tarfile
import time
from contextlib import suppress
from pathlib import Path

import pytest
from jupyter_wove_runner.containers import Labels
from jupyter_wove_runner.policy import Policy

from jupyter_wove.kit.errors import NotFound

SOON = 1.0  # seconds


async def run(here, command, *, image="", deadline=120, **limits):
    """Run a command to its end; return how it ended, what it said, and its policy."""
    policy, lines = Policy(deadline=deadline, **limits), []
    image = image or here.images.name("base")
    async with here.engine.container(image, command, policy) as container:
        ended = await container.run(policy, lines.append)
    return ended, lines, policy


def commands():
    """Read the commands of all that runs on this machine, as everybody on it can."""
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it has ended
            yield file.read_bytes()


async def test_lines_come_as_they_are_written_and_from_where(opened):
    async with opened() as here:
        ended, lines, _ = await run(
            here, ["sh", "-c", "echo one; sleep 0.1; echo two >&2; exit 3"]
        )
    assert [(line.stream, line.text) for line in lines] == [("stdout", "one"), ("stderr", "two")]
    assert (ended.code, ended.why, ended.well) == (3, "exited", False)


async def test_a_line_is_heard_while_the_program_goes_on(opened):
    async with opened() as here:
        policy, heard = Policy(deadline=60), asyncio.Event()
        command = ["sh", "-c", "echo now; sleep 60"]
        async with here.engine.container(here.images.name("base"), command, policy) as container:
            task = asyncio.create_task(container.run(policy, lambda _: heard.set()))
            await asyncio.wait_for(heard.wait(), 20)
            assert not task.done()
            task.cancel()


async def test_memory_that_runs_out_is_said(opened):
    async with opened() as here:
        ended, _, policy = await run(here, ["python3", "-c", "x = b'x' * 10**9"])
    assert ended.out_of_memory
    assert ended.reason(policy) == "It used more than its 512 MB of memory and was stopped."


async def test_memory_of_a_child_that_runs_out_is_said_though_all_seems_well(opened):
    program = "import os\nif os.fork() == 0: x = b'x' * 10**9\nos.wait()"
    async with opened() as here:
        ended, _, _ = await run(here, ["python3", "-c", program])
    assert ended.code == 0
    assert ended.out_of_memory
    assert not ended.well


async def test_an_app_that_runs_is_told_of_its_memory(opened):
    program = "import os, time\nif os.fork() == 0: x = b'x' * 10**9\nos.wait(); time.sleep(60)"
    async with opened() as here:
        policy = Policy(deadline=60)
        command = ["python3", "-c", program]
        async with here.engine.container(here.images.name("base"), command, policy) as container:
            await container.start()
            await asyncio.wait_for(container.until_out_of_memory(), 20)
            assert await container.running()


async def test_the_deadline_ends_what_does_not_want_to_end(opened):
    program = "import signal, time\nsignal.signal(15, signal.SIG_IGN)\ntime.sleep(60)"
    async with opened() as here:
        ended, _, policy = await run(here, ["python3", "-c", program], deadline=1)
    assert ended.why == "deadline"
    assert ended.seconds < 30
    assert "after 1 seconds" in ended.reason(policy)


async def test_whoever_writes_too_much_to_the_disk_is_stopped(opened):
    loop = "for n in 1 2 3 4 5 6 7 8; do head -c 50M /dev/zero >/app/$n; sleep 0.3; done"
    command = ["sh", "-c", loop]
    async with opened() as here:
        ended, _, policy = await run(here, command, writable=True, disk_mb=100)
    assert ended.why == "disk"
    assert "more than the 100 MB" in ended.reason(policy)


async def test_a_file_cannot_be_larger_than_the_disk_that_it_may_fill(opened):
    command = ["sh", "-c", "head -c 200M /dev/zero >/app/file"]
    async with opened() as here:
        ended, _, _ = await run(here, command, writable=True, disk_mb=100)
    assert ended.code != 0


async def test_of_a_log_without_end_its_beginning_and_its_end_are_kept(opened):
    async with opened() as here:
        ended, lines, _ = await run(here, ["seq", "1", "1000000"])
    assert ended.well
    assert lines[0].text == "1"
    assert lines[5000].text == "… 994,950 lines are left out …"
    assert lines[-1].text == "1000000"


async def test_a_line_without_end_is_cut(opened):
    async with opened() as here:
        _, lines, _ = await run(here, ["sh", "-c", "head -c 50M /dev/zero | tr '\\0' x"])
    assert [len(line.text) for line in lines] == [2001]


async def test_what_is_cancelled_is_gone_within_a_second(opened):
    async with opened() as here:
        before = len(await here.engine.containers(here.engine.ours()))
        took = []
        for pause in (0.0, 0.05, 0.1, 0.2, 0.4, 0.6, 1.0):
            task = asyncio.create_task(run(here, ["sleep", "60"]))
            await asyncio.sleep(pause)
            began = time.monotonic()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            took.append(time.monotonic() - began)
            assert len(await here.engine.containers(here.engine.ours())) == before
    assert statistics.median(took) < SOON  # a busy machine may be late once


async def test_files_go_in_and_come_out(opened):
    async with opened() as here:
        policy = Policy(deadline=60, writable=True)
        command = ["sh", "-c", "tr a-z A-Z </app/in >/app/out; id -u; stat -c %u /app/in"]
        lines = []
        async with here.engine.container(here.images.name("base"), command, policy) as container:
            await container.put("/app", packed("in", b"hello"))
            await container.run(policy, lines.append)
            tar = b"".join([piece async for piece in container.archive("/app/out")])
    assert unpacked(tar) == {"out": b"HELLO"}
    assert [line.text for line in lines] == ["1000", "1000"]


async def test_the_variables_of_what_runs_stand_in_no_command_that_others_can_read(opened):
    async with opened() as here:
        policy = Policy(deadline=60)
        command, given = ["sh", "-c", "echo $TOKEN; exec sleep 60"], {"TOKEN": "hunter2"}
        heard = asyncio.Event()
        async with here.engine.container(
            here.images.name("base"), command, policy, environment=given
        ) as container:
            running = asyncio.create_task(
                container.run(policy, lambda line: line.text == "hunter2" and heard.set())
            )
            await asyncio.wait_for(heard.wait(), 30)
            assert not any(b"hunter2" in each for each in commands())
            running.cancel()


async def test_what_was_installed_becomes_an_image_without_the_environment_of_the_build(opened):
    async with opened() as here:
        policy, image = Policy(deadline=60, writable=True), f"wove-test:{here.settings.name}"
        command, given = ["sh", "-c", "echo $SECRET >/app/seen"], {"SECRET": "hush"}
        async with here.engine.container(
            here.images.name("base"), command, policy, environment=given
        ) as container:
            await container.run(policy)
            await container.commit(image, command=["cat", "/app/seen"], environment={"A": 'b "c"'})
        try:
            ended, lines, _ = await run(here, ["sh", "-c", "cat /app/seen; env"], image=image)
        finally:
            await here.engine.remove_image(image)
        assert not await here.engine.has_image(image)
    said = [line.text for line in lines]
    assert ended.well
    assert said[0] == "hush"
    assert 'A=b "c"' in said
    assert not [line for line in said if "SECRET" in line]


async def test_a_container_says_where_it_is_and_what_it_takes(opened):
    async with opened() as here:
        network = await here.networks.create(here.engine.ours(app="one"))
        policy = Policy(deadline=60, network=network.name)
        try:
            async with here.engine.container(
                here.images.name("base"), ["sleep", "60"], policy
            ) as container:
                await container.start()
                assert network.holds(await container.address(network.name))
                assert 0 < await container.memory() < 100_000_000
                await container.pause()
                await container.unpause()
                with pytest.raises(NotFound):
                    await container.address("another")
        finally:
            await here.networks.remove(network.name)


async def test_a_container_of_an_app_is_found_by_its_labels(opened):
    async with opened() as here:
        labels = Labels(app="one", release="two")
        async with here.engine.container(
            here.images.name("base"), ["true"], Policy(), labels=labels
        ) as container:
            found = await here.engine.containers(here.engine.ours(app="one"))
            assert [each.id for each in found] == [container.id]
            assert found[0].labels.release == "two"
            assert await here.engine.containers(here.engine.ours(app="another")) == []


def packed(name, content):
    """Pack one file as an archive, for the person that code runs as."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        member = tarfile.TarInfo(name)
        member.size, member.uid, member.gid = len(content), 1000, 1000
        archive.addfile(member, io.BytesIO(content))
    return file.getvalue()


def unpacked(tar):
    with tarfile.open(fileobj=io.BytesIO(tar)) as archive:
        return {each.name: archive.extractfile(each).read() for each in archive if each.isfile()}
