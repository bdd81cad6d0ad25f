"""Sites out of what was built: pages are collected, made smaller, and kept under one name."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from jupyter_wove.kit.archives import Limits
from jupyter_wove.kit.errors import NotFound, WoveError
from jupyter_wove.kit.paths import inside
from jupyter_wove.runner import Failed
from jupyter_wove_runner.building import trees
from jupyter_wove_runner.building.job import Job
from jupyter_wove_runner.building.sites import Sites
from jupyter_wove_runner.building.telling import BuildFailed, failed
from jupyter_wove_runner.building.threads import to_its_end
from jupyter_wove_runner.children import Do, child
from jupyter_wove_runner.containers import Container

Write = Callable[[Path], Awaitable[str]]
LIMITS = Limits(files=50_000, total=2 * 1024**3, file=512 * 1024**2)
PAGES = "jupyter_wove_runner.children.pages"
OPTIMISING = "jupyter_wove_runner.children.optimising"
PRIVATE = ("wove.toml", "node_modules", "__pycache__", "wrangler.toml")
PUBLIC = ".well-known"  # the one hidden name that is for everybody


@asynccontextmanager
async def pages(job: Job, sites: Sites) -> AsyncIterator[Write]:
    """Have what makes a site of the notebooks in a folder, ready to begin at once."""
    async with child(PAGES, job.say) as do, child(OPTIMISING, job.say) as optimise:

        async def write(project: Path) -> str:
            job.stage("building")
            with sites.draft() as draft:
                await do(str(project), str(draft), job.plan.entry)
                return await _kept(job, sites, draft, optimise)

        yield write


async def from_folder(job: Job, sites: Sites) -> str:
    """Make a site of a folder of the project, but for what is hidden in it. Raises BuildFailed."""
    job.stage("building")
    folder = _folder(job)
    with sites.draft() as draft:
        await to_its_end(_copy, folder, draft)
        async with child(OPTIMISING, job.say) as optimise:
            return await _kept(job, sites, draft, optimise)


async def from_container(job: Job, sites: Sites, container: Container) -> str:
    """Make a site of the folder that was built. Raises BuildFailed."""
    with sites.draft() as draft:
        built = draft / "pages"
        try:
            await trees.take(container, f"/app/{job.plan.site}", built, LIMITS)
        except NotFound as error:
            raise BuildFailed(_missing(job)) from error
        async with child(OPTIMISING, job.say) as optimise:
            return await _kept(job, sites, built, optimise)


async def _kept(job: Job, sites: Sites, draft: Path, optimise: Do) -> str:
    if not await asyncio.to_thread(_has_pages, draft):
        raise BuildFailed(_missing(job))
    try:
        await optimise(str(draft))
    except WoveError as error:
        job.say(f"The pages are served as they are. {error}")
    return await to_its_end(sites.keep, draft)


def _copy(folder: Path, draft: Path) -> None:
    shutil.copytree(folder, draft, ignore=_left_out, dirs_exist_ok=True)


def _has_pages(folder: Path) -> bool:
    return any(folder.rglob("*.html"))


def _folder(job: Job) -> Path:
    folder = job.source if job.plan.site in {"", "."} else inside(job.source, job.plan.site)
    if not folder.is_dir():
        raise BuildFailed(_missing(job))
    return folder


def _missing(job: Job) -> Failed:
    return failed(
        f"There are no pages in the folder {job.plan.site!r}.",
        "Say in wove.toml where they are: site = the folder that has the index.html.",
    )


def _left_out(_: str, names: list[str]) -> set[str]:
    return {each for each in names if each in PRIVATE or (each[0] == "." and each != PUBLIC)}
