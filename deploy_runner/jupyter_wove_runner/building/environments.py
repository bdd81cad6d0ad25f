"""Images of environments: one for each lock, made once and kept for as long as they are used."""

import hashlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec

from jupyter_wove.runner import Plan
from jupyter_wove_runner.building import failures, trees
from jupyter_wove_runner.building.installers import EDITION, NO_WHEEL, Lock, Step, begun, steps
from jupyter_wove_runner.building.job import Job
from jupyter_wove_runner.building.place import Place
from jupyter_wove_runner.building.stacks import Stacks
from jupyter_wove_runner.building.telling import BuildFailed
from jupyter_wove_runner.containers import Container
from jupyter_wove_runner.networks import Network
from jupyter_wove_runner.policy import Policy

FRESH = 7 * 24 * 3600  # seconds for which the same requirements mean the same versions
UNUSED = 30 * 24 * 3600  # seconds after which an image is removed
NAME = "wove-env"
Ways = AsyncIterator[Network]


class Environment(msgspec.Struct, frozen=True):
    """An image in which everything is installed, and what that is."""

    image: str
    lock: str


class Environments:
    """Has environments, and makes those that are missing."""

    def __init__(self, place: Place, stacks: Stacks) -> None:
        self._place = place
        self._stacks = stacks
        self._folder = place.folder / "environments"

    async def have(self, job: Job, network: Network) -> Environment:
        """Have the environment of a plan. Raises BuildFailed."""
        base = await self._base(job)
        if stack := self._stacks.covering(job.plan, base):
            job.say(f"Everything needed is in the environment {stack.name!r}, which is ready.")
            return Environment(stack.image, stack.lock)
        lock = await self._locked(job, base, network)
        return await self.installed(job, lock, base, network)

    async def installed(
        self, job: Job, lock: Lock, base: str, network: Network, owner: str = ""
    ) -> Environment:
        """Have an image with what a lock says; each owner has their own."""
        owner = owner or job.order.owner_id.hex
        image = f"{NAME}:{_key(lock, await self._place.engine.image(base), owner)}"
        if not await self._place.engine.has_image(image):
            job.stage("installing")
            await self._install(job, steps(job.plan, lock), image, base, network, owner)
        self._used(image)
        return Environment(image, lock.text)

    async def base(self, job: Job) -> str:
        """Have the image that all begins with."""
        return await self._base(job)

    async def locked(self, job: Job, base: str, network: Network) -> Lock:
        """Have exact versions."""
        return await self._locked(job, base, network)

    async def _base(self, job: Job) -> str:
        kind = "node" if job.plan.base == "node" else "base"
        return await self._place.images.have(kind, job.say)

    async def _locked(self, job: Job, base: str, network: Network) -> Lock:
        lock = begun(job.plan, job.source)
        if lock.step is None:
            return lock
        kept = self._folder / f"{await self._name_of(job, lock.step, base)}.lock"
        if not kept.exists() or time.time() - kept.stat().st_mtime > FRESH:
            job.stage("locking")
            content = await self._resolved(job, lock.step, base, network)
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(content)
        return msgspec_free(lock, kept.read_bytes())

    async def _name_of(self, job: Job, step: Step, base: str) -> str:
        made_of = [job.order.owner_id, base, step.script, sorted(step.files.items())]
        return hashlib.sha256(msgspec.json.encode(made_of)).hexdigest()

    async def _resolved(self, job: Job, step: Step, base: str, network: Network) -> bytes:
        policy = await self._policy(job, network, job.order.owner_id.hex)
        async with self._begun(job, step, base, policy) as container:
            ended = await container.run(policy, job.hear)
            if not ended.well:
                raise BuildFailed(failures.of_install(job, ended, policy))
            return await trees.read(container, f"/app/{step.result}")

    async def _install(
        self, job: Job, ways: list[Step], image: str, base: str, network: Network, owner: str
    ) -> None:
        policy = await self._policy(job, network, owner)
        for way in ways:
            async with self._begun(job, way, base, policy) as container:
                ended = await container.run(policy, job.hear)
                if ended.well:
                    await container.commit(image, labels={"wove.image": "environment"})
                    return
            if not any(map(NO_WHEEL.search, job.lines)):
                break
            job.say("Some packages have no wheel for this machine: they are built from source.")
        raise BuildFailed(failures.of_install(job, ended, policy))

    @asynccontextmanager
    async def _begun(
        self, job: Job, step: Step, base: str, policy: Policy
    ) -> AsyncIterator[Container]:
        async with self._place.sandbox(job, base, step.command(), policy) as container:
            files = {f"app/{name}": content for name, content in step.files.items()}
            await container.put("/", trees.tar(files))
            yield container

    async def _policy(self, job: Job, network: Network, owner: str) -> Policy:
        return self._place.policy(network.name, [await self._place.cache(owner)])

    def _used(self, image: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / image.partition(":")[2]).touch()

    async def sweep(self) -> None:
        """Remove images that nobody used for a month, but for those that stand ready."""
        for image in await self._place.engine.images(name=f"{NAME}:*"):
            mark = self._folder / image.partition(":")[2]
            age = time.time() - mark.stat().st_mtime if mark.exists() else UNUSED + 1
            if age > UNUSED and not self._stacks.holds(image):
                await self._place.engine.remove_image(image)
                mark.unlink(missing_ok=True)


def _key(lock: Lock, base: str, owner: str) -> str:
    made_of = [EDITION, base, owner, sorted(lock.files.items())]
    return hashlib.sha256(msgspec.json.encode(made_of)).hexdigest()
