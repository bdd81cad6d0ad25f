"""Running each notebook of a project once, whatever became of the one before."""

import json
from typing import Any

from jupyter_wove.runner import BookRan, Checked, Line
from jupyter_wove_runner.building import failures, inside, trees
from jupyter_wove_runner.building.executing import (
    MARK,
    PROGRAM,
    command,
    network_of,
    notebooks,
    of_cell,
)
from jupyter_wove_runner.building.job import Job
from jupyter_wove_runner.building.place import Place
from jupyter_wove_runner.policy import Policy

AFTER = "It was not run: the one before took all that there was."
FOREIGN = "Only notebooks in Python are run here; this one is in {}."


async def checked(job: Job, place: Place, image: str) -> Checked:
    """Run all notebooks, and tell how each went."""
    job.stage("executing")
    paths = [path.relative_to(job.source).as_posix() for path in notebooks(job.source)]
    async with network_of(job, place) as network:
        policy = place.running(job.plan, network, writable=True)
        words = command(policy, ["--each", *paths])
        async with place.sandbox(job, image, words, policy) as container:
            await trees.put(container, job.source, "app")
            await container.put("/", trees.tar({PROGRAM: inside.program("execute")}))
            judge = Judge(job, paths, policy)
            ended = await container.run(policy, judge.hear)
            limit = failures.of_limit(job, ended, policy)
            judge.end(limit.reason if limit else "It ended without a word.")
    return Checked()


class Judge:
    """Hears what is said of each notebook, and tells it; the notebooks may have said anything."""

    def __init__(self, job: Job, paths: list[str], policy: Policy) -> None:
        self._job = job
        self._left = list(paths)
        self._policy = policy
        self._said = ""

    def hear(self, line: Line) -> None:
        """Take a line; a bare mark ends what is said of a notebook."""
        if not line.text.startswith(MARK):
            self._job.hear(line)
        elif piece := line.text.removeprefix(MARK):
            self._said += piece
        else:
            said, self._said = self._said, ""
            self._judge(_read(said))

    def end(self, reason: str) -> None:
        """Tell of those of which nothing was said: the first was under way when all ended."""
        for path in self._left[:1]:
            self._job.tell(BookRan(path, "failed", 0.0, None, reason, ""))
        for path in self._left[1:]:
            self._job.tell(BookRan(path, "skipped", 0.0, None, AFTER, ""))

    def _judge(self, told: dict[str, Any]) -> None:
        path, seconds = str(told.get("path")), told.get("seconds")
        if path not in self._left:
            return
        self._left.remove(path)
        took = float(seconds) if isinstance(seconds, (int, float)) else 0.0
        self._job.tell(self._ran(path, took, told))

    def _ran(self, path: str, took: float, told: dict[str, Any]) -> BookRan:
        kind, said = told.get("kind"), str(told.get("said", ""))
        if kind is None:
            return BookRan(path, "clean", took, None, "", "")
        if kind == "foreign":
            return BookRan(path, "skipped", took, None, FOREIGN.format(said), "")
        if kind == "unreadable":
            return BookRan(path, "failed", took, None, f"It is no notebook: {said}", "")
        found = of_cell(self._job, told, out_of_memory=False, policy=self._policy)
        return BookRan(path, "failed", took, found.cell, found.reason, found.traceback)


def _read(said: str) -> dict[str, Any]:
    try:
        found = json.loads(said)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
