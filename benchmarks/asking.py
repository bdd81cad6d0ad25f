"""What the router adds to asking a model, in a process and over HTTP; what those of others add."""

import asyncio
import json
import re
import statistics
import subprocess
import sys
import time
import venv
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import aclosing, closing, contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx

from benchmarks.figures import Figure, say
from benchmarks.server import Server
from jupyter_wove.ai.ledger import ASKED, Caller, Ledger
from jupyter_wove.ai.models import Deployment, Need, Price, Route
from jupyter_wove.ai.prices import cost
from jupyter_wove.ai.providers.openai import OpenAIProvider
from jupyter_wove.ai.routing import Circuits, Router
from jupyter_wove.app import Wove

MODEL = "scripted-20"  # which says twenty words at once
BODY: dict[str, Any] = {"messages": [{"role": "user", "content": "How are you?"}]}
IN_PROCESS, HOP = 0.5, 4.0  # milliseconds that may be added, median
WARM_UP = 20
HERE = Path(__file__).parent
PEERS = HERE.parent / "build" / "peers"
PACKAGES = ["litellm>=1.106,<2", "langchain>=1.4.7,<2", "langchain-openai>=1.7,<2"]

Ask = Callable[[], AsyncIterator[Any]]
Times = tuple[float, float]  # milliseconds until the first piece, and until the last


def routers(folder: Path, runs: int, requests: int) -> list[Figure]:
    """Measure our router beside those of others; what each adds to asking directly itself."""
    install_peers()
    ours: list[tuple[float, float]] = []
    peers: dict[str, list[float]] = {}
    with scripted() as url:
        for number in range(runs):
            say(f"router, run {number + 1} of {runs}")
            (folder / str(number)).mkdir(parents=True)
            ours.append(asyncio.run(_ours(folder / str(number), url, requests)))
            command = [PEERS / "bin" / "python", HERE / "peers.py", url, MODEL, str(requests)]
            told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            for name, added in json.loads(told).items():
                peers.setdefault(name, []).append(added)
    first, whole = zip(*ours, strict=True)
    return [
        Figure("router: added until the first piece, median", first, IN_PROCESS),
        Figure("router: added until the last piece, median", whole),
        *(Figure(f"{name}: added until the first piece, median", x) for name, x in peers.items()),
    ]


def service(folder: Path, runs: int, requests: int) -> list[Figure]:
    """Measure asking the server for an answer beside asking the model itself."""
    with scripted() as url:
        deployment = {"name": "m", "provider": "openai", "model": MODEL, "base_url": f"{url}/v1"}
        settings = {"Wove": {"ai_deployments": [deployment | {"price": PRICE}]}}
        with Server(folder, settings=settings) as server:
            server.wait_for("wove/ai/v1/models")
            found = [asyncio.run(_hop(url, server, requests)) for _ in range(runs)]
    return [Figure("service: added until the first piece, median", found, HOP)]


PRICE = {"input": "1", "output": "2"}


async def _ours(folder: Path, url: str, requests: int) -> Times:
    database = f"sqlite:///{folder}/wove.db"
    with closing(Wove(database, folder / "data", folder / "root", "Ann")) as wove:
        ann = wove.directory.identity("benchmark", "ann", "Ann")
        prices = Price(input=Decimal(1), output=Decimal(2))
        model = Deployment(
            name="m", provider="openai", model=MODEL, base_url=f"{url}/v1", price=prices
        )
        async with httpx.AsyncClient(timeout=60) as client:
            provider = OpenAIProvider(client, model, "")
            router = Router(
                lambda _: provider, Ledger(wove.units, cost, [], wove.data / ASKED), Circuits()
            )
            caller, route = Caller(ann.id), Route(name="r", deployments=["m"])
            need = Need(tokens=5, output=0)
            return await compared(
                lambda: provider.stream(BODY),
                lambda: router.answer(caller, route, [model], need, BODY),
                requests,
            )


async def _hop(url: str, server: Server, requests: int) -> float:
    async with httpx.AsyncClient(timeout=60) as client:

        def asked(address: str, name: str) -> Ask:
            headers = {"Authorization": f"token {server.token}"}
            body = {**BODY, "model": name, "stream": True}

            async def ask() -> AsyncIterator[Any]:
                async with client.stream("POST", address, json=body, headers=headers) as answer:
                    answer.raise_for_status()
                    async for line in answer.aiter_lines():
                        if line.startswith("data: {"):
                            yield line

            return ask

        ours = f"http://127.0.0.1:{server.port}/wove/ai/v1/chat/completions"
        direct, through = asked(f"{url}/v1/chat/completions", MODEL), asked(ours, "m")
        return (await compared(direct, through, requests))[0]


async def compared(direct: Ask, through: Ask, requests: int) -> Times:
    """Ask in turns; tell what one way takes longer than the other, in milliseconds, median."""
    for _ in range(WARM_UP):
        await timed(direct)
        await timed(through)
    pairs = [(await timed(direct), await timed(through)) for _ in range(requests)]
    first, whole = ([b[n] - a[n] for a, b in pairs] for n in range(2))
    return statistics.median(first), statistics.median(whole)


async def timed(ask: Ask) -> Times:
    began, first = time.perf_counter(), 0.0
    async with aclosing(ask()) as pieces:  # type: ignore[type-var]
        async for _ in pieces:
            first = first or time.perf_counter() - began
    return first * 1e3, (time.perf_counter() - began) * 1e3


@contextmanager
def scripted() -> Iterator[str]:
    """Serve scripted models in a process of their own; give their address."""
    command = [sys.executable, "-m", "jupyter", "wove", "ai", "fake-server", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.search(r"http://[\w.]+:\d+", process.stdout.readline())
        try:
            assert found is not None
            yield found[0]
        finally:
            process.terminate()


def install_peers() -> None:
    python = PEERS / "bin" / "python"
    if not python.exists():
        say(f"installing {', '.join(PACKAGES)}")
        venv.create(PEERS, with_pip=True)
    subprocess.run([python, "-m", "pip", "install", "-q", *PACKAGES], check=True)
