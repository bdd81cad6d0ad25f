"""How late the event loop of a server is while people ask models there, the first time, too."""

import asyncio
import time
from pathlib import Path

from benchmarks.chatting import EXTENSIONS
from benchmarks.figures import Figure, say
from jupyter_wove.ai.scripted import Reply, serving
from tests.reliability.chatter import Chatter
from tests.reliability.server import Server

BOUND = 50.0  # milliseconds
SETTLED = 3.0  # seconds after the start
PIECES, BETWEEN = 40, 0.005  # of an answer, and seconds from one to the next
MORE = 20  # questions
PHASES = ("first request for models", "a chat is opened", "first question", f"{MORE} more")


def stalls(folder: Path, runs: int, requests: int) -> list[Figure]:
    """Start servers and ask; `requests` does not matter."""
    found: dict[str, list[float]] = {phase: [] for phase in PHASES}
    folder.mkdir()
    with serving(lambda _: Reply(pieces=["tide "] * PIECES, between=BETWEEN)) as (url, _):
        for number in range(runs):
            say(f"stalls, run {number + 1} of {runs}")
            for phase, late in zip(PHASES, _run(folder / str(number), url), strict=True):
                found[phase].append(late)
    return [Figure(f"loop late at worst: {phase}", runs, BOUND) for phase, runs in found.items()]


def _run(folder: Path, url: str) -> list[float]:
    deployment = {"name": "m", "provider": "openai", "model": "m", "base_url": f"{url}/v1"}
    settings = {"Wove": {"ai_deployments": [deployment | {"is_local": True}]}}
    extensions = (*EXTENSIONS, "benchmarks.lateness")
    server = Server(folder, "Ann", "Bob", extensions=extensions, settings=settings)
    server.start()
    try:
        time.sleep(SETTLED)
        _late(server)
        server.api("GET", "ai/usage")
        (server.root / "talk.chat").write_text("{}")
        return [_late(server), *asyncio.run(_talk(server))]
    finally:
        server.kill()


async def _talk(server: Server) -> list[float]:
    async with Chatter(server, "talk.chat", "Ann") as ann:
        found = [_late(server)]
        ann.says("How?")
        await ann.hears(1)
        found.append(_late(server))
        for number in range(MORE):
            ann.says("How?")
            await ann.hears(number + 2)
        return [*found, _late(server)]


def _late(server: Server) -> float:
    """Tell how late it was since this was asked last, and say where if it was much."""
    told = server.ask("GET", "lateness").json
    if told["late"] > BOUND:
        say(f"{told['late']:.0f} ms late{' in' if told['where'] else ''}\n{told['where']}")
    return float(told["late"])
