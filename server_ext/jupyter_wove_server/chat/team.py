"""Those who do the steps of a plan, for one answer, and what people see of it."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from jupyter_wove.kit.errors import NotFound
from jupyter_wove_server.agents.sight import Focus, Mode
from jupyter_wove_server.agents.toolbox import Toolbox
from jupyter_wove_server.chat.guidance import WOVE, Guidance, guidance
from jupyter_wove_server.chat.instructions import instructions

if TYPE_CHECKING:
    from uuid import UUID

    from jupyter_wove.ai import Plan, Planner, Step, StepState, Worker

AGENTS = ("Wove", "Analyst", "Coder", "Tester", "Writer")
OPEN = "The person has {notebook} open."


class Team:
    """Chooses who does a step, with the tools that it takes; what they suggest is noted."""

    def __init__(
        self,
        person: str,
        focus: Focus | None,
        mode: Mode,
        tell: Callable[[str], None],
        show: Callable[[dict[str, Any]], None],
        use: "UUID | None",
    ) -> None:
        self._person = person
        self._focus = focus
        self._mode: Mode = "ask" if mode == "plan" else mode  # the plan was allowed by then
        self._tell = tell  # people, of each thing that is done
        self._show = show  # them how far the plan is
        self._use = use  # of a prompt, where what becomes of it is recorded
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

        opened = [self._focus.notebook] if self._focus else []
        name = step.agent or "Wove"
        address = "" if name.lower() == WOVE else name.lower()
        guide = await guidance(self._person, name, address, opened)
        toolbox = self._toolbox(step, guide)
        for each in opened:
            with suppress(NotFound):
                await toolbox.notebooks.cells(each)  # its cells have names for people from now on
        tools = [tool for tool in toolbox.tools() if tool.risk in MAY[step.may]]
        told = instructions("ask", guide, has_tools=bool(tools), has_plans=False)
        return Worker("\n\n".join([told, *(OPEN.format(notebook=each) for each in opened)]), tools)

    def _toolbox(self, step: "Step", guide: Guidance) -> Toolbox:
        def tell(said: str) -> None:
            self._tell(f"{step.id}: {said}")

        given = self._person, self._focus, self._mode, tell, guide.tools, guide.binding, self._use
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
