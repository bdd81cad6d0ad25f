"""Programs that run once in a sandbox: checks, tests, and what agents want to try."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import TypeAlias

from jupyter_wove.kit.errors import WoveError
from jupyter_wove.kit.paths import inside
from jupyter_wove.runner import Line, Ran, RunOrder
from jupyter_wove_runner.containers import Labels
from jupyter_wove_runner.kernels.environment import PYTHON, Environment
from jupyter_wove_runner.kernels.rooms import Room, Rooms
from jupyter_wove_runner.policy import Mount
from jupyter_wove_runner.sandboxes import Sandboxes

CODE = "code.py"
GIVEN, WORK = "/given", "/tmp/work"  # noqa: S108  the sandbox's own
BEGIN = f'cp -r {GIVEN} {WORK} && cd {WORK} && exec "$@"'
PROCESSES = 128
TMP_MB = 128
NEVER_RAN = -1  # its exit code where it could not be started
Told: TypeAlias = asyncio.Queue[Line | None]


class Runs:
    """Runs programs, each in a sandbox of its own without a network."""

    def __init__(self, here: Sandboxes, rooms: Rooms, environment: Environment) -> None:
        self._here = here
        self._rooms = rooms
        self._environment = environment

    async def run(self, order: RunOrder) -> AsyncIterator[Line | Ran]:
        """Run a program, and tell what it writes and how it ends; who stops listening ends it."""
        told = asyncio.Queue[Line | None]()
        running = asyncio.create_task(self._run(order, told))
        running.add_done_callback(lambda _: told.put_nowait(None))
        try:
            while (line := await told.get()) is not None:
                yield line
            yield running.result()
        finally:
            running.cancel()
            await asyncio.wait([running])

    async def _run(self, order: RunOrder, told: Told) -> Ran:
        try:
            image = await self._environment.image()
            room = await asyncio.to_thread(self._given, order)
        except WoveError as error:
            return Ran(NEVER_RAN, str(error))
        try:
            return await self._ran(order, image, room, told)
        finally:
            await asyncio.to_thread(room.remove)

    async def _ran(self, order: RunOrder, image: str, room: Room, told: Told) -> Ran:
        policy = self._here.policy(
            Mount(str(room.work), GIVEN),
            memory_mb=order.memory_mb,
            pids=PROCESSES,
            tmp_mb=TMP_MB,
            deadline=order.seconds,
        )
        wanted = order.command or [PYTHON, "-I", CODE]
        command = ["sh", "-ec", BEGIN, "sh", *wanted]
        environment = {"PATH": "/opt/env/bin:/usr/local/bin:/usr/bin:/bin"}
        async with self._here.engine.container(
            image, command, policy, labels=Labels(job="run"), environment=environment
        ) as container:
            ended = await container.run(policy, told.put_nowait)
        return Ran(ended.code, "" if ended.well else ended.reason(policy))

    def _given(self, order: RunOrder) -> Room:
        """Write down what the program is given. Raises BadRequest for a path that leads out."""
        room = self._rooms.new()
        try:
            for path, text in ({CODE: order.code} | order.files).items():
                file = inside(room.work, path)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text)
            _show(room)
        except BaseException:
            room.remove()
            raise
        return room


def _show(room: Room) -> None:
    """Let the program read all of it, whoever it runs as."""
    for path in (room.folder, room.work, *room.work.rglob("*")):
        with suppress(FileNotFoundError):
            path.chmod(0o755 if path.is_dir() else 0o644)
