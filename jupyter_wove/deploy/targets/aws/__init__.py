"""AWS Lambda: each release is a version of one function, and switching is one step."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from jupyter_wove.deploy.targets.aws.options import LambdaOptions
from jupyter_wove.deploy.targets.models import FUNCTIONS
from jupyter_wove.deploy.targets.registry import demand_extra
from jupyter_wove.deploy.targets.target import Plugin, Target

EXTRA = "aws"


@asynccontextmanager
async def _open(options: LambdaOptions) -> AsyncIterator[Target]:
    demand_extra(EXTRA, "boto3")
    from jupyter_wove.deploy.targets.aws.account import Account  # noqa: PLC0415 — late
    from jupyter_wove.deploy.targets.aws.functions import LambdaTarget  # noqa: PLC0415 — late

    yield LambdaTarget(await asyncio.to_thread(Account, options), options)


LAMBDA = Plugin(
    title="AWS Lambda", kinds=FUNCTIONS, options=LambdaOptions, open=_open, extra=EXTRA
)
