"""Tools, used by the agents of other programs: what could do harm waits for the person."""

import asyncio
from typing import TYPE_CHECKING, Any
from uuid import UUID

from jupyter_wove.kit.errors import WoveError
from jupyter_wove_server.agents.sight import Sight
from jupyter_wove_server.agents.toolbox import Toolbox
from jupyter_wove_server.mcp.messages import WRONG_ARGUMENTS, Fault, told

if TYPE_CHECKING:
    from jupyter_wove.ai import Going, Runs, Tool

WAITS, EVERY = 40.0, 0.5  # seconds: programs give up after a minute
PENDING = """\
It waits for the person's leave. Ask them to press Allow in JupyterLab, at the command "Questions
of Agents" of its palette; then call this tool again with the same arguments."""
CHANGED = "What you were allowed to do has changed meanwhile. Look again, and ask again."
RISKS = {"read": {"readOnlyHint": True}, "edit": {"destructiveHint": False}}


def listed(toolbox: Toolbox) -> list[dict[str, Any]]:
    """List the tools as the protocol does."""
    return [
        {
            "name": tool.name,
            "description": tool.about,
            "inputSchema": tool.schema,
            "annotations": {"openWorldHint": False} | RISKS.get(tool.risk, {}),
        }
        for tool in toolbox.tools()
    ]


async def call(toolbox: Toolbox, person: UUID, name: str, given: dict[str, Any]) -> dict[str, Any]:
    """Use a tool. Raises Fault where there is none of that name."""
    from jupyter_wove.ai import FREE  # noqa: PLC0415 — with the first agent

    tool = next((each for each in toolbox.tools() if each.name == name), None)
    if tool is None:
        raise Fault(WRONG_ARGUMENTS, f"There is no tool {name}.")
    try:
        if tool.risk in FREE:
            return told(await tool.use(tool.read(given)))
        return await _with_leave(tool, person, given)
    except WoveError as error:
        return told(f"{error.title}: {error}", is_error=True)


async def _with_leave(tool: "Tool", person: UUID, given: dict[str, Any]) -> dict[str, Any]:
    """Ask the person, and do it once they allow just that; 40 seconds are waited for them."""
    from jupyter_wove.ai import Runs  # noqa: PLC0415 — with the first agent

    arguments = tool.read(given)
    shown = await tool.shown(arguments) if tool.shown else ""
    runs = Runs(Sight.serving.wove.units)
    run_id = await _asked(runs, tool, person, given, shown)
    going = await _answered(runs, run_id, _chat(person))
    if going is None:
        return told(PENDING, is_error=True)
    try:
        (answer,) = going.answers.values()
        if answer["type"] != "approve":
            return told(answer["message"], is_error=True)
        if answer["shown"] != shown:
            return told(CHANGED, is_error=True)
        return told(await tool.use(arguments))
    finally:
        await asyncio.shield(Sight.serving.change(lambda: runs.close(run_id)))


async def _asked(
    runs: "Runs", tool: "Tool", person: UUID, given: dict[str, Any], shown: str
) -> UUID:
    """Put a question to the person, unless they have it already."""
    from jupyter_wove.ai import Asked, Outcome, Whose  # noqa: PLC0415 — with the first agent
    from jupyter_wove.kit.columns import new_id  # noqa: PLC0415

    chat, run_id = _chat(person), new_id()
    title = tool.told(tool.read(given))
    asked = Asked(str(run_id), tool.name, given, f"{title}, for another program", shown, tool.risk)
    whose = Whose(person, chat, str(given.get("notebook", "")), {"by": "mcp"})

    def ask() -> UUID:
        known = runs.asked_before(chat, tool.name, given)
        if known is None:
            runs.wait(run_id, whose, Outcome([asked], b""))
        return known or run_id

    return await Sight.serving.change(ask)


async def _answered(runs: "Runs", run_id: UUID, chat: str) -> "Going | None":
    serving, left = Sight.serving, WAITS
    while left > 0:
        if run_id in await serving.look(lambda: runs.to_go_on(chat)):
            return await serving.change(lambda: runs.take(run_id))
        await asyncio.sleep(EVERY)
        left -= EVERY
    return None


def _chat(person: UUID) -> str:
    """Name what stands for the chat that there is none of; no room is called so."""
    return f"mcp:{person}"
