"""Making environments ready ahead, so that usual projects need not wait for them."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

from jupyter_wove.kit.errors import Unavailable
from jupyter_wove.runner import BuildOrder, Line, Message, Plan, Stage
from jupyter_wove_runner.building.environments import Environments
from jupyter_wove_runner.building.job import Job
from jupyter_wove_runner.building.place import Place
from jupyter_wove_runner.building.stacks import STACKS, Stack, Stacks
from jupyter_wove_runner.building.telling import BuildFailed
from jupyter_wove_runner.building.ways import way_of
from jupyter_wove_runner.sandboxes import Sandboxes

NOBODY = UUID(int=0)  # whose cache no project uses
Say = Callable[[str], None]


async def prepare(here: Sandboxes, say: Say) -> None:
    """Make all of them ready, in the versions of today. Raises Unavailable where one fails."""
    place = Place(here)
    for number, name in enumerate(STACKS, 1):
        say(f"{name} ({number} of {len(STACKS)}): {', '.join(STACKS[name])}")
        await prepare_one(name, place, say)


async def prepare_one(name: str, place: Place, say: Say, *, patient: bool = False) -> None:
    """Make one ready; what is patient leaves the processors to others. Raises Unavailable."""
    stacks = Stacks(place.engine, place.folder / "stacks")
    with tempfile.TemporaryDirectory() as empty:
        plan = Plan(kind="executed", requirements=STACKS[name])
        order = BuildOrder(uuid4(), NOBODY, NOBODY, plan)
        job = Job(order, Path(empty), lambda message: _say(message, say), patient=patient)
        stacks.keep(await _made(name, job, place, Environments(place, stacks)))


async def _made(name: str, job: Job, place: Place, environments: Environments) -> Stack:
    async with way_of(job, place) as way:
        try:
            made = await environments.made(job, way)
        except BuildFailed as error:
            raise Unavailable(f"{name} cannot be made ready. {error}") from error
    return Stack(name, made.image, made.lock)


def _say(message: Message, say: Say) -> None:
    if isinstance(message, Stage):
        say(f"  {message.name}")
    elif isinstance(message, Line) and message.stream == "wove":
        say(f"  {message.text}")
