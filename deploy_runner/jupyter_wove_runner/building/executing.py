"""Running the notebooks of a project once, in a sandbox, to see that every cell is well."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from jupyter_wove.runner import Failed, Line
from jupyter_wove_runner.building import failures, inside, trees
from jupyter_wove_runner.building.job import Job
from jupyter_wove_runner.building.place import Place
from jupyter_wove_runner.building.telling import BuildFailed, failed
from jupyter_wove_runner.containers import Container
from jupyter_wove_runner.policy import NOWHERE, Policy

PROGRAM = "opt/wove/execute.py"
MARK = "\x1ewove:"  # before what the program says of a failure


class Reader:
    """Hears a run: tells its lines, and keeps what is said of a failure."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._said = ""

    def hear(self, line: Line) -> None:
        """Take a line."""
        if line.text.startswith(MARK):
            self._said += line.text.removeprefix(MARK)
        else:
            self._job.hear(line)

    def failure(self) -> dict[str, Any]:
        """Say what failed, where it was said; the notebook may have said anything."""
        try:
            found = json.loads(self._said or "{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


@asynccontextmanager
async def executed(job: Job, place: Place, image: str) -> AsyncIterator[Container]:
    """Have all notebooks in Python run anew, and what they left. Raises BuildFailed."""
    job.stage("executing")
    paths = [path.relative_to(job.source).as_posix() for path in notebooks(job.source)]
    async with network_of(job, place) as network:
        policy = place.running(job.plan, network, writable=True)
        async with place.sandbox(job, image, command(policy, paths), policy) as container:
            await trees.put(container, job.source, "app")
            await container.put("/", trees.tar({PROGRAM: inside.program("execute")}))
            await _run(job, container, policy)
            yield container


async def tried(job: Job, place: Place, image: str) -> None:
    """Run the notebook of an app as the app will: nothing of it stays. Raises BuildFailed."""
    job.stage("executing")
    async with network_of(job, place) as network:
        policy = place.running(job.plan, network, writable=False)
        words = command(policy, [job.plan.entry])
        async with place.sandbox(job, image, words, policy) as container:
            await _run(job, container, policy)


def notebooks(folder: Path) -> list[Path]:
    """List the notebooks of a project, those near the top first."""
    found = (path for path in folder.rglob("*.ipynb") if path.is_file())
    kept = [path for path in found if not _hidden(path.relative_to(folder))]
    return sorted(kept, key=lambda path: (len(path.parts), path))


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") or part == "node_modules" for part in path.parts)


def command(policy: Policy, paths: Sequence[str]) -> list[str]:
    """Say how notebooks are run in a sandbox."""
    return ["python", f"/{PROGRAM}", f"{policy.deadline:.0f}", *paths]


@asynccontextmanager
async def network_of(job: Job, place: Place) -> AsyncIterator[str]:
    """Have a way to the hosts of the plan, and to no registry: that is what the app will have."""
    if not job.plan.hosts:
        yield NOWHERE
        return
    async with place.way_out(job, job.plan.hosts) as network:
        yield network.name


async def _run(job: Job, container: Container, policy: Policy) -> None:
    reader = Reader(job)
    ended = await container.run(policy, reader.hear)
    told = reader.failure()
    if told:
        raise BuildFailed(of_cell(job, told, out_of_memory=ended.out_of_memory, policy=policy))
    if not ended.well:
        limit = failures.of_limit(job, ended, policy)
        raise BuildFailed(limit or failures.of_command(job, ended, policy, "execute"))


def of_cell(job: Job, told: dict[str, Any], *, out_of_memory: bool, policy: Policy) -> Failed:
    """Say which cell failed, and why."""
    path, cell, kind = str(told.get("path", "")), told.get("cell"), told.get("kind")
    number = cell if isinstance(cell, int) else None
    where: dict[str, Any] = {
        "path": path,
        "cell": number,
        "traceback": str(told.get("traceback", "")),
        "refused": list(job.refused),
    }
    begin = f"Cell {number} of {path}"
    if out_of_memory or kind == "dead":
        hint = "Let it use less, or say a larger memory_mb in wove.toml."
        reason = f"{begin} used more than its {policy.memory_mb} MB of memory."
        return failed(reason if out_of_memory else f"{begin} ended its kernel.", hint, **where)
    if kind == "slow":
        return failed(f"{begin} took more than {policy.deadline:.0f} seconds.", "", **where)
    said = str(told.get("said", ""))
    if missing := failures.MODULE.search(said):
        return failures.of_module(job, missing[1] or missing[2], **where)
    return failed(f"{begin} failed: {said}", _hint(job), **where)


def _hint(job: Job) -> str:
    if job.refused:
        return f"If it needs {', '.join(job.refused)}, add it to hosts in wove.toml."
    return "Mend the cell, run the notebook from its beginning, and deploy again."
