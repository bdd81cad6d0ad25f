"""How apps are served: through switches of their versions, out of sleep, and beside peers."""

import asyncio
import io
import subprocess
import sys
import tarfile
import time
from collections import Counter
from pathlib import Path
from uuid import uuid4

import aiohttp

from benchmarks.figures import Figure, p95, say
from benchmarks.proxies import proxies
from jupyter_wove.runner import Plan, Release
from tests.runner.serving.process import kill, started
from tests.runner.serving.runner import (
    app,
    docker,
    empty,
    make_image,
    owned,
    release,
    remove_images,
    spoken_to,
)

SWITCHES = 10
RATE = 100  # requests a second
SLOW_EACH = 50  # one of so many takes two seconds
SOCKETS = 5
CLIENTS = 50
SWITCH, BACK, WAKE = 4000.0, 3000.0, 2000.0  # milliseconds
ROOT = Path(__file__).parents[1]
PACKAGES = ROOT / "build" / "peers" / "fastapi"
FASTAPI = "wove-benchmark-fastapi:1"
PROGRAM = b"""
from fastapi import FastAPI

app = FastAPI()


@app.get("/version")
async def version() -> str:
    return "v1"
"""


def switching(folder: Path, runs: int, requests: int) -> list[Figure]:
    """Ask an app without a pause while its versions change, then go back to each of the last."""
    return asyncio.run(_with_runner(folder, _switching, runs, requests))


def waking(folder: Path, runs: int, requests: int) -> list[Figure]:
    """Wake a sleeping FastAPI app with many clients at once."""
    return asyncio.run(_with_runner(folder, _waking, runs, requests))


def passing_on(folder: Path, runs: int, requests: int) -> list[Figure]:
    """Ask an app by way of the proxy, by way of others, and itself."""
    return asyncio.run(_with_runner(folder, _passing_on, runs, requests))


async def _with_runner(folder, work, runs, requests):
    folder.mkdir(parents=True)
    try:
        async with docker() as engine:
            process, port = await asyncio.to_thread(started, folder, engine.runner)
            try:
                async with spoken_to(folder, port) as runner:
                    return await work(runner, engine, runs, requests)
            finally:
                kill(process)
    finally:
        await remove_images()


async def _switching(runner, engine, runs, requests):
    about, releases = app(), [release(f"v{n}") for n in range(SWITCHES + 1)]
    await runner.tell(about)
    await runner.live(about, releases[0])
    sockets = [await runner.connect() for _ in range(SOCKETS)]
    seen: Counter[str] = Counter()
    took: list[float] = []
    load = asyncio.create_task(_load(runner, requests, seen, took))
    switches = []
    pause = requests / RATE / SWITCHES
    for number, each in enumerate(releases[1:], 1):
        began = time.perf_counter()
        await runner.live(about, each)
        switches.append((time.perf_counter() - began) * 1e3)
        say(f"switch {number} of {SWITCHES}: {switches[-1]:.0f} ms")
        await asyncio.sleep(max(0.0, pause - switches[-1] / 1e3))
    await load
    kept = 0
    for socket in sockets:
        await socket.receive_str()
        await socket.send_str("still here")
        kept += await socket.receive_str() == "still here"
        await socket.close()
    back = []
    for each in releases[-6:-1]:
        began = time.perf_counter()
        await runner.live(about, each)
        back.append((time.perf_counter() - began) * 1e3)
    say(f"{dict(seen)}, of {SOCKETS} WebSockets {kept} were kept")
    failed = sum(count for text, count in seen.items() if not text.startswith("v"))
    name = f"{sum(seen.values())} requests over {SWITCHES} switches"
    return [
        Figure(f"{name}: failed", [failed], 0, "requests"),
        Figure(f"{name}: open WebSockets lost", [SOCKETS - kept], 0, "sockets"),
        Figure(f"{name}: time of one, p95", [p95(took)]),
        Figure("a new version is live", switches, SWITCH),
        Figure("back to one of the last five, slowest", [max(back)], BACK),
    ]


