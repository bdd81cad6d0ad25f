"""A kernel that was started and waits for somebody to take it."""

import asyncio
import os
import secrets
import time
from collections.abc import Callable, Sequence
from importlib import resources

import msgspec

from jupyter_wove.kit.errors import Unavailable
from jupyter_wove_runner.containers import Container
from jupyter_wove_runner.kernels.environment import PYTHON
from jupyter_wove_runner.kernels.rooms import Room, person
from jupyter_wove_runner.policy import Mount, Policy
from jupyter_wove_runner.sandboxes import Sandboxes

CHANNELS = ("shell", "iopub", "stdin", "hb", "control")
SOCKETS = "z"  # how the names of its sockets begin; short, for paths of sockets are
PROCESSES = 256
TMP_MB = 256
LOOK = 0.01  # seconds between two looks whether it is ready
PATIENCE = 60.0  # seconds for it to be
HEARS_WITHIN = 5.0  # seconds, where it is


class Waiting(msgspec.Struct, frozen=True):
    """A kernel in its sandbox, which knows not yet whose it is."""

    container: Container
    room: Room
    policy: Policy

    async def until_ready(self) -> None:
        """Wait until it can be taken. Raises Unavailable where it ended instead."""
        ending = asyncio.create_task(self.container.ended())
        try:
            if await until(lambda: self.room.ready() or ending.done(), PATIENCE):
                return await self._surely_ready()
        finally:
            ending.cancel()
            await asyncio.wait([ending])
        raise Unavailable("The kernel took too long to start. Try again.")

    async def take(self, key: str, session: str, place: str) -> None:
        """Tell it whose it is: it answers from now on. Raises Unavailable."""
        folder = self.room.work / place
        if not folder.is_dir():  # it may have been left out of the copy
            folder = self.room.work
        told = msgspec.json.encode({"key": key, "session": session, "folder": str(folder)})
        heard = await until(lambda: self._told(told), HEARS_WITHIN)
        # Before that it would sign with another key.
        if not heard or not await until(self.room.taken, HEARS_WITHIN):
            raise Unavailable("The kernel does not answer. Try again.")

    async def remove(self) -> None:
        """End it, and leave nothing of it."""
        await self.container.remove()
        await asyncio.to_thread(self.room.remove)

    async def _surely_ready(self) -> None:
        if not self.room.ready():
            last = (await self.container.log(5)) or ["it said nothing"]
            raise Unavailable(f"The kernel ended while it started: {' '.join(last)[-500:]}")

    def _told(self, content: bytes) -> bool:
        try:
            self.room.hand_over(content)
        except OSError:  # nobody waits at the pipe, yet
            return False
        return True


async def until(happened: Callable[[], bool], patience: float) -> bool:
    """Wait until something happened; tell whether it did in time."""
    given_up = time.monotonic() + patience
    while not happened():
        if time.monotonic() > given_up:
            return False
        await asyncio.sleep(LOOK)
    return True


async def begin(
    here: Sandboxes, image: str, room: Room, kernel: str, memory_mb: int, mounts: Sequence[Mount]
) -> Waiting:
    """Start a kernel in a room, without any network."""
    (room.folder / "kernel.json").write_bytes(_connection(room))
    os.chown(room.folder / "kernel.json", *person())
    policy = here.policy(
        Mount(str(room.folder), str(room.folder), writable=True),
        *mounts,
        memory_mb=memory_mb,
        cpus=here.settings.kernel_cpus,
        disk_mb=here.settings.kernel_disk_mb,
        pids=PROCESSES,
        tmp_mb=TMP_MB,
        user=":".join(map(str, person())),
    )
    container = await here.engine.create(
        image,
        [PYTHON, "-c", _launcher(), str(room.folder)],
        policy,
        labels=here.engine.ours(kernel=kernel),
        environment=_environment(policy.cpus),
        folder=str(room.work),
    )
    started = Waiting(container, room, policy)
    try:
        await container.start()
    except BaseException:
        await started.remove()
        raise
    return started


def _connection(room: Room) -> bytes:
    """Write what ipykernel reads; whoever takes it gives it another key."""
    ports = {f"{name}_port": number for number, name in enumerate(CHANNELS, 1)}
    return msgspec.json.encode(
        {
            "transport": "ipc",
            "ip": str(room.folder / SOCKETS),
            "key": secrets.token_hex(32),
            "signature_scheme": "hmac-sha256",
            **ports,
        }
    )


def _environment(cpus: float) -> dict[str, str]:
    threads = str(max(1, round(cpus)))  # libraries would count those of the whole machine
    counted = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    return dict.fromkeys(counted, threads) | {
        "PATH": "/opt/env/bin:/usr/local/bin:/usr/bin:/bin",
        "VIRTUAL_ENV": "/opt/env",
        "MPLCONFIGDIR": "/tmp/matplotlib",  # noqa: S108  the sandbox's own
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


def _launcher() -> str:
    return resources.files(__package__).joinpath("inside.py").read_text()
