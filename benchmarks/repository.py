"""Measure the git layer on 500 files of 200 MB, with an event loop running beside it.

Run `python benchmarks/repository.py [folder]`; it needs 600 MB of disk for a minute.
"""

import asyncio
import base64
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from jupyter_wove.kit.blobs import Blobs
from jupyter_wove.projects.notebooks import (
    diff_notebooks,
    merge_notebooks,
    read_notebook,
)
from jupyter_wove.projects.repository import Author, Repository

WORDS = ["data", "model", "train", "loss", "frame", "index", "value", "plot", "axis", "series"]
ME = Author("Ada", "ada@example.org")
EDITS = 30
TICK = 0.001
random.seed(1)


def code(lines: int) -> str:
    pick = random.choice
    return "".join(f"x{n} = {pick(WORDS)}({random.random():.4f})\n" for n in range(lines))


def cell(number: int, image: int) -> dict:
    if number % 4 == 0:
        text = " ".join(random.choices(WORDS, k=60))
        return {"cell_type": "markdown", "id": f"m{number}", "metadata": {}, "source": text}
    outputs = [{"output_type": "stream", "name": "stdout", "text": code(5)}]
    if number % 3 == 0:
        data = {"image/png": base64.b64encode(random.randbytes(image)).decode()}
        outputs.append({"output_type": "display_data", "metadata": {}, "data": data})
    return {
        "cell_type": "code",
        "id": f"c{number}",
        "execution_count": number,
        "metadata": {},
        "source": code(random.randint(3, 20)),
        "outputs": outputs,
    }


def notebook(size: int, identified: bool = True) -> bytes:
    cells: list[dict] = []
    total = 0
    while total < size:
        cells.append(cell(len(cells), min(40_000, max(500, size // 20))))
        total += len(json.dumps(cells[-1]))
    if not identified:
        for one in cells:
            del one["id"]
    document = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(document, indent=1).encode()


def corpus(folder: Path) -> None:
    def write(path: str, content: bytes) -> None:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

    write("big.ipynb", notebook(5_000_000))
    for n in range(79):
        size = random.choice([20_000, 100_000, 400_000, 900_000])
        write(f"notebooks/{n % 8}/{n}.ipynb", notebook(size))
    for n in range(300):
        write(f"src/{n % 12}/{n}.py", code(random.randint(20, 400)).encode())
    for n in range(112):
        rows = (",".join(f"{random.random():.5f}" for _ in range(8)) for _ in range(2000))
        write(f"data/{n}.csv", "\n".join(rows).encode())
    for n in range(8):
        write(f"models/{n}.bin", random.randbytes(18_900_000))


@dataclass(frozen=True)
class Timed:
    """Seconds that a piece of work took each time, and the longest stall of the event loop."""

    seconds: list[float]
    stall: float


async def timed(work: Callable[[], object], times: int = 1) -> Timed:
    """Run work some times, an event loop ticking beside it."""
    results = [await beside(work) for _ in range(times)]
    return Timed([result[0] for result in results], max(result[1] for result in results))


async def beside(work: Callable[[], object]) -> tuple[float, float]:
    """Run work in a thread; return its seconds and the longest stall of the event loop."""
    stall = 0.0
    started = time.perf_counter()
    task = asyncio.create_task(asyncio.to_thread(work))
    while not task.done():
        before = time.perf_counter()
        await asyncio.sleep(TICK)
        stall = max(stall, time.perf_counter() - before - TICK)
    await task
    return time.perf_counter() - started, stall


async def report(name: str, work: Callable[[], object], times: int = 1) -> None:
    tell(name, await timed(work, times))


def tell(name: str, result: Timed) -> None:
    seconds = sorted(result.seconds)
    late = seconds[min(len(seconds) - 1, int(len(seconds) * 0.95))]
    print(
        f"{name:34} p50 {seconds[len(seconds) // 2] * 1e3:8.1f} ms   "
        f"p95 {late * 1e3:8.1f} ms   loop stalled {result.stall * 1e3:5.1f} ms"
    )


def edits(file: Path) -> list[bytes]:
    """Prepare versions of a notebook, so that only the snapshot is measured."""
    document = json.loads(file.read_bytes())
    versions = []
    for _ in range(EDITS):
        document["cells"][1]["source"] = code(9)
        versions.append(json.dumps(document, indent=1).encode())
    return versions


def megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


async def snapshots(repository: Repository, project: Path) -> dict[str, Timed]:
    """Take the snapshots of a folder that people wait for."""
    found = {"first snapshot": await timed(lambda: repository.snapshot(ME, "first"))}
    found["nothing changed, just written"] = await timed(
        lambda: repository.snapshot(ME, "none"), 5
    )
    await asyncio.sleep(2.5)
    repository.snapshot(ME, "settled")
    found["nothing changed"] = await timed(lambda: repository.snapshot(ME, "none"), 20)
    versions = edits(project / "big.ipynb")

    def edit() -> None:
        (project / "big.ipynb").write_bytes(versions.pop())
        repository.snapshot(ME, "edit")

    found["snapshot after an edit of 5 MB"] = await timed(edit, EDITS)
    return found


async def repositories(folder: Path) -> None:
    project = folder / "project"
    corpus(project)
    repository = Repository.open_or_adopt(project, Blobs(folder / "blobs"))
    for name, result in (await snapshots(repository, project)).items():
        tell(name, result)
    first = repository.save_version(ME, "one")
    git = project / ".git"
    before = megabytes(git)
    await report("pack", repository.maintain)
    print(f"{'  .git before and after':34} {before:.0f} MB, {megabytes(git):.0f} MB")
    await report("save a version", lambda: repository.save_version(ME, "two"), 5)
    await report("list files, cold", lambda: repository.entries(first))
    await report("list files, warm", lambda: repository.entries(first), 5)
    await report("history of 30", repository.history, 10)
    await report("changes against the folder", lambda: repository.changes(first), 5)
    await report("copy all", lambda: repository.materialise(first, folder / "copy", bool))
    for path in project.rglob("*.*"):
        if ".git" not in path.parts and path.is_file():
            path.unlink()
    await report("restore all", lambda: repository.restore(first, None, ME, "back"))


async def notebooks() -> None:
    base = notebook(5_000_000)
    document = json.loads(base)
    document["cells"][5]["source"] += "print(1)"
    ours = json.dumps(document).encode()
    other = json.loads(base)
    other["cells"][9]["source"] += "print(2)"
    theirs = json.dumps(other).encode()
    a, b, c = (read_notebook(content) for content in (base, ours, theirs))
    await report("read 5 MB", lambda: read_notebook(base), 5)
    await report("diff 5 MB", lambda: diff_notebooks(a, b), 5)
    await report("merge 5 MB", lambda: merge_notebooks(a, b, c), 5)
    for count in (400, 1000):
        old, new = (different(count) for _ in range(2))
        name = f"{count} cells, no ids, all different"
        await report(f"diff {name}"[:34], lambda old=old, new=new: diff_notebooks(old, new))
        await report(
            f"merge {name}"[:34], lambda old=old, new=new: merge_notebooks(old, new, different(9))
        )


def different(count: int):
    cells = [cell(4 * n + 1, 500) for n in range(count)]
    for one in cells:
        del one["id"]
    return read_notebook(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}).encode())


async def main() -> None:
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as folder:
        await notebooks()
        await repositories(Path(folder))


if __name__ == "__main__":
    asyncio.run(main())
