"""Serves the Model Context Protocol by HTTP: each message a request, each answer plain JSON."""

from importlib.metadata import version
from typing import Any, ClassVar

from jupyter_server.base.handlers import JupyterHandler

from jupyter_wove_server.agents.toolbox import Toolbox
from jupyter_wove_server.base import WoveAPIHandler, policy
from jupyter_wove_server.mcp.calls import call, listed
from jupyter_wove_server.mcp.messages import (
    NO_METHOD,
    VERSIONS,
    WRONG_ARGUMENTS,
    Fault,
    Message,
    answered,
    read,
    refused,
)
from jupyter_wove_server.mcp.sessions import Sessions

SESSION = "Mcp-Session-Id"
ABOUT = """\
Notebooks that people edit together in JupyterLab. Name notebooks by their paths, which
list_notebooks tells, and cells by their ids. What you change is suggested: it is in the notebook
once somebody accepts it. Running a cell waits until the person allows it in JupyterLab.
"""


class Endpoint(WoveAPIHandler):
    """Where agents of other programs reach notebooks."""

    route = "/wove/mcp"
    limit = 4 * 1024 * 1024  # bytes: a cell can be long
    sessions: ClassVar[Sessions] = Sessions()

    @policy("agents:use")
    async def post(self) -> None:
        """Answer one message."""
        self.body.whole = True
        message = read(bytes(self.body.content))
        if message.method == "initialize":
            self._begin(message)
        elif message.id is None:
            self._toolbox()
            self.set_status(202)
            JupyterHandler.finish(self)
        else:
            await self._do(message)

    @policy("agents:use")
    async def delete(self) -> None:
        """End the session."""
        self.sessions.close(self._session, str(self.actor.id))
        self.set_status(204)
        JupyterHandler.finish(self)

    def _begin(self, message: Message) -> None:
        wanted = message.params.get("protocolVersion")
        self.set_header(SESSION, self.sessions.open(str(self.actor.id)))
        told: dict[str, Any] = {
            "protocolVersion": wanted if wanted in VERSIONS else VERSIONS[0],
            "capabilities": {"tools": {}},
            "serverInfo": {"name": "jupyter-wove", "version": version("jupyter-wove")},
            "instructions": ABOUT,
        }
        self._send(answered(message, told))

    async def _do(self, message: Message) -> None:
        toolbox = self._toolbox()
        try:
            self._send(answered(message, await self._result(message, toolbox)))
        except Fault as fault:
            self._send(refused(message, fault))

    async def _result(self, message: Message, toolbox: Toolbox) -> dict[str, Any]:
        if message.method == "ping":
            return {}
        if message.method == "tools/list":
            return {"tools": listed(toolbox)}
        if message.method != "tools/call":
            raise Fault(NO_METHOD, f"There is no method {message.method} here.")
        name, given = message.params.get("name"), message.params.get("arguments") or {}
        if not isinstance(name, str) or not isinstance(given, dict):
            raise Fault(WRONG_ARGUMENTS, "Say the name of the tool, and its arguments.")
        return await call(toolbox, self.actor.id, name, given)

    def _toolbox(self) -> Toolbox:
        return self.sessions.toolbox(self._session, str(self.actor.id))

    @property
    def _session(self) -> str:
        return self.request.headers.get(SESSION, "")

    def _send(self, content: bytes) -> None:
        self.set_header("Content-Type", "application/json")
        JupyterHandler.finish(self, content)
