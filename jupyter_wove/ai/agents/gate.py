"""Where an agent waits: nothing that could do harm is done before somebody allows just that."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from langchain.agents.middleware import AgentMiddleware
from langchain.agents.middleware.types import ToolCallRequest
from langchain_core.messages import ToolMessage
from langgraph.types import interrupt

from jupyter_wove.ai.agents.models import FREE, Tool
from jupyter_wove.ai.agents.tries import ENOUGH, is_given_up
from jupyter_wove.kit.errors import WoveError

CHANGED = "Error: what you were allowed to do has changed meanwhile. Look again, and ask again."


class Gate(AgentMiddleware[Any, Any]):
    """Asks before each use of a tool that is not free; also of one that nobody has classed.

    What somebody is shown is looked up anew after their answer: where it is something else by
    then, their leave does not count. What has failed three times is not asked for again.
    """

    def __init__(self, tools: Mapping[str, Tool]) -> None:
        super().__init__()
        self._known = tools

    async def awrap_tool_call(
        self, request: ToolCallRequest, handler: Callable[[ToolCallRequest], Awaitable[Any]]
    ) -> Any:
        """Let pass what is free or allowed; answer the model in place of the rest."""
        tool = self._known.get(request.tool_call["name"])
        if tool is None or tool.risk in FREE:
            return await handler(request)  # LangGraph refuses a tool that there is not
        call = request.tool_call
        if is_given_up(request.state["messages"], call["name"], call["args"]):
            return _said(request, ENOUGH)
        try:
            arguments = tool.read(request.tool_call["args"])
            shown = await tool.shown(arguments) if tool.shown else ""
        except WoveError as error:
            return _said(request, f"Error: {error}")
        asked = {"tool": tool.name, "title": tool.told(arguments), "shown": shown}
        asked |= {"risk": tool.risk.value}
        answer = interrupt(asked | {"arguments": request.tool_call["args"]})
        if answer["type"] != "approve":
            return _said(request, answer["message"])
        return await handler(request) if answer["shown"] == shown else _said(request, CHANGED)


def _said(request: ToolCallRequest, text: str) -> ToolMessage:
    call = request.tool_call
    return ToolMessage(text, tool_call_id=call["id"], name=call["name"])
