"""One container of ours, from the files that are put into it to what comes out."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

import msgspec
from aiodocker import Docker

from jupyter_wove.kit.errors import Conflict, NotFound
from jupyter_wove_runner.containers.asking import asked
from jupyter_wove_runner.containers.errors import explained, surely
from jupyter_wove_runner.containers.labels import Labels
from jupyter_wove_runner.containers.log import Hear
from jupyter_wove_runner.containers.running import Course, Ended, waited
from jupyter_wove_runner.containers.watching import Watch
from jupyter_wove_runner.policy import Policy

PIECE = 256 * 1024  # bytes
REMOVED = 10.0  # seconds until it is asked again to remove a container
TRIES = 6
TOLD = 1.0  # seconds within which the engine tells of an end


def nobody(_: Any) -> None:
    """Hear nothing."""


class Container:
    """A container; what it may do was said when it was made."""

    def __init__(self, docker: Docker, watch: Watch, id_: str, labels: Labels) -> None:
        self.id = id_
        self.labels = labels
        self._docker = docker
        self._watch = watch
        self._container = docker.containers.container(id_)

    async def put(self, folder: str, tar: bytes | AsyncIterator[bytes]) -> None:
        """Unpack a tar archive into a folder that exists; not where the root is read-only."""
        with explained():
            await self._container.put_archive(folder, tar)

    async def archive(self, path: str) -> AsyncIterator[bytes]:
        """Read a file or folder as a tar archive, in pieces. Nothing in it is to be trusted."""
        there = f"containers/{self.id}/archive"
        async with asked(self._docker, there, params={"path": path}) as response:
            async for piece in response.content.iter_chunked(PIECE):
                yield piece

    async def run(self, policy: Policy, hear: Hear = nobody) -> Ended:
        """Run it to its end, within the policy that it was made of; hear its log line by line."""
        self._watch.forget(self.id)
        ended = await Course(self._container, policy).follow(hear)
        return msgspec.structs.replace(ended, out_of_memory=await self._ran_out_of_memory())

    async def start(self) -> None:
        """Start it, and let it run."""
        self._watch.forget(self.id)
        with explained():
            await surely(self._container.start())

    async def ended(self) -> tuple[int, bool]:
        """Wait for its end; return its exit code, and whether its memory ran out before."""
        code = await waited(self._container)
        return code, await self._ran_out_of_memory()

    async def until_out_of_memory(self) -> None:
        """Wait until one of its processes is killed because its memory ran out."""
        await self._watch.until_exhausted(self.id)

    async def kill(self, signal: str = "SIGKILL") -> None:
        """Send it a signal."""
        with explained():
            await self._container.kill(signal=signal)

    async def stop(self, patience: int) -> None:
        """Ask it to end, and kill it after so many seconds."""
        with explained():
            await self._container.stop(t=patience)

    async def pause(self) -> None:
        """Hold all of its processes."""
        with explained():
            await self._container.pause()

    async def unpause(self) -> None:
        """Let its processes go on."""
        with explained():
            await self._container.unpause()

    async def memory(self) -> int:
        """Say how much memory it has, in bytes, without what the system would give back."""
        with explained():
            found = (await self._container.stats(stream=False))[0]["memory_stats"]
        stats = found.get("stats", {})
        given_back = stats.get("total_inactive_file", stats.get("inactive_file", 0))
        return int(found.get("usage", 0)) - int(given_back)

    async def shown(self) -> dict[str, Any]:
        """Say all that the engine knows of it."""
        with explained():
            return await self._container.show()

    async def running(self) -> bool:
        """Tell whether it runs."""
        return bool((await self.shown())["State"]["Running"])

    async def address(self, network: str) -> str:
        """Say its address on a network. Raises NotFound."""
        networks = (await self.shown())["NetworkSettings"]["Networks"]
        if not (address := networks.get(network, {}).get("IPAddress")):
            raise NotFound(f"The container has no address on the network {network}.")
        return str(address)

    async def log(self, lines: int) -> list[str]:
        """Read the last lines of its log."""
        with explained():
            read = await self._container.log(stdout=True, stderr=True, tail=lines)
        return "".join(read).splitlines()

    async def follow(self, since: float = 0) -> AsyncIterator[str]:
        """Follow its log, from a moment on, in pieces as they were written."""
        with explained():
            async for piece in self._container.log(
                stdout=True, stderr=True, follow=True, since=f"{since:.9f}"
            ):
                yield piece

    async def commit(
        self,
        image: str,
        *,
        command: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        folder: str = "/",
        labels: Mapping[str, str] | None = None,
    ) -> str:
        """Make an image of it as it is now, `name:tag`; return the image's id.

        What the build had in its environment is not in the image: it was never the container's.
        """
        name, _, tag = image.partition(":")
        changes = _changes(command, environment or {}, folder, labels or {})
        with explained():
            made = await surely(
                self._container.commit(repository=name, tag=tag, changes=changes, pause=False)
            )
        return str(made["Id"])

    async def remove(self) -> None:
        """Kill it and remove it, with all that it wrote; it may be gone already."""
        for _ in range(TRIES):
            try:
                with suppress(NotFound), explained():
                    await surely(self._container.delete(force=True, v=True))
            except Conflict:  # it is being removed, perhaps for a runner that was killed meanwhile
                await self._gone()
            else:
                return

    async def _gone(self) -> None:
        """Wait until it is gone: before that, its network cannot be removed."""
        with suppress(NotFound, TimeoutError), explained():
            async with asyncio.timeout(REMOVED):
                await self._container.wait(condition="removed")

    async def _ran_out_of_memory(self) -> bool:
        await self._watch.until_told_of_its_end(self.id, TOLD)
        return self._watch.exhausted(self.id) or (await self.shown())["State"]["OOMKilled"]


def _changes(
    command: Sequence[str],
    environment: Mapping[str, str],
    folder: str,
    labels: Mapping[str, str],
) -> list[str]:
    """Write the lines of a Dockerfile; JSON quotes what would end a line or a word."""
    changes = [f"CMD {_json(list(command))}", f"WORKDIR {folder}"]
    changes += [f"ENV {name}={_json(value)}" for name, value in environment.items()]
    return changes + [f"LABEL {_json(name)}={_json(value)}" for name, value in labels.items()]


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
