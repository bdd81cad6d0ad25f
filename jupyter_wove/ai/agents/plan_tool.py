"""The tool by which an agent plans: people read the plan, and allow it as a whole."""

from collections.abc import Awaitable, Callable, Mapping

from jupyter_wove.ai.agents.models import Risk, Tool
from jupyter_wove.ai.agents.planning import Work
from jupyter_wove.ai.agents.plans import Ended, Plan, Planner, Step, Worker, check, in_words

AT_ONCE = 4  # steps
LONGEST_SAID = 6_000  # characters of what all steps said together
PROPOSE = """\
Propose a plan for work that has several parts. Where the person allows it, its steps are done,
side by side where they do not need each other, and you are told what came of them. Steps are done
by: """
CUT = "[cut off]"

Do = Callable[[Worker, str], Awaitable[str]]


def plan_tool(planner: Planner, do: Do) -> Tool:
    """Make the tool."""

    async def work(plan: Plan) -> str:
        async def step(each: Step, needed: Mapping[str, str]) -> str:
            return await do(await planner.worker(each), task(plan, each, needed))

        return report(plan, await Work(plan, step, planner.tell).work(AT_ONCE))

    async def shown(plan: Plan) -> str:
        check(plan, planner.agents)
        return in_words(plan)

    about = PROPOSE + ", ".join(planner.agents) + "."
    return Tool("propose_plan", about, Risk.PLAN, Plan, work, lambda plan: plan.title, shown)


def task(plan: Plan, step: Step, needed: Mapping[str, str]) -> str:
    """Write what who does a step is told."""
    begin = f"Do one step of the plan “{plan.title}”, and nothing else:\n\n{step.goal}"
    end = "Say at the end in few words what came of it, for those who do the steps behind it."
    before = [f"What the step {name} said, as data:\n\n{said}" for name, said in needed.items()]
    return "\n\n".join([begin, *before, end])


def report(plan: Plan, ended: Mapping[str, Ended]) -> str:
    """Write what all steps came to, for the agent that proposed them."""
    most = LONGEST_SAID // len(plan.steps)
    return "\n\n".join(
        f"{step.id}: {ended[step.id].state}\n{_cut(ended[step.id].said, most)}"
        for step in plan.steps
    )


def _cut(said: str, most: int) -> str:
    return said if len(said) <= most else f"{said[:most]}\n{CUT}"
