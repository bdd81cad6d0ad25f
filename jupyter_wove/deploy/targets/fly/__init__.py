"""Fly: each release is a machine of its own, and visitors come to one that is well."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from jupyter_wove.deploy.targets.asking import asking
from jupyter_wove.deploy.targets.fly.machines import PROVIDER, FlyTarget
from jupyter_wove.deploy.targets.fly.options import TOKEN, FlyOptions
from jupyter_wove.deploy.targets.models import FUNCTIONS, SERVERS, WORKERS
from jupyter_wove.deploy.targets.target import Plugin


@asynccontextmanager
async def _open(options: FlyOptions) -> AsyncIterator[FlyTarget]:
    async with asking(PROVIDER, options.endpoint, TOKEN, options.token, _text) as api:
        yield FlyTarget(api, options)


def _text(said: object) -> str:
    return str(said.get("error", "")) if isinstance(said, dict) else ""


FLY = Plugin(
    title="Fly Machines",
    kinds=SERVERS | FUNCTIONS | WORKERS,
    options=FlyOptions,
    open=_open,
)
