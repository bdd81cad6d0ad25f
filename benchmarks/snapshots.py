"""How long snapshots take of 500 files of 200 MB, beside what the command line of git takes."""

import os
import subprocess
import tempfile
import time
from pathlib import Path

from benchmarks.figures import Figure, p95, say
from benchmarks.repository import EDITS, ME, Timed, corpus, edits, snapshots, timed
from jupyter_wove.kit.blobs import Blobs
from jupyter_wove.projects.repository import Repository

TARGETS = {
    "first snapshot": 8_000.0,
    "nothing changed": 30.0,
    "snapshot after an edit of 5 MB": 400.0,
}
STALL = 50.0  # milliseconds
QUIET = 5.0  # seconds of doing nothing, to see how long the machine itself keeps a loop waiting


async def figures(place: str | None, runs: int) -> list[Figure]:
    """Take all snapshots some times over, each time of a fresh folder."""
    seen: list[dict[str, Timed]] = []
    peers: list[dict[str, list[float]]] = []
    for number in range(runs):
        say(f"snapshots, run {number + 1} of {runs}")
        with tempfile.TemporaryDirectory(dir=place) as folder:
            project = Path(folder) / "project"
            corpus(project)
            repository = Repository.open_or_adopt(project, Blobs(Path(folder) / "blobs"))
            seen.append(await snapshots(repository, project))
            peers.append(_git(project, Path(folder) / "peer.git"))
    idle = [(await timed(lambda: time.sleep(QUIET))).stall * 1e3 for _ in range(runs)]
    stalls = [max(each.stall for each in run.values()) * 1e3 for run in seen]
    found = []
    for name, target in TARGETS.items():
        ours = [p95(run[name].seconds) * 1e3 for run in seen]
        theirs = [p95(run[name]) * 1e3 for run in peers]
        found += [Figure(f"{name}, p95", ours, target), Figure("  the same with git", theirs)]
    return [
        *found,
        Figure("longest stall of the event loop", stalls, STALL),
        Figure("  the same with nothing to do", idle),
    ]


def _git(project: Path, repository: Path) -> dict[str, list[float]]:
    """Have git keep the same folder: `add --all`, and `commit`."""
    versions = edits(project / "big.ipynb")
    environment = os.environ | {
        "GIT_DIR": str(repository),
        "GIT_WORK_TREE": str(project),
        "GIT_CONFIG_GLOBAL": "/dev/null",
    }

    def git(*words: str) -> None:
        identity = ("-c", "user.name=Ada", "-c", f"user.email={ME.email}", "-c", "gc.auto=0")
        subprocess.run(
            ["git", *identity, *words], check=True, env=environment, stdout=subprocess.DEVNULL
        )

    def keep() -> None:
        git("add", "--all")
        git("commit", "--quiet", "--allow-empty", "--message=kept")

    def change() -> None:
        (project / "big.ipynb").write_bytes(versions.pop())
        keep()

    git("init", "--quiet")
    first = [_seconds(keep)]
    time.sleep(2.5)
    git("add", "--all")  # as it does for us: what is newer than the index is read once more
    return {
        "first snapshot": first,
        "nothing changed": [_seconds(lambda: git("add", "--all")) for _ in range(20)],
        "snapshot after an edit of 5 MB": [_seconds(change) for _ in range(EDITS)],
    }


def _seconds(work) -> float:
    before = time.perf_counter()
    work()
    return time.perf_counter() - before
