"""The log of a deployment, told while it is written."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

from jupyter_wove.accounts import Actor
from jupyter_wove.deploy.models import Deployment, LogNews
from jupyter_wove.deploy.store import AppStore
from jupyter_wove.deploy.views import AppViews, shown_line
from jupyter_wove.kit.contract import Numbered
from jupyter_wove.kit.units import Units

PAUSE = 0.2  # seconds
AT_ONCE = 500  # lines


async def follow(
    units: Units, actor: Actor, deployment_id: UUID, after: int
) -> AsyncIterator[Numbered[LogNews]]:
    """Tell how a deployment stands whenever that changes, and each line after one."""
    known: Deployment | None = None
    while True:
        deployment, lines = await asyncio.to_thread(_look, units, actor, deployment_id, after)
        if known is None:
            yield Numbered(str(after), LogNews(None, deployment))
        for line in lines:
            after = line.line.n if line.line else after
            yield Numbered(str(after), line)
        if len(lines) == AT_ONCE:
            known = known or deployment
            continue
        if known is not None and deployment != known:
            yield Numbered(str(after), LogNews(None, deployment))
        known = deployment
        if deployment.ended:
            return
        await asyncio.sleep(PAUSE)


def _look(
    units: Units, actor: Actor, deployment_id: UUID, after: int
) -> tuple[Deployment, list[LogNews]]:
    with units.read() as unit:
        store = AppStore(unit.session)
        row = store.deployment(deployment_id)
        lines = store.lines(deployment_id, after, AT_ONCE)
        shown = AppViews(unit.session, actor).deployments([row])[0]
    return shown, [LogNews(shown_line(each), None) for each in lines]
