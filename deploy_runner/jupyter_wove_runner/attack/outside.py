"""Attacks whose end is seen from outside: on memory, time, the log, and the disk."""

from collections.abc import AsyncIterator, Sequence

import msgspec

from jupyter_wove.runner import Line, Row
from jupyter_wove_runner.attack.places import Place
from jupyter_wove_runner.attack.rows import row
from jupyter_wove_runner.containers import Ended, Engine
from jupyter_wove_runner.policy import Policy

MOST_LINES = 6000
SHORT = 2.0  # seconds
EATS = "x = b'x' * 10**9"
LEAVES_IT_TO_A_CHILD = f"import os\nif os.fork() == 0: {EATS}\nos.wait()"
NEVER_ENDS = (
    "import os, signal, time\nfor s in (1, 2, 15): signal.signal(s, signal.SIG_IGN)\n"
    "os.kill(os.getppid(), 19)\nwhile True: time.sleep(1)"
)
SAYS_TOO_MUCH = "for _ in range(10**6): print('x' * 1023)"
WRITES_TOO_MUCH = (
    "import time\nfor n in range(20):\n"
    "  open(f'/var/tmp/{n}', 'wb').write(bytes(50 * 2**20)); time.sleep(0.2)"
)


async def outside(engine: Engine, image: str, place: Place) -> AsyncIterator[Row]:
    """Try them all in one place."""

    async def tried(program: str, **changes: float) -> tuple[Ended, list[Line], str]:
        policy = msgspec.structs.replace(place.policy, **changes)
        return await _run(engine, image, ["python3", "-c", program], policy)

    ended, _, reason = await tried(EATS)
    yield row(place.name, "memory", ended.out_of_memory, reason)
    ended, _, reason = await tried(LEAVES_IT_TO_A_CHILD)
    yield row(place.name, "memory of a child", ended.out_of_memory, reason)
    ended, _, reason = await tried(NEVER_ENDS, deadline=SHORT)
    yield row(place.name, "no end", ended.why == "deadline" and ended.seconds < 3 * SHORT, reason)
    ended, lines, _ = await tried(SAYS_TOO_MUCH)
    yield row(place.name, "1 GB of log", len(lines) < MOST_LINES, f"{len(lines)} lines were kept")
    if place.policy.writable:
        ended, _, reason = await tried(WRITES_TOO_MUCH)
        yield row(place.name, "fill the disk", ended.why == "disk", reason)


async def disk_quota(engine: Engine) -> Row:
    """Tell whether Docker itself holds a build to its disk, or only we, by looking at it."""
    found = await engine.described()
    status = dict(found.get("DriverStatus") or [])
    held = found["Driver"] == "overlay2" and status.get("Backing Filesystem") == "xfs"
    words = f"{found['Driver']} on {status.get('Backing Filesystem', 'an unknown file system')}"
    return row("build", "disk quota", held, words)


async def _run(
    engine: Engine, image: str, command: Sequence[str], policy: Policy
) -> tuple[Ended, list[Line], str]:
    lines: list[Line] = []
    async with engine.container(image, command, policy) as container:
        ended = await container.run(policy, lines.append)
    return ended, lines, ended.reason(policy)
