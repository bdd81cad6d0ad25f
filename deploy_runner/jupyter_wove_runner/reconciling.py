"""What a runner that was killed left behind, and what outlived its time."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress

import msgspec

from jupyter_wove.kit.errors import WoveError
from jupyter_wove_runner.containers import Container, Engine, Labels
from jupyter_wove_runner.networks import Networks
from jupyter_wove_runner.sandboxes import Sandboxes

log = logging.getLogger("wove.runner")
Keep = Callable[[Labels], bool]
GRACE = 10.0  # seconds after its deadline until it is removed by whoever comes by
LOOK = 30.0  # seconds between two looks for what outlived its time


class Reconciled(msgspec.Struct, frozen=True):
    """What was found: containers that go on, and how much was removed."""

    kept: list[Container]
    removed: int


async def reconcile(engine: Engine, networks: Networks, keep: Keep) -> Reconciled:
    """Take up what should go on, and remove the rest: containers, then networks, then volumes.

    Jobs never go on: whoever followed one has lost it with the runner that was killed.
    """
    found = await engine.containers(engine.ours())
    found = [each for each in found if not each.labels.role]  # `Egress` sees to its own
    kept = [each for each in found if not each.labels.job and _wanted(each.labels, keep)]
    orphans = [each for each in found if each not in kept]
    removed = await _done(each.remove() for each in orphans)
    removed += await _networks(networks, engine.ours(), keep)
    return Reconciled(kept, removed + await _volumes(engine, keep))


async def _done(removals: Iterable[Awaitable[None]]) -> int:
    """Remove one after the other, and count; what cannot go now must not keep the rest."""
    done = 0
    for removal in removals:
        try:
            await removal
            done += 1
        except WoveError as error:
            log.warning("Something is left that a killed runner made: %s", error)
    return done


async def take_over(here: Sandboxes) -> None:
    """Remove what builds of a runner that was killed have left; of apps `Hosting` knows more."""
    await reconcile(here.engine, here.networks, lambda _: False)
    await here.egress.settle()


async def clear(engine: Engine, networks: Networks) -> None:
    """Remove all that this runner ever made, but for images."""
    for container in await engine.containers(engine.ours()):
        await container.remove()
    for network in await networks.found(engine.ours()):
        await networks.remove(network.name)
    for name, _ in await engine.volumes(engine.ours()):
        await engine.remove_volume(name)


async def reap(engine: Engine) -> None:
    """Remove what outlived its deadline, for as long as the runner runs."""
    while True:
        with suppress(WoveError):  # the engine may be away for a moment
            await _reap_once(engine)
        await asyncio.sleep(LOOK)


async def _reap_once(engine: Engine) -> None:
    for container in await engine.containers(engine.ours()):
        if _overdue(container.labels):
            await container.remove()


async def _networks(networks: Networks, ours: Labels, keep: Keep) -> int:
    orphans = [each for each in await networks.found(ours) if not _wanted(each.labels, keep)]
    return await _done(networks.remove(each.name) for each in orphans)


async def _volumes(engine: Engine, keep: Keep) -> int:
    found = await engine.volumes(engine.ours())
    orphans = [name for name, labels in found if not _wanted(labels, keep)]
    return await _done(engine.remove_volume(name) for name in orphans)


def _wanted(labels: Labels, keep: Keep) -> bool:
    """Tell whether something goes on; what serves all apps always does."""
    return not _overdue(labels) and bool(labels.role or keep(labels))


def _overdue(labels: Labels) -> bool:
    return bool(labels.until) and float(labels.until) + GRACE < time.time()
