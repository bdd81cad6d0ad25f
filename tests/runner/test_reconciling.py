"""A runner that was killed leaves nothing behind that nobody knows of."""

import asyncio
import sys
import time

from jupyter_wove_runner.containers import Labels
from jupyter_wove_runner.policy import Policy
from jupyter_wove_runner.reconciling import reap, reconcile

RUNNER = """
import asyncio, sys
from jupyter_wove_runner.containers import Labels
from jupyter_wove_runner.policy import Policy
from jupyter_wove_runner.sandboxes import sandboxes
from jupyter_wove_runner.settings import WoveRunner

async def work():
    settings = WoveRunner(name=sys.argv[1], docker_url=sys.argv[2], state_dir=sys.argv[3])
    async with sandboxes(settings) as here:
        image = here.images.name("base")
        for name in ("kept", "orphan"):
            network = await here.networks.create(here.engine.ours(app=name))
            policy = Policy(network=network.name)
            labels = Labels(app=name, release="1")
            app = await here.engine.create(image, ["sleep", "600"], policy, labels=labels)
            await app.start()
            await here.engine.create_volume(f"{here.engine.runner}-{name}", Labels(app=name))
        policy = Policy(deadline=600)
        async with here.engine.container(
            image, ["sleep", "600"], policy, labels=Labels(job="1")
        ) as job:
            await job.start()
            print("busy", flush=True)
            await asyncio.sleep(600)

asyncio.run(work())
"""


async def test_after_a_kill_apps_go_on_and_the_rest_is_removed(settings, opened):
    arguments = [settings.name, settings.docker_url, settings.state_dir]
    command = [sys.executable, "-c", RUNNER, *arguments]
    runner = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert await runner.stdout.readline() == b"busy\n"
    runner.kill()
    await runner.wait()
    async with opened() as here:
        began = time.monotonic()
        found = await reconcile(here.engine, here.networks, lambda labels: labels.app == "kept")
        assert time.monotonic() - began < 10
        assert [each.labels.app for each in found.kept] == ["kept"]
        assert await found.kept[0].running()
        assert found.removed == 4  # an app, a job, a network, a volume
        assert await here.engine.containers(here.engine.ours(job="1")) == []
        assert [each.labels.app for each in await here.networks.found(Labels(app="kept"))] == [
            "kept"
        ]
        again = await reconcile(here.engine, here.networks, lambda _: False)
        assert (again.kept, again.removed) == ([], 3)


async def test_what_outlived_its_deadline_is_removed(opened, monkeypatch):
    monkeypatch.setattr("jupyter_wove_runner.reconciling.GRACE", 0)
    async with opened() as here:
        command, policy = ["sleep", "600"], Policy(deadline=1)
        container = await here.engine.create(here.images.name("base"), command, policy)
        await container.start()
        await asyncio.sleep(2)
        reaping = asyncio.create_task(reap(here.engine))
        for _ in range(50):
            await asyncio.sleep(0.1)
            left = [each.id for each in await here.engine.containers(here.engine.ours())]
            if container.id not in left:
                break
        reaping.cancel()
        assert container.id not in left
