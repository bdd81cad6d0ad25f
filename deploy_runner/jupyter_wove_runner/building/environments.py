"""Images of environments: one for each lock, made once and kept for as long as they are used."""

import hashlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import msgspec

from jupyter_wove_runner.building import failures, trees
from jupyter_wove_runner.building.installers import EDITION, NO_WHEEL, Lock, Step, begun, steps
from jupyter_wove_runner.building.job import Job
from jupyter_wove_runner.building.place import Place
from jupyter_wove_runner.building.stacks import Stacks
from jupyter_wove_runner.building.telling import BuildFailed
from jupyter_wove_runner.building.ways import Way
from jupyter_wove_runner.containers import Container
from jupyter_wove_runner.images import Kind
from jupyter_wove_runner.policy import Policy

FRESH = 7 * 24 * 3600  # seconds for which the same requirements mean the same versions
UNUSED = 30 * 24 * 3600  # seconds after which an image is removed
NAME = "wove-env"
# It is not the app's whose build made it, and not the job's.
LABELS = {"wove.image": "environment", "wove.app": "", "wove.job": "", "wove.until": ""}


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

    async def have(self, job: Job, way: Way) -> Environment:
        """Have the environment of a plan. Raises BuildFailed."""
        if stack := await self._stacks.covering(job.plan):
            job.say(f"All that is needed is in the environment {stack.name!r}, which is ready.")
            return Environment(stack.image, stack.lock)
        return await self.made(job, way)

    async def made(self, job: Job, way: Way) -> Environment:
        """Have one with just what a plan wants. Raises BuildFailed."""
        base = await self._place.here.images.have(_base(job), job.say)
        lock = await self._locked(job, base, way)
        return await self._installed(job, lock, base, way)

    async def _installed(self, job: Job, lock: Lock, base: str, way: Way) -> Environment:
        image = f"{NAME}:{_key(lock, await self._place.engine.image(base), job)}"
        if not await self._place.engine.has_image(image):
            job.stage("installing")
            await self._install(job, steps(job.plan, lock), image, base, way)
        self._used(image)
        return Environment(image, lock.text)

    async def _locked(self, job: Job, base: str, way: Way) -> Lock:
        """Have exact versions: those of the project, or those of the same wish not long ago."""
        lock = begun(job.plan, job.source)
        if lock.step is None:
            return lock
        kept = self._folder / f"{_wish(job, lock.step, base)}.lock"
        if not kept.exists() or time.time() - kept.stat().st_mtime > FRESH:
            job.stage("locking")
            content = await self._resolved(job, lock.step, base, way)
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(content)
        return lock.solved(kept.read_bytes())

    async def _resolved(self, job: Job, step: Step, base: str, way: Way) -> bytes:
        policy = await self._policy(job, way)
        async with self._begun(job, step, base, policy) as container:
            ended = await container.run(policy, job.hear)
            if not ended.well:
                raise BuildFailed(failures.of_install(job, ended, policy))
            return await trees.read(container, f"/app/{step.result}")

    async def _install(self, job: Job, tries: list[Step], image: str, base: str, way: Way) -> None:
        policy = await self._policy(job, way)
        for step in tries:
            async with self._begun(job, step, base, policy) as container:
                ended = await container.run(policy, job.hear)
                if ended.well:
                    await self._keep(container, image)
                    return
            if not any(map(NO_WHEEL.search, job.lines)):
                break
            job.say("Some packages have no wheel for this machine: they are built from source.")
        raise BuildFailed(failures.of_install(job, ended, policy))

    async def _keep(self, container: Container, image: str) -> None:
        """Make the image, unless another runner of this engine has made it meanwhile."""
        if not await self._place.engine.has_image(image):
            await container.commit(image, labels=LABELS)

    @asynccontextmanager
    async def _begun(
        self, job: Job, step: Step, base: str, policy: Policy
    ) -> AsyncIterator[Container]:
        async with self._place.sandbox(job, base, step.command(), policy) as container:
            files = {f"app/{name}": content for name, content in step.files.items()}
            await container.put("/", trees.tar(files))
            yield container

    async def _policy(self, job: Job, way: Way) -> Policy:
        cache = await self._place.cache(job.order.owner_id.hex)
        limits: dict[str, Any] = {"patient": True, "cpus": 1.0} if job.patient else {}
        return self._place.policy((await way.network()).name, cache, **limits)

    def _used(self, image: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / image.partition(":")[2]).touch()

    async def sweep(self) -> None:
        """Remove images that nobody used for a month, but for those that stand ready.

        Those of other runners on the same engine are none of ours.
        """
        for lock in self._folder.glob("*.lock"):
            if time.time() - lock.stat().st_mtime > FRESH:
                lock.unlink()
        ours = f"wove.runner={self._place.engine.runner}"
        for image in await self._place.engine.images(ours, name=f"{NAME}:*"):
            mark = self._folder / image.partition(":")[2]
            if not mark.exists():
                continue  # another runner of this engine made it, and may use it
            age = time.time() - mark.stat().st_mtime
            if age > UNUSED and not self._stacks.holds(image):
                await self._place.engine.remove_image(image)
                mark.unlink(missing_ok=True)


def _base(job: Job) -> Kind:
    return "node" if job.plan.base == "node" else "base"


def _wish(job: Job, step: Step, base: str) -> str:
    made_of = [EDITION, base, job.order.owner_id.hex, step.script, sorted(step.files.items())]
    return hashlib.sha256(msgspec.json.encode(made_of)).hexdigest()


def _key(lock: Lock, base: str, job: Job) -> str:
    """Name all that an environment is made of; nobody takes what somebody else installed."""
    made_of = [EDITION, base, job.order.owner_id.hex, sorted(lock.files.items())]
    return hashlib.sha256(msgspec.json.encode(made_of)).hexdigest()
