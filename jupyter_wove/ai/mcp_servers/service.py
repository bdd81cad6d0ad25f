"""What people do with MCP servers: add some, look what they offer, and choose what agents get."""

import asyncio
import os
import re
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from jupyter_wove.accounts import Actor
from jupyter_wove.ai.keys import KeptKeys, PersonKeys
from jupyter_wove.ai.mcp_servers.errors import Unreachable
from jupyter_wove.ai.mcp_servers.models import (
    Definition,
    McpServer,
    McpServerList,
    McpTool,
    NewMcpServer,
    OfferedTool,
    Target,
    ToolChoice,
)
from jupyter_wove.ai.mcp_servers.store import McpStore
from jupyter_wove.ai.mcp_servers.tables import McpServerRow, McpToolRow
from jupyter_wove.ai.models import McpServerSetting, McpSettings
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.database import take_turn
from jupyter_wove.kit.errors import Conflict, Forbidden, NotFound, Unavailable
from jupyter_wove.kit.sealing import Sealing
from jupyter_wove.kit.units import Units

MOST_SERVERS, MOST_TOOLS = 20, 64
NO_SDK = "This server cannot speak with MCP servers yet: pip install 'jupyter-wove[mcp]'"
NOT_YOURS = "The administrator lets nobody add MCP servers of their own."
MOVED = "What the server says of a tool has changed since you read it. Read it again, then choose."
_SECRET = re.compile(r"(env|kept):([A-Za-z0-9_.-]{1,64})\Z")