async def _load(runner, requests, seen, took):
    async def one(number):
        began, path = time.perf_counter(), "/version" if number % SLOW_EACH else "/slow?s=2"
        try:
            async with runner.get(path) as response:
                text = await response.text()
                seen[text if response.status == 200 else str(response.status)] += 1
        except aiohttp.ClientError as error:
            seen[type(error).__name__] += 1
        if number % SLOW_EACH:
            took.append((time.perf_counter() - began) * 1e3)

    began, asked = time.perf_counter(), []
    for number in range(requests):
        asked.append(asyncio.create_task(one(number)))
        await asyncio.sleep(max(0.0, began + number / RATE - time.perf_counter()))
    await asyncio.gather(*asked)


async def _waking(runner, engine, runs, requests):
    await make_image(engine, FASTAPI, await asyncio.to_thread(_packed))
    about = app(idle=0)
    await runner.tell(about)
    start = ["python3", "-m", "uvicorn", "--app-dir", "/app", "main:app"]
    start += ["--host", "0.0.0.0", "--port", "8080"]
    plan = Plan(kind="asgi", start=start, health="/version")
    await runner.live(about, Release(uuid4(), plan, FASTAPI, ""))
    took, most = [], []
    for number in range(runs):
        await _asleep(runner, about)
        before = len(await _created(engine))
        times = await asyncio.gather(*[_timed(runner) for _ in range(CLIENTS)])
        took.append(p95(times))
        most.append(len(await _created(engine)) - before)
        say(f"wake {number + 1} of {runs}: {took[-1]:.0f} ms, {most[-1]} start")
    return [
        Figure(f"{CLIENTS} clients wake FastAPI: time until the answer, p95", took, WAKE),
        Figure(f"{CLIENTS} clients wake FastAPI: containers started", most, 1, "starts"),
    ]


async def _timed(runner):
    began = time.perf_counter()
    assert await runner.text() == '"v1"'
    return (time.perf_counter() - began) * 1e3


async def _created(engine):
    return await engine.containers(engine.ours())


async def _asleep(runner, about):
    about.idle = 1
    await runner.tell(about)
    for _ in range(300):
        if (await runner.state(about)).state == "asleep":
            break
        await asyncio.sleep(0.2)
    about.idle = 0
    await runner.tell(about)
    await asyncio.sleep(2)  # until the one before is gone


async def _passing_on(runner, engine, runs, requests):
    about = app()
    await runner.tell(about)
    await runner.live(about, release("v1", memory_mb=256))
    (container,) = await engine.containers(engine.ours())
    (network,) = (await container.shown())["NetworkSettings"]["Networks"]
    upstream = f"{await container.address(network)}:8080"
    ways = {"Wove": f"127.0.0.1:{runner.port}"}
    found = {}
    async with proxies(runner.folder, upstream) as peers:
        for _ in range(3):
            for name, address in ({"the app itself": upstream} | ways | peers).items():
                found.setdefault(name, []).append(await _asked(runner, address, requests // 5))
                say(f"{name}: {found[name][-1][0]:.2f} ms, {found[name][-1][2]:.0f} a second")
    return [
        figure
        for name, times in found.items()
        for figure in (
            Figure(f"{name}: one after the other, median", [each[0] for each in times]),
            Figure(f"{name}: one after the other, p95", [each[1] for each in times]),
            Figure(f"{name}: sixteen at once", [each[2] for each in times], None, "a second"),
        )
    ]


async def _asked(runner, address, requests):
    async def ask():
        began = time.perf_counter()
        headers = {"Host": f"waves.localhost:{runner.port}"}
        async with runner.visitor.get(f"http://{address}/version", headers=headers) as response:
            assert await response.text() == "v1"
        return (time.perf_counter() - began) * 1e3

    alone = [await ask() for _ in range(requests)]
    began = time.perf_counter()

    async def several():
        for _ in range(requests // 16):
            await ask()

    await asyncio.gather(*[several() for _ in range(16)])
    rate = requests // 16 * 16 / (time.perf_counter() - began)
    return sorted(alone)[len(alone) // 2], p95(alone), rate


def _packed():
    """Pack a FastAPI app with what it needs, for the Python of our image."""
    if not PACKAGES.exists():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", PACKAGES]
        command += ["--python-version", "3.13", "--only-binary", ":all:", "fastapi", "uvicorn"]
        subprocess.run(command, check=True)
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        tar.addfile(empty("app"))
        for each in PACKAGES.iterdir():
            tar.add(each, f"app/{each.name}", filter=owned)
        main = tarfile.TarInfo("app/main.py")
        main.size = len(PROGRAM)
        tar.addfile(main, io.BytesIO(PROGRAM))
    return packed.getvalue()
