"""Connections with MCP servers that agents use: kept while they are in use, as some remember."""

import asyncio
import time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from jupyter_wove.ai.mcp_servers.client import ANSWERS_WITHIN, called, connected, definitions, told
from jupyter_wove.ai.mcp_servers.errors import Unreachable
from jupyter_wove.ai.mcp_servers.models import OfferedTool, Target
from jupyter_wove.kit.errors import Conflict

if TYPE_CHECKING:
    from mcp import Client

IDLE = 300.0  # seconds
CHANGED = """\
{name} is not what the person let you use any more: {server} has changed or removed it. They can
look at it in their account, at "Tools of agents"."""


class Connections:
    """The connections of one process, each of one person's with one server."""

    def __init__(self) -> None:
        self._open: dict[tuple[UUID, str], Connection] = {}

    async def use(
        self, person_id: UUID, target: Target, tool: OfferedTool, given: dict[str, Any]
    ) -> str:
        """Use a tool, if it is what the person read. Raises Unreachable, and Conflict."""
        connection = await self._connection(person_id, target)
        try:
            return await connection.use(tool, given)
        except Unreachable:
            await connection.close()  # the next use begins anew
            raise

    async def _connection(self, person_id: UUID, target: Target) -> "Connection":
        for key in [key for key, each in self._open.items() if each.has_ended]:
            del self._open[key]
        key = (person_id, target.name)
        known = self._open.get(key)
        if known is None or known.target != target:
            self._open[key] = Connection(target)
            if known:
                await known.close()
        return self._open[key]

    async def close(self) -> None:
        """End all of them."""
        for each in self._open.values():
            await each.close()


class Connection:
    """One server, held by a task of its own: what is opened in one cannot be closed in another."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self._client: asyncio.Future[Client] = asyncio.get_running_loop().create_future()
        self._digests: set[str] = set()
        self._in_use, self._used = 0, time.monotonic()
        self._task = asyncio.create_task(self._hold())

    @property
    def has_ended(self) -> bool:
        """Tell whether it is closed."""
        return self._task.done()

    async def use(self, tool: OfferedTool, given: dict[str, Any]) -> str:
        """Use a tool, if it is what the person read. Raises Unreachable, and Conflict."""
        self._in_use += 1
        try:
            client = await asyncio.shield(self._client)
            if tool.digest not in self._digests:
                name = tool.definition.name
                raise Conflict(CHANGED.format(name=name, server=tool.server))
            with told(self.target):
                async with asyncio.timeout(ANSWERS_WITHIN):
                    return await called(client, tool.definition.name, given)
        finally:
            self._in_use, self._used = self._in_use - 1, time.monotonic()

    async def close(self) -> None:
        """End it."""
        self._task.cancel()
        await asyncio.wait([self._task])

    async def _hold(self) -> None:
        try:
            async with connected(self.target) as client:
                async with asyncio.timeout(ANSWERS_WITHIN):
                    listed = await definitions(client)
                self._digests = {each.digest(self.target) for each in listed}
                self._client.set_result(client)
                await self._rest()
        except Exception as error:
            if not self._client.done():
                self._client.set_exception(error)
        finally:
            self._client.cancel()

    async def _rest(self) -> None:
        """Wait until nobody has used it meanwhile."""
        used = -1.0
        while self._in_use or used != self._used:
            used = self._used
            await asyncio.sleep(IDLE)
