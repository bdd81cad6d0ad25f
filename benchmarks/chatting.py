"""How long it takes from what a model says first until those in a chat see it."""

import asyncio
import time
from pathlib import Path

from benchmarks.figures import Figure, p95, say
from jupyter_wove.ai.scripted import Asked, Reply, serving
from tests.reliability.chatter import Chatter
from tests.reliability.server import Server

EXTENSIONS = (
    "jupyter_server_ydoc",
    "jupyter_server_fileid",
    "jupyterlab_chat",
    "jupyter_ai_router",
    "jupyter_ai_persona_manager",
)
BEFORE = 0.05  # seconds that the model thinks: then it says something
LOOKS_AGAIN = 0.001  # seconds
BOUND = 80.0  # milliseconds, 95 of 100
MOST = 100  # questions of one run: each is written to disk, and answered in turn


def first_pieces(folder: Path, runs: int, requests: int) -> list[Figure]:
    """Ask in a chat again and again, and look at it as another person."""
    found = []
    with serving() as (url, models):
        deployment = {"name": "m", "provider": "openai", "model": "m", "base_url": f"{url}/v1"}
        settings = {"Wove": {"ai_deployments": [deployment | {"is_local": True}]}}
        server = Server(folder, "Ann", "Bob", extensions=EXTENSIONS, settings=settings)
        server.start()
        try:
            for number in range(runs):
                say(f"chat, run {number + 1} of {runs}")
                (server.root / f"{number}.chat").write_text("{}")
                asking = _asking(server, models, f"{number}.chat", min(requests, MOST))
                found.append(asyncio.run(asking))
        finally:
            server.kill()
    return [
        Figure("chat: from the first piece until others see it, 95 of 100", found, BOUND),
    ]


async def _asking(server: Server, models: object, chat: str, count: int) -> float:
    said: list[float] = []
    seen: list[float] = []

    def script(_: Asked) -> Reply:
        said.append(time.perf_counter() + BEFORE)
        return Reply(pieces=["One ", "two ", "three."], before=BEFORE, between=0.05)

    models.script = script  # type: ignore[attr-defined]
    async with Chatter(server, chat, "Ann") as ann, Chatter(server, chat, "Bob") as bob:

        async def watch() -> None:
            while True:
                await asyncio.sleep(LOOKS_AGAIN)
                if len(seen) < len(said) and any(bob.growing.values()):
                    seen.append(time.perf_counter())

        watching = asyncio.create_task(watch())
        for number in range(count):
            ann.says("How are you?")
            await bob.hears(number + 1)
        watching.cancel()
    return p95([(b - a) * 1e3 for a, b in zip(said, seen, strict=True)])
