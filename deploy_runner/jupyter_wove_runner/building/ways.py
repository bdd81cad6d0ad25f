"""The way out of one build, opened when something first needs it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from jupyter_wove_runner.building.job import Job
from jupyter_wove_runner.building.place import Place
from jupyter_wove_runner.networks import Network


class Way:
    """Leads to the registries and to the hosts of the plan."""

    def __init__(self, job: Job, place: Place, stack: AsyncExitStack) -> None:
        self._job = job
        self._place = place
        self._stack = stack
        self._network: Network | None = None

    async def network(self) -> Network:
        """Have the network."""
        if self._network is None:
            self._network = await self._stack.enter_async_context(
                self._place.way_out(
                    self._job, self._job.plan.hosts, trusted=self._place.here.trusted
                )
            )
        return self._network


@asynccontextmanager
async def way_of(job: Job, place: Place) -> AsyncIterator[Way]:
    """Have a way out for one build; nothing is left of it."""
    async with AsyncExitStack() as stack:
        yield Way(job, place, stack)
