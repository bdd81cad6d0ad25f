"""Those who do the steps of a plan, for one answer, and what people see of it."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from uuid import UUID

from jupyter_wove.kit.errors import NotFound
from jupyter_wove_server.agents.others import Others
from jupyter_wove_server.agents.remembering import Remembering
from jupyter_wove_server.agents.sight import Mode
from jupyter_wove_server.agents.toolbox import Toolbox
from jupyter_wove_server.chat.about import About
from jupyter_wove_server.chat.guidance import WOVE, Guidance, guidance
from jupyter_wove_server.chat.instructions import instructions

if TYPE_CHECKING:
    from jupyter_wove.ai import Plan, Planner, Step, StepState, Worker

AGENTS = ("Wove", "Analyst", "Coder", "Tester", "Writer")
OPEN = "The person has {notebook} open."


class Team:
    """Chooses who does a step, with the tools that it takes; what they suggest is noted."""

    def __init__(
        self,
        person: str,
        about: About,
        remembering: Remembering,
        tell: Callable[[str], None],
        show: Callable[[dict[str, Any]], None],
    ) -> None:
        self._person = person
        self._about = about
        self._mode: Mode = "ask" if about.mode == "plan" else about.mode  # the plan is allowed
        self._remembering = remembering
        self._tell = tell  # people, of each thing that is done
        self._show = show  # them how far the plan is
        self._toolboxes: list[Toolbox] = []

    def join(self, toolbox: Toolbox) -> None:
        """Note what is suggested with a toolbox, too."""
        self._toolboxes.append(toolbox)

    def planner(self) -> "Planner":
        """Say to an agent how plans are carried out here."""
        from jupyter_wove.ai import Planner  # noqa: PLC0415 — with the first message

        return Planner(AGENTS, self._worker, self._told)

    @property
    def suggested(self) -> dict[str, dict[str, None]]:
        """Name the cells for which something was suggested, by the path of the notebook."""
        found = dict[str, dict[str, None]]()
        for toolbox in self._toolboxes:
            for path, cells in toolbox.notebooks.suggested.items():
                found.setdefault(path, {}).update(cells)
        return found

    async def _worker(self, step: "Step") -> "Worker":
        from jupyter_wove.ai import MAY, Worker  # noqa: PLC0415 — with the first message

        opened = [self._about.focus.notebook] if self._about.focus else []
        name = step.agent or "Wove"
        address = "" if name.lower() == WOVE else name.lower()
        guide = await guidance(self._person, name, address, opened)
        toolbox = self._toolbox(step, guide)
        for each in opened:
            with suppress(NotFound):
                await toolbox.notebooks.cells(each)  # its cells have names for people from now on
        known = toolbox.tools() + self._remembering.tools(self._mode, guide.tools)
        known += await self._others(step).tools(self._mode, guide.tools)
        tools = [tool for tool in known if tool.risk in MAY[step.may]]
        told = instructions("ask", guide, has_tools=bool(tools), has_plans=False)
        return Worker("\n\n".join([told, *(OPEN.format(notebook=each) for each in opened)]), tools)

    def _others(self, step: "Step") -> Others:
        return Others(UUID(self._person), lambda said: self._tell(f"{step.id}: {said}"))

    def _toolbox(self, step: "Step", guide: Guidance) -> Toolbox:
        def tell(said: str) -> None:
            self._tell(f"{step.id}: {said}")

        about, only = self._about, guide.tools
        given = self._person, about.focus, self._mode, tell, only, guide.binding, about.use
        toolbox = Toolbox(*given)
        self.join(toolbox)
        return toolbox

    def _told(self, plan: "Plan", states: "Mapping[str, StepState]") -> None:
        steps = [
            {"id": each.id, "goal": each.goal, "agent": each.agent, "needs": each.needs}
            | {"may": each.may, "state": states[each.id]}
            for each in plan.steps
        ]
        self._show({"title": plan.title, "steps": steps})