class McpServers:
    """The MCP servers that there are for people."""

    def __init__(self, units: Units, settings: McpSettings, sealing: Sealing) -> None:
        self._units = units
        self._settings = settings
        self._sealing = sealing

    def all(self, actor: Actor) -> McpServerList:
        """List the servers of the administrator, and one's own."""
        with self._units.read() as unit:
            store = McpStore(unit.session)
            on: dict[str, list[str]] = {}
            for tool in store.tools(actor.id):
                on.setdefault(tool.server, []).append(tool.name)
            own = self._own(store, actor.id)
        theirs = self._settings.servers.values()
        found = [McpServer(each.name, "administrator", _place(each), []) for each in theirs]
        found += [McpServer(each.name, "you", _without_query(each.url), []) for each in own]
        for server in found:
            server.tools = on.get(server.name, [])
        return McpServerList(found, "" if self._may_add else NOT_YOURS)

    def add(self, actor: Actor, body: NewMcpServer) -> McpServer:
        """Add a server of one's own; agents get none of its tools before one chooses some."""
        if not self._may_add:
            raise Forbidden(NOT_YOURS)
        with self._units.write() as unit:
            take_turn(unit.session, f"mcp {actor.id}")
            store = McpStore(unit.session)
            self._check_new(store, actor.id, body.name)
            row = McpServerRow(person_id=actor.id, name=body.name, url=body.url, created=now())
            unit.session.add(row)
            PersonKeys(unit.session, self._sealing).put(actor.id, _key(body.name), body.key)
        return McpServer(body.name, "you", _without_query(body.url), [])

    def remove(self, actor: Actor, name: str) -> None:
        """Forget a server of one's own, its key and its tools."""
        with self._units.write() as unit:
            store = McpStore(unit.session)
            row = store.server(actor.id, name)
            if row is None:
                raise NotFound(f"You have no MCP server {name}.")
            unit.session.delete(row)
            PersonKeys(unit.session, self._sealing).remove(actor.id, _key(name))
            store.forget_tools(actor.id, name)

    def look(self, actor: Actor, name: str) -> list[McpTool]:
        """Ask a server for its tools. Raises Unreachable."""
        target = self.target(actor.id, name)
        listed = self._listed(target)
        with self._units.read() as unit:
            mine = McpStore(unit.session).tools(actor.id)
            known = {row.name: row for row in mine if row.server == name}
            return [_tool(each, target, known.get(each.name)) for each in listed]

    def choose(self, actor: Actor, name: str, body: ToolChoice) -> McpServer:
        """Let agents ask for these tools of a server, as one read them, and for no others."""
        target = self.target(actor.id, name)
        chosen = {each.name: each.digest for each in body.tools}
        listed = {each.name: each for each in self._listed(target)} if chosen else {}
        for tool, digest in chosen.items():
            if tool not in listed or listed[tool].digest(target) != digest:
                raise Conflict(MOVED)
        with self._units.write() as unit:
            take_turn(unit.session, f"mcp {actor.id}")
            store = McpStore(unit.session)
            store.forget_tools(actor.id, name)
            for tool, digest in chosen.items():
                unit.session.add(_row(actor.id, name, listed[tool], digest))
            unit.session.flush()
            if len(store.tools(actor.id)) > MOST_TOOLS:
                raise Conflict(f"Agents are offered {MOST_TOOLS} tools at most. Choose fewer.")
        of = "you" if target.is_own else "administrator"
        return McpServer(name, of, target.place, sorted(chosen))  # type: ignore[arg-type]

    # ------------------------------------------------------------ for agents

    def offered(self, person_id: UUID) -> list[OfferedTool]:
        """List the tools that agents may ask a person for, as the person read them."""
        with self._units.read() as unit:
            store = McpStore(unit.session)
            own = {each.name for each in self._own(store, person_id)}
            rows = store.tools(person_id)
            return [
                _offered(row)
                for row in rows
                if row.server in own or self._lets(row.server, row.name)
            ]

    def target(self, person_id: UUID, name: str) -> Target:
        """Find where a server is, and what it is told. Raises NotFound, and KeyLost."""
        if setting := self._settings.servers.get(name):
            return self._configured(setting)
        with self._units.read() as unit:
            row = McpStore(unit.session).server(person_id, name)
            if row is None or not self._may_add:
                raise NotFound(f"There is no MCP server {name}.")
            return self._target(unit.session, row)

    def _target(self, session: Session, row: McpServerRow) -> Target:
        key = PersonKeys(session, self._sealing).open(row.person_id, _key(row.name))
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        public_only = self._settings.of_people == "public"
        return Target(row.name, row.url, (), headers, is_own=True, public_only=public_only)

    def _configured(self, server: McpServerSetting) -> Target:
        headers, environment = self._filled(server.headers), self._filled(server.environment)
        return Target(server.name, server.url, tuple(server.command), headers, environment)

    def _filled(self, values: Mapping[str, str]) -> dict[str, str]:
        """Put keys where they are named."""
        return {name: _SECRET.sub(self._secret, value) for name, value in values.items()}

    def _secret(self, found: re.Match[str]) -> str:
        kind, name = found.groups()
        if kind == "env":
            secret = os.environ.get(name, "")
        else:
            secret = KeptKeys(self._units, self._sealing).opened({name}).get(name, "")
        if not secret:
            raise Unavailable(f"There is no key {kind}:{name}, or it does not open.")
        return secret

    def _listed(self, target: Target) -> list[Definition]:
        listed = asyncio.run(_listed(target))
        if target.is_own:
            return listed
        return [each for each in listed if self._lets(target.name, each.name)]

    def _lets(self, server: str, tool: str) -> bool:
        """Tell whether the administrator has a server, and lets people use a tool of it."""
        setting = self._settings.servers.get(server)
        return setting is not None and (setting.tools is None or tool in setting.tools)

    def _own(self, store: McpStore, person_id: UUID) -> list[McpServerRow]:
        mine = store.servers(person_id) if self._may_add else []
        return [each for each in mine if each.name not in self._settings.servers]

    def _check_new(self, store: McpStore, person_id: UUID, name: str) -> None:
        if name in self._settings.servers or store.server(person_id, name):
            raise Conflict(f"There is a server {name} already. Give this one another name.")
        if len(store.servers(person_id)) >= MOST_SERVERS:
            raise Conflict(f"You have {MOST_SERVERS} servers, which is as many as one may.")

    @property
    def _may_add(self) -> bool:
        return self._settings.of_people != "none"


async def _listed(target: Target) -> list[Definition]:
    try:
        from jupyter_wove.ai.mcp_servers import client  # noqa: PLC0415 — a second, and an extra
    except ImportError as error:
        raise Unavailable(NO_SDK) from error
    try:
        async with asyncio.timeout(client.ANSWERS_WITHIN), client.connected(target) as server:
            return await client.definitions(server)
    except TimeoutError as error:
        raise Unreachable(f"{target.name}, at {target.place}: it takes too long.") from error


def _tool(listed: Definition, target: Target, known: McpToolRow | None) -> McpTool:
    digest = listed.digest(target)
    is_on = known is not None and known.digest == digest
    was = known.about if known and not is_on else None
    return McpTool(listed.name, listed.about, listed.arguments, digest, is_on, was)


def _row(person_id: UUID, server: str, listed: Definition, digest: str) -> McpToolRow:
    row = McpToolRow(person_id=person_id, server=server, name=listed.name, digest=digest)
    row.about, row.arguments, row.allowed = listed.about, listed.arguments, now()
    return row


def _offered(row: McpToolRow) -> OfferedTool:
    return OfferedTool(row.server, Definition(row.name, row.about, row.arguments), row.digest)


def _place(server: McpServerSetting) -> str:
    return _without_query(server.url) or server.command[0]


def _without_query(url: str) -> str:
    return url.partition("?")[0]


def _key(name: str) -> str:
    return f"mcp:{name}"
